"""What the demonstration invents: people of every role, plans that agree with themselves."""

import datetime as dt
from collections import Counter

import pytest

from goldthread.cli import database
from goldthread.cli.demo_content import AREAS, CONDITIONS, DRAFTS, demonstration, needs_of
from goldthread.core.audit.gate import blocks
from goldthread.core.audit.signed import Subject
from goldthread.core.demonstration import DemoPerson
from goldthread.records.actions.people import Given, check_given
from goldthread.records.actions.plans import check_facts
from goldthread.records.queries.plans import Facts
from goldthread.records.roles import ROLES
from goldthread.simulation.plans.corpus import plans

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def made():
    return demonstration(TODAY)


def test_everybody_may_be_who_they_are(made):
    for person in made.people:
        ends = TODAY + dt.timedelta(days=person.days) if person.days else None
        check_given(
            Given(person.roles, person.agency, person.profession, person.team, person.capacity,
                  ends),
            TODAY,
        )  # fmt: skip
    assert {role for person in made.people for role in person.roles} == ROLES.keys()


def test_addresses_are_of_nobody_and_differ(made):
    addresses = [person.email for person in made.people]
    assert len(set(addresses)) == len(addresses)
    assert all(a.isascii() and a.endswith(".example") for a in addresses)
    assert DemoPerson(name="Siân O'Dowd-Lee", roles=()).email == "sian.odowdlee@northmere.example"


def test_every_plan_has_facts_that_a_plan_may_have(made):
    for plan in (*made.plans["001"], *made.plans["002"]):
        said = plan.listed
        facts = Facts(
            need=said.need, second_need=said.second_need, age_band=said.age_band, year=plan.year,
            phase=said.phase, plan_kind=said.plan_kind, setting_kind=said.setting_kind,
            urn=said.urn, team=plan.team, requested_on=said.requested_on,
            issued_on=said.issued_on, amended_on=said.amended_on,
            last_review_on=said.last_review_on,
        )  # fmt: skip
        check_facts(facts, TODAY)
        assert said.upn == ""
        assert said.urn.startswith("9")


def test_there_are_as_many_as_there_should_be_and_all_differ(made):
    counted = {code: Counter(plan.draft for plan in plans) for code, plans in made.plans.items()}
    assert counted == {"001": {False: 240, True: len(DRAFTS)}, "002": {False: 20}}
    every = [plan.listed.local_id for plans in made.plans.values() for plan in plans]
    assert len(set(every)) == len(every)


def test_the_same_day_invents_the_same(made):
    again = demonstration(TODAY)
    assert (again.plans, again.people, again.words) == (made.plans, made.people, made.words)
    assert again.papers(3)[-1].record == made.papers(3)[-1].record


def test_a_need_is_what_the_plan_itself_names():
    """By hand: each plan is searched for what its two codes rest on."""
    for plan in plans(5, 60, today=TODAY):
        named = {CONDITIONS[name] for name in plan.child.diagnoses if name in CONDITIONS}
        areas = {AREAS[item.area] for item in plan.items("B") if item.area in AREAS}
        first, second = needs_of(plan)
        assert first in named | areas | {"SLD", "OTH"}
        assert first in named or first == "SLD" or not named
        assert first != second


def test_all_drafts_but_the_first_are_held_back(made):
    held = []
    for plan in made.plans["001"]:
        if plan.draft:
            (paper,) = made.papers(plan.number)
            machine = {answer.criterion: answer for answer in paper.record.answers}
            subject = Subject("plan", "draft", plan.year)
            held.append(len(blocks(made.plan_framework, machine, {}, subject)))
    assert held[0] == 0
    assert all(held[1:])


def test_advice_and_reviews_are_not_checked_as_plans(made):
    advice, plan = made.papers(12)
    review, _ = made.papers(3)
    assert (advice.kind, review.kind, plan.kind) == ("advice", "review", "plan")
    assert (advice.record.answers, review.record.answers) == ((), ())
    assert advice.record.paragraphs
    assert plan.record.answers


def test_nothing_is_invented_in_a_database_of_ones_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@127.0.0.1/theirs")
    said = []
    assert database.may_invent(said.append) is False
    assert said == ["DATABASE_URL names a database of your own, so nothing is invented in it."]
