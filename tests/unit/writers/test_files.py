import os
import stat
import sys

import pytest

from goldthread.writers.files import CannotWrite, write_whole


def test_writes_and_leaves_nothing_else(tmp_path):
    write_whole(tmp_path / "a.html", b"whole")
    assert (tmp_path / "a.html").read_bytes() == b"whole"
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_replaces_an_earlier_file(tmp_path):
    (tmp_path / "a.html").write_bytes(b"earlier and longer")
    write_whole(tmp_path / "a.html", b"new")
    assert (tmp_path / "a.html").read_bytes() == b"new"


def test_when_it_fails_half_way_the_earlier_file_stays(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_bytes(b"earlier")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(CannotWrite, match=r"Cannot write .*: no space left on device\."):
        write_whole(tmp_path / "a.html", b"new")
    assert (tmp_path / "a.html").read_bytes() == b"earlier"
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(CannotWrite, match=r"the folder .*nowhere does not exist"):
        write_whole(tmp_path / "nowhere" / "a.html", b"")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CannotWrite, match="is a folder"):
        write_whole(tmp_path, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_others_may_read_it_as_the_users_mask_says(tmp_path):
    mask = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.html", b"")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o644
