"""Documents go in, are read, and come out as they went in; nobody else sees them."""

import datetime as dt
import threading

import pytest
from django.utils import timezone

from goldthread.records.models import Document, Settings, Stored
from goldthread.records.queries.documents import (
    held_against,
    machine_of,
    paragraphs_of,
    record_of,
)
from goldthread.records.scope import scope
from goldthread.web.work import taking_in
from tests.integration.plans.given import WORD, a_plan, an_upload, events
from tests.people import NORTH, SOUTH, a_person, client_of


def add(client, path, **fields):
    return client.post(f"/work/{NORTH}/{path}", {"kind": "plan", "status": "draft", **fields})


@pytest.fixture
def writer():
    return a_person("plan-writer")


@pytest.fixture
def added(writer, at_once):
    """A draft that was read: its plan and its own reference."""
    plan = a_plan(writer_id=writer.member)
    with at_once():
        answer = add(
            client_of(writer), f"plans/{plan}/documents/add/", files=an_upload("Ada Invented.docx")
        )
    assert answer.status_code == 303
    reference = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    return plan, reference


def stored(reference):
    with scope(authority=NORTH):
        return Stored.objects.select_related("document").get(document__reference=reference)


def test_a_draft_is_read_and_comes_back_as_it_was(writer, added):
    _, reference = added
    client = client_of(writer)
    page = client.get(f"/work/{NORTH}/documents/{reference}/").content.decode()
    assert "Ada Invented.docx" in page
    assert "Mend these first" in page
    file = client.get(f"/work/{NORTH}/documents/{reference}/file")
    assert file.content == WORD.read_bytes()
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Cache-Control"] == "no-store"


def test_what_is_stored_is_sealed_and_names_nobody_in_the_clear(added):
    _, reference = added
    row = stored(reference)
    for sealed in (row.name, row.file, row.paragraphs, row.record):
        # Long words: three letters stand in any long cipher text by chance.
        assert b"Ada Invented" not in bytes(sealed)
        assert b"Section" not in bytes(sealed)
    assert {frozenset(m) for m in row.machine.values()} == {
        frozenset({"answer", "state", "confidence"})
    }
    assert "Ada" not in row.document.problem


def test_what_was_read_is_what_the_audit_page_asks_for(writer, added):
    _, reference = added
    document = stored(reference).document_id
    with scope(authority=NORTH, person=writer.person):
        paragraphs = paragraphs_of(writer, document)
        record = record_of(writer, document)
        machine = machine_of(writer, document)
    assert len(paragraphs) > 50
    assert record.document.name == f"{reference}.docx"
    assert machine == {a.criterion: a for a in record.answers}
    quoted = [q for f in record.findings for q in f.quotes if not q.document]
    texts = {p.number: p.text for p in paragraphs}
    assert quoted
    assert all(q.text in texts[q.location.paragraph] for q in quoted if q.location.paragraph)


def test_the_word_file_comes_back_with_comments(writer, added):
    _, reference = added
    answer = client_of(writer).get(f"/work/{NORTH}/documents/{reference}/comments")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert b"word/comments.xml" in answer.content
    assert answer["Cache-Control"] == "no-store"
    assert "checked.docx" in answer["Content-Disposition"]


def test_each_step_is_one_event(added):
    assert events() == ["document.add", "document.read"]


def test_the_next_version_supersedes(writer, added, at_once):
    plan, first = added
    client = client_of(writer)
    with at_once():
        add(client, f"plans/{plan}/documents/add/", files=an_upload("b.txt", b"Section A\nMore."))
    page = client.get(f"/work/{NORTH}/plans/{plan}/").content.decode()
    assert "version 1 (superseded)" in page
    assert "version 2" in page
    assert "A newer version" in client.get(f"/work/{NORTH}/documents/{first}/").content.decode()


