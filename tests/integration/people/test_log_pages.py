"""The event log on its pages: newest first, narrowed, as a file, and verified."""

import ast
import csv
import io
import re
from pathlib import Path

import pytest
from django.db import connections

from goldthread.content import folder
from goldthread.readers.events import read_events
from goldthread.records.log import record
from goldthread.records.models import Event
from goldthread.records.scope import scope
from tests.people import NORTH, SOUTH, a_person, client_of

SOURCE = Path(__file__).parents[3] / "src" / "goldthread"
ADDRESS = f"/work/{NORTH}/log/"


def note(here, number=1, action="audit.sign", **detail):
    with scope(authority=here.authority, person=here.person):
        for i in range(number):
            record(here, action, subject=f"A-{i}", **detail)


def numbers(page):
    return [int(n) for n in re.findall(r'<th scope="row"[^>]*>(\d+)</th>', page)]


@pytest.fixture
def lead():
    return a_person("quality-lead")


def test_newest_first_a_hundred_a_page(lead):
    note(lead, 205)
    client = client_of(lead)
    assert numbers(client.get(ADDRESS).content.decode()) == list(range(205, 105, -1))
    assert numbers(client.get(f"{ADDRESS}?page=3").content.decode()) == [5, 4, 3, 2, 1]
    for beyond in ("99", "0", "-1", "x", "９", "1" * 30):
        assert client.get(f"{ADDRESS}?page={beyond}").status_code == 200


def test_events_are_narrowed_by_the_address(lead):
    other = a_person("administrator", name="Ann Ash")
    note(lead, 3)
    note(other, 2, "sample.draw")
    client = client_of(lead)

    def shown(query):
        return numbers(client.get(f"{ADDRESS}?{query}").content.decode())

    assert shown("action=sample.draw") == [5, 4]
    assert shown(f"person={other.person}") == [5, 4]
    assert shown(f"person={lead.person}&subject=A-1") == [2]
    assert shown("subject=A-0") == [4, 1]
    assert shown("action=nothing") == []
    assert shown("person=%00x&action=%27") == []


def test_pages_keep_what_was_asked_for(lead):
    note(lead, 150)
    note(lead, 1, "sample.draw")
    page = client_of(lead).get(f"{ADDRESS}?action=audit.sign").content.decode()
    assert "?action=audit.sign&amp;page=2" in page


def test_events_are_said_in_plain_words(lead):
    note(lead, 1, "audit.sign", band="Good", mode="blind")
    page = client_of(lead).get(ADDRESS).content.decode()
    assert "Signed an audit" in page
    assert "band: Good; mode: blind" in page
    assert lead.name in page


def test_another_authoritys_events_are_not_there(lead):
    note(a_person("quality-lead", code=SOUTH), 3)
    assert numbers(client_of(lead).get(ADDRESS).content.decode()) == []


def test_the_file_runs_no_formula(lead):
    note(lead, 1, "audit.sign", **{"=cmd": "|calc"})
    with scope(authority=NORTH, person=lead.person):
        record(lead, "audit.sign", subject="=HYPERLINK(1)")
    answer = client_of(lead).get(f"{ADDRESS}events.csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="events-001-')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["number"] for row in rows] == ["2", "1"]
    assert rows[0]["subject"] == "'=HYPERLINK(1)"
    assert rows[1]["detail"].startswith("'=cmd")
    assert rows[0]["words"] == "Signed an audit"


def test_the_file_has_every_page_and_the_same_narrowing(lead):
    note(lead, 120)
    note(lead, 3, "sample.draw")
    client = client_of(lead)
    assert len(client.get(f"{ADDRESS}events.csv").content.decode().splitlines()) == 124
    narrowed = client.get(f"{ADDRESS}events.csv?action=sample.draw").content.decode()
    assert len(narrowed.splitlines()) == 4


def test_a_whole_log_is_said_to_be(lead):
    note(lead, 3)
    page = client_of(lead).get(f"{ADDRESS}verify/").content.decode()
    assert "The log is whole" in page
    assert "All 3 events are as they were written" in page
    with scope(authority=NORTH):
        assert Event.objects.latest("number").digest in page


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_site_itself_cannot_change_an_event(lead):
    from django.db.utils import ProgrammingError

    note(lead, 3)
    with pytest.raises(ProgrammingError), scope(authority=NORTH):
        Event.objects.filter(number=2).update(action="nothing")
    assert "owner" in connections


def test_a_log_that_does_not_fit_is_said_so(lead, monkeypatch):
    """Tampering itself needs another role; here one event's words are made to differ."""
    note(lead, 3)
    from goldthread.records import log

    honest = log.digest_of
    monkeypatch.setattr(log, "digest_of", lambda e: "0" * 64 if e.number == 2 else honest(e))
    page = client_of(lead).get(f"{ADDRESS}verify/").content.decode()
    assert "The log is not whole" in page
    assert "Event 2 (audit.sign) is not as it was written." in page


def actions_in_the_code():
    """Every second argument of a call of `record`; of an f-string, what it begins with."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"
            if called and len(node.args) >= 2:
                said = node.args[1]
                if isinstance(said, ast.JoinedStr):
                    said = said.values[0]
                assert isinstance(said, ast.Constant), f"{path.name}: {ast.unparse(node)}"
                yield path.name, said.value


def test_every_action_has_plain_words():
    words = read_events(folder("reference") / "events.yaml")
    known = list(actions_in_the_code())
    assert len(known) > 30
    for path, action in known:
        fits = [a for a in words if a == action or (action.endswith(".") and a.startswith(action))]
        assert fits, f"{path}: {action} has no words in reference/events.yaml"
    for action in words:
        assert any(action.startswith(known_action) for _, known_action in known), action
