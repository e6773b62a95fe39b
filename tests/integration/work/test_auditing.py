"""From the first answer to the signature, as auditors of one and of several agencies do it."""

import json

import pytest

from goldthread.core.audit.signed import SignedAudit
from goldthread.records.models import Answer, Audit, Event, Part
from goldthread.records.scope import scope
from goldthread.web.work.asking import form_of
from goldthread.web.work.reading import shelf
from tests.audits import an_audit, the_audit
from tests.people import NORTH, SOUTH, a_person, client_of


@pytest.fixture(autouse=True)
def _nothing_kept():
    shelf.clear()


def answers(reference: str) -> dict[str, Answer]:
    with scope(authority=NORTH):
        return {a.criterion: a for a in Answer.objects.filter(audit__reference=reference)}


def send(client, reference, criterion="F2-quantified", agency="education", **fields):
    said = {"criterion": criterion, "value": "2", "version": "0", **fields}
    return client.post(f"/work/{NORTH}/audits/{reference}/{agency}/answer", said)


def answer_all(client, here, reference, agency="education", value="2"):
    form = form_of(the_audit(here, reference))
    for criterion in form.asked(agency):
        got = send(client, reference, criterion, agency, value=value)
        assert got.status_code == 200, got.content


def test_blind_the_machine_is_silent_until_the_first_answer():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    page = client.get(f"/work/{NORTH}/audits/{reference}/education/F/").content.decode()
    assert "as and when required" in page  # the plan stands beside the form
    assert "The machine:" not in page
    got = send(client, reference).json()
    assert "The machine:" in got["machine"]
    kept = answers(reference)["F2-quantified"]
    assert (kept.value, kept.first, kept.machine["when"]) == ("2", "2", "after")
    send(client, reference, value="1", version="1")
    kept = answers(reference)["F2-quantified"]
    assert (kept.value, kept.first, kept.version) == ("1", "2", 2)


def test_assisted_the_machine_stands_beside_the_question():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here, mode="assisted")
    page = client.get(f"/work/{NORTH}/audits/{reference}/education/F/").content.decode()
    assert "The machine:" in page
    send(client, reference)
    assert answers(reference)["F2-quantified"].machine["when"] == "before"


def test_a_whole_audit_is_signed_once_and_its_digest_holds():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    answer_all(client, here, reference)
    base = f"/work/{NORTH}/audits/{reference}/"
    assert client.post(f"{base}education/finish").status_code == 303
    assert client.post(f"{base}sign").status_code == 303
    assert client.post(f"{base}sign").status_code == 303
    with scope(authority=NORTH):
        row = Audit.objects.get(reference=reference)
        signings = Event.objects.filter(action="audit.sign", subject=reference).count()
    signed = SignedAudit.from_json(json.dumps(row.signed))
    assert (row.state, signings, signed.digest) == ("signed", 1, row.digest)
    assert row.band == signed.grade.capped == "good"
    page = client.get(base).content.decode()
    assert "Good" in page
    assert signed.grade.sum in page
    refused = send(client, reference, value="0", version="1")
    assert refused.status_code == 403
    assert "signed" in refused.json()["said"]


def test_parts_of_three_agencies_make_one_audit():
    lead = a_person("auditor", name="lead")
    health = a_person("auditor", name="health", agency="health")
    care = a_person("auditor", name="care", agency="social-care")
    reference = an_audit(lead, health, care)
    base = f"/work/{NORTH}/audits/{reference}/"
    form = form_of(the_audit(lead, reference))
    assert set(form.asked("health")) >= {"C1-health-needs", "G1-specified"}
    for here, agency in ((health, "health"), (care, "social-care"), (lead, "education")):
        client = client_of(here)
        answer_all(client, here, reference, agency)
        assert client.post(f"{base}{agency}/finish").status_code == 303
    assert client_of(health).post(f"{base}sign").status_code == 403
    assert client_of(lead).post(f"{base}sign").status_code == 303
    with scope(authority=NORTH):
        row = Audit.objects.get(reference=reference)
    assert len(row.signed["judgements"]) == len(form.shared)
    assert {j["agency"] for j in row.signed["judgements"]} == {
        "education", "health", "social-care",
    }  # fmt: skip


