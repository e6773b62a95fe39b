"""`goldthread check-wording`: one line in, one JSON object out."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from goldthread.cli.check_wording import wording_words
from goldthread.cli.main import app
from goldthread.core.checks.wording.verdict import LEXICONS, LOOKED_UP

GOOD = "A teaching assistant will read with Amara for 20 minutes every school day."


def run(kind: str, given: bytes) -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(app, ["check-wording", "--kind", kind], input=given)
    lines = result.stdout.splitlines() if result.exit_code == 0 else []
    return result.exit_code, [json.loads(line) for line in lines], result.output


def test_one_object_a_line_in_order() -> None:
    code, found, _ = run("provision", f"{GOOD}\nRegular input.\n\n".encode())
    assert code == 0
    assert [f["verdict"] for f in found] == ["specific", "vague", "vague"]
    assert found[1]["quotes"] == ["Regular", "input"]
    assert found[1]["missing"] == ["what", "how much", "how often", "who"]
    assert found[2]["note"]


def test_outcomes() -> None:
    _, (found,), _ = run("outcome", b"Joel wants to be a footballer.")
    assert (found["verdict"], found["baseline"]) == ("not_smart", False)
    assert found["rules"] == ["M21", "M22", "M23", "M24"]


@pytest.mark.parametrize("line", [b"\xff\xfe" + GOOD.encode(), b"word " * 300_000])
def test_bad_bytes_and_long_lines_are_told_and_do_not_stop(line: bytes) -> None:
    code, found, _ = run("provision", line + b"\n" + GOOD.encode())
    assert (code, len(found)) == (0, 2)
    assert found[0]["note"]
    assert (found[1]["verdict"], found[1]["note"]) == ("specific", "")


def test_a_wrong_kind_is_wrong_use() -> None:
    code, _, said = run("need", b"")
    assert code == 2
    assert "provision or outcome" in said


def test_only_the_lists_that_are_needed_are_read() -> None:
    assert set(wording_words().lists) == {*LEXICONS, *LOOKED_UP}
