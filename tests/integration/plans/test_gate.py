"""A draft is held back, mended, let pass by another person; every decision is kept."""

import pytest
from django.utils import timezone

from goldthread.core.audit.gate import blocks as blocks_of
from goldthread.core.audit.signed import Subject
from goldthread.readers.frameworks import shared_framework
from goldthread.records.models import Answer, Audit, Document, GateDecision, Part, Plan
from goldthread.records.queries.documents import machine_of
from goldthread.records.scope import scope
from tests.integration.plans.given import SAMPLES, a_plan, an_upload, events
from tests.people import NORTH, a_person, client_of

POOR = (SAMPLES / "plan-007-0002-docx.docx").read_bytes()
"""A final plan with two things that no draft may have."""
SOUND = (SAMPLES / "plan-007-0001-pdf.pdf").read_bytes()
REASON = "The tribunal ordered this wording."


@pytest.fixture
def writer():
    return a_person("plan-writer")


@pytest.fixture
def draft(writer, at_once):
    """Path of the gate of a poor draft of a plan that `writer` writes."""
    plan = a_plan(writer_id=writer.member)
    return upload(client_of(writer), plan, at_once, POOR)


def upload(client, plan, at_once, data, name="draft.docx"):
    fields = {"kind": "plan", "status": "draft", "files": an_upload(name, data)}
    with at_once():
        answer = client.post(f"/work/{NORTH}/plans/{plan}/documents/add/", fields)
    return answer["Location"] + "gate/"


def reference(path):
    return path.split("/documents/")[1].split("/")[0]


def machine_blocks(writer, path):
    with scope(authority=NORTH, person=writer.person):
        document = Document.objects.get(reference=reference(path))
        found = machine_of(writer, document.pk)
    framework = shared_framework("ehc-ref@2026.1")
    return [b.criterion for b in blocks_of(framework, found, {}, Subject("plan", "draft", age=10))]


def decisions():
    with scope(authority=NORTH):
        return list(GateDecision.objects.order_by("id").values_list("state", flat=True))


def test_the_page_names_what_blocks_with_its_words_and_what_is_asked_for(writer, draft):
    page = client_of(writer).get(draft).content.decode()
    framework = shared_framework("ehc-ref@2026.1")
    found = machine_blocks(writer, draft)
    assert found
    for criterion in found:
        assert f"/standard/{criterion}/" in page
        said = next(c for c in framework.criteria if c.id == criterion)
        assert said.descriptors["2"].replace("'", "&#x27;") in page
    assert "hold it back" in page or "holds it back" in page
    assert decisions() == []


def test_it_is_written_down_that_it_is_not_ready(writer, draft):
    client = client_of(writer)
    assert client.post(draft, {"step": "decide"}).status_code == 303
    assert decisions() == ["blocked"]
    assert events()[-1] == "gate.blocked"
    assert "Not ready yet" in client.get(draft).content.decode()


def test_a_mended_version_is_ready_and_the_old_one_is_stale(writer, draft, at_once):
    client = client_of(writer)
    with scope(authority=NORTH):
        plan = Plan.objects.get().reference
    mended = upload(client, plan, at_once, SOUND, "plan.pdf")
    page = client.get(draft).content.decode()
    assert "A newer version of this plan is there" in page
    assert client.post(draft, {"step": "decide"}).status_code == 409
    client.post(mended, {"step": "decide"})
    assert machine_blocks(writer, mended) == []
    assert decisions() == ["ready"]
    assert "Ready to issue" in client.get(mended).content.decode()


def test_a_manager_is_asked_and_lets_it_pass_with_a_reason(writer, draft):
    ask = client_of(writer)
    short = ask.post(draft, {"step": "ask", "reason": "Because."})
    assert short.status_code == 400
    assert "at least 15 characters" in short.content.decode()
    assert ask.post(draft, {"step": "ask", "reason": REASON}).status_code == 303
    manager = client_of(a_person("send-manager"))
    assert "A manager was asked" in manager.get(f"/work/{NORTH}/drafts/").content.decode()
    every = machine_blocks(writer, draft)
    some = {"step": "override", "criteria": every[:1], "reason": REASON}
    assert manager.post(draft, {**some, "criteria": []}).status_code == 400
    assert manager.post(draft, {**some, "reason": "x"}).status_code == 400
    assert manager.post(draft, {**some, "criteria": every}).status_code == 303
    assert decisions() == ["asked", "overridden"]
    assert events()[-2:] == ["gate.ask", "gate.override"]
    page = manager.get(draft).content.decode()
    assert "A manager let pass what held it back" in page
    assert REASON in page


