"""Two editions compared: a copy of the real one, changed."""

from __future__ import annotations

import pytest
import yaml

from goldthread.core.framework.difference import difference
from goldthread.readers.frameworks import load_framework
from tests.frameworks.editions import SHIPPED, change, copied

GRADING = load_framework().grading
F2 = "criteria/F2-quantified.yaml"


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """One copy of the real edition that all these tests begin from."""
    root = tmp_path_factory.mktemp("frameworks")
    copied(root)
    return root


def law(**more):
    return [{"source": "SEND Regulations 2014, reg 99", "confirmed": True, **more}]


def same_law(**more):
    told = yaml.safe_load((SHIPPED / "ehc-ref/2026.1" / F2).read_text("utf-8"))["law"]
    return [{**one, **more} for one in told]


def grading(**more):
    return {**GRADING.model_dump(mode="json"), **more}


def relabelled():
    bands = [b.model_dump(mode="json") for b in GRADING.bands]
    return grading(bands=[{**b, "label": b["label"].upper()} for b in bands])


def compared(start, tmp_path, file="", **changes):
    home = copied(tmp_path, to="2027.1", source=start)
    if file:
        change(home / file, **changes)
    return difference(load_framework(frameworks=start), load_framework("ehc-ref@2027.1", tmp_path))


@pytest.mark.parametrize(
    ("file", "changes", "level", "said"),
    [
        (F2, {"gate": ""}, "major", "Its gate changed from major to none"),
        (F2, {"kind": "quality"}, "major", "from statutory to quality"),
        (F2, {"law": law()}, "major", "Its source in law changed"),
        (F2, {"law": same_law(confirmed=False)}, "patch", "what is confirmed"),
        (F2, {"weight": 2}, "minor", "Its weight changed from 3 to 2"),
        (F2, {"core": False}, "minor", "from yes to no"),
        (F2, {"applies": {"from_year": 9}}, "minor", "o which documents it applies"),
        (F2, {"question": "Does every item say what, how long, how often?"}, "patch", "question"),
        ("rules/M29.yaml", {"confidence": 0.1}, "minor", "Its confidence changed"),
        ("rules/M29.yaml", {"title": "Another title"}, "patch", "Wording: title"),
        ("framework.yaml", {"grading": grading(undecided_over=0.2)}, "major", "Bands, caps"),
        ("framework.yaml", {"grading": relabelled()}, "patch", "Bands, caps"),
        ("framework.yaml", {"points": {"default": {"0": 0, "1": 0.3, "2": 0.8, "3": 1}}},
         "major", "The points of answers"),
        ("framework.yaml", {"summary": "Shorter."}, "patch", "Wording (summary)"),
    ],
)  # fmt: skip
def test_each_change_has_its_level(start, tmp_path, file, changes, level, said):
    found = compared(start, tmp_path, file, **changes)
    assert found.level == level
    assert found.meaning.startswith(level.upper())
    assert len(found.changes) == 1
    assert said in found.changes[0].sentence


def test_no_change_is_said(start, tmp_path):
    found = compared(start, tmp_path)
    assert (found.changes, found.level) == ((), None)
    assert "Nothing changed" in found.meaning


def test_what_comes_and_goes(start, tmp_path):
    home = copied(tmp_path, to="2027.1", source=start)
    (home / "criteria/L3-concise.yaml").unlink()
    (home / "criteria/F1-each-need.yaml").unlink()
    told = yaml.safe_load((home / F2).read_text("utf-8"))
    new = {**told, "id": "L9-new", "section": "L", "gate": "", "rules": []}
    (home / "criteria/L9-new.yaml").write_text(yaml.safe_dump(new), "utf-8")
    found = difference(load_framework(frameworks=start), load_framework("ehc-ref@2027.1", tmp_path))
    assert [(c.id, c.how, c.level) for c in found.changes] == [
        ("F1-each-need", "removed", "major"),
        ("L3-concise", "removed", "minor"),
        ("L9-new", "added", "minor"),
    ]


def test_words_that_came_and_went_are_named(start, tmp_path):
    home = copied(tmp_path, to="2027.1", source=start)
    path = home / "lexicons/vague-high.yaml"
    terms = yaml.safe_load(path.read_text("utf-8"))["terms"]
    change(path, terms=[*terms[1:], "a made up phrase"])
    (found,) = difference(
        load_framework(frameworks=start), load_framework("ehc-ref@2027.1", tmp_path)
    ).changes
    assert (found.what, found.id, found.level) == ("lexicon", "vague-high", "minor")
    assert "new: “a made up phrase”" in found.sentence
    assert f"gone: “{terms[0]}”" in found.sentence


def test_the_other_way_round_added_is_removed(start, tmp_path):
    home = copied(tmp_path, to="2027.1", source=start)
    (home / "criteria/L3-concise.yaml").unlink()
    old, new = load_framework(frameworks=start), load_framework("ehc-ref@2027.1", tmp_path)
    there, back = difference(old, new), difference(new, old)
    assert [c.how for c in there.changes] == ["removed"]
    assert [c.how for c in back.changes] == ["added"]
    assert there.level == back.level
