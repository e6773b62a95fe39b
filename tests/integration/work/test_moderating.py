"""Moderation on the real database: when it opens, who may decide, and what counts after it."""

from __future__ import annotations

import json

import pytest

from goldthread.core.audit.moderating import Decided, stamp
from goldthread.core.audit.signed import SignedAudit
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions import counting
from goldthread.records.actions.moderation import Panel, Undecided, ask_moderation, decide
from goldthread.records.models import Audit, Conflict, Decision, Event, Moderation, Pulse
from goldthread.records.queries.audits import get_audit
from goldthread.records.queries.moderation import (
    ANSWERED,
    LAST,
    OWN,
    TIED,
    WHOLE,
    bars,
    get_moderation,
    history,
    sides,
    twin,
    waiting,
)
from goldthread.records.scope import NotAllowed, Refused, Stale, scope
from tests.moderated import a_pair, a_signed_pair, sign
from tests.people import NORTH, a_person

FRAMEWORK = shared_framework()
WHY = "Section F says who does it, and how often."
WHOLE_WHY = "We read Section F together and agreed."
LOW, HIGH = {"F2-quantified": "0", "L1-plain": "0"}, {"F2-quantified": "3"}
MUST = {"F2-quantified": "3", "L1-plain": "2"}


@pytest.fixture
def lead():
    return a_person("quality-lead", name="Maud Ferris")


def inside(here):
    return scope(authority=here.authority, person=here.person)


def the_one(reference):
    with scope(authority=NORTH):
        return Moderation.objects.select_related("second").get(audit__reference=reference)


def row_of(reference):
    with scope(authority=NORTH):
        return Audit.objects.get(reference=reference)


def seen_by(here, reference):
    found = sides(here, get_moderation(here, reference))
    return stamp(found.first.counts, found.second.counts if found.second else None)


def panel_of(here, reference, answers=MUST, reason=WHOLE_WHY, **more):
    def value(said):
        return int(said) if said.isdigit() else said

    decided = tuple(Decided(c, value(said), WHY) for c, said in answers.items())
    return Panel(decided, reason, **{"seen": seen_by(here, reference), **more})


def decide_as(here, reference, answers=MUST, **more):
    with inside(here):
        return decide(here, reference, panel_of(here, reference, answers, **more), FRAMEWORK)


def test_two_that_differ_wait_from_the_second_signature_on():
    pair = a_pair(NORTH, LOW, HIGH)
    sign(pair.second_by, pair.second)
    with scope(authority=NORTH):
        assert not Moderation.objects.exists()
    sign(pair.first_by, pair.first)
    made = the_one(pair.first)
    assert (made.why, made.state, made.second.reference) == ("double", "waiting", pair.second)
    assert made.before["digest"] == row_of(pair.first).digest
    with scope(authority=NORTH):
        event = Event.objects.get(subject=pair.first, action="audit.sign")
    assert event.detail["moderation"] == made.reference


def test_a_low_gate_waits_at_once_and_the_second_audit_joins_it():
    pair = a_pair(NORTH, LOW, HIGH)
    sign(pair.first_by, pair.first)
    made = the_one(pair.first)
    assert (made.why, made.second) == ("gate", None)
    sign(pair.second_by, pair.second)
    joined = the_one(pair.first)
    assert (joined.pk, joined.why, joined.second.reference) == (made.pk, "double", pair.second)


def test_two_that_agree_need_none_and_every_outstanding_is_looked_at():
    pair = a_signed_pair(NORTH, {"L1-plain": "3"}, {})
    with scope(authority=NORTH):
        assert not Moderation.objects.exists()
    best = {c.id: max(c.descriptors) for c in FRAMEWORK.criteria}
    top = a_signed_pair(NORTH, best, best)
    assert the_one(top.first).why == "outstanding"
    with inside(pair.first_by):
        assert twin(a_person("quality-lead"), row_of(pair.first).pk).reference == pair.second


