"""Invented judgements and audits for tests, by the real reference framework."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from goldthread.core.audit.audit import Blank, Questions, SignedAudit, Subject, questions, sign
from goldthread.core.audit.judgement import Evidence, Judgement, MachineSeen, Value
from goldthread.core.framework.criterion import Criterion
from goldthread.readers.frameworks import shared_framework

REFERENCE = shared_framework()
CRITERIA = {c.id: c for c in REFERENCE.criteria}
CRITICAL = tuple(c.id for c in REFERENCE.criteria if c.gate == "critical")
NOON = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
SUBJECT = Subject("plan", "final", year=5, age=9)
BLANK = Blank(REFERENCE.key, SUBJECT)
REASONS = tuple(REFERENCE.not_applicable)


def judgement(criterion: str, value: Value, **changes: Any) -> Judgement:
    given = {
        "by": "person-1",
        "agency": "education",
        "at": NOON,
        "comment": "Seen on page 3.",
    }
    return Judgement(criterion, value, **{**given, **changes})


def best(criterion: Criterion) -> int:
    return max(map(int, criterion.descriptors))


def all_at(value: Value, asked: Questions) -> dict[str, Value]:
    return {c.id: min(value, best(c)) if isinstance(value, int) else value for c in asked.criteria}


def judgements(answers: Mapping[str, Value]) -> list[Judgement]:
    return [judgement(criterion, value) for criterion, value in answers.items()]


def signed(answers: Mapping[str, Value] | None = None, blank: Blank = BLANK) -> SignedAudit:
    """An audit in which every question is at 2, but for `answers`."""
    asked = all_at(2, questions(REFERENCE, blank))
    return sign(REFERENCE, blank, judgements({**asked, **(answers or {})}), "lead-1", NOON)


def values(criterion: Criterion) -> st.SearchStrategy[Value]:
    """Any value that the question has, numbers more often than not."""
    numbers = st.integers(0, best(criterion))
    return st.one_of(numbers, numbers, numbers, st.sampled_from([*REASONS, "cannot-decide"]))


def answers_to(asked: Questions) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({c.id: values(c) for c in asked.criteria})


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
TIMES = st.datetimes(
    dt.datetime(2020, 1, 1),
    dt.datetime(2040, 1, 1),
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m))),
)
EVIDENCE = st.builds(
    Evidence, TEXT, st.integers(0, 900), st.integers(0, 90), st.integers(91, 200), TEXT, TEXT
)
MACHINE = st.builds(
    MachineSeen,
    st.none() | st.integers(0, 3),
    st.sampled_from(["mend", "look", "met", "cannot-tell", "not-applicable"]),
    st.sampled_from(["before", "after"]),
)


def judged(criterion: Criterion) -> st.SearchStrategy[Judgement]:
    """A judgement that may be signed: it has a comment wherever one is asked for."""
    return st.builds(
        Judgement,
        criterion=st.just(criterion.id),
        value=values(criterion),
        by=TEXT,
        agency=st.sampled_from(["education", "health", "social-care", "parent-carer"]),
        at=TIMES,
        evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
        comment=TEXT.map(lambda words: f"{words}."),
        first=st.none() | values(criterion),
        machine=st.none() | MACHINE,
    )
