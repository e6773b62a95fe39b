"""Our editions hold together, published ones are frozen, and what is wrong is told."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
import yaml

from goldthread.readers.content import ContentError
from goldthread.readers.editions import digest, editions, read_lock
from goldthread.readers.frameworks import UnknownFramework, load_framework, read_edition
from goldthread.readers.validating import CannotPublish, publish, validate, validate_lock
from tests.frameworks.editions import REFERENCE, SHIPPED, change, copied, reword

TODAY = dt.date(2026, 11, 24)
F2 = "criteria/F2-quantified.yaml"


def faults(home, today=TODAY):
    return [str(r) for r in validate(home, today) if r.fault]


@pytest.mark.parametrize("key", editions(SHIPPED))
def test_our_editions_have_no_faults(key):
    assert faults(editions(SHIPPED)[key]) == []
    framework = load_framework(key)
    assert framework.grading is not None
    assert framework.topics
    assert framework.state == ("published" if key in read_lock(SHIPPED) else "draft")


def test_the_lock_is_sound():
    assert validate_lock(SHIPPED) == ()


def test_the_fifteen_topics_and_six_profiles_are_those_of_the_standard():
    reference = load_framework()
    assert [t.number for t in reference.topics] == list(range(1, 16))
    assert [p.id for p in reference.profiles] == [
        "draft", "final", "amended", "early-years", "post-16", "s61",
    ]  # fmt: skip
    assert {t for c in reference.criteria for t in c.topics} <= {t.id for t in reference.topics}
    assert len(load_framework("advice@2026.1").professions) == 6


def test_the_digest_knows_bytes_and_names_but_not_line_ends_or_hidden_files(tmp_path):
    home = copied(tmp_path)
    before = digest(home)
    assert digest(SHIPPED / "ehc-ref" / "2026.1") == before
    (home / ".notes").write_text("mine")
    data = (home / F2).read_bytes()
    (home / F2).write_bytes(data.replace(b"\n", b"\r\n"))
    assert digest(home) == before
    (home / F2).write_bytes(data + b"\n")
    assert digest(home) != before
    (home / F2).write_bytes(data)
    (home / F2).rename(home / "criteria" / "F2-other.yaml")
    assert digest(home) != before


def test_publishing_freezes_and_changes_no_digest(tmp_path):
    home = copied(tmp_path)
    before = digest(home)
    entry = publish(home, TODAY)
    assert (entry.key, entry.digest, digest(home)) == (REFERENCE, before, before)
    assert load_framework(REFERENCE, tmp_path).state == "published"
    assert faults(home) == []
    with pytest.raises(CannotPublish, match="published already"):
        publish(home, TODAY)
    reword(home / F2, "for how long", "how long")
    assert any("its files have changed since" in f for f in faults(home))
    shutil.rmtree(home)
    assert "its folder is gone" in str(validate_lock(tmp_path)[0])


def test_what_extends_a_draft_waits_for_it(tmp_path):
    home, local = copied(tmp_path), copied(tmp_path, "example-local@2026.1")
    with pytest.raises(CannotPublish, match="publish that first"):
        publish(local, TODAY)
    publish(home, TODAY)
    publish(local, TODAY)
    assert list(read_lock(tmp_path)) == [REFERENCE, "example-local@2026.1"]


def test_a_faulty_edition_is_not_published(tmp_path):
    home = copied(tmp_path)
    change(home / F2, topics=["knitting"])
    with pytest.raises(CannotPublish, match="no topic “knitting”"):
        publish(home, TODAY)
    assert read_lock(tmp_path) == {}


@pytest.mark.parametrize(
    ("file", "changes", "said"),
    [
        (F2, {"topics": ["knitting"]}, "no topic “knitting”"),
        (F2, {"section": "Q"}, "no theme “Q”"),
        (F2, {"family": "presence"}, "family presence needs descriptors for 0, 1, 2"),
        (F2, {"rules": ["M29", "M99"]}, "no rule M99"),
        (F2, {"rules": []}, "serves F2-quantified, which does not name it"),
        (F2, {"examples": {"passing": [{"text": "a", "why": "b"}], "failing": []}}, "examples"),
        (F2, {"id": "F2-else"}, "give the file and the id one name"),
        (F2, {"colour": "red"}, "“colour” is no known key"),
        ("rules/M29.yaml", {"kind": "tea-leaves"}, "no kind of check “tea-leaves”"),
        ("rules/M29.yaml", {"criteria": ["F99-none"]}, "no criterion F99-none"),
        ("rules/M31.yaml", {"lexicons": {"high": "no-such-list"}}, "no lexicon “no-such-list”"),
        ("framework.yaml", {"state": "published"}, "remove “state”"),
        ("framework.yaml", {"edition": "2027.1"}, "says that it is ehc-ref@2027.1"),
        ("framework.yaml", {"extends": "nobody@2026.1"}, "which is not there"),
        ("framework.yaml", {"extends": REFERENCE}, "in a circle"),
    ],
)
def test_each_fault_is_one_sentence_that_names_the_file(tmp_path, file, changes, said):
    home = copied(tmp_path)
    change(home / file, **changes)
    told = faults(home)
    assert any(said in line for line in told), told
    assert all("Traceback" not in line and "\n" not in line for line in told)


def test_every_file_with_a_fault_is_told_at_once(tmp_path):
    home = copied(tmp_path)
    (home / F2).write_text("id: [", "utf-8")
    change(home / "rules/M29.yaml", confidence=7)
    told = " ".join(faults(home))
    assert "F2-quantified.yaml" in told
    assert "M29.yaml" in told


def test_an_overdue_review_is_a_note(tmp_path):
    home = copied(tmp_path)
    change(home / F2, next_review=dt.date(2026, 1, 2))
    told = [str(r) for r in validate(home, TODAY) if not r.fault]
    assert any("its review was due on 2 January 2026" in line for line in told)


@pytest.mark.parametrize("reused", ["id", "number", "section"])
def test_an_id_is_never_given_another_meaning(tmp_path, reused):
    copied(tmp_path)
    home = copied(tmp_path, to="2027.1")
    assert faults(home) == []
    told = yaml.safe_load((home / F2).read_text("utf-8"))
    if reused == "id":
        change(home / F2, question="Was lunch nice?")
    elif reused == "section":
        change(home / F2, section="G")
    else:
        (home / F2).unlink()
        path = home / "criteria" / "F2-priced.yaml"
        path.write_text(yaml.safe_dump({**told, "id": "F2-priced", "rules": []}), "utf-8")
        change(home / "rules/M29.yaml", criteria=["G1-specified", "F9-therapy", "H2-specified"])
    assert any("never given another meaning" in line for line in faults(home))


def test_two_questions_may_not_share_a_number(tmp_path):
    home = copied(tmp_path)
    told = yaml.safe_load((home / F2).read_text("utf-8"))
    path = home / "criteria" / "F2-also.yaml"
    path.write_text(yaml.safe_dump({**told, "id": "F2-also", "rules": []}), "utf-8")
    assert any("give one a new number" in line for line in faults(home))


def test_a_local_framework_may_stand_anywhere_and_its_crosswalk_is_held_to_the_reference(tmp_path):
    home = copied(tmp_path, "example-local@2026.1")
    assert faults(home) == []
    assert load_framework("example-local@2026.1", tmp_path).band_label("good") == "Secure"
    reword(home / "crosswalk.yaml", "to: X1-sections", "to: X99-none")
    assert any("no criterion X99-none" in line for line in faults(home))


@pytest.mark.parametrize("line", ["ehc-ref@2026.1 sha256:12 2026-11-24", "ehc-ref@2026.1", "a b c"])
def test_a_broken_lock_is_a_sentence(tmp_path, line):
    copied(tmp_path)
    (tmp_path / "published.lock").write_text(f"# head\n{line}\n", "utf-8")
    with pytest.raises(ContentError, match="line 2"):
        read_lock(tmp_path)
    assert "restore it from history" in str(validate_lock(tmp_path)[0])


def test_unknown_editions_name_those_there_are():
    with pytest.raises(UnknownFramework, match=REFERENCE):
        load_framework("ehc-ref@1999.1")
    with pytest.raises(UnknownFramework):
        load_framework("../../etc@passwd")
    assert read_edition(SHIPPED / "ehc-ref" / "2026.1").key == REFERENCE
