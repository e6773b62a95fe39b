"""The store of releases: whatever fails, the old state or the new one stands, whole."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from goldthread.core.measures.figures import FIGURES
from goldthread.readers import store
from goldthread.readers.store import StoredFile, StoreError

TODAY = dt.date(2026, 11, 24)
FILE = StoredFile(name="a.csv", source="sen2-requests", edition="First", sha256="00", rows=1)
NEXT = FILE.model_copy(update={"sha256": "11", "edition": "Second"})


def figures(value: float) -> pl.DataFrame:
    row = ("sen2-requests", "First", "plans", "302", 2024, "2024", value, None, "ok")
    return pl.DataFrame([row], schema=FIGURES, orient="row")


def add(folder, value=1.0, file=FILE):
    with store.writing(folder):
        return store.add(folder, figures(value), (file,), "{}", TODAY)


def values(folder):
    return [r.figures()["value"].item() for r in store.releases(folder)]


def test_an_empty_store(tmp_path):
    assert store.releases(tmp_path / "figures") == ()


def test_releases_come_back_in_the_order_they_came(tmp_path):
    first = add(tmp_path, 1.0)
    second = add(tmp_path, 2.0, NEXT)
    assert [r.id for r in store.releases(tmp_path)] == [first.id, second.id]
    assert values(tmp_path) == [1.0, 2.0]
    assert second.editions == {"sen2-requests": "Second"}
    assert second.imported == TODAY


def test_the_same_files_are_not_imported_twice(tmp_path):
    add(tmp_path)
    with pytest.raises(StoreError, match="already imported"):
        add(tmp_path)
    assert len(store.releases(tmp_path)) == 1


def test_removing_goes_back_to_before_and_can_be_undone(tmp_path):
    first, second = add(tmp_path, 1.0), add(tmp_path, 2.0, NEXT)
    with store.writing(tmp_path):
        store.remove(tmp_path, second.id)
    assert values(tmp_path) == [1.0]
    assert second.path.exists()  # a reader may have it open
    assert add(tmp_path, 3.0, NEXT).id == second.id
    assert values(tmp_path) == [1.0, 3.0]
    with store.writing(tmp_path), pytest.raises(StoreError, match="no release “x”; in use: "):
        store.remove(tmp_path, "x")
    assert first.id in (tmp_path / "current").read_text(encoding="utf-8")


def test_a_damaged_release_says_what_to_do_and_can_be_removed(tmp_path):
    found = add(tmp_path)
    path = found.path / "figures.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match=f"figures remove {found.id}"):
        found.figures()
    (found.path / "release.yaml").unlink()
    with pytest.raises(StoreError, match="missing or damaged"):
        store.releases(tmp_path)
    with store.writing(tmp_path):
        store.remove(tmp_path, found.id)
    assert store.releases(tmp_path) == ()


def test_a_list_that_leads_elsewhere_is_not_followed(tmp_path):
    (tmp_path / "current").write_text("../../etc", encoding="utf-8")
    with pytest.raises(StoreError, match="names no release"):
        store.releases(tmp_path)


STEPS = [
    (store.tempfile, "mkdtemp"),
    (pl.DataFrame, "write_parquet"),
    (Path, "write_text"),
    (store.os, "fsync"),
    (Path, "rename"),
    (store.os, "replace"),
]


@pytest.mark.parametrize(("where", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_disk_that_refuses_at_any_step_leaves_the_old_state(
    tmp_path, monkeypatch, where, name, nth
):
    add(tmp_path, 1.0)
    real, calls = getattr(where, name), []

    def refuse(*args, **kwargs):
        calls.append(name)
        if len(calls) == nth:
            raise OSError(28, "No space left on device")
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(where, name, refuse)
        said = _said(tmp_path)
    # A step that is called fewer than `nth` times did not fail, and the import stands whole.
    failed = len(calls) >= nth
    assert ("No space left" in said and "nothing has changed" in said) == failed
    assert values(tmp_path) == ([1.0] if failed else [1.0, 2.0])
    assert not [p for p in tmp_path.rglob("*") if store.PART in p.name]
    if failed:
        add(tmp_path, 2.0, NEXT)
    assert values(tmp_path) == [1.0, 2.0]


def _said(folder):
    try:
        add(folder, 2.0, NEXT)
    except StoreError as error:
        return str(error)
    return ""


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import polars as pl
from goldthread.readers import store
from tests.unit.readers.test_store import NEXT, STEPS, add

where, name = STEPS[{step}]
real, calls = getattr(where, name), []
def die(*args, **kwargs):
    calls.append(name)
    if {after} and len(calls) == {nth}:
        real(*args, **kwargs)
    if len(calls) == {nth}:
        os._exit(9)
    return real(*args, **kwargs)
setattr(where, name, die)
add(Path({folder!r}), 2.0, NEXT)
"""


@pytest.mark.machine
@pytest.mark.parametrize(
    ("step", "nth", "after"),
    [(1, 1, False), (2, 1, True), (4, 1, False), (4, 1, True), (5, 1, False), (5, 1, True)],
)
def test_a_process_that_dies_leaves_the_old_state_or_the_new(tmp_path, step, nth, after):
    add(tmp_path, 1.0)
    root = str(Path(__file__).parents[3])
    code = KILLED.format(root=root, folder=str(tmp_path), step=step, nth=nth, after=after)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 9, done.stderr.decode()
    listed = STEPS[step][1] == "replace" and after
    assert values(tmp_path) == ([1.0, 2.0] if listed else [1.0])
    if not listed:
        add(tmp_path, 2.0, NEXT)  # no lock is left behind, and the remains are swept
    assert values(tmp_path) == [1.0, 2.0]
    assert len(list((tmp_path / "releases").iterdir())) == 2


HOLDING = """
import sys
from pathlib import Path
from goldthread.readers import store
with store.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.machine
def test_two_imports_at_once(tmp_path):
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="Another import is running"):
            add(tmp_path)
        other.kill()
    add(tmp_path)
    assert values(tmp_path) == [1.0]


def test_two_imports_at_once_in_one_process(tmp_path):
    with store.writing(tmp_path), pytest.raises(StoreError, match="Another import is running"):
        add(tmp_path)
    add(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Cannot make"):
        add(tmp_path / "figures")
