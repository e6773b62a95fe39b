"""The form on family experience as a file: found by its edition, beside the frameworks."""

from __future__ import annotations

import shutil

import pytest

from goldthread.content import folder
from goldthread.readers.content import ContentError
from goldthread.readers.editions import editions
from goldthread.readers.experience import UnknownForm, experience_form, shared_form

HERE = folder("frameworks") / "experience" / "2026.1.yaml"


def copy(root, name, old="", new=""):
    (root / "experience").mkdir(exist_ok=True)
    text = HERE.read_text(encoding="utf-8")
    assert old in text
    (root / "experience" / name).write_text(text.replace(old, new), encoding="utf-8")


def test_the_newest_edition_is_taken(tmp_path):
    for edition in ("2026.1", "2026.9", "2026.10"):
        copy(tmp_path, f"{edition}.yaml", 'edition: "2026.1"', f'edition: "{edition}"')
    assert experience_form(frameworks=tmp_path).key == "family-experience@2026.10"
    assert experience_form("2026.9", tmp_path).edition == "2026.9"
    assert shared_form() is shared_form()


def test_an_unknown_edition_is_named_with_those_there_are(tmp_path):
    with pytest.raises(UnknownForm, match=r"“2031\.1”; known: 2026\.1"):
        experience_form("2031.1")
    with pytest.raises(UnknownForm, match="known: none"):
        experience_form(frameworks=tmp_path)


def test_it_is_no_framework(tmp_path):
    copy(tmp_path, "2026.1.yaml")
    assert editions(tmp_path) == {}
    assert not any(key.startswith("experience") for key in editions(folder("frameworks")))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('edition: "2026.1"', 'edition: "2026.2"', "give the file and the edition one name"),
        ("kind: silent", "kind: quiet", "2026.1.yaml: “answers.4.kind” is wrong"),
        ("checker:", "chequer:", "“chequer” is no known key"),
        ("id: understood", "id: heard", "question “heard” is there twice"),
        ("least_replies: 5", "least_replies: 0", "“least_replies” is wrong"),
    ],
)
def test_a_fault_in_the_file_is_one_sentence(tmp_path, old, new, says):
    copy(tmp_path, "2026.1.yaml", old, new)
    with pytest.raises(ContentError, match=says.replace(".", r"\.")):
        experience_form(frameworks=tmp_path)


def test_a_folder_copied_whole_reads_the_same(tmp_path):
    shutil.copytree(HERE.parent, tmp_path / "experience")
    assert experience_form(frameworks=tmp_path) == experience_form()
