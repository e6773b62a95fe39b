"""What must hold of every rule on structure, identity, dates, needs and language."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.plan.plan import Plan
from tests.plans import SOUND, a_plan, checker, suggested

RULES = [f"M{n:02d}" for n in (*range(1, 12), *range(13, 20), 42, 44, 45, 46)]
PIECES = st.sampled_from(
    [
        "Tomasz will read. ", "She is 9 years old. ", "refuses to ", "XXXX ", "[insert] ", "“", "”",
        "İstanbul ", "ﬁne ", "standard score 72 ", "\t", "N/A ", "Amira", "'s needs ", "(SALT) ",
        "Mrs ", "Year 5 pupil ", "he ", "his father ", "— ", "31/02/2026 ", "0", "Ω", "her ", ". ",
        "a ", "ADHD ", "Westbrook Primary School ", "unable to ", "Hope ", "the child ", "{{x}} ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def assert_sound(plan: Plan, rule: str) -> None:
    """One suggestion a criterion at least, answers in range, and every quote word for word."""
    criteria = next(r for r in checker().framework.rules if r.id == rule).criteria
    found = suggested(plan, rule)
    assert {s.criterion for s in found} == set(criteria)
    lines = {p.text for p in (*plan.document.paragraphs, *plan.document.margins)}
    facts = {e.text for e in plan.facts.advice} | {d.quote for d in plan.facts.dates}
    facts |= {s.quote for s in (plan.facts.child.school, plan.facts.child.year_group) if s}
    facts |= {plan.facts.child.born.quote} if plan.facts.child.born else set()
    for suggestion in found:
        assert suggestion.answer in (0, 1, 2, 3, None)
        assert suggestion.reason
        for f in suggestion.findings:
            assert f.next_step
            assert "{" not in f.reason.replace("{{x}}", "")
            for quote in f.quotes:
                assert quote.text
                assert quote.text in facts or any(quote.text in line for line in lines)


@pytest.mark.parametrize("rule", RULES)
def test_on_sound_bare_and_blank_plans(rule: str) -> None:
    assert_sound(a_plan(), rule)
    assert_sound(a_plan({}, only=True), rule)
    assert_sound(a_plan(dict.fromkeys(SOUND, "")), rule)
    bare = a_plan(born=None, name="", pronoun="", school=None, year_group=None, dates=(),
                  people=(), advice=(), status="unknown")  # fmt: skip
    assert_sound(bare, rule)


@pytest.mark.parametrize("rule", RULES)
@given(texts=st.dictionaries(st.sampled_from(sorted(SOUND)), TEXTS, min_size=3),
       born=st.dates(dt.date(2001, 1, 1), dt.date(2026, 11, 1)))  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_on_any_text(rule: str, texts: dict[str, str], born: dt.date) -> None:
    assert_sound(a_plan(texts, born=born), rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_missing_section_is_never_a_pass(rule: str) -> None:
    """On a document of which nothing was read, nothing is met but what is about its front."""
    front = {"M05", "M06", "M07", "M03", "M16", "M42"}
    found = suggested(a_plan({}, only=True), rule)
    for suggestion in found:
        if rule not in front and suggestion.criterion not in ("L3-concise", "L4-finish"):
            assert suggestion.state != "met"


@pytest.mark.parametrize("rule", RULES)
def test_sentences_are_for_people(rule: str) -> None:
    told = next(r for r in checker().framework.rules if r.id == rule)
    for sentence in (*told.says.values(), *told.next.values(), told.looks_at, told.blind_to):
        assert "fail" not in sentence.lower()
        assert "underperform" not in sentence.lower()
    assert told.blind_to
    assert "default" in told.next