def test_the_same_file_twice_is_refused(writer, added):
    plan, reference = added
    answer = add(client_of(writer), f"plans/{plan}/documents/add/", files=an_upload("again.docx"))
    assert answer.status_code == 400
    assert f"as {reference}, version 1; nothing was added" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "is a picture"),
        ("plan.pdf", b"%PDF-1.7\nbroken", "D-"),
        ("plan.docx", b"PK\x03\x04" + b"\0" * 60, "D-"),
        ("plan.docx", b"", "is empty"),
    ],
)
def test_what_is_no_document_is_refused_by_its_content(writer, at_once, name, data, said):
    plan = a_plan(writer_id=writer.member)
    client = client_of(writer)
    with at_once():
        answer = add(client, f"plans/{plan}/documents/add/", files=an_upload(name, data))
    page = client.get(answer["Location"]).content.decode()
    assert "could not be read" in page
    assert said in page
    with scope(authority=NORTH):
        row = Document.objects.get()
    assert (row.state, Stored.objects.count()) == ("refused", 0)
    assert row.reference in row.problem
    assert name not in row.problem


def test_a_file_of_more_than_50_mb_is_refused_with_one_sentence(writer):
    plan = a_plan(writer_id=writer.member)
    large = an_upload("large.docx", b"PK" + b"\0" * (50 * 1024 * 1024))
    answer = add(client_of(writer), f"plans/{plan}/documents/add/", files=large)
    assert answer.status_code == 413
    assert "large.docx is larger than 50 MB" in answer.content.decode()
    assert events() == []


def test_files_find_their_plans_by_name_and_leftovers_are_listed(at_once):
    lead = a_person("quality-lead")
    one, two = a_plan(), a_plan()
    elsewhere = a_plan(SOUTH)
    uploads = [
        an_upload(f"{one} plan.txt", b"Section A one"),
        an_upload(f"final-{two.lower()}.txt", b"Section A two"),
        an_upload("nobody.txt", b"Section A three"),
        an_upload(f"{one} {two}.txt", b"Section A four"),
        an_upload(f"{elsewhere}.txt", b"Section A five"),
    ]
    with at_once():
        answer = add(client_of(lead), "documents/add/", files=uploads)
    page = answer.content.decode()
    assert answer.status_code == 200
    for left in ("nobody.txt", f"{one} {two}.txt", f"{elsewhere}.txt"):
        assert f"{left}</strong>" in page
    with scope(authority=NORTH):
        plans = Document.objects.order_by("id").values_list("plan__reference", "state")
        assert list(plans) == [(one, "read"), (two, "read")]


def test_without_keeping_documents_the_file_is_not_stored(writer, at_once):
    with scope(authority=NORTH):
        Settings.objects.filter(authority_id=NORTH).update(keeps_documents=False)
    plan = a_plan(writer_id=writer.member)
    client = client_of(writer)
    with at_once():
        answer = add(client, f"plans/{plan}/documents/add/", files=an_upload("plan.docx"))
    assert stored(answer["Location"].rstrip("/").rsplit("/", 1)[1]).file is None
    assert client.get(answer["Location"] + "file").status_code == 404
    assert client.get(answer["Location"]).status_code == 200


def test_advice_is_timed(at_once):
    lead = a_person("quality-lead")
    plan = a_plan()
    client = client_of(lead)
    path = f"plans/{plan}/documents/add/"
    advice = {"kind": "advice", "profession": "health", "requested_on": "1/9/2025"}
    assert add(client, path, **advice).status_code == 303
    page = f"/work/{NORTH}/plans/{plan}/"
    over = (timezone.localdate() - dt.date(2025, 10, 13)).days
    assert f"not here yet, {over} days over" in client.get(page).content.decode()
    with at_once():
        add(client, path, **advice, dated_on="15/10/2025", files=an_upload("a.txt", b"Advice."))
    shown = client.get(page).content.decode()
    assert "late by 2 days" in shown
    assert "version 1" in shown
    with scope(authority=NORTH):
        assert Document.objects.get().state == "read"


