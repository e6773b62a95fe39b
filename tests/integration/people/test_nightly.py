"""The command that removes what is due, in one authority or all, and says so."""

import contextlib
import datetime as dt

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from goldthread.cli import database
from goldthread.cli.main import app
from goldthread.records.actions.nightly import remove_due
from goldthread.records.models import Document, Event, Stored
from goldthread.records.scope import Refused, scope
from tests.integration.people.kept import a_whole_plan
from tests.people import NORTH, SOUTH, a_person


@pytest.fixture
def _old_documents():
    for code in (NORTH, SOUTH):
        a_whole_plan(a_person("quality-lead", code=code))
        with scope(authority=code):
            Document.objects.update(added_at=timezone.now() - dt.timedelta(days=800))


@pytest.fixture
def run(monkeypatch):
    """The command on the test's own database, which runs already."""
    monkeypatch.setattr(database, "running", contextlib.nullcontext)
    return lambda *words: CliRunner().invoke(app, ["retention", *words])


def documents(code):
    with scope(authority=code):
        return Stored.objects.count()


@pytest.mark.usefixtures("_old_documents")
def test_all_authorities_lose_what_is_due(run):
    result = run()
    assert result.exit_code == 0
    assert result.stdout == "001  1 document\n002  1 document\n"
    assert result.stderr == "Removed (2 open authorities).\n"
    assert (documents(NORTH), documents(SOUTH)) == (0, 0)
    assert run().stdout == "001  nothing is due\n002  nothing is due\n"
    with scope(authority=NORTH):
        (event,) = Event.objects.all()
    assert (event.action, event.via, event.person) == ("retention.apply", "command", None)


@pytest.mark.usefixtures("_old_documents")
def test_one_authority_alone(run):
    assert run("--authority", SOUTH).stdout == "002  1 document\n"
    assert (documents(NORTH), documents(SOUTH)) == (1, 0)


@pytest.mark.usefixtures("_old_documents")
def test_a_dry_run_removes_nothing(run):
    result = run("--dry-run")
    assert result.stdout == "001  1 document\n002  1 document\n"
    assert "nothing was removed" in result.stderr
    assert (documents(NORTH), documents(SOUTH)) == (1, 1)
    with scope(authority=NORTH):
        assert not Event.objects.exists()


@pytest.mark.usefixtures("_old_documents")
def test_a_fault_in_one_authority_leaves_it_whole(monkeypatch):
    """One transaction for each authority: what went before the fault comes back."""
    from goldthread.records.actions import retention as module

    monkeypatch.setattr(module, "take_words", lambda answers: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remove_due(NORTH, timezone.localdate())
    assert documents(NORTH) == 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("999", "There is no authority with the code 999."), ("002", "Authority 002 is not open")],
)
def test_an_authority_that_is_not_open_is_refused(run, code, sentence):
    a_person("administrator")
    with pytest.raises(Refused, match=sentence):
        remove_due(code, timezone.localdate())
    result = run("--authority", code)
    assert result.exit_code == 1
    assert result.stderr.startswith(sentence)
