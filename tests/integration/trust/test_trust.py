"""What counts of stored marks, what is said where little can be, and who may open the pages."""

import csv
import io
import re
from statistics import fmean

from django.utils import timezone

from goldthread.core.report.blocks import Column
from goldthread.records.models import Audit, Membership, Person
from goldthread.records.queries import agreement
from goldthread.records.scope import scope
from goldthread.web.templatetags.trust import as_cells
from goldthread.web.work.views import trust_kept
from tests.marks import CRITERIA, OWN, a_simulated_year, plans_of, stored
from tests.people import NORTH, a_person, client_of

BASE = f"/work/{NORTH}/trust/"
OPEN = ("", "auditors/", "links/", "machine/", "criteria/F2-quantified/",
        "criteria/F2-quantified/pairs.csv", "agreement.csv", "machine.csv", "agreement.svg",
        "strictness.svg", "links.svg", "machine.png")  # fmt: skip
NAMED = ("auditors/{member}/", "auditors/{member}/quarters.csv", "auditors/{member}/quarters.svg",
         "strictness.csv", "links.csv")  # fmt: skip
OWN_PAGES = ("me/", "me/quarters.csv", "me/quarters.svg")
SEES = ("quality-lead", "send-manager", "director", "analyst", "inspector")
MARKS = ("auditor", "parent-carer-auditor", "quality-lead")
OTHERS = ("plan-writer", "adviser", "partner-reader", "administrator")


def team(number, **fields):
    return [a_person("auditor", name=f"Auditor Number {n}", **fields) for n in range(number)]


def found(here, subject="plan"):
    with scope(authority=here.authority, person=here.person):
        return trust_kept.trust_of(here, subject)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def in_points(simulated, members):
    """What is true of each auditor: the mean answer to the questions of education, less that of
    all, by the model that made the marks."""
    asked = [c for c in CRITERIA if OWN[c.id] == "education"]
    truth = simulated.truth
    mean = {
        member: fmean(
            truth.expected(plan, criterion, truth.severity[member])
            for plan in list(truth.quality)[::4] for criterion in asked
        )
        for member in members
    }  # fmt: skip
    return {member: value - fmean(mean.values()) for member, value in mean.items()}


def test_an_anchor_that_was_changed_is_another_document():
    lead, (marker,) = a_person("quality-lead"), team(1)
    stored(a_simulated_year([marker.member, marker.member + 1], 3, 0), purpose="anchor",
           anchor="rowan-year-5", facts={"digest": "a" * 64})  # fmt: skip
    with scope(authority=NORTH, person=lead.person):
        begin = agreement.since(timezone.localdate())
        assert len({m.document for m in agreement.marks(lead, "plan", begin)}) == 1
        last = Audit.objects.order_by("-pk").values("pk")[:1]
        Audit.objects.filter(pk__in=last).update(facts={"digest": "b" * 64})
        assert len({m.document for m in agreement.marks(lead, "plan", begin)}) == 2


def test_the_first_answer_counts_and_what_the_machine_showed_first_does_not():
    people, lead = team(3), a_person("quality-lead")
    stored(a_simulated_year([p.member for p in people], 20, 10), seen="before")
    kept = found(lead)
    assert kept.agreement.pairs.seen > 0
    assert {row.blind.n for row in kept.machine} == {0}
    assert any(row.assisted.n for row in kept.machine)
    with scope(authority=NORTH):
        for row in Audit.objects.all():
            for given in row.signed["judgements"]:
                given["first"], given["machine"] = 0, None
            row.save()
    trust_kept._kept.clear()
    pairs = found(lead).agreement.pairs.blind
    assert {(p.first, p.second) for p in pairs} == {(0, 0)}


def test_what_stands_is_kept_until_something_is_signed(django_assert_max_num_queries):
    people, lead = team(3), a_person("quality-lead")
    year = a_simulated_year([p.member for p in people], 12, 6)
    stored(year)
    first = found(lead)
    with django_assert_max_num_queries(8):
        assert found(lead) is first
    stored(a_simulated_year([p.member for p in people], 4, 0, seed=9))
    again = found(lead)
    assert again is not first
    assert again.agreement is first.agreement, "no pair has come"
    assert sum(again.marked.values()) == sum(first.marked.values()) + 4