def test_what_a_panel_decides_counts_and_what_was_signed_stays(lead):
    pair = a_signed_pair(NORTH, LOW, HIGH)
    before = row_of(pair.first)
    reference = the_one(pair.first).reference
    assert decide_as(lead, reference) is True
    after, made = row_of(pair.first), the_one(pair.first)
    assert (after.signed, after.digest) == (before.signed, before.digest)
    counts = SignedAudit.from_json(json.dumps(after.standing))
    assert {j.criterion: j.value for j in counts.judgements} == {
        **{j["criterion"]: j["value"] for j in before.signed["judgements"]},
        "F2-quantified": 3, "L1-plain": 2,
    }  # fmt: skip
    assert (before.band, after.band) == ("requires-improvement", "good")
    assert (after.index, after.compliance) == (counts.grade.index, "compliant")
    assert (made.state, made.after["digest"]) == ("decided", counts.digest)
    assert made.decided_by_id == lead.member
    changed = next(j for j in counts.judgements if j.criterion == "F2-quantified")
    assert (changed.by, changed.first) == (f"member {lead.member}", 0)
    assert WHY not in json.dumps(after.standing)
    assert len(changed.comment) == 64
    assert row_of(pair.second).standing is None
    with inside(lead):
        (row,) = history(lead, after.pk)
    assert {d.criterion: (d.first, d.second, d.value) for d in row.decisions} == {
        "F2-quantified": ("0", "3", "3"), "L1-plain": ("0", "2", "2"),
    }  # fmt: skip
    assert row.words == {WHOLE: WHOLE_WHY}
    assert (row.decided_by, row.changed) == ("Maud Ferris", True)


def figures(here):
    with scope(authority=NORTH):
        pulse = Pulse.objects.get(authority_id=NORTH).number
    manager = a_person("administrator")
    with inside(manager):
        return pulse, counting.check(manager, shared_framework)


def test_the_figures_change_with_it_and_are_those_of_the_audits(lead):
    pair = a_signed_pair(NORTH, LOW, HIGH)
    was, checked = figures(lead)
    assert (checked.fault, checked.audits) == ("", 1)
    decide_as(lead, the_one(pair.first).reference)
    now, checked = figures(lead)
    assert (checked.fault, checked.audits) == ("", 1)
    assert now > was


def test_no_change_is_a_decision_too(lead):
    pair = a_signed_pair(NORTH, LOW, HIGH)
    before, (was, _) = row_of(pair.first), figures(lead)
    assert decide_as(lead, the_one(pair.first).reference, LOW) is False
    after, made = row_of(pair.first), the_one(pair.first)
    assert (after.standing, after.band) == (None, before.band)
    assert (made.state, made.before) == ("decided", made.after)
    assert figures(lead)[0] == was
    with scope(authority=NORTH):
        assert Event.objects.filter(action="moderation.decide").count() == 1


def test_every_question_and_the_whole_need_their_reason_and_nothing_is_kept_without(lead):
    reference = the_one(a_signed_pair(NORTH, LOW, HIGH).first).reference
    with inside(lead):
        panel = Panel((Decided("F2-quantified", 3, "no"),), "ok", seen=seen_by(lead, reference))
        with pytest.raises(Undecided) as caught:
            decide(lead, reference, panel, FRAMEWORK)
    assert set(caught.value.faults) == {"F2-quantified", "L1-plain", WHOLE}
    with pytest.raises(Undecided, match="keep it below"):
        decide_as(lead, reference, reason="x" * 2001)
    assert the_one_by(reference).state == "waiting"


def the_one_by(reference):
    with scope(authority=NORTH):
        return Moderation.objects.get(reference=reference)


def test_the_same_decision_twice_is_one_and_another_comes_too_late(lead):
    other = a_person("quality-lead", name="Second lead")
    reference = the_one(a_signed_pair(NORTH, LOW, HIGH).first).reference
    with inside(lead):
        panel = panel_of(lead, reference)
        theirs = panel_of(other, reference, LOW)
        assert decide(lead, reference, panel, FRAMEWORK) is True
        assert decide(lead, reference, panel, FRAMEWORK) is True
    with inside(other), pytest.raises(Stale, match="decided meanwhile"):
        decide(other, reference, theirs, FRAMEWORK)
    with scope(authority=NORTH):
        assert Event.objects.filter(action="moderation.decide").count() == 1


def test_a_form_of_before_the_second_signature_is_stale(lead):
    pair = a_pair(NORTH, LOW, HIGH)
    sign(pair.first_by, pair.first)
    reference = the_one(pair.first).reference
    with inside(lead):
        old = panel_of(lead, reference)
    sign(pair.second_by, pair.second)
    with inside(lead), pytest.raises(Stale, match="look at both again"):
        decide(lead, reference, old, FRAMEWORK)


def test_nobody_decides_on_their_own_answers_or_plans(lead):
    pair = a_signed_pair(NORTH, LOW, HIGH)
    reference = the_one(pair.first).reference
    for here in (pair.first_by, pair.second_by, pair.writer):
        with pytest.raises(NotAllowed, match="may not moderate"):
            decide_as_anyone(here, lead, reference)
    also = a_person("quality-lead", "auditor", name=pair.first_by.name)
    writes = a_person("quality-lead", "plan-writer", name=pair.writer.name)
    tied = a_person("quality-lead", name="Tied lead")
    with scope(authority=NORTH):
        Conflict.objects.create(authority_id=NORTH, member_id=tied.member, team="north")
    for here, said in ((also, ANSWERED), (writes, TIED), (tied, TIED)):
        with pytest.raises(NotAllowed, match=said):
            decide_as_anyone(here, lead, reference)
    assert the_one_by(reference).state == "waiting"


