"""The grade against standard.md, a slow oracle, and what must hold for any answers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.framework.applicability import applicable, profiles_of
from goldthread.core.framework.grade import BANDS, grade, points, preview
from goldthread.readers.frameworks import shared_framework

REFERENCE = shared_framework()
CRITERIA = {c.id: c for c in REFERENCE.criteria}
CRITICAL = [c.id for c in REFERENCE.criteria if c.gate == "critical"]
MAJOR = [c.id for c in REFERENCE.criteria if c.gate == "major"]
EARNED = {0: "0", 1: "0.35", 2: "0.80", 3: "1"}


def best(criterion):
    return max(map(int, CRITERIA[criterion].descriptors))


def all_at(answer):
    return {c: min(answer, best(c)) for c in CRITERIA}


def oracle(answers):
    """Index, compliance and band after caps, as the standard says it, one thing after another."""
    index, dial = oracle_index(answers), oracle_dial(answers)
    undecided = sum(a == "cannot-decide" for a in answers.values())
    numbers = [a for a in answers.values() if isinstance(a, int)]
    if not numbers or Decimal(undecided) / (undecided + len(numbers)) > Decimal("0.1"):
        return index.get("all"), dial, None
    return index["all"], dial, oracle_capped(oracle_band(index, dial), answers)


def oracle_index(answers):
    sums = {}
    for criterion, answer in answers.items():
        if isinstance(answer, int):
            about = CRITERIA[criterion]
            earned = Decimal(EARNED[answer])
            if about.family == "presence" and answer == 2:
                earned = Decimal(1)
            for theme in ("all", about.section):
                got, of = sums.get(theme, (Decimal(0), 0))
                sums[theme] = (got + about.weight * earned, of + about.weight)
    return {
        theme: (100 * got / of).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for theme, (got, of) in sums.items()
    }


def oracle_dial(answers):
    lawful = [a for c, a in answers.items() if CRITERIA[c].kind == "statutory"]
    if not any(isinstance(a, int) for a in lawful):
        return "unknown"
    return "breach" if 0 in lawful else "defects" if 1 in lawful else "compliant"


def oracle_band(index, dial):
    everything = index["all"]
    if everything >= 92 and dial in ("compliant", "unknown") and min(index.values()) >= 75:
        return "outstanding"
    if everything >= 75 and all(index.get(t, 100) >= 65 for t in "BEF"):
        return "good"
    return "requires-improvement" if everything >= 50 else "inadequate"


def oracle_capped(band, answers):
    critical = [answers.get(c) for c in CRITICAL]
    major = [answers.get(c) for c in MAJOR]
    if 0 in critical or major.count(0) >= 3:
        return "inadequate"
    if 1 in critical or 0 in major:
        return min(band, "requires-improvement", key=BANDS.index)
    return band


def answer(criterion):
    numbers = st.integers(0, best(criterion))
    others = st.sampled_from(["age", "no-such-need", "cannot-decide"])
    return st.one_of(numbers, numbers, numbers, numbers, others)


def high(criterion):
    return st.sampled_from([2, best(criterion), best(criterion), best(criterion), 1])


AUDITS = st.one_of(
    st.fixed_dictionaries({c: answer(c) for c in CRITERIA}),
    st.fixed_dictionaries({c: high(c) for c in CRITERIA}),
    st.fixed_dictionaries({c: st.just(best(c)) for c in CRITERIA}).flatmap(
        lambda full: st.lists(st.sampled_from(sorted(full)), max_size=4).map(
            lambda low: {**full, **dict.fromkeys(low, 0)}
        )
    ),
)


@settings(max_examples=120, deadline=None)
@given(AUDITS)
def test_the_oracle_says_the_same(answers):
    found = grade(REFERENCE, answers)
    index, dial, band = oracle(answers)
    assert (found.index, found.compliance, found.capped) == (
        None if index is None else float(index), dial, band,
    )  # fmt: skip


def test_a_plan_of_twos_scores_87_and_half_threes_93():
    twos = grade(REFERENCE, all_at(2))
    assert (round(twos.index), twos.band, twos.capped) == (87, "good", "good")
    # Half of the weight that can have a 3 earns 1, the other half .8: .9 in the middle.
    weights = {c: a.weight for c, a in CRITERIA.items() if a.family != "presence"}
    half, threes = sum(weights.values()) / 2, {}
    for criterion, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        if sum(weights[c] for c in threes) + weight <= half:
            threes[criterion] = 3
    assert round(grade(REFERENCE, {**all_at(2), **threes}).index) == 93


def test_the_reference_has_65_questions_a_core_of_25_and_the_gates_of_the_standard():
    assert len(CRITERIA) == 65
    assert sum(c.core for c in CRITERIA.values()) == 25
    assert {c.split("-")[0] for c in CRITICAL} == {"X1", "X2", "E1", "F1", "I1"}
    assert {c.split("-")[0] for c in MAJOR} == {
        "X4", "A1", "B1", "D2", "F2", "F5", "F6", "G2", "H1", "K1", "K2", "P1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("low", "capped"),
    [
        ({CRITICAL[0]: 0}, "inadequate"),
        ({CRITICAL[0]: 1}, "requires-improvement"),
        ({MAJOR[0]: 0}, "requires-improvement"),
        ({MAJOR[0]: 1}, "good"),
        (dict.fromkeys(MAJOR[:2], 0), "requires-improvement"),
        (dict.fromkeys(MAJOR[:3], 0), "inadequate"),
    ],
)
def test_gates_cap_and_say_why(low, capped):
    found = grade(REFERENCE, {**all_at(3), **low})
    assert found.capped == capped
    assert BANDS.index(found.band) >= BANDS.index("good")
    if capped != "good":
        assert all(c in " ".join(cap.reason for cap in found.caps) for c in low)
        assert found.caps[0].band == capped


@pytest.mark.parametrize(
    ("share", "capped"),
    [(0.19, "inadequate"), (0.2, "outstanding"), (None, "outstanding"), (0.0, "inadequate")],
)
def test_little_quantified_provision_is_inadequate(share, capped):
    found = grade(REFERENCE, all_at(3), quantified=share)
    assert (found.band, found.capped) == ("outstanding", capped)
    if capped == "inadequate":
        assert f"{share:.0%}" in found.caps[0].reason


def test_a_theme_below_its_bar_keeps_the_band_and_is_named():
    low = {c: 1 for c in CRITERIA if CRITERIA[c].section == "E" and CRITERIA[c].gate == ""}
    found = grade(REFERENCE, {**all_at(3), **low})
    assert found.band == "requires-improvement"
    assert any("Outcomes (E)" in why for why in found.why_not_higher)


def test_more_than_a_tenth_undecided_is_ungraded_and_says_so():
    ids = list(CRITERIA)
    six = grade(REFERENCE, {**all_at(3), **dict.fromkeys(ids[:6], "cannot-decide")})
    seven = grade(REFERENCE, {**all_at(3), **dict.fromkeys(ids[:7], "cannot-decide")})
    assert six.band is not None
    assert six.undecided == 6
    assert seven.band is seven.capped is None
    assert "7 of 65" in seven.why_ungraded
    left = {c: a for c, a in all_at(3).items() if c not in ids[:7]}
    assert grade(REFERENCE, left).band is not None
    whole = grade(REFERENCE, left, complete=True)
    assert (whole.band, whole.unanswered, whole.answered) == (None, 7, 58)


def test_every_line_opens_and_the_lines_add_up():
    found = grade(REFERENCE, {**all_at(2), "F2-quantified": 1, "H3-adult": "age"})
    words = {line.criterion: line.words for line in found.lines}
    assert words["F2-quantified"] == "F2-quantified: answer 1, weight 3 x 0.35 = 1.05"
    assert words["H3-adult"] == "H3-adult: age; left out of the index"
    total = sum(line.weight * line.points for line in found.lines if line.points is not None)
    assert total == pytest.approx(found.earned)
    assert found.sum.endswith(f"= {found.index:.1f} in 100")
    assert (found.answered, found.not_applicable) == (64, 1)


@settings(max_examples=60, deadline=None)
@given(AUDITS, st.sampled_from(sorted(CRITERIA)))
def test_a_better_answer_never_lowers_anything(answers, criterion):
    if not isinstance(answers[criterion], int) or answers[criterion] == best(criterion):
        return
    before = grade(REFERENCE, answers)
    after = grade(REFERENCE, {**answers, criterion: answers[criterion] + 1})
    assert after.index >= before.index
    dials = ("unknown", "breach", "defects", "compliant")
    assert dials.index(after.compliance) >= dials.index(before.compliance)
    if before.band is not None:
        assert BANDS.index(after.band) >= BANDS.index(before.band)
        assert BANDS.index(after.capped) >= BANDS.index(before.capped)


@settings(max_examples=60, deadline=None)
@given(AUDITS, st.sampled_from(sorted(CRITERIA)))
def test_not_applicable_is_as_if_never_asked(answers, criterion):
    aside = grade(REFERENCE, {**answers, criterion: "no-such-need"})
    without = {c: a for c, a in answers.items() if c != criterion}
    never = grade(REFERENCE, without)
    assert (aside.index, aside.themes, aside.capped) == (never.index, never.themes, never.capped)


@settings(max_examples=60, deadline=None)
@given(AUDITS, st.one_of(st.none(), st.floats(0, 1)))
def test_caps_never_raise(answers, share):
    found = grade(REFERENCE, answers, quantified=share)
    if found.band is not None:
        assert BANDS.index(found.capped) <= BANDS.index(found.band)
        assert (found.capped != found.band) <= bool(found.caps)


def test_wrong_answers_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="has no criterion Z9-none"):
        grade(REFERENCE, {"Z9-none": 2})
    with pytest.raises(ValueError, match="X1-sections has no answer 3"):
        grade(REFERENCE, {"X1-sections": 3})
    with pytest.raises(ValueError, match="“tired” is no reason code"):
        grade(REFERENCE, {"X1-sections": "tired"})


def test_points_are_those_of_the_standard():
    assert [points(REFERENCE, "slots", a) for a in range(4)] == [0, 0.35, 0.8, 1]
    assert [points(REFERENCE, "presence", a) for a in range(3)] == [0, 0.35, 1]


def test_a_preview_says_that_it_is_no_grade_and_names_no_band_from_a_few_answers():
    few = preview(REFERENCE, {"F2-quantified": 2, "X1-sections": 3, "B1-all-needs": None})
    assert (few.answered, few.of, few.band) == (2, 65, "")
    assert few.index == pytest.approx(90.0)
    assert "This is no grade" in few.note
    assert "too few" in few.note
    most = preview(REFERENCE, all_at(2), set_aside=["H3-adult", "P1-y9"], quantified=0.1)
    assert (most.of, most.band, most.band_after_caps) == (63, "good", "inadequate")
    assert len(most.caps) == 1


@pytest.mark.parametrize(
    ("status", "year", "age", "aside"),
    [
        ("final", 4, 8, {"P1-y9", "P2-four", "P3-yp-rights", "H3-adult"}),
        ("final", 9, 13, {"P3-yp-rights", "H3-adult"}),
        ("final", None, 13, {"P3-yp-rights", "H3-adult"}),
        ("final", None, 12, {"P1-y9", "P2-four", "P3-yp-rights", "H3-adult"}),
        ("final", 13, 18, set()),
        ("draft", 13, 18, {"I2-type"}),
        ("unknown", None, None, set()),
    ],
)
def test_what_does_not_arise_is_set_aside_with_its_reason(status, year, age, aside):
    found = applicable(REFERENCE, status, year, age)
    assert set(found.set_aside) == aside
    assert set(found.set_aside.values()) <= {"age", "draft-stage"}
    assert len(found.criteria) == 65 - len(aside)


def test_profiles_follow_status_and_age_and_a_person_names_the_rest():
    assert [p.id for p in profiles_of(REFERENCE, "final", 3)] == ["final", "early-years"]
    assert [p.id for p in profiles_of(REFERENCE, "draft", 17)] == ["draft", "post-16"]
    assert [p.id for p in profiles_of(REFERENCE, "unknown", None)] == []
    found = applicable(REFERENCE, "final", 10, 15, profiles=["s61"])
    assert found.set_aside["I2-type"] == "s61-package"
    with pytest.raises(LookupError, match="no profile “s62”"):
        applicable(REFERENCE, profiles=["s62"])
