"""`goldthread check` and `rule-change`, as programs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import polars as pl
import pytest

from goldthread.content import folder
from tests.records import PLAN

DAY = ("--today", "2026-11-24")
KEYS = {"document", "sections", "items", "findings", "thread", "grade_preview", "problems"}


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "goldthread", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    document = docx.Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_json_has_what_the_design_names(plan: Path):
    done = run("check", plan, "--format", "json", "--framework", "ehc-ref", *DAY)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record.keys() >= KEYS
    assert "paragraphs" not in record
    assert record["document"]["recognised"] == "plan"
    for finding in record["findings"]:
        assert finding["edition"] == "ehc-ref@2026.1"
        assert finding["answer"] in (None, 0, 1, 2, 3)
        assert 0 <= finding["confidence"] <= 1
        assert finding["reason"]


def test_advice_files_may_follow_in_one_go(plan: Path, tmp_path: Path):
    for name in ("ep.txt", "salt.txt"):
        (tmp_path / name).write_text(
            "Educational psychology advice\nName: Amara Okafor\nRecommendations\n- A speech and "
            "language therapist will see Amara for 45 minutes three times a week.\n",
            encoding="utf-8",
        )
    done = run(
        "check", plan, "--advice", tmp_path / "ep.txt", tmp_path / "salt.txt", "--format", "json",
        *DAY,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["advice"]
    assert {r["advice"]["document"] for r in told} == {"ep.txt", "salt.txt"}
    assert {r["fate"] for r in told} == {"thinned"}


def test_the_word_file_comes_back_with_comments(plan: Path, tmp_path: Path):
    out = tmp_path / "back.docx"
    before = plan.read_bytes()
    done = run("check", plan, "--annotated", out, "--out", tmp_path / "page.html", *DAY)
    assert done.returncode == 0, done.stderr
    assert len(list(docx.Document(str(out)).comments)) > 5
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert plan.read_bytes() == before


def test_a_folder_one_bad_file_and_a_table(plan: Path, tmp_path: Path):
    plans = tmp_path / "plans"
    plans.mkdir()
    shutil.copy(plan, plans / "a.docx")
    (plans / "b.txt").write_text(PLAN, encoding="utf-8")
    (plans / "c.docx").write_bytes(b"PK\x03\x04 broken")
    done = run("check", plans, "--out", tmp_path / "all.parquet", *DAY)
    assert done.returncode == 1
    assert "c.docx is damaged" in done.stderr
    table = pl.read_parquet(tmp_path / "all.parquet")
    assert set(table["document"]) == {"a.docx", "b.txt"}
    done = run("check", plans, "--out", tmp_path / "all.xlsx", *DAY)
    assert openpyxl.load_workbook(tmp_path / "all.xlsx")["Documents"].max_row == 3
    done = run("check", plans, "--format", "json", *DAY)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("code", "read") for line in lines] == ["read", "read", "damaged"]
    done = run("check", plans, "--out", tmp_path / "records", "--format", "json", *DAY)
    names = sorted(p.name for p in (tmp_path / "records").iterdir())
    assert names == ["a.docx.json", "b.txt.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.docx",), "nowhere.docx"),
        (("{plan}", "--status", "old"), "no status “old”"),
        (("{plan}", "--framework", "none@1"), "no framework “none@1”"),
        (("{plan}", "--framework", "advice@2026.1"), "has no machine rules"),
        (("{plan}", "--format", "doc"), "no format “doc”"),
        (("{plan}", "--format", "xlsx"), "cannot be shown on a screen"),
        (("{plan}", "--today", "soon"), "“soon” is no day"),
        (("{plan}", "{plan}x", "--advice", "a"), "plan.docxx"),
        (("{plan}", "--annotated", "{plan}"), "is the document itself"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(plan: Path, arguments: tuple[str, ...], said: str):
    done = run("check", *(a.replace("{plan}", str(plan)) for a in arguments))
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_changed_word_shows_what_it_does(tmp_path: Path):
    old = tmp_path / "frameworks"
    shutil.copytree(folder("frameworks"), old)
    rule = old / "ehc-ref" / "2026.1" / "rules" / "M45.yaml"
    said = rule.read_text(encoding="utf-8")
    (tmp_path / "p.txt").write_text(
        PLAN.replace("Amara has autism.", "Amara refuses to work and is manipulative."),
        encoding="utf-8",
    )
    same = run("rule-change", tmp_path / "p.txt", "--before", old)
    assert "0 findings new, 0 dropped" in same.stdout, same.stderr
    lexicon = old / "ehc-ref" / "2026.1" / "lexicons" / "deficit-words.yaml"
    words = lexicon.read_text(encoding="utf-8")
    assert "manipulative" in words
    lexicon.write_text(words.replace("manipulative", "never-said"), encoding="utf-8")
    changed = run("rule-change", tmp_path / "p.txt", "--before", old)
    assert "M45: 1 new" in changed.stdout, changed.stdout + said
