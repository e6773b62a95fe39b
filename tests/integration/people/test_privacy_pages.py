"""Requests about data: everything is in the file, the rest is not, and each is an event."""

import datetime as dt
import html
import io
import json
import zipfile

import pytest
from django.db import connection
from django.utils import timezone

from goldthread.records.models import Answer, Document, Event, Identity, Plan, Settings
from goldthread.records.queries.subject import safe_name
from goldthread.records.scope import scope
from tests.integration.people.kept import (
    COMMENT,
    FORENAME,
    QUOTE,
    STRINGS,
    SURNAME,
    a_whole_plan,
)
from tests.people import NORTH, a_person, client_of


@pytest.fixture
def lead():
    return a_person("quality-lead")


@pytest.fixture
def client():
    return client_of(a_person("administrator"))


def unpacked(answer):
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def export(client, reference):
    return unpacked(client.post(f"/work/{NORTH}/privacy/{reference}/export/"))


def test_everything_kept_about_a_child_is_in_the_file(client, lead):
    whole = a_whole_plan(lead)
    files = export(client, whole.plan)
    told = json.dumps(json.loads(files["everything.json"]), ensure_ascii=False)
    read = html.unescape(files["everything.html"].decode())
    for text in (*STRINGS, whole.audit, whole.document, "2016-05-06"):
        assert text in told, text
        assert text in read, text
    assert files[f"documents/{whole.document} Zebedee plan_.txt"].decode() == QUOTE
    assert files[f"documents/{whole.document} as read.txt"].decode() == QUOTE
    assert all(".." not in name for name in files)


def test_no_secret_and_no_colleagues_name_is_in_the_file(client, lead):
    whole = a_whole_plan(lead)
    everything = b"".join(export(client, whole.plan).values()).decode()
    for text in (lead.name, "@example.org", "pbkdf2"):
        assert text not in everything, text
    assert f"member-{lead.member}" in everything


def test_another_childs_data_is_not_in_the_file(client, lead):
    whole = a_whole_plan(lead)
    other = a_whole_plan(lead, "P-QTHER2")
    with scope(authority=NORTH):
        Identity.objects.filter(plan__reference=other.plan).update(surname="Otherson")
        Answer.objects.filter(audit__reference=other.audit).update(comment="other words")
    everything = b"".join(export(client, whole.plan).values()).decode()
    for text in ("Otherson", "other words", other.plan, other.audit, other.document):
        assert text not in everything, text


def test_every_field_of_the_plan_that_holds_something_is_told(client, lead):
    """The columns of the table itself against the file."""
    whole = a_whole_plan(lead)
    (told,) = json.loads(export(client, whole.plan)["everything.json"])["The plan"]
    with scope(authority=NORTH), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(p) FROM records_plan p WHERE reference = %s", [whole.plan])
        row = json.loads(cursor.fetchone()[0])
    filled = {k.removesuffix("_id") for k, v in row.items() if v not in (None, "")}
    assert filled - {"authority"} == set(told)


def test_a_file_that_was_made_is_an_event(client, lead):
    whole = a_whole_plan(lead)
    export(client, whole.plan)
    with scope(authority=NORTH):
        (event,) = Event.objects.all()
    assert (event.action, event.subject, event.detail) == ("plan.export", whole.plan, {"files": 2})
    assert client.get(f"/work/{NORTH}/privacy/{whole.plan}/export/").status_code == 303
    with scope(authority=NORTH):
        assert Event.objects.count() == 1


def test_everything_kept_about_a_person_is_in_the_file(client, lead):
    whole = a_whole_plan(lead)
    answer = client.post(f"/work/{NORTH}/people/{lead.member}/export/")
    files = unpacked(answer)
    told = json.loads(files["everything.json"])
    assert told["Account"][0]["name"] == lead.name
    assert "password" not in told["Account"][0]
    assert told["Plans they write"] == [{"reference": whole.plan, "team": "North"}]
    assert {part["audit"] for part in told["Parts of audits"]} == {whole.audit, whole.open_audit}
    assert told["Audits they signed"][0]["reference"] == whole.audit
    everything = b"".join(files.values()).decode()
    for text in (FORENAME, SURNAME, QUOTE, COMMENT):
        assert text not in everything, text