def test_advice_without_a_profession_or_with_a_date_that_is_none_is_refused():
    lead = a_person("quality-lead")
    plan = a_plan()
    client = client_of(lead)
    path = f"plans/{plan}/documents/add/"
    for fields, said in (
        ({"requested_on": "1/9/2025"}, "Choose the profession"),
        ({"profession": "health"}, "Give the day on which the advice was asked for"),
        ({"profession": "health", "requested_on": "32/9/2025"}, "must be a date"),
        ({"profession": "health", "requested_on": "1/9/2099"}, "must be in the past"),
    ):
        answer = add(client, path, kind="advice", **fields)
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert events() == []


def test_reading_that_was_cut_short_says_so(writer):
    plan = a_plan(writer_id=writer.member)
    client = client_of(writer)
    answer = add(client, f"plans/{plan}/documents/add/", files=an_upload("plan.docx"))
    address = answer["Location"]
    assert "Being read" in client.get(address).content.decode()
    assert client.get(address + "state.json").json()["finished"] is False
    with scope(authority=NORTH):
        Document.objects.update(added_at=timezone.now() - dt.timedelta(hours=1))
    assert "cut short" in client.get(address).content.decode()
    assert client.get(address + "state.json").json()["finished"] is True


def test_reading_runs_in_threads_ends_whatever_happens_and_makes_room_again(monkeypatch):
    here = a_person("quality-lead")
    reading, go_on, done = taking_in._Reading(), threading.Event(), []

    def slow(task):
        assert go_on.wait(30)
        done.append((task.document, threading.current_thread().name[:9]))
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(taking_in, "take_in", slow)
    tasks = [
        taking_in.Task(here, n, f"D-{n}", "plan", "draft", "a.txt", b"x", "ehc-ref@2026.1")
        for n in range(taking_in.MOST_WAITING)
    ]
    reading.begin(tasks)
    assert not reading.room(1)
    go_on.set()
    reading._threads.shutdown(wait=True)
    assert sorted(n for n, _ in done) == list(range(taking_in.MOST_WAITING))
    assert {name for _, name in done} == {"taking-in"}
    assert reading.room(taking_in.MOST_WAITING)


def test_a_fault_of_ours_ends_the_waiting_and_says_so(writer, at_once, monkeypatch):
    def broken(*_):
        raise RuntimeError("Ada Invented")

    monkeypatch.setattr(taking_in, "_read", broken)
    plan = a_plan(writer_id=writer.member)
    client = client_of(writer)
    with at_once():
        answer = add(client, f"plans/{plan}/documents/add/", files=an_upload("plan.docx"))
    page = client.get(answer["Location"]).content.decode()
    assert "because of a fault in Goldthread (RuntimeError)" in page
    assert "Ada Invented" not in page


def test_a_full_waiting_room_is_said_and_nothing_is_kept(writer, monkeypatch):
    monkeypatch.setattr(taking_in, "room", lambda more: False)
    plan = a_plan(writer_id=writer.member)
    answer = add(client_of(writer), f"plans/{plan}/documents/add/", files=an_upload("plan.docx"))
    assert answer.status_code == 503
    assert "Wait a minute" in answer.content.decode()
    assert events() == []


def test_a_new_version_is_held_against_its_advice_and_the_one_before(at_once):
    lead = a_person("quality-lead")
    plan = a_plan()
    client = client_of(lead)
    path = f"plans/{plan}/documents/add/"
    with at_once():
        add(client, path, files=an_upload("one.docx"))
        add(client, path, kind="advice", profession="health", files=an_upload("a.txt", b"Advice."))
        add(client, path, files=an_upload("two.txt", b"Section A\nText"))
    with scope(authority=NORTH):
        first, advice, second = Document.objects.order_by("id")
        found = held_against(second.pk)
    assert [f.name for f in found[0]] == [f"{advice.reference}.txt"]
    assert found[1].data == WORD.read_bytes()
    assert found[1].name == f"{first.reference}.docx"
