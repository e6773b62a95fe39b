"""Every criterion's examples are its tests: what should pass passes, what should not is flagged."""

from __future__ import annotations

from functools import lru_cache

import pytest

from goldthread.core.checks.engine import Answer, Checked
from goldthread.core.framework.criterion import Criterion, Example
from goldthread.core.parsing.parse import parse
from goldthread.readers.frameworks import load_framework
from goldthread.readers.layouts import shared_layouts
from goldthread.readers.plain import read_text
from tests.plans import SOUND, TODAY, checker

FRONT = {
    "Name": "Amara Okafor",
    "Date of birth": "4 May 2018",
    "Sex": "Female",
    "Parent": "Ngozi Okafor",
    "School": "Northmere Primary School",
    "Year group": "Year 4",
    "Status": "Final",
    "Version": "1",
    "Officer": "P. Lund, SEND service manager",
    "Date of final plan": "1 May 2026",
}
WITH_RULES = [c for c in load_framework().criteria if c.rules]
NEED_ADVICE = {"B1-all-needs", "F8-faithful", "GT4-ambition"}
"""Their rules look at other files as well; tests of those rules give them."""


def cases(which: str) -> list[object]:
    found = []
    for criterion in WITH_RULES:
        examples: tuple[Example, ...] = getattr(criterion.examples, which)
        for number, example in enumerate(examples, 1):
            if which == "passing" or criterion.id not in NEED_ADVICE:
                found.append(pytest.param(criterion, example, id=f"{criterion.id}-{number}"))
    return found


def text_of(criterion: Criterion, example: Example) -> str:
    """The example as a whole plan in plain text."""
    letters = {**SOUND, **example.plan}
    letters[example.section or criterion.section] = example.text
    order = sorted(letters, key=lambda letter: (letter[0], letter))
    lines = [f"{k}: {v}" for k, v in {**FRONT, **example.front}.items() if v]
    for letter in order:
        if letters[letter]:
            lines += ["", f"Section {letter}", letters[letter]]
    return "\n".join(["Education, Health and Care Plan", *lines])


@lru_cache(maxsize=512)
def checked(text: str) -> Checked:
    plan = parse(read_text(text.encode(), "example.txt"), shared_layouts())
    assert plan.kind == "plan", plan.kind_reason
    return checker().check(checker().subject(plan, TODAY))


def answer_of(criterion: Criterion, example: Example) -> tuple[Answer, Checked]:
    found = checked(text_of(criterion, example))
    assert not found.problems, found.problems
    answers = {a.criterion: a for a in found.answers}
    return answers[criterion.id], found


@pytest.mark.parametrize(("criterion", "example"), cases("passing"))
def test_passing_examples_pass(criterion: Criterion, example: Example) -> None:
    answer, found = answer_of(criterion, example)
    why = [f.reason for f in found.findings if f.criterion == criterion.id]
    assert answer.answer is None or answer.answer >= 2, (answer.reason, why)


@pytest.mark.parametrize(("criterion", "example"), cases("failing"))
def test_failing_examples_are_flagged(criterion: Criterion, example: Example) -> None:
    _, found = answer_of(criterion, example)
    low = {
        s.rule
        for s in found.suggestions
        if s.criterion == criterion.id and s.answer is not None and s.answer <= 1
    }
    if example.rules:
        assert set(example.rules) <= low
    else:
        assert low, [(s.rule, s.answer) for s in found.suggestions if s.criterion == criterion.id]
