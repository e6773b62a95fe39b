"""The states: every one can be reached, the last ones never left, and the page says so."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest

from goldthread.core.audit.transitions import (
    ACTORS,
    FIRST,
    TRANSITIONS,
    Event,
    check_transition,
    leaving,
    markdown,
    next_state,
    states,
)

PAGE = Path(__file__).parents[4] / "docs/reference/audit-states.md"
THINGS = ("audit", "part", "moderation", "reply")


def test_the_page_is_written_from_the_table():
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_every_step_is_on_the_page():
    rows = [line for line in markdown().splitlines() if line.startswith("| ")]
    assert len(rows) == len(TRANSITIONS) + len(THINGS)


def test_the_states_of_the_brief():
    assert set(states("audit")) == {"allotted", "under-way", "ready", "signed", "withdrawn"}
    assert set(states("part")) == {"allotted", "under-way", "done", "reopened"}
    assert states("moderation") == ("waiting", "decided")
    assert set(states("reply")) == {"waiting", "answered"}


@pytest.mark.parametrize("thing", THINGS)
def test_every_state_can_be_reached(thing):
    reached, edge = {FIRST[thing]}, {FIRST[thing]}
    while edge:
        edge = {s.after for state in edge for s in leaving(thing, state)} - reached
        reached |= edge
    assert reached == set(states(thing))


def test_signed_and_withdrawn_are_the_end():
    assert [s for s in states("audit") if not leaving("audit", s)] == ["signed", "withdrawn"]
    with pytest.raises(ValueError, match=r"cannot become under way\. Nothing changes it any more"):
        check_transition("audit", "signed", "under-way")


@pytest.mark.parametrize("thing", THINGS)
def test_an_event_leads_to_one_state_or_is_refused(thing):
    table = {(s.before, s.event): s.after for s in TRANSITIONS if s.thing == thing}
    assert len(table) == sum(s.thing == thing for s in TRANSITIONS)
    for state, event in itertools.product(states(thing), get_args(Event)):
        if (state, event) in table:
            assert next_state(thing, state, event) == table[state, event]
        else:
            with pytest.raises(ValueError, match=f"so it cannot {event}"):
                next_state(thing, state, event)


def test_what_is_possible_instead_is_said():
    with pytest.raises(ValueError) as caught:
        next_state("audit", "under-way", "sign")
    assert str(caught.value) == (
        "The audit is under way, so it cannot sign. From there it can become ready or withdrawn."
    )


@pytest.mark.parametrize("thing", THINGS)
def test_only_who_may_does_a_step(thing):
    for before, after in itertools.product(states(thing), states(thing)):
        steps = [s for s in leaving(thing, before) if s.after == after]
        assert len(steps) <= 1
        for actor in ACTORS:
            if steps and actor in steps[0].who:
                assert check_transition(thing, before, after, actor) == steps[0]
            else:
                says = "^Only " if steps else "cannot become"
                with pytest.raises(ValueError, match=says):
                    check_transition(thing, before, after, actor)


def test_who_answered_does_not_decide():
    with pytest.raises(ValueError, match=r"^Only a moderator who answered neither audit can take"):
        check_transition("moderation", "waiting", "decided", "lead-auditor")


def test_an_auditor_does_not_sign():
    with pytest.raises(ValueError) as caught:
        check_transition("audit", "ready", "signed", "auditor")
    assert str(caught.value) == "Only the lead auditor can take an audit from ready to signed."