def test_an_auditor_sees_their_own_part_and_answers_no_other():
    lead, health = a_person("auditor", name="lead"), a_person("auditor", agency="health")
    reference = an_audit(lead, health)
    client = client_of(health)
    base = f"/work/{NORTH}/audits/{reference}/"
    assert "Outcomes" not in client.get(base).content.decode()
    assert client.get(f"{base}education/F/").status_code == 404
    assert send(client, reference, agency="education").status_code == 404
    assert send(client, reference, "F2-quantified", "health").status_code == 404
    assert client.get(f"{base}health/C/").status_code == 200
    assert answers(reference) == {}


def test_what_is_not_allotted_is_not_there():
    other = a_person("auditor", name="other")
    reference = an_audit(a_person("auditor"))
    client = client_of(other)
    for address in ("", "education/F/"):
        assert client.get(f"/work/{NORTH}/audits/{reference}/{address}").status_code == 404
    assert send(client, reference).status_code == 404
    south = client_of(a_person("quality-lead", code=SOUTH))
    assert south.get(f"/work/{NORTH}/audits/{reference}/").status_code == 404
    assert south.get(f"/work/{SOUTH}/audits/{reference}/").status_code == 404


def test_a_stale_form_changes_nothing_and_the_same_answer_twice_is_one():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    assert send(client, reference).json()["version"] == 1
    assert send(client, reference).json()["version"] == 1  # sent again: the browser heard nothing
    stale = send(client, reference, value="0")
    assert stale.status_code == 409
    assert stale.json()["stale"]
    assert answers(reference)["F2-quantified"].value == "2"


def test_evidence_is_taken_from_the_document_and_not_from_the_page():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    number, text = next(
        (p["number"], p["text"])
        for p in json.loads(_paragraphs(reference))
        if "as and when required" in p["text"]
    )
    at = text.index("as and when required")
    place = {"paragraph": number, "start": at, "end": at + 20, "quote": "something else"}
    got = send(client, reference, value="0", places=json.dumps([place])).json()
    assert got["evidence"][0]["quote"] == "as and when required"
    for wrong in ({**place, "end": at + 9999}, {**place, "paragraph": 9999}, {"paragraph": "x"}):
        bad = send(client, reference, value="0", version="1", places=json.dumps([wrong]))
        assert bad.status_code == 400
        assert bad.json()["said"].startswith("F2-quantified")
    assert send(client, reference, version="1", places="nonsense").status_code == 400


def _paragraphs(reference: str) -> bytes:
    from goldthread.records.models import Stored
    from goldthread.records.sealing import open_sealed

    with scope(authority=NORTH):
        audit = Audit.objects.get(reference=reference)
        return open_sealed(Stored.objects.get(document=audit.document_id).paragraphs)


def test_without_javascript_a_page_is_sent_whole_and_what_is_wrong_comes_back():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    address = f"/work/{NORTH}/audits/{reference}/education/F/"
    fields = {
        "value-F1-each-need": "2", "version-F1-each-need": "0",
        "value-F2-quantified": "0", "quote-F2-quantified": "AS and  when required",
        "version-F2-quantified": "0", "version-F3-who": "0", "version-F4-firm": "0",
        "value-F3-who": "not-applicable", "comment-F3-who": "typed",
        "value-F4-firm": "1", "quote-F4-firm": "words that are not there",
    }  # fmt: skip
    page = client.post(address, fields).content.decode()
    assert "F3-who: choose why the question does not apply." in page
    assert "F4-firm: these words are not in one paragraph" in page
    assert "typed</textarea>" in page
    kept = answers(reference)
    assert set(kept) == {"F1-each-need", "F2-quantified"}
    assert kept["F2-quantified"].evidence[0]["quote"] == "as and when required"
    again = client.post(address, {"version-F1-each-need": "1", "value-F1-each-need": "2"})
    assert again.status_code == 303