def decide_as_anyone(here, lead, reference):
    with inside(lead):
        panel = panel_of(lead, reference)
    with inside(here):
        decide(here, reference, panel, FRAMEWORK)


def test_where_nobody_else_may_an_auditor_decides_and_says_why():
    pair = a_signed_pair(NORTH, LOW, HIGH)
    also = a_person("quality-lead", "auditor", name=pair.first_by.name)
    reference = the_one(pair.first).reference
    with inside(also):
        assert bars(also, [the_one_by(reference).pk]).popitem()[1].sentence == LAST
    with pytest.raises(Undecided, match="why you decide yourself"):
        decide_as(also, reference)
    decide_as(also, reference, own="The only other lead left in May.")
    with scope(authority=NORTH):
        said = Decision.objects.get(moderation__reference=reference, criterion=OWN).reason
    assert said == "The only other lead left in May."


def test_who_still_marks_the_plan_blind_does_not_decide():
    blind = a_person("quality-lead", "auditor", name=f"Odhran Pike {NORTH}")
    pair = a_pair(NORTH, LOW, HIGH)
    a_person("quality-lead", "auditor", name=pair.second_by.name)
    sign(pair.first_by, pair.first)
    with inside(blind):
        bar = bars(blind, [the_one(pair.first).pk]).popitem()[1]
    assert (bar.free, "blind" in bar.sentence) == (False, True)


def test_asked_for_by_hand_with_a_reason_and_once(lead):
    pair = a_signed_pair(NORTH)
    with inside(lead):
        for said in ("", "short", "x" * 2001):
            with pytest.raises(Refused):
                ask_moderation(lead, get_audit(lead, pair.first), said)
        reference = ask_moderation(lead, get_audit(lead, pair.second), "The parents disagree.")
        assert get_moderation(lead, reference).words == {"asked": "The parents disagree."}
        (row,) = waiting(lead)
        assert (row.audit, row.second, row.why) == (pair.first, pair.second, "asked")
        with pytest.raises(Refused, match="waits for moderation already"):
            ask_moderation(lead, get_audit(lead, pair.first), "Once more, please.")
    decide_as(lead, reference, {"L1-plain": "1"})
    assert row_of(pair.first).standing is not None
    with inside(pair.writer), pytest.raises(NotAllowed):
        ask_moderation(pair.writer, get_audit(pair.writer, pair.first), "I do not agree.")


def test_what_was_not_asked_cannot_be_decided_nor_what_is_not_signed(lead):
    pair = a_pair(NORTH)
    with inside(lead), pytest.raises(Refused, match="not signed"):
        ask_moderation(lead, get_audit(lead, pair.first), "The parents disagree.")
    sign(pair.first_by, pair.first)
    with inside(lead):
        reference = ask_moderation(lead, get_audit(lead, pair.first), "The parents disagree.")
    with pytest.raises(Undecided, match="not asked in this audit"):
        decide_as(lead, reference, {"P1-y9": "2"})
    with pytest.raises(Undecided, match="has no 3"):
        decide_as(lead, reference, {"E1-present": "3"})


def test_a_second_moderation_begins_from_what_counts(lead):
    pair = a_signed_pair(NORTH, LOW, HIGH)
    decide_as(lead, the_one(pair.first).reference)
    with inside(lead):
        again = ask_moderation(lead, get_audit(lead, pair.first), "A new report has come.")
    decide_as(lead, again, {"F2-quantified": "2"})
    with inside(lead):
        one, two = history(lead, row_of(pair.first).pk)
    assert one.after == two.before
    assert [(d.first, d.value) for d in two.decisions] == [("3", "2")]
    counts = SignedAudit.from_json(json.dumps(row_of(pair.first).standing))
    assert next(j for j in counts.judgements if j.criterion == "F2-quantified").first == 0
    assert figures(lead)[1].fault == ""


def test_after_the_plan_is_erased_a_panel_still_decides(lead):
    from goldthread.records.actions.erasure import erase_plan

    pair = a_signed_pair(NORTH, LOW, HIGH)
    admin = a_person("administrator")
    with inside(admin):
        erase_plan(admin, pair.plan.reference, pair.plan.reference)
    reference = the_one(pair.first).reference
    with inside(lead):
        assert get_moderation(lead, reference).plan == ""
    assert decide_as(lead, reference) is True
    assert figures(lead)[1].fault == ""