def test_their_own_events_are_in_the_file(client, lead):
    client_of(lead).post(f"/work/{NORTH}/conflicts/", {"team": "North", "reason": "I lead it"})
    files = unpacked(client.post(f"/work/{NORTH}/people/{lead.member}/export/"))
    told = json.loads(files["everything.json"])["The event log"]
    assert [event["action"] for event in told] == ["conflict.declare"]


@pytest.mark.parametrize("sought", ["p-whqle2", SURNAME.upper(), f"{FORENAME} {SURNAME}",
                                    f"{SURNAME} {FORENAME}", "LOCAL-77-ZQ"])  # fmt: skip
def test_a_child_is_found_for_a_request(client, lead, sought):
    whole = a_whole_plan(lead)
    page = client.post(f"/work/{NORTH}/privacy/", {"search": sought}).content.decode()
    assert f"/privacy/{whole.plan}/" in page


@pytest.mark.parametrize("sought", ["Quill", "P-WHQLE", f"{FORENAME} Other", "%", "_"])
def test_nobody_else_is_found(client, lead, sought):
    a_whole_plan(lead)
    page = client.post(f"/work/{NORTH}/privacy/", {"search": sought}).content.decode()
    assert "No plan is kept under" in page


def test_the_page_says_what_is_due(client, lead):
    a_whole_plan(lead)
    with scope(authority=NORTH):
        Document.objects.update(added_at=timezone.now() - dt.timedelta(days=355))
        Settings.objects.update(document_months=12)
    page = client.get(f"/work/{NORTH}/privacy/").content.decode()
    row = page.partition(">Documents</th>")[2].partition("</tr>")[0]
    assert "12 months" in row
    assert 'data-label="Due now">0<' in row
    assert 'data-label="Next month">1<' in row


def test_a_plan_is_erased_on_its_page_once_its_reference_is_typed(client, lead):
    whole = a_whole_plan(lead)
    address = f"/work/{NORTH}/privacy/{whole.plan}/erase/"
    answer = client.post(address, {"typed": "yes"})
    assert answer.status_code == 400
    assert '<a href="#typed">' in answer.content.decode()
    page = client.post(address, {"typed": whole.plan}).content.decode()
    assert f"{whole.plan} is erased" in page
    assert "2 audits no longer say whose plan it was" in page
    assert client.get(address).status_code == 404
    with scope(authority=NORTH):
        assert not Plan.objects.exists()


def test_a_person_is_erased_on_their_page(client):
    auditor = a_person("auditor", name="Ann Ash")
    address = f"/work/{NORTH}/people/{auditor.member}/erase/"
    assert client.post(address, {"typed": "Ann"}).status_code == 400
    assert client.post(address, {"typed": "ann  ash"}).status_code == 303
    page = client.get(f"/work/{NORTH}/people/").content.decode()
    assert "Ann Ash" not in page
    assert f"Former member {auditor.person}" in page
    member = client.get(f"/work/{NORTH}/people/{auditor.member}/").content.decode()
    assert "erased.invalid" not in member
    assert "Download everything" not in member


@pytest.mark.parametrize("role", ["quality-lead", "send-manager", "director"])
def test_others_hand_out_and_erase_nothing(role, lead):
    whole = a_whole_plan(lead)
    client = client_of(a_person(role, name="The Reader"))
    for path in (f"privacy/{whole.plan}/export/", f"privacy/{whole.plan}/erase/",
                 f"people/{lead.member}/export/", f"people/{lead.member}/erase/"):  # fmt: skip
        answer = client.post(f"/work/{NORTH}/{path}", {"typed": whole.plan})
        assert answer.status_code == 403, path


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.docx", "plan.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\plans\\a b.pdf", "a b.pdf"),
        ("a:b*c?.pdf", "a_b_c_.pdf"),
        ("..", "document"),
        ("", "document"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_of_files_lead_nowhere(name, safe):
    assert safe_name(name) == safe
