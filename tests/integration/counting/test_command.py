"""`goldthread counts` in this process, on the tests' database."""

import contextlib

import pytest
from typer.testing import CliRunner

from goldthread.cli import database
from goldthread.cli.main import app
from goldthread.records.actions.counting import count
from goldthread.records.models import Event, Tally
from goldthread.records.scope import scope
from tests.integration.counting.made import signed_audit
from tests.judgements import REFERENCE
from tests.people import NORTH, SOUTH, open_for_tests


@pytest.fixture(autouse=True)
def _on_the_tests_database(monkeypatch):
    monkeypatch.setattr(database, "running", contextlib.nullcontext)
    monkeypatch.setattr(database, "start_django", lambda: None)


def run(*arguments, code=0):
    result = CliRunner().invoke(app, ("counts", *arguments))
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result


@pytest.fixture
def one_audit():
    open_for_tests(NORTH)
    audit = signed_audit()
    with scope(authority=NORTH):
        count(audit, REFERENCE)


def test_counts_that_are_right_are_told_and_left(one_audit):
    told = run("verify", "--authority", NORTH)
    assert told.stdout == f"{NORTH}  1 audits  2 cells\n"
    assert "as before" in run("rebuild", "--authority", NORTH).stdout
    assert run("verify").stdout.startswith(f"{NORTH}  1 audits")


def test_a_difference_ends_with_1_and_rebuilding_mends_it(one_audit):
    with scope(authority=NORTH):
        Tally.objects.filter(measure="index").update(n=5)
    said = run("verify", code=1).stderr
    assert f"Authority {NORTH}: November 2026" in said
    assert "index is kept with other numbers" in said
    assert "index is kept with other numbers" in run("rebuild").stdout
    assert run("verify").stdout == f"{NORTH}  1 audits  2 cells\n"
    with scope(authority=NORTH):
        assert Event.objects.get(action="counts.rebuild").via == "command"


@pytest.mark.parametrize("what", ["verify", "rebuild"])
def test_an_authority_that_is_not_there_or_not_open_is_said(what):
    assert "no authority with the code zzz" in run(what, "--authority", "zzz", code=1).stderr
    assert "is not open" in run(what, "--authority", SOUTH, code=1).stderr
