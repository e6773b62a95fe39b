"""What must hold of the rules on thread, advice, place, stock text and clashes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.plan.plan import Plan
from tests.plans import SOUND, a_plan, checker, suggested

RULES = ["M12", "M25", "M26", "M28", "M34", "M35", "M36", "M38", "M40", "M41", "M43"]
PIECES = st.sampled_from(
    [
        "Amara will read. ", "Outcome 1 ", "E1 ", "Need 2: ", "for 45 minutes ", "three times a ",
        "week ", "as required ", "should ", "speech and language therapist ", "nurse ", "{x} ",
        "İstanbul ", "ﬁne ", "I want a dog. ", "“", "”", "None needed. ", "direct payment ", "\t",
        "Northmere School ", "taxi ", "Care Act ", "overnight ", "Year 3 ", "July 2024 ", ". ",
        "1:1 ", "group of six ", "deaf ", "phonics ", "the ", "3 × ", "½ ", "Ω ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def assert_sound(plan: Plan, rule: str, *others: Plan) -> None:
    """One suggestion a criterion at least, answers in range, and every quote word for word."""
    criteria = next(r for r in checker().framework.rules if r.id == rule).criteria
    found = suggested(plan, rule, advice=others, previous=others[0] if others else None)
    assert {s.criterion for s in found} == set(criteria)
    lines = [p.text for d in (plan, *others) for p in d.document.paragraphs]
    for suggestion in found:
        assert suggestion.answer in (0, 1, 2, 3, None)
        assert suggestion.reason
        for f in suggestion.findings:
            assert f.next_step
            assert f.item == "" or f.item in {i.id for i in plan.items}
            for quote in f.quotes:
                assert quote.text
                assert any(quote.text in line for line in lines)


@pytest.mark.parametrize("rule", RULES)
def test_on_sound_bare_and_blank_plans(rule: str) -> None:
    for plan in (a_plan(), a_plan({}, only=True), a_plan(dict.fromkeys(SOUND, ""))):
        assert_sound(plan, rule)
        assert_sound(plan, rule, a_plan())
        assert_sound(a_plan(), rule, plan)


@pytest.mark.parametrize("rule", RULES)
@given(
    texts=st.dictionaries(st.sampled_from(sorted(SOUND)), TEXTS, min_size=3),
    other=st.dictionaries(st.sampled_from("BEF"), TEXTS, min_size=2),
    born=st.dates(dt.date(2001, 1, 1), dt.date(2026, 11, 1)),
)
@settings(max_examples=20, deadline=None)
def test_on_any_text(
    rule: str, texts: dict[str, str], other: dict[str, str], born: dt.date
) -> None:
    assert_sound(a_plan(texts, born=born), rule)
    assert_sound(a_plan(texts, born=born), rule, a_plan(other, only=True, kind="advice"))


@pytest.mark.parametrize("rule", RULES)
def test_where_nothing_was_read_nothing_is_met(rule: str) -> None:
    for suggestion in suggested(a_plan({}, only=True), rule):
        assert suggestion.state in ("cannot-tell", "not-applicable")


@pytest.mark.parametrize("rule", RULES)
def test_sentences_are_for_people(rule: str) -> None:
    told = next(r for r in checker().framework.rules if r.id == rule)
    for sentence in (*told.says.values(), *told.next.values(), told.looks_at, told.blind_to):
        assert "fail" not in sentence.lower()
        assert "no provision was" not in sentence.lower() or rule == "M26"
    assert "default" in told.next


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_plan_has_nothing_to_mend(rule: str) -> None:
    for suggestion in suggested(a_plan(), rule):
        assert suggestion.state != "mend", suggestion.reason
