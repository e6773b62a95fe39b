"""`goldthread authorities` and `goldthread events` in this process, on the tests' database."""

import contextlib

import pytest
from django.db import connections
from typer.testing import CliRunner

from goldthread.cli import database
from goldthread.cli.main import app
from goldthread.records.log import record
from goldthread.records.models import Chain, Event, Person
from goldthread.records.scope import scope
from tests.people import NORTH, SOUTH, a_person

PASSWORD = "seven quiet harbours"
pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _on_the_tests_database(monkeypatch):
    monkeypatch.setattr(database, "running", contextlib.nullcontext)
    monkeypatch.setattr(database, "start_django", lambda: None)


def run(*arguments, code=0):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result


def test_an_authority_is_opened_and_its_administrator_gets_in(client):
    told = run("authorities", "open", NORTH, "--email", "First@Example.org", "--name", "First One")
    link = told.stdout.strip()
    assert link.startswith("http://127.0.0.1:8000/account/reset/")
    path = link.removeprefix("http://127.0.0.1:8000")
    answer = client.post(path, {"password": PASSWORD})
    assert answer["Location"] == "/account/login/"
    form = {"login": "first@example.org", "password": PASSWORD}
    assert client.post("/account/login/", form)["Location"] == "/work/"
    assert client.post(path, {"password": PASSWORD}).status_code == 410
    with scope(authority=NORTH):
        assert list(Event.objects.values_list("action", "via")) == [("authority.open", "command")]


def test_the_link_names_the_site(monkeypatch):
    a_person("auditor")
    monkeypatch.setenv("GOLDTHREAD_HOSTS", "send.example.org,other.example.org")
    monkeypatch.setenv("GOLDTHREAD_HTTPS", "1")
    told = run("authorities", "link", "auditor.001@example.org").stdout
    assert told.startswith("https://send.example.org/account/reset/")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("open", "999", "--email", "a@example.org", "--name", "A"),
            "no authority with the code 999",
        ),
        (("open", SOUTH, "--email", "a@example.org", "--name", "A"), "open already"),
        (("link", "nobody@example.org"), "no account with the address nobody@example.org"),
        (("support", "nobody@example.org"), "give --name too"),
        (("steward", "no address", "--name", "A"), "Give an e-mail address"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments, said):
    a_person("administrator", code=SOUTH)
    result = run("authorities", *arguments, code=1)
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("command", "mark"), [("support", "is_support"), ("steward", "is_steward")]
)
def test_marks_are_given_and_taken(command, mark):
    def marked():
        with scope(door="command"):
            return getattr(Person.objects.get(email="helper@example.org"), mark)

    told = run("authorities", command, "helper@example.org", "--name", "Helper")
    assert "/account/reset/" in told.stdout
    assert marked()
    told = run("authorities", command, "helper@example.org", "--off")
    assert told.stdout == ""
    assert not marked()


@pytest.fixture
def three_events():
    here = a_person("quality-lead")
    with scope(authority=NORTH, person=here.person):
        for number in range(3):
            record(here, "sample.draw", subject=f"S-{number}", size=number)
    return here


def test_whole_logs_are_told_with_the_digest_of_their_last_event(three_events):
    with scope(authority=NORTH):
        head = Chain.objects.get().digest
    told = run("events", "verify")
    assert told.stdout == f"{NORTH}  3 events  {head}\n"
    assert told.stderr == "1 whole event log.\n"
    assert head in run("events", "verify", "--authority", NORTH).stdout
    assert "0 events" in run("events", "verify", "--authority", SOUTH).stdout
    assert "no authority" in run("events", "verify", "--authority", "zzz", code=1).stderr


TAMPERINGS = [
    (
        "UPDATE records_event SET subject = 'S-9' WHERE number = 2",
        "Event 2 (sample.draw) is not as",
    ),
    ("UPDATE records_event SET detail = '{\"size\": 7}' WHERE number = 1", "Event 1 (sample.draw)"),
    ("UPDATE records_event SET person = 999 WHERE number = 3", "Event 3 (sample.draw) is not as"),
    ("UPDATE records_event SET at = at + interval '1 second' WHERE number = 2", "Event 2"),
    ("UPDATE records_event SET via = 'support' WHERE number = 2", "Event 2"),
    ("UPDATE records_event SET action = 'sample.undo' WHERE number = 2", "Event 2"),
    ("DELETE FROM records_event WHERE number = 2", "Event 2 is missing"),
    ("DELETE FROM records_event WHERE number = 1", "Event 1 is missing"),
    ("DELETE FROM records_event WHERE number = 3", "last 1 events are missing"),
    ("DELETE FROM records_event", "last 3 events are missing"),
    ("UPDATE records_chain SET digest = repeat('0', 64)", "head of the chain"),
]


@pytest.mark.parametrize(("statement", "said"), TAMPERINGS)
def test_tampering_by_the_owner_of_the_tables_is_found(home, statement, said):
    """In one transaction of the owner, who may do anything: written, changed, checked, undone."""
    from goldthread.records.log import verify
    from goldthread.records.postgres import connect, owner_address

    rows = _a_chain()
    with connect(owner_address(home)) as owner:
        for table, values in rows:
            marks = ", ".join(["%s"] * len(values))
            owner.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})",
                          list(values.values()))  # fmt: skip
        owner.execute(statement)
        events = owner.execute(
            "SELECT authority_id, number, at, person, via, action, subject, detail, before, digest"
            " FROM records_event WHERE authority_id = '001' ORDER BY number"
        ).fetchall()
        head = owner.execute("SELECT number, digest FROM records_chain").fetchone()
        owner.rollback()
    names = ("authority_id", "number", "at", "person", "via", "action", "subject", "detail",
             "before", "digest")  # fmt: skip
    kept = [Event(**dict(zip(names, event, strict=True))) for event in events]
    found = verify(NORTH, kept, Chain(number=head[0], digest=head[1]))
    assert said in found.fault


def _a_chain():
    """Three events as `record` writes them, and the head, as rows for another connection."""
    import datetime as dt
    import json

    from goldthread.records.log import START, digest_of

    before, rows = START, []
    for number in (1, 2, 3):
        event = Event(
            authority_id=NORTH, number=number, at=dt.datetime(2026, 3, number, tzinfo=dt.UTC),
            person=7, via="password", action="sample.draw", subject=f"S-{number}",
            detail={"size": number}, before=before,
        )  # fmt: skip
        before = digest_of(event)
        rows.append(("records_event", {
            "authority_id": NORTH, "number": number, "at": event.at, "person": 7,
            "via": "password", "action": "sample.draw", "subject": event.subject,
            "detail": json.dumps(event.detail), "before": event.before, "digest": before,
        }))  # fmt: skip
    return [*rows, ("records_chain", {"authority_id": NORTH, "number": 3, "digest": before})]


def test_a_fault_ends_the_command_with_one(three_events, monkeypatch):
    """The site's own role cannot change an event, so the check is told of another digest."""
    from goldthread.records import log

    monkeypatch.setattr(log, "digest_of", lambda event: "f" * 64)
    result = run("events", "verify", code=1)
    assert f"Authority {NORTH}: Event 1 (sample.draw) is not as it was written." in result.stderr


def test_the_site_itself_cannot_change_an_event(three_events):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    for change in ("UPDATE records_event SET subject = ''", "DELETE FROM records_event"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute(change)