def test_what_is_let_pass_in_part_still_blocks(writer, draft):
    every = machine_blocks(writer, draft)
    assert len(every) == 2
    manager = client_of(a_person("send-manager"))
    manager.post(draft, {"step": "override", "criteria": every[:1], "reason": REASON})
    assert decisions() == ["blocked"]
    manager.post(draft, {"step": "override", "criteria": every[1:], "reason": REASON})
    assert decisions() == ["blocked", "overridden"]


def test_nobody_lets_their_own_plan_pass(at_once):
    both = a_person("plan-writer", "send-manager")
    plan = a_plan(writer_id=both.member)
    client = client_of(both)
    path = upload(client, plan, at_once, POOR)
    assert "Let it pass" not in client.get(path).content.decode()
    post = {"step": "override", "criteria": machine_blocks(both, path), "reason": REASON}
    assert client.post(path, post).status_code == 403
    assert decisions() == []


def test_a_writer_or_a_quality_lead_cannot_let_pass(writer, draft):
    post = {"step": "override", "criteria": machine_blocks(writer, draft), "reason": REASON}
    assert client_of(writer).post(draft, post).status_code == 403
    assert client_of(a_person("quality-lead")).post(draft, post).status_code == 403


def answered(path, criterion, value, mode="assisted", state="under-way", **part):
    with scope(authority=NORTH):
        document = Document.objects.get(reference=reference(path))
        audit = Audit.objects.create(
            authority_id=NORTH, reference=f"A-{criterion[:6]}{value}", plan=document.plan,
            document=document, purpose="draft", mode=mode, framework="ehc-ref@2026.1", state=state,
        )  # fmt: skip
        made = Part.objects.create(authority_id=NORTH, audit=audit, agency="education", **part)
        Answer.objects.create(
            authority_id=NORTH, audit=audit, part=made, criterion=criterion, value=value,
            answered_at=timezone.now(),
        )  # fmt: skip


def test_a_persons_answer_wins_over_the_machines(writer, draft):
    first = machine_blocks(writer, draft)[0]
    client = client_of(writer)
    answered(draft, first, "2", state="withdrawn")
    assert f"/standard/{first}/" in client.get(draft).content.decode()
    answered(draft, first, "1")
    assert f"/standard/{first}/" not in client.get(draft).content.decode()


def test_a_persons_nought_blocks_where_the_machine_saw_nothing(writer, draft):
    framework = shared_framework("ehc-ref@2026.1")
    critical = [c.id for c in framework.criteria if c.gate == "critical"]
    free = next(c for c in critical if c not in machine_blocks(writer, draft))
    answered(draft, free, "0")
    page = client_of(writer).get(draft).content.decode()
    assert f"/standard/{free}/" in page
    assert "answered by a person" in page


def test_who_audits_it_blind_sees_no_finding_yet(draft):
    lead = a_person("quality-lead")
    client = client_of(lead)
    address = draft.removesuffix("gate/")
    assert "Mend these first" in client.get(address).content.decode()
    answered(draft, "A1-views", "2", mode="blind", auditor_id=lead.member)
    page = client.get(address).content.decode()
    assert "Mend these first" not in page
    assert "gt-note" not in page
    assert client.get(address + "comments").status_code == 404
    assert client.get(draft).status_code == 403


def test_an_auditor_reads_the_text_of_what_they_audit_and_no_more(draft):
    auditor = a_person("auditor")
    client = client_of(auditor)
    address = draft.removesuffix("gate/")
    assert client.get(address).status_code == 404
    answered(draft, "A1-views", "2", auditor_id=auditor.member)
    page = client.get(address).content.decode()
    assert "Outside the sections" in page
    assert page.count("govuk-body") > 100
    assert "Mend these first" not in page
    assert client.get(draft).status_code == 403


def test_what_is_no_plan_is_never_ready(writer, at_once):
    client = client_of(writer)
    path = upload(client, a_plan(writer_id=writer.member), at_once, b"Milk, bread, eggs.", "a.txt")
    assert "does not read like a plan" in client.get(path).content.decode()
    assert client.post(path, {"step": "decide"}).status_code == 400
    assert decisions() == []


def test_what_waits_stands_where_work_begins(writer, draft):
    """A draft waits for its writer, then for the manager who was asked, then for nobody."""
    home, name = f"/work/{NORTH}/", reference(draft)
    ask, manager = client_of(writer), client_of(a_person("send-manager"))
    other = client_of(a_person("plan-writer", name="another writer"))

    def listed():
        return [name in c.get(home).content.decode() for c in (ask, manager, other)]

    assert listed() == [True, False, False]
    ask.post(draft, {"step": "decide"})
    assert "Held back" in ask.get(home).content.decode()
    ask.post(draft, {"step": "ask", "reason": REASON})
    assert listed() == [False, True, False]
    criteria = machine_blocks(writer, draft)
    manager.post(draft, {"step": "override", "criteria": criteria, "reason": REASON})
    assert listed() == [False, False, False]
