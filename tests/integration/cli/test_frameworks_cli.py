"""`goldthread frameworks` in this process: what it prints, writes and refuses."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from goldthread.cli.main import app
from tests.frameworks.editions import REFERENCE, change, copied

F2 = "criteria/F2-quantified.yaml"


def run(*arguments, code=0):
    result = CliRunner().invoke(app, ["frameworks", *map(str, arguments)])
    assert result.exit_code == code, (result.stdout, result.stderr)
    return result.stdout if code == 0 else result.stderr + result.stdout


def test_the_list_has_every_edition_with_its_state():
    told = run()
    for key in (REFERENCE, "annual-review@2026.1", "advice@2026.1", "example-local@2026.1"):
        assert key in told
    rows = json.loads(run("--format", "json"))
    assert {row["key"]: row["criteria"] for row in rows}[REFERENCE] == 65


def test_our_own_editions_are_valid():
    assert "no faults" in run("validate")
    assert f"{REFERENCE}: no faults" in run("validate", REFERENCE)


def test_a_folder_with_a_fault_ends_with_one_and_a_sentence(tmp_path):
    home = copied(tmp_path)
    change(home / F2, topics=["knitting"])
    told = run("validate", home, code=1)
    assert "no topic “knitting”" in told
    assert "1 fault and" in told
    assert "no topic" in run("validate", tmp_path, code=1)


def test_one_question_is_shown_in_full_by_number_or_id():
    told = run("show", REFERENCE, "f2")
    assert told == run("show", REFERENCE, "F2-quantified")
    for words in ("What each answer looks like", "Examples that do not", "M29", "Major gate"):
        assert words in told
    assert json.loads(run("show", REFERENCE, "F2", "--format", "json"))["gate"] == "major"


def test_a_rule_is_shown_with_what_it_says():
    told = run("show", REFERENCE, "M29")
    assert "It suggests answers for: F2-quantified" in told
    assert "What it says" in told


def test_every_question_is_in_the_overview_and_a_local_tool_shows_its_map():
    told = run("show", REFERENCE)
    assert told.count("-") > 65
    assert "F11-personal" in told
    local = run("show", "example-local@2026.1")
    assert "Q3" in local
    assert "X4-current, part, 50% of it" in local
    assert "Class B" in local


def test_two_editions_are_compared_by_key_or_folder(tmp_path):
    home = copied(tmp_path, to="2027.1")
    change(home / F2, weight=2)
    told = run("compare", REFERENCE, home)
    assert "MINOR" in told
    assert "criterion F2-quantified: Its weight changed from 3 to 2." in told
    found = json.loads(run("compare", REFERENCE, home, "--format", "json"))
    assert found["level"] == "minor"


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_standard_is_written(tmp_path, suffix):
    out = tmp_path / f"standard.{suffix}"
    run("write", REFERENCE, "--out", out)
    assert out.read_bytes().startswith(b"%PDF" if suffix == "pdf" else b"<!DOCTYPE html>")


def test_publishing_writes_the_lock_once(tmp_path):
    copied(tmp_path)
    assert "is published: sha256:" in run("--folder", tmp_path, "publish", REFERENCE)
    assert REFERENCE in (tmp_path / "published.lock").read_text("utf-8")
    assert "published already" in run("--folder", tmp_path, "publish", REFERENCE, code=1)
    assert " published " in run("--folder", tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "nobody@2026.1"], "neither an edition"),
        (["show", REFERENCE, "Z9"], "no criterion or rule “Z9”"),
        (["show", REFERENCE, "--format", "csv"], "no format “csv”"),
        (["write", REFERENCE, "--out", "standard.doc"], "says no format"),
        (["validate", "/nowhere"], "nor a folder"),
        (["--folder", "/nowhere"], "There is no folder"),
        (["--format", "csv"], "no format “csv”"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(arguments, said):
    assert said in run(*arguments, code=2)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    told = run("write", REFERENCE, "--out", tmp_path / "none" / "x.html", code=1)
    assert "does not exist" in told
