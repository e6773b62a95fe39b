"""A stored year of known strictness: pages recover it, and show names to the quality lead alone."""

import csv
import io
import re
from statistics import fmean

import pytest
from django.db import transaction

from goldthread.records.models import Audit
from goldthread.records.queries import agreement as queries
from goldthread.records.scope import NotAllowed, scope
from goldthread.web.work.views import trust_kept
from tests.marks import CRITERIA, OWN, a_simulated_year, stored
from tests.people import NORTH, SOUTH, a_person, client_of

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


@pytest.fixture(scope="module")
def north(_invented, django_db_blocker):
    """Eight auditors, of whom one is strict and one kind, with a year of marks.

    Filled once: each test begins and ends within this transaction, and leaves no trace in it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        people = team(8)
        members = [p.member for p in people]
        year = a_simulated_year(
            members,
            112,
            40,
            seed=3,
            sd_severity=0.3,
            severity={members[0]: 1.0, members[1]: -1.0, members[2]: 0.0},
        )
        stored(year)
        yield people, year
        transaction.set_rollback(True)


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
            for plan in truth.quality for criterion in asked
        )
        for member in members
    }  # fmt: skip
    return {member: value - fmean(mean.values()) for member, value in mean.items()}


def test_a_year_of_known_strictness_is_recovered(north):
    people, year = north
    members = [p.member for p in people]
    true = in_points(year, members)
    client = client_of(a_person("quality-lead", name="Lea Lead"))
    said = [r for r in rows(client.get(f"{BASE}strictness.csv")) if r["questions"] == "education"]
    name = {f"Auditor Number {n}": member for n, member in enumerate(members)}
    assert [said[0]["auditor"], said[-1]["auditor"]] == ["Auditor Number 0", "Auditor Number 1"]
    assert [said[0]["state"], said[-1]["state"]] == ["stricter", "kinder"]
    inside = [float(r["low"]) <= true[name[r["auditor"]]] <= float(r["high"]) for r in said]
    assert sum(inside) >= 6  # of 8; how often they do is tried in the unit tests
    order = sorted(members, key=true.get)
    got = [name[r["auditor"]] for r in said]
    assert sum(abs(order.index(m) - got.index(m)) for m in members) <= 6
    page = client.get(f"{BASE}auditors/{members[0]}/").content.decode()
    assert "Stricter than the others" in page
    assert re.findall(r"(\d+) documents marked in the year", page) == ["19"]
    mine = client_of(people[0]).get(f"{BASE}me/").content.decode()
    assert "worth knowing, not wrong" in mine
    assert not re.search("Auditor Number [1-9]", mine)


def test_agreement_is_that_of_the_stored_pairs(north):
    _, year = north
    lead = a_person("quality-lead")
    answers = {(m.plan, m.criterion, m.judge): m.value for m in year.marks}
    twice = {m.plan: {x.judge for x in year.marks if x.plan == m.plan} for m in year.marks}
    pairs = [
        tuple(answers[plan, "F2-quantified", judge] for judge in judges)
        for plan, judges in twice.items()
        if len(judges) == 2
    ]
    numbers = [(a, b) for a, b in pairs if isinstance(a, int) and isinstance(b, int)]
    row = next(r for r in rows(client_of(lead).get(f"{BASE}agreement.csv"))
               if r["id"] == "F2-quantified")  # fmt: skip
    assert int(row["pairs"]) == len(numbers)
    assert float(row["exact"]) == pytest.approx(
        sum(a == b for a, b in numbers) / len(numbers), abs=1e-4
    )
    undecided = sum("cannot-decide" in pair for pair in pairs)
    assert int(row["undecided"]) == undecided
    page = client_of(lead).get(f"{BASE}criteria/F2-quantified/").content.decode()
    differ = [pair for pair in pairs if pair[0] != pair[1]]
    assert f"{len(differ)} pairs, those furthest apart first" in page
    assert page.count(f"/work/{NORTH}/audits/A-") == 2 * len(differ)
    assert "40 of 112 plans were marked twice (36%)" in client_of(lead).get(BASE).content.decode()


def test_what_was_moderated_since_changes_nothing_here(north):
    lead = a_person("quality-lead")
    before = found(lead)
    with scope(authority=NORTH):
        Audit.objects.filter(signed__isnull=False).update(standing={"judgements": []})
    trust_kept._kept.clear()
    assert found(lead).agreement == before.agreement


def test_nobody_else_reads_a_name(north):
    people, _ = north
    for role in SEES[1:]:
        client = client_of(a_person(role))
        for path in OPEN:
            answer = client.get(BASE + path)
            assert answer.status_code == 200, (role, path)
            assert b"Auditor Number" not in answer.content, (role, path)
        for path in NAMED:
            path = path.format(member=people[0].member)
            assert client.get(BASE + path).status_code == 403, (role, path)
    lead = client_of(a_person("quality-lead"))
    for path in (*OPEN, *NAMED):
        assert lead.get(BASE + path.format(member=people[0].member)).status_code == 200, path
    assert b"Auditor Number 3" in lead.get(f"{BASE}strictness.svg").content


def test_another_authority_has_nothing_of_it(north):
    people, _ = north
    lead = a_person("quality-lead", code=SOUTH)
    client = client_of(lead)
    for path in (*OPEN, *OWN_PAGES):
        assert client.get(BASE + path).status_code == 404
    below = f"/work/{SOUTH}/trust/auditors/{people[0].member}/"
    assert client.get(below).status_code == 404
    assert client.get(f"{below}quarters.csv").status_code == 404
    assert found(lead).marked == {}
    writer = a_person("plan-writer")
    with scope(authority=NORTH, person=writer.person):
        with pytest.raises(NotAllowed):
            queries.marks(writer, "plan", found(writer).stamp.since)
        with pytest.raises(NotAllowed):
            queries.names(a_person("director"), [people[0].member])
