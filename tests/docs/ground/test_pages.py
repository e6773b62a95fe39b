"""The written pages keep step with the code: settings, tasks, links, decision numbers."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read(path):
    return path.read_text(encoding="utf-8")


def test_every_setting_is_documented_and_nothing_else():
    code = "".join(
        read(path)
        for path in (ROOT / "src" / "goldthread").rglob("*.py")
        if "cli" not in path.parts
    )
    used = {
        node.value
        for node in ast.walk(ast.parse(code.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"GOLDTHREAD_[A-Z_]+|DATABASE_[A-Z_]*URL", node.value)
    }
    page = read(ROOT / "docs" / "how-to" / "run-it.md")
    assert used == set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))


def test_contributing_names_tasks_that_exist():
    spec = importlib.util.spec_from_file_location("starter", ROOT / "run.py")
    starter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(starter)
    named = set(re.findall(r"\bdev (\w+)`", read(ROOT / "CONTRIBUTING.md")))
    assert {"lint", "format", "imports", "types", "docs", "openapi", "lock"} <= named
    assert named <= starter.tasks().keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(page)):
        if not re.match(r"https?:|mailto:|/", target):
            assert (page.parent / target).exists(), target


def test_decisions_are_numbered_once_and_titled_by_their_number():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert numbers == [f"{index:04}" for index in range(1, len(pages) + 1)]
    for page in pages:
        text = read(page)
        assert text.startswith(f"# {page.name[:4]} "), page.name
        for part in ("**Context.**", "**Decision.**", "**Ruled out.**", "**Consequences.**"):
            assert part in text, (page.name, part)