def test_a_part_is_done_only_when_all_is_answered_and_can_be_opened_again():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    base = f"/work/{NORTH}/audits/{reference}/"
    send(client, reference)
    refused = client.post(f"{base}education/finish")
    assert refused.status_code == 400
    assert "Not answered yet" in refused.content.decode()
    answer_all(client, here, reference)
    client.post(f"{base}education/finish")
    assert send(client, reference, value="1", version="1").status_code == 403
    assert client.post(f"{base}education/reopen", {"reason": "no"}).status_code == 400
    assert client.post(f"{base}education/reopen", {"reason": "one was wrong"}).status_code == 303
    assert client.post(f"{base}sign").status_code == 409
    assert send(client, reference, value="1", version="1").status_code == 200


def test_a_gate_needs_its_reason_before_it_is_signed():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    answer_all(client, here, reference)
    send(client, reference, value="0", version="1")
    base = f"/work/{NORTH}/audits/{reference}/"
    client.post(f"{base}education/finish")
    refused = client.post(f"{base}sign")
    assert refused.status_code == 400
    assert "F2-quantified is a major gate answered 0" in refused.content.decode()


def test_a_role_that_was_removed_midway_ends_the_work_and_keeps_the_answers():
    from goldthread.records.models import Membership

    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    send(client, reference)
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(roles=["partner-reader"])
    assert send(client, reference, value="0", version="1").status_code == 403
    assert answers(reference)["F2-quantified"].value == "2"


def test_signing_is_by_the_lead_and_withdrawing_by_the_quality_lead():
    here, quality = a_person("auditor"), a_person("quality-lead")
    reference = an_audit(here)
    base = f"/work/{NORTH}/audits/{reference}/"
    assert client_of(here).post(f"{base}withdraw", {"reason": "ceased"}).status_code == 403
    assert client_of(quality).post(f"{base}withdraw", {"reason": ""}).status_code == 400
    assert client_of(quality).post(f"{base}withdraw", {"reason": "ceased"}).status_code == 303
    assert send(client_of(here), reference).status_code == 403


def test_the_time_spent_is_counted_and_a_page_left_open_is_not():
    here = a_person("auditor")
    client, reference = client_of(here), an_audit(here)
    send(client, reference, seconds="40")
    send(client, reference, "F1-each-need", seconds="99999")
    with scope(authority=NORTH):
        assert Part.objects.get(audit__reference=reference).seconds == 640


@pytest.mark.parametrize("role", ["director", "analyst", "partner-reader", "plan-writer"])
def test_who_does_not_audit_opens_no_form(role):
    reference = an_audit(a_person("auditor"))
    client = client_of(a_person(role))
    got = client.get(f"/work/{NORTH}/audits/{reference}/education/F/")
    assert got.status_code == 403


def test_writers_and_advisers_see_signed_audits_of_their_own_work_alone():
    from goldthread.records.models import Document, Plan

    auditor = a_person("auditor")
    writer, adviser = a_person("plan-writer"), a_person("adviser")
    other = a_person("plan-writer", name="other writer")
    client, reference = client_of(auditor), an_audit(auditor)
    with scope(authority=NORTH):
        audit = Audit.objects.get(reference=reference)
        Plan.objects.filter(pk=audit.plan_id).update(writer=writer.member)
        Document.objects.filter(pk=audit.document_id).update(author=adviser.member)
    address = f"/work/{NORTH}/audits/{reference}/"
    assert client_of(writer).get(address).status_code == 404  # not signed yet
    answer_all(client, auditor, reference)
    client.post(f"{address}education/finish")
    client.post(f"{address}sign")
    for here, status in ((writer, 200), (adviser, 200), (other, 404)):
        assert client_of(here).get(address).status_code == status
        listed = reference in client_of(here).get(f"/work/{NORTH}/").content.decode()
        assert listed == (status == 200)
    assert "All 11 answered" in client_of(writer).get(address).content.decode()


def test_no_page_of_an_audit_reads_the_frame_it_was_drawn_from():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    here = a_person("auditor", "quality-lead")
    client, reference = client_of(here), an_audit(here)
    for address in ("audits/", f"audits/{reference}/", f"audits/{reference}/education/F/", ""):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/work/{NORTH}/{address}").status_code == 200
        assert not [q for q in asked if '"frame"' in q["sql"]], address