def test_agencies_are_compared_each_on_its_own_questions_and_who_is_not_linked_is_named():
    health = team(5, agency="health")
    alone = a_person("auditor", name="Una Yew", agency="health")
    teachers = [a_person("auditor", name=f"Teacher {n}") for n in range(4)]
    agencies = {p.member: p.agency for p in (*health, alone, *teachers)}
    plans = []
    of_health = plans_of([p.member for p in health], 60, 20)
    of_teachers = plans_of([p.member for p in teachers], 60, 20)
    for one, two in zip(of_health, of_teachers, strict=True):
        plans.append(one._replace(auditors=(*one.auditors, *two.auditors)))
    plans += [one._replace(id=f"u{n}", auditors=(alone.member,))
              for n, one in enumerate(of_health[:8])]  # fmt: skip
    from goldthread.simulation.audits import Settings, simulated_marks

    stored(simulated_marks(plans, CRITERIA, Settings(), 4), agencies=agencies)
    lead, boss = a_person("quality-lead"), a_person("director")
    groups = {group.id: group for group in found(lead).groups}
    assert set(groups["education"].auditors) == {p.member for p in teachers}
    assert [len(part.auditors) for part in groups["health"].linked] == [5, 1]
    named = client_of(lead).get(f"{BASE}links/").content.decode()
    assert "Una Yew is not linked with anybody" in named
    assert re.search("It would take one plan that both Una Yew and Auditor Number", named)
    hidden = client_of(boss).get(f"{BASE}links/").content.decode()
    assert "1 of 6 auditors are not linked with the largest group" in hidden
    mine = client_of(alone).get(f"{BASE}me/").content.decode()
    assert "nobody else has marked a plan that you marked" in mine


def test_with_few_auditors_places_are_not_drawn_without_names():
    people = team(3)
    stored(a_simulated_year([p.member for p in people], 20, 12))
    page = client_of(a_person("director")).get(f"{BASE}auditors/").content.decode()
    assert "strictness.svg" not in page
    assert "how many auditors" in page
    assert (
        "strictness.svg"
        in client_of(a_person("quality-lead")).get(f"{BASE}auditors/").content.decode()
    )


def test_who_may_open_what_when_there_is_nothing_yet():
    for role in (*SEES, *MARKS, *OTHERS):
        agency = "parent-carer" if role == "parent-carer-auditor" else "education"
        here = a_person(role, agency=agency)
        client = client_of(here)
        member = here.member
        for path in OPEN:
            assert client.get(BASE + path).status_code == (200 if role in SEES else 403), path
        for path in OWN_PAGES:
            assert client.get(BASE + path).status_code == (200 if role in MARKS else 403), path
        for path in NAMED:
            answer = client.get(BASE + path.format(member=member))
            assert answer.status_code == (200 if role == "quality-lead" else 403), path


def test_a_name_that_is_a_formula_is_none_in_a_spreadsheet():
    people, lead = team(3), a_person("quality-lead")
    with scope(authority=NORTH, door="command"):
        person = Membership.objects.get(pk=people[0].member).person_id
    with scope(person=person, door="command"):
        Person.objects.filter(pk=person).update(name="=HYPERLINK(1)")
    stored(a_simulated_year([p.member for p in people], 20, 12))
    for path in ("strictness.csv", "links.csv"):
        text = client_of(lead).get(BASE + path).content.decode()
        assert "'=HYPERLINK(1)" in text
        assert not re.search('(^|,|")=HYPERLINK', text, re.MULTILINE)


def test_a_question_or_a_kind_that_there_is_not():
    client = client_of(a_person("quality-lead"))
    for path in ("criteria/Z9-nothing/", "criteria/Z9-nothing/pairs.csv", "?of=letters",
                 "auditors/999999/"):  # fmt: skip
        assert client.get(BASE + path).status_code == 404, path
    assert client.get(f"{BASE}?of=advice").status_code == 200


def test_no_variation_and_all_not_applicable_are_said():
    people, lead = team(3), a_person("quality-lead")
    stored(a_simulated_year([p.member for p in people], 15, 9))
    for value, said in ((2, "gave the same answers to everything"),
                        ("no-such-need", "nothing can be said of strictness")):  # fmt: skip
        with scope(authority=NORTH):
            for row in Audit.objects.all():
                for given in row.signed["judgements"]:
                    given["value"] = value
                row.save()
        trust_kept._kept.clear()
        page = client_of(lead).get(f"{BASE}auditors/").content.decode()
        assert said in page
        assert "strictness.svg" not in page


def test_a_cell_is_written_with_its_heading_and_without_anybodys_html():
    columns = (Column("Pairs", numeric=True), Column("What it <means>", brief="Means"))
    assert as_cells(columns, ("1\n0 to 2", "<b>")) == (
        '<td role="cell" class="govuk-table__cell gt-number" data-label="Pairs">1<br>0 to 2</td>'
        '<td role="cell" class="govuk-table__cell" data-label="Means">&lt;b&gt;</td>'
    )
