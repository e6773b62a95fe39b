"""Who gets what: nobody their own, nobody too much, and every part with somebody."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.utils import timezone

from goldthread.core.audit.sharing import lead_of
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.allotting import allot_sample, reallot_part
from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.samples import replace_line
from goldthread.records.models import (
    Adviser,
    Answer,
    Audit,
    Conflict,
    Document,
    Event,
    Identity,
    Membership,
    Part,
    Plan,
    SampleLine,
)
from goldthread.records.queries.allotting import (
    AllotAsked,
    agency_for,
    preview,
    waiting,
)
from goldthread.records.queries.allotting import auditors as auditors_here
from goldthread.records.queries.samples import get_sample
from goldthread.records.scope import NotAllowed, Refused, Stale, scope
from tests.integration.samples.made import auditors, documents, drawn, lead, plans, sample
from tests.people import NORTH, a_person

DUE = dt.date(2026, 12, 18)
THREE = ("education", "health", "social-care")


def _asked(here, number=500, agencies=THREE, double=0.1, most=40, without=()):
    with scope(authority=NORTH, person=here.person):
        there = auditors_here(here)
    rooms = {a.member: most for a in there if a.member not in (here.member, *without)}
    return AllotAsked(agencies, DUE, number, double, rooms)


def _preview(here, reference, asked):
    with scope(authority=NORTH, person=here.person):
        return preview(here, get_sample(here, reference), asked)


def _allot(here, reference, asked, framework="ehc-ref@2026.1"):
    found = _preview(here, reference, asked)
    with scope(authority=NORTH, person=here.person):
        return allot_sample(here, reference, asked, shared_framework(framework), found.digest)


def _parts(**wanted):
    with scope(authority=NORTH):
        rows = Part.objects.filter(**wanted).select_related("audit__plan", "audit__line")
        return list(rows.order_by("pk"))


def test_twenty_four_plans_go_to_nine_people_of_three_agencies():
    here = lead()
    auditors(*THREE, capacity=12)
    made = plans(120)
    documents(made)
    reference = drawn(here, 24, keys=("need",))
    done = _allot(here, reference, _asked(here))
    assert done.audits == 24
    assert done.parts == len(_parts())
    first = _parts(audit__purpose="sample")
    assert Counter(part.agency for part in first) == dict.fromkeys(THREE, 24)
    # As even as can be: 24 plans and some second audits over three people each.
    loads = Counter(part.auditor_id for part in _parts())
    assert len(loads) == 9
    assert max(loads.values()) - min(loads.values()) <= 2
    for part in first:
        assert part.lead == (part.agency == "education")
        assert part.audit.mode == "blind"
        assert part.audit.due_on == DUE
        assert part.audit.document_id is not None
        assert part.audit.facts["status"] == "final"
        assert part.audit.facts["setting"] == "mainstream"
    with scope(authority=NORTH):
        event = Event.objects.latest("number")
    assert event.action == "sample.allot"
    assert event.detail["audits"] == 24
    assert sample(reference).due_on == DUE


def test_second_audits_link_all_auditors_and_ask_what_the_first_asked():
    here = lead()
    auditors(*THREE)
    plans(60)
    reference = drawn(here, 30)
    _allot(here, reference, _asked(here, double=0.2))
    seconds = _parts(audit__purpose="double")
    assert seconds
    firsts = {(p.audit.line_id, p.agency): p.auditor_id for p in _parts(audit__purpose="sample")}
    for agency in THREE:
        pairs = [
            (firsts[p.audit.line_id, agency], p.auditor_id) for p in seconds if p.agency == agency
        ]
        assert all(a != b for a, b in pairs)
        assert _linked(pairs) == {a for (_, own), a in firsts.items() if own == agency}
    for audit in {p.audit for p in seconds}:
        taking = [p.agency for p in seconds if p.audit_id == audit.pk]
        if taking == ["health"]:
            assert audit.themes == ["C", "G"]
        if taking == ["social-care"]:
            assert audit.themes == ["D", "H"]
        leads = [p.agency for p in seconds if p.audit_id == audit.pk and p.lead]
        assert leads == [lead_of(taking)]


def _linked(pairs):
    """The people reached from the first pair, by walking."""
    reached = {pairs[0][0]}
    while True:
        more = {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        if more <= reached:
            return reached
        reached |= more


def _tie_everything(people, made):
    """Ties of every kind; member -> plans by a plain list, as the oracle."""
    tied = defaultdict(set)
    members = [p.member for p in people]
    with scope(authority=NORTH):
        Plan.objects.filter(pk__in=made[:8]).update(writer=members[0])
        tied[members[0]] |= set(made[:8])
        Adviser.objects.bulk_create(
            Adviser(authority_id=NORTH, plan_id=p, member_id=members[1]) for p in made[8:16]
        )
        tied[members[1]] |= set(made[8:16])
        Document.objects.filter(plan__in=made[16:20]).update(author=members[2])
        tied[members[2]] |= set(made[16:20])
        Conflict.objects.create(
            authority_id=NORTH, member_id=members[0], plan_id=made[30], reason="neighbours"
        )
        tied[members[0]].add(made[30])
        Plan.objects.filter(pk__in=made[20:25]).update(urn="123456")
        Conflict.objects.create(
            authority_id=NORTH, member_id=members[1], urn="123456", reason="governor"
        )
        tied[members[1]] |= set(made[20:25])
        Plan.objects.filter(pk__in=made[25:30]).update(team="West")
        Conflict.objects.create(
            authority_id=NORTH, member_id=members[2], team=" west ", reason="manages it"
        )
        tied[members[2]] |= set(made[25:30])
    return tied


def test_nobody_gets_their_own_whatever_tie_it_is():
    here = lead()
    people = auditors("education")["education"]
    made = plans(40)
    documents(made)
    tied = _tie_everything(people, made)
    reference = drawn(here, 38)
    _allot(here, reference, _asked(here, agencies=("education",), double=0.5))
    parts = _parts()
    assert len(parts) > 38
    for part in parts:
        assert part.audit.plan_id not in tied[part.auditor_id]


def test_a_plan_to_which_all_are_tied_waits_whole_and_says_why():
    here = lead()
    people = auditors(*THREE)
    made = plans(10)
    with scope(authority=NORTH):
        for person in people["health"]:
            Adviser.objects.create(authority_id=NORTH, plan_id=made[3], member_id=person.member)
    reference = drawn(here, 10)
    found = _preview(here, reference, _asked(here))
    assert found.unplaced == (
        ("P-00003", "Every auditor for Health has a tie to this plan."),
    )  # fmt: skip
    done = _allot(here, reference, _asked(here))
    assert done.audits == 9
    with scope(authority=NORTH, person=here.person):
        left = waiting(get_sample(here, reference))
    assert [line.reference for line in left] == ["P-00003"]
    # Without health it can be audited.
    assert _allot(here, reference, _asked(here, agencies=("education",))).audits == 1


def test_nobody_gets_more_than_was_asked():
    here = lead()
    auditors("education", capacity=2)
    plans(20)
    reference = drawn(here, 12)
    asked = _asked(here, agencies=("education",), most=3)
    found = _preview(here, reference, asked)
    assert len(found.lines) == 9
    assert len(found.unplaced) == 3
    assert max(gets.all for gets in found.people) == 3
    assert sum("more than the 2 audits a month" in said for said in found.remarks) == 3


def test_who_was_left_out_gets_nothing():
    here = lead()
    out = auditors("education")["education"][0].member
    plans(20)
    reference = drawn(here, 12)
    _allot(here, reference, _asked(here, agencies=("education",), without=(out,)))
    assert out not in {part.auditor_id for part in _parts()}


def test_the_preview_is_what_is_made_or_nothing_is():
    here = lead()
    people = auditors("education")["education"]
    made = plans(20)
    reference = drawn(here, 8)
    asked = _asked(here, agencies=("education",))
    found = _preview(here, reference, asked)
    with scope(authority=NORTH):
        for plan in made:
            Adviser.objects.create(
                authority_id=NORTH, plan_id=plan, member_id=people[0].member
            )  # fmt: skip
    framework = shared_framework("ehc-ref@2026.1")
    with scope(authority=NORTH, person=here.person), pytest.raises(Stale):
        allot_sample(here, reference, asked, framework, found.digest)
    assert _parts() == []
    seen = _preview(here, reference, asked)
    _allot(here, reference, asked)
    made_so = {(p.audit.line.reference, p.agency, p.auditor_id) for p in _parts()}
    assert made_so == {(p.line, p.agency, p.auditor.member) for p in seen.parts}


def test_ready_for_the_next_ones_when_some_are_allotted():
    here = lead()
    auditors("education")
    plans(20)
    reference = drawn(here, 10)
    assert _allot(here, reference, _asked(here, 4, ("education",))).audits == 4
    assert _allot(here, reference, _asked(here, 4, ("education",))).audits == 4
    assert _allot(here, reference, _asked(here, 4, ("education",))).audits == 2
    with pytest.raises(Refused, match="is allotted"):
        _allot(here, reference, _asked(here, 4, ("education",)))
    with scope(authority=NORTH):
        once = Audit.objects.filter(purpose="sample").values_list("line", flat=True)
        assert len(set(once)) == len(once) == 10


@pytest.mark.parametrize(
    ("mode", "purpose", "themes"),
    [("thematic", "thematic", ["E", "F"]), ("risk-led", "risk-led", [])],
)
def test_thematic_and_risk_led_audits_are_marked_as_such(mode, purpose, themes):
    here = lead()
    auditors("education")
    plans(20)
    why = "outcomes were vague in the spring"
    reference = drawn(here, 6, mode=mode, why=why, themes=tuple(themes), blind=False)
    _allot(here, reference, _asked(here, agencies=("education",), double=0))
    with scope(authority=NORTH):
        rows = list(Audit.objects.values_list("purpose", "themes", "mode"))
    assert rows == [(purpose, themes, "assisted")] * 6


def test_reviews_and_advice_go_by_their_own_frameworks():
    here = lead()
    auditors("education")
    made = plans(12)
    documents(made, "review")
    advice = documents(made, "advice", profession="therapist")
    review = drawn(here, 4, subject="review")
    _allot(here, review, _asked(here, agencies=("education",)), "annual-review@2026.1")
    some = drawn(here, 4, subject="advice", keys=("profession",))
    _allot(here, some, _asked(here, agencies=("education",)), "advice@2026.1")
    with scope(authority=NORTH):
        rows = Audit.objects.filter(purpose="sample").select_related("document", "line")
        for row in rows:
            assert row.document.kind == row.subject
        given = rows.filter(subject="advice")
        assert {row.document_id for row in given} <= set(advice)
        assert all(row.document.reference == row.line.reference for row in given)
        assert {row.facts["profession"] for row in given} == {"therapist"}
        assert {row.framework for row in given} == {"advice@2026.1"}


def test_facts_come_from_plan_and_document():
    here = lead()
    auditors("education")
    made = plans(4, year=10, setting_kind="special-school")
    documents(made, status="amended")
    with scope(authority=NORTH):
        for plan in made:
            Identity.objects.create(
                authority_id=NORTH, plan_id=plan, born=dt.date(2012, 1, 1)
            )  # fmt: skip
    _allot(here, drawn(here, 4), _asked(here, agencies=("education",)))
    with scope(authority=NORTH):
        facts = Audit.objects.first().facts
    assert (facts["status"], facts["year"], facts["setting"]) == ("amended", 10, "special")
    assert facts["age"] in (14, 15)


def test_only_those_who_may_allot():
    here = lead()
    auditors("education")
    plans(10)
    reference = drawn(here, 4)
    asked = _asked(here, agencies=("education",))
    other = a_person("send-manager")
    with pytest.raises(NotAllowed):
        _allot(other, reference, asked)


@pytest.mark.parametrize(
    ("roles", "agency", "expected"),
    [
        (("auditor",), "health", "health"),
        (("quality-lead",), "education", "education"),
        (("plan-writer",), "education", ""),
        (("director", "auditor"), "social-care", "social-care"),
        (("parent-carer-auditor",), "parent-carer", "parent-carer"),
        (("parent-carer-auditor",), "education", "parent-carer"),
        (("auditor",), "parent-carer", ""),
        (("auditor",), "", ""),
        ((), "health", ""),
    ],
)
def test_for_whom_somebody_audits(roles, agency, expected):
    assert agency_for(roles, agency) == expected


def test_people_who_have_left_or_begin_later_are_not_asked():
    here = lead()
    auditors("education", each=1)
    soon = timezone.localdate() + dt.timedelta(days=5)
    gone = a_person("auditor", name="Has Left")
    later = a_person("auditor", name="Begins Later")
    with scope(authority=NORTH):
        Membership.objects.filter(pk=gone.member).update(ended_at=timezone.now())
        Membership.objects.filter(pk=later.member).update(starts_on=soon)
    with scope(authority=NORTH, person=here.person):
        names = {a.name for a in auditors_here(here)}
    assert names == {"education 0", "Quality Lead"}


def _one_part(here, agency="education", **wanted):
    return next(p for p in _parts(agency=agency, **wanted))


def test_a_part_goes_to_somebody_else_who_begins_anew():
    here = lead()
    people = auditors(*THREE)
    plans(10)
    _allot(here, drawn(here, 6), _asked(here, double=0))
    part = _one_part(here, "health")
    with scope(authority=NORTH):
        Answer.objects.create(
            authority_id=NORTH, audit=part.audit, part=part, criterion="C1-needs", value="2"
        )
        Part.objects.filter(pk=part.pk).update(state="under-way", seconds=90)
    to = next(p.member for p in people["health"] if p.member != part.auditor_id)
    with scope(authority=NORTH, person=here.person):
        assert reallot_part(here, part.pk, to) == part.audit.reference
    (after,) = _parts(pk=part.pk)
    assert (after.auditor_id, after.state, after.seconds) == (to, "allotted", 0)
    with scope(authority=NORTH):
        assert not Answer.objects.filter(part=part).exists()
        event = Event.objects.latest("number")
    assert event.action == "part.reallot"
    assert event.detail["answers"] == 1


def test_a_part_never_goes_to_somebody_who_may_not_have_it():
    here = lead()
    people = auditors(*THREE)
    made = plans(10)
    _allot(here, drawn(here, 6), _asked(here, double=0))
    part = _one_part(here, "education")
    tied = next(p.member for p in people["education"] if p.member != part.auditor_id)
    writer = a_person("plan-writer", name="Writes Only")
    with scope(authority=NORTH):
        Plan.objects.filter(pk__in=made).update(writer=tied)
        Conflict.objects.create(
            authority_id=NORTH, member_id=here.member, plan_id=part.audit.plan_id, reason="cousin"
        )
    for member, said in (
        (tied, "tie to this plan"),
        (here.member, "tie to this plan"),
        (writer.member, "audits for this agency"),
        (people["health"][0].member, "audits for this agency"),
        (part.auditor_id, "audits for this agency"),
        (999_999, "audits for this agency"),
    ):
        with scope(authority=NORTH, person=here.person), pytest.raises(WrongField, match=said):
            reallot_part(here, part.pk, member)
    assert _parts(pk=part.pk)[0].auditor_id == part.auditor_id


def test_the_two_who_mark_one_plan_stay_two():
    here = lead()
    auditors("education")
    plans(10)
    _allot(here, drawn(here, 6), _asked(here, agencies=("education",), double=0.5))
    second = _one_part(here, audit__purpose="double")
    (first,) = _parts(audit__line=second.audit.line_id, audit__purpose="sample")
    with scope(authority=NORTH, person=here.person), pytest.raises(WrongField, match="other audit"):
        reallot_part(here, second.pk, first.auditor_id)


@pytest.mark.parametrize("state", ["done", "reopened"])
def test_a_part_that_is_done_stays_with_its_auditor(state):
    here = lead()
    people = auditors("education")["education"]
    plans(10)
    _allot(here, drawn(here, 6), _asked(here, agencies=("education",), double=0))
    part = _one_part(here)
    with scope(authority=NORTH):
        Part.objects.filter(pk=part.pk).update(state=state)
    to = next(p.member for p in people if p.member != part.auditor_id)
    with scope(authority=NORTH, person=here.person), pytest.raises(Refused):
        reallot_part(here, part.pk, to)


def test_replacing_withdraws_the_audit_and_the_reserve_is_allotted_first():
    here = lead()
    auditors("education")
    plans(30)
    reference = drawn(here, 10)
    _allot(here, reference, _asked(here, 5, ("education",)))
    with scope(authority=NORTH):
        line = SampleLine.objects.filter(
            pk__in=Audit.objects.filter(purpose="sample").values("line")
        ).first()  # fmt: skip
    with scope(authority=NORTH, person=here.person):
        came = replace_line(here, reference, line.reference, "stopped", "a tribunal has begun")
        assert waiting(get_sample(here, reference))[0].reference == came
    with scope(authority=NORTH):
        assert {a.state for a in Audit.objects.filter(line=line)} == {"withdrawn"}
        Audit.objects.filter(state="allotted").update(
            state="signed", signed={}, signed_at=timezone.now(), digest="0" * 64
        )
        done = Audit.objects.filter(state="signed", purpose="sample").first().line.reference
    with scope(authority=NORTH, person=here.person), pytest.raises(Refused, match="signed"):
        replace_line(here, reference, done, "stopped", "a tribunal has begun")
