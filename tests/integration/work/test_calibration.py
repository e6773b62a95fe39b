"""Marking anchor plans, from the first page to what was agreed, by auditors and quality leads."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.utils import timezone

from goldthread.core.audit.calibrating import QUARTER
from goldthread.core.audit.signed import SignedAudit
from goldthread.readers.anchors import find_anchor, shared_anchors
from goldthread.records.actions import calibration as actions
from goldthread.records.models import Answer, Audit, Cell, Event, Membership, Moderation, Part
from goldthread.records.queries.audits import audits, get_audit, my_parts
from goldthread.records.queries.calibration import anchor_marks
from goldthread.records.queries.samples import progress
from goldthread.records.scope import NotAllowed, Refused, scope
from goldthread.web.work.asking import form_for
from tests.people import NORTH, SOUTH, a_person, client_of

BASE = f"/work/{NORTH}/calibration/"
PLAN = "idris-year-8"  # a critical gate at 0: what would be moderated, if it were an audit


def reasons(plan=PLAN):
    return [a.reason for a in find_anchor(plan).anchor.answers.values()]


def begun(here, plan=PLAN):
    client = client_of(here)
    sent = client.post(f"{BASE}{plan}/")
    assert sent.status_code == 303, sent.content
    return client, sent["Location"].rstrip("/").rpartition("/")[2]


def answer(client, reference, agency, criterion, value, version="0"):
    said = {"criterion": criterion, "version": version, "comment": "Nothing to see it by."}
    if not str(value).isdigit() and value != "cannot-decide":
        said |= {"value": "not-applicable", "reason": value}
    else:
        said["value"] = str(value)
    got = client.post(f"/work/{NORTH}/audits/{reference}/{agency}/answer", said)
    assert got.status_code == 200, got.content
    return got.json()


def asked(here, reference, agency):
    with scope(authority=NORTH, person=here.person):
        row = get_audit(here, reference)
    return form_for(row.blank, row.agencies).asked(agency)


def marked(here, agency, plan=PLAN, **otherwise):
    """A marking that is signed: the agreed answers, and `otherwise` by criterion."""
    client, reference = begun(here, plan)
    finish(client, here, reference, agency, plan, otherwise)
    return client, reference


def finish(client, here, reference, agency, plan=PLAN, otherwise=None):
    agreed = find_anchor(plan).anchor.answers
    other = {key.replace("_", "-"): value for key, value in (otherwise or {}).items()}
    for criterion in asked(here, reference, agency):
        answer(client, reference, agency, criterion, other.get(criterion, agreed[criterion].answer))
    base = f"/work/{NORTH}/audits/{reference}/"
    assert client.post(f"{base}{agency}/finish").status_code == 303
    signed = client.post(f"{base}sign")
    assert signed.status_code == 303
    assert signed["Location"] == f"{BASE}{plan}/"


def aged(reference, days):
    """The marking as if it had been signed that long ago."""
    with scope(authority=NORTH):
        Audit.objects.filter(reference=reference).update(
            signed_at=timezone.now() - dt.timedelta(days=days)
        )


def test_an_auditor_marks_and_sees_what_was_agreed_only_after_signing():
    here = a_person("auditor", agency="health")
    client, reference = begun(here)
    pages = [BASE, f"{BASE}{PLAN}/", f"/work/{NORTH}/", f"/work/{NORTH}/audits/{reference}/"]
    form = form_for(find_form(here, reference), ("health",))
    pages += [f"/work/{NORTH}/audits/{reference}/health/{p.theme}/" for p in form.pages["health"]]
    for address in pages:
        shown = client.get(address)
        assert shown.status_code == 200
        text = shown.content.decode()
        assert not any(reason[:60] in text for reason in reasons())
    assert "Kestrel Vale Academy" in text  # the plan stands beside the form
    assert "The machine" not in text
    got = answer(client, reference, "health", "C1-health-needs", 2)
    assert got["machine"] == ""
    for criterion in asked(here, reference, "health"):
        if criterion != "C1-health-needs":
            agreed = find_anchor(PLAN).anchor.answers[criterion].answer
            answer(client, reference, "health", criterion, agreed)
    base = f"/work/{NORTH}/audits/{reference}/"
    client.post(f"{base}health/finish")
    done = client.get(f"{BASE}{PLAN}/").content.decode()  # done, and not signed yet
    assert not any(reason[:60] in done for reason in reasons())
    client.post(f"{base}sign")
    text = client.get(f"{BASE}{PLAN}/").content.decode()
    assert "You gave the agreed answer to 4 of 5 questions." in text
    assert "The other one was stricter, one step apart." in text
    assert find_anchor(PLAN).anchor.answers["C1-health-needs"].reason[:40] in text
    # Only what was asked is shown: nothing of other agencies' rows.
    assert find_anchor(PLAN).anchor.answers["I1-state"].reason[:60] not in text


def find_form(here, reference):
    with scope(authority=NORTH, person=here.person):
        return get_audit(here, reference).blank


def test_each_agency_is_asked_its_own_questions_and_together_all():
    wanted = {}
    for agency in ("education", "health", "social-care", "parent-carer"):
        role = "parent-carer-auditor" if agency == "parent-carer" else "auditor"
        here = a_person(role, agency=agency, name=f"marks for {agency}")
        _, reference = begun(here)
        wanted[agency] = set(asked(here, reference, agency))
    assert set().union(*wanted.values()) == set(find_anchor(PLAN).anchor.answers)
    assert sum(map(len, wanted.values())) == len(find_anchor(PLAN).anchor.answers)
    assert wanted["health"] == {
        "C1-health-needs", "F9-therapy", "G1-specified", "G2-agreed", "G3-linked",
    }  # fmt: skip


def test_what_is_signed_says_whose_questions_it_asked_and_holds_its_digest():
    here = a_person("auditor", agency="social-care")
    _, reference = marked(here, "social-care")
    with scope(authority=NORTH):
        row = Audit.objects.get(reference=reference)
    signed = SignedAudit.from_json(json.dumps(row.signed))
    assert (signed.agency, signed.digest, row.band) == ("social-care", row.digest, "")
    assert "Social care answers when all agencies take part" in signed.grade.why_ungraded


def test_an_anchor_is_no_audit_of_figures_samples_lists_or_moderation():
    lead = a_person("quality-lead")
    here = a_person("auditor", name="marks all")
    _, reference = marked(here, "education")
    begun(here, "maisie-year-3")
    with scope(authority=NORTH, person=lead.person):
        row = Audit.objects.get(reference=reference)
        assert (row.plan, row.line, row.cell, row.purpose) == (None, None, {}, "anchor")
        assert audits(lead)[0] == 0
        assert progress(lead).chase == ()
        assert not Cell.objects.exists()
        assert not Moderation.objects.exists()
        part = Part.objects.exclude(state="done").get()
    client = client_of(lead)
    assert client.get(f"/work/{NORTH}/samples/parts/{part.pk}/").status_code == 404
    assert reference not in client.get(f"/work/{NORTH}/audits/").content.decode()


@pytest.mark.parametrize(
    "role", ["auditor", "quality-lead", "director", "inspector", "send-manager", "analyst"]
)
def test_nobody_else_opens_a_marking(role):
    here = a_person("auditor", agency="health", name="the one who marks")
    _, reference = marked(here, "health")
    other = client_of(a_person(role, name="somebody else"))
    for address in ("", "health/C/", "health/G/"):
        got = other.get(f"/work/{NORTH}/audits/{reference}/{address}")
        assert got.status_code in (403, 404)
    got = other.get(f"{BASE}{PLAN}/?marking={reference}")
    assert got.status_code == (200 if role in ("auditor", "quality-lead") else 403)
    assert not any(reason[:60] in got.content.decode() for reason in reasons())


def test_another_authority_finds_nothing():
    lead, here = a_person("quality-lead"), a_person("auditor", name="asked")
    with scope(authority=NORTH, person=lead.person):
        actions.ask(lead, shared_anchors()[:1], [here.member], timezone.localdate())
        reference = Audit.objects.get().reference
    south = a_person("quality-lead", code=SOUTH)
    client = client_of(south)
    assert client.get(BASE).status_code == 404
    taken = client.post(f"/work/{SOUTH}/calibration/asked/{reference}/take-back/")
    assert taken.status_code == 404
    assert here.name not in client.get(f"/work/{SOUTH}/calibration/").content.decode()


def test_the_quality_lead_sees_how_many_and_not_which():
    lead = a_person("quality-lead")
    here = a_person("auditor", name="Ines Marker")
    _, first = marked(here, "education", F2_quantified=1, F3_who=1, I1_state=2)
    begun(here, "maisie-year-3")
    text = client_of(lead).get(BASE).content.decode()
    assert "Ines Marker" in text
    education = len(asked(here, first, "education"))
    assert f"{education - 3} of {education}" in text
    assert "Maisie, Year 3" in text
    assert not any(reason[:60] in text for reason in reasons())
    assert client_of(here).get(f"{BASE}ask/").status_code == 403
    assert "Who has marked which" not in client_of(here).get(BASE).content.decode()
    with scope(authority=NORTH):
        saved = Event.objects.filter(action="answer.save", subject=first)
        assert len(saved) == education
        assert all("value" not in event.detail for event in saved)


def test_the_quality_lead_asks_people_and_takes_it_back():
    lead = a_person("quality-lead", agency="")
    one, two = a_person("auditor", name="One"), a_person("auditor", name="Two", agency="health")
    begun(one, "maisie-year-3")  # under way: is not asked again
    client = client_of(lead)
    day = timezone.localdate() + dt.timedelta(days=10)
    form = {
        "anchor": ["maisie-year-3", PLAN], "member": [one.member, two.member],
        "due": f"{day.day}/{day.month}/{day.year}",
    }  # fmt: skip
    sent = client.post(f"{BASE}ask/", form)
    assert sent["Location"] == f"{BASE}?made=3&already=1#people"
    with scope(authority=NORTH, person=two.person):
        rows = my_parts(two)
    assert {(r.anchor, r.agency, r.due_on) for r in rows} == {
        ("maisie-year-3", "health", day), (PLAN, "health", day),
    }  # fmt: skip
    assert "Anchor plan: Maisie, Year 3" in client_of(two).get(f"/work/{NORTH}/").content.decode()
    client.post(f"{BASE}asked/{rows[0].audit}/take-back/")
    again = client.post(f"{BASE}asked/{rows[0].audit}/take-back/")
    assert again.status_code == 409
    with scope(authority=NORTH, person=two.person):
        assert len(my_parts(two)) == 1
        events = Event.objects.filter(action__startswith="calibration.")
        assert {e.action for e in events} == {
            "calibration.begin", "calibration.ask", "calibration.take-back",
        }  # fmt: skip
        assert "Two" not in json.dumps([e.detail for e in events])


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ({"anchor": []}, "Choose at least one anchor plan."),
        ({"member": []}, "Choose at least one person."),
        ({"member": ["999999"]}, "does not audit here"),
        ({"due": ""}, "Say by when"),
        ({"due": "soon"}, "must be a date"),
        ({"due": "1/1/2020"}, "has passed"),
    ],
)
def test_a_request_that_cannot_be_says_why(gone, says):
    lead, one = a_person("quality-lead"), a_person("auditor", name="One")
    form = {"anchor": [PLAN], "member": [one.member], "due": "1/12/2199"} | gone
    got = client_of(lead).post(f"{BASE}ask/", form)
    assert got.status_code == 400
    assert says in got.content.decode()
    with scope(authority=NORTH):
        assert not Audit.objects.exists()


def test_it_is_marked_again_after_a_quarter_and_the_first_time_is_out_of_sight_meanwhile():
    here = a_person("auditor", agency="health")
    client, first = marked(here, "health", C1_health_needs=0)
    refused = client.post(f"{BASE}{PLAN}/")
    assert refused.status_code == 400
    assert "due again from" in refused.content.decode()
    aged(first, QUARTER)
    client, second = begun(here)
    assert second != first
    assert client.get(f"/work/{NORTH}/audits/{first}/").status_code == 404
    assert client.get(f"/work/{NORTH}/audits/{first}/health/C/").status_code == 404
    hidden = client.get(f"{BASE}{PLAN}/?marking={first}").content.decode()
    assert not any(reason[:60] in hidden for reason in reasons())
    finish(client, here, second, "health")
    now = client.get(f"{BASE}{PLAN}/").content.decode()
    assert "You gave the agreed answer to 5 of 5 questions." in now
    assert f"?marking={first}" in now
    before = client.get(f"{BASE}{PLAN}/?marking={first}").content.decode()
    assert "You gave the agreed answer to 4 of 5 questions." in before
    assert client.get(f"/work/{NORTH}/audits/{first}/").status_code == 200


def test_beginning_twice_is_one_marking():
    here = a_person("auditor")
    _, first = begun(here)
    _, second = begun(here)
    assert first == second


def test_a_changed_anchor_voids_its_marks(monkeypatch):
    lead = a_person("quality-lead")
    here = a_person("auditor", agency="health")
    client, first = marked(here, "health")
    plans = shared_anchors()
    with scope(authority=NORTH, person=lead.person):
        marks = anchor_marks(lead, plans)
    assert {(m.criterion, m.value == m.agreed, m.audit) for m in marks} == {
        (c, True, first) for c in asked(here, first, "health")
    }
    changed = replace(find_anchor(PLAN), text=find_anchor(PLAN).text + "One more line.\n")
    others = tuple(changed if p.id == PLAN else p for p in plans)
    with scope(authority=NORTH, person=lead.person):
        assert anchor_marks(lead, others) == ()
    monkeypatch.setattr("goldthread.readers.anchors.shared_anchors", lambda: others)
    assert "Changed since; mark again" in client.get(BASE).content.decode()
    assert "was changed since you marked it" in client.get(f"{BASE}{PLAN}/").content.decode()
    _, second = begun(here)  # at once: there is nothing to remember
    assert second != first


def test_a_marking_under_way_of_a_changed_anchor_begins_anew(monkeypatch):
    here = a_person("auditor", agency="health")
    client, first = begun(here)
    answer(client, first, "health", "C1-health-needs", 2)
    changed = replace(find_anchor(PLAN), text=find_anchor(PLAN).text + "One more line.\n")
    others = tuple(changed if p.id == PLAN else p for p in shared_anchors())
    monkeypatch.setattr("goldthread.readers.anchors.shared_anchors", lambda: others)
    _, second = begun(here)
    with scope(authority=NORTH):
        states = dict(Audit.objects.values_list("reference", "state"))
        assert states == {first: "withdrawn", second: "allotted"}
        assert Answer.objects.filter(audit__reference=second).count() == 0


def test_who_may_not():
    for role in ("director", "plan-writer", "analyst", "partner-reader", "administrator"):
        client = client_of(a_person(role))
        assert client.get(BASE).status_code == 403
        assert client.get(f"{BASE}{PLAN}/").status_code == 403
        assert client.get(f"{BASE}{PLAN}/plan.docx").status_code == 403
        assert client.post(f"{BASE}{PLAN}/").status_code == 403
    here = a_person("auditor")
    with scope(authority=NORTH, person=here.person):
        with pytest.raises(NotAllowed):
            actions.ask(here, shared_anchors(), [here.member], timezone.localdate())
        with pytest.raises(NotAllowed):
            anchor_marks(here, shared_anchors())
    nobody = a_person("auditor", name="no agency", agency="")
    with scope(authority=NORTH, person=nobody.person), pytest.raises(Refused, match="no agency"):
        actions.begin(nobody, find_anchor(PLAN))
    assert client_of(nobody).get(BASE).status_code == 200
    assert client_of(nobody).get(f"{BASE}{PLAN}/").status_code == 200


def test_unknown_anchors_are_not_there():
    client = client_of(a_person("auditor"))
    for address in ("nobody-year-1/", "nobody-year-1/plan.docx", "asked/"):
        assert client.get(f"{BASE}{address}").status_code == 404


def test_the_plan_can_be_read_on_paper_without_what_was_agreed():
    client = client_of(a_person("auditor"))
    got = client.get(f"{BASE}{PLAN}/plan.docx")
    assert got.status_code == 200
    assert got.content[:2] == b"PK"


def test_whoever_begins_may_lock_the_row_that_keeps_two_windows_apart():
    here = a_person("auditor")
    with scope(authority=NORTH, person=here.person):
        rows = Membership.objects.select_for_update().filter(pk=here.member)
        assert [row.pk for row in rows] == [here.member]
