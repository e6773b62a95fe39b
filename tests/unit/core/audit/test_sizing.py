"""How many plans, and why."""

import pytest

from goldthread.core.audit.sizing import (
    allocate,
    for_comparing,
    for_precision,
    margin_at,
    more_to_know,
    plans_for,
    reliability_at,
    size,
    spread_of,
)
from goldthread.core.benchmark.states import GOOD_RELIABILITY, SOME_RELIABILITY
from goldthread.core.stats import exact_sample_size

# Methods b.5: rho, plans for a reliability of .5, .7 and .9.
PUBLISHED = [(0.03, (33, 76, 291)), (0.06, (16, 37, 141)), (0.10, (9, 21, 81))]


@pytest.mark.parametrize(("rho", "plans"), PUBLISHED)
def test_plans_for_a_reliability_as_published(rho, plans):
    assert tuple(plans_for(reliability, rho) for reliability in (0.5, 0.7, 0.9)) == plans


@pytest.mark.parametrize("rho", [0.01, 0.03, 0.06, 0.1, 0.25, 0.5])
@pytest.mark.parametrize("reliability", [0.3, 0.5, 0.7, 0.9])
def test_they_are_the_fewest_that_reach_it(rho, reliability):
    plans = plans_for(reliability, rho)
    assert reliability_at(plans, rho) >= reliability - 1e-9
    assert plans == 1 or reliability_at(plans - 1, rho) < reliability


def test_reliabilities_are_those_that_comparisons_ask_for():
    found = [step.reliability for step in size(1500).comparing]
    assert found == [SOME_RELIABILITY, GOOD_RELIABILITY, 0.9]


@pytest.mark.parametrize(
    ("population", "margin", "deff", "plans"),
    [
        (500, 0.05, 1, 218), (300, 0.10, 1, 73), (300, 0.10, 1.3, 89), (1500, 0.10, 1, 91),
        (1500, 0.10, 1.3, 116), (1500, 0.15, 1, 42), (6000, 0.10, 1.3, 123), (1, 0.1, 1, 1),
    ],
)  # fmt: skip
def test_plans_for_a_margin_and_the_margin_they_give(population, margin, deff, plans):
    found = for_precision(population, margin, design_effect=deff)
    assert found.plans == plans
    assert found.margin <= margin
    if plans > 1:
        assert margin_at(population, plans - 1, design_effect=deff) > margin


def test_margin_turns_the_formula_round():
    for population in (40, 300, 6000):
        for plans in (2, 17, 39):
            margin = margin_at(population, plans, 0.9, 1.2)
            again = exact_sample_size(population, margin, 0.5, 0.9, 1.2)
            assert again == pytest.approx(plans)
    assert margin_at(40, 40) == 0
    for plans in (0, 41):
        with pytest.raises(ValueError, match="plans must lie between 1 and 40"):
            margin_at(40, plans)


def test_which_of_the_two_governs():
    precise, comparing = size(1500), size(1500, margin=0.15, rho=0.03)
    assert (precise.plans, precise.governs) == (91, "precision")
    assert (comparing.plans, comparing.governs) == (76, "comparison")
    assert precise.sentence.startswith("Audit 91: the margin that you want")
    assert comparing.sentence.startswith("Audit 76: comparing with other authorities")
    small = size(30, rho=0.03)
    assert (small.plans, small.governs) == (30, "comparison")
    assert small.sentence.startswith("Audit all 30 plans")
    assert [step.enough for step in small.comparing] == [False, False, False]


def test_sentences_say_what_a_number_is_for():
    assert for_precision(1500, 0.1).sentence == (
        "Audit 91 of your 1,500 plans and a share such as “half of plans” is likely within 10 "
        "percentage points of the truth, 95 times in 100."
    )
    assert "you have counted" in for_precision(3, 0.01).sentence
    assert for_comparing(1500, 0.7).sentence == (
        "37 plans are enough for every comparison, and your position as a range."
    )
    assert for_comparing(1500, 0.8).sentence == (
        "63 plans are enough for comparisons as sure as that."
    )
    assert for_comparing(20, 0.7).sentence == (
        "37 plans would be needed for every comparison, and your position as a range; you hold "
        "20. With all of them, about 56 in 100 parts of the differences between authorities would "
        "be more than chance."
    )


def test_how_many_more_to_know():
    assert more_to_know(1500, 0) == (
        "Nothing is audited yet: 91 plans would tell within 10 percentage points."
    )
    assert more_to_know(1500, 1).startswith("1 plan audited so far tells within 98 percentage")
    assert more_to_know(1500, 40) == (
        "40 plans audited so far tell within 15.3 percentage points; 51 more plans would tell "
        "within 10 percentage points."
    )
    assert more_to_know(1500, 91).endswith("within 10 percentage points, as wanted.")


def test_spread_of_last_cycle():
    assert spread_of(0, 0) == 0.5
    assert spread_of(20, 20) == pytest.approx((21 / 22 * 1 / 22) ** 0.5)
    assert spread_of(30, 60) == 0.5
    with pytest.raises(ValueError, match="met must lie between 0 and 3"):
        spread_of(4, 3)


def test_allocation_over_strata():
    assert allocate(30, {"q": 100, "p": 200}) == {"p": 20, "q": 10}
    assert allocate(30, {"p": 200, "q": 100}, {"q": 1.0}) == {"p": 15, "q": 15}
    assert allocate(6, {"p": 900, "q": 3, "r": 1}) == {"p": 3, "q": 2, "r": 1}
    assert allocate(904, {"p": 900, "q": 3, "r": 1}) == {"p": 900, "q": 3, "r": 1}


@pytest.mark.parametrize(
    ("plans", "held", "words"),
    [
        (3, {"p": 9, "q": 9}, "3 plans cannot give 2 to each of 2 strata: audit at least 4"),
        (19, {"p": 9, "q": 9}, "19 plans cannot be drawn from 18"),
        (0, {}, "no stratum"),
    ],
)
def test_an_impossible_allocation_is_refused_in_words(plans, held, words):
    with pytest.raises(ValueError, match=words):
        allocate(plans, held)
