"""Agreement of two answers to one criterion."""

import numpy as np
import pytest

from goldthread.core.stats import (
    cohen_kappa,
    gwet_ac,
    krippendorff_alpha,
    pair_agreement,
    pair_table,
    table_agreement,
    wilson,
)


def pairs(n, seed=0):
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 4, n)
    return first, np.clip(first + rng.integers(-1, 3, n), 0, 3)


def test_values_are_those_of_the_single_functions():
    first, second = pairs(60)
    got = pair_agreement(first, second)
    both = [first.tolist(), second.tolist()]
    table = pair_table(first, second)
    assert got.kappa[:3] == pytest.approx(cohen_kappa(table, "quadratic")[:3], abs=1e-12)
    assert got.alpha.value == pytest.approx(krippendorff_alpha(both, "ordinal").value, abs=1e-12)
    assert got.ac2.value == pytest.approx(
        gwet_ac(both, "quadratic", categories=[0, 1, 2, 3]).value, abs=1e-12
    )
    assert got.bias.value == pytest.approx((second - first).mean())
    same, near = int((first == second).sum()), int((abs(first - second) <= 1).sum())
    assert got.exact[:3] == (same / 60, *wilson(same, 60))
    assert got.adjacent[:3] == (near / 60, *wilson(near, 60))
    assert (got.n, got.plans, got.exact.hits, got.adjacent.n) == (60, 60, same, 60)


def test_tables_add_up_and_order_does_not_matter():
    first, second = pairs(40)
    table = np.array(pair_table(first[:25], second[:25])) + pair_table(first[25:], second[25:])
    shuffled = np.random.default_rng(1).permutation(40)
    assert table_agreement(table) == pair_agreement(first[shuffled], second[shuffled])


def test_swapping_judges():
    first, second = pairs(40)
    one, other = pair_agreement(first, second), pair_agreement(second, first)
    assert one.kappa.value == pytest.approx(other.kappa.value)
    assert one.alpha.value == pytest.approx(other.alpha.value)
    assert one.bias.value == -other.bias.value


def test_intervals_hold_the_value_and_narrow():
    widths = []
    for n in (12, 48, 400):
        got = pair_agreement(*pairs(n))
        for found in (got.kappa, got.alpha, got.ac2, got.bias):
            assert found.low <= found.value <= found.high
        widths.append(got.alpha.high - got.alpha.low)
    assert widths[0] > widths[1] > widths[2]


def test_no_pairs():
    got = pair_agreement([], [])
    for found in (got.exact, got.adjacent, got.kappa, got.alpha, got.ac2, got.bias):
        assert found.value is None
        assert "marked twice" in found.why
    assert got.n == 0


def test_everybody_gave_the_same_answer():
    got = pair_agreement([2] * 8, [2] * 8)
    assert got.kappa.value is None
    assert got.alpha.value is None
    assert got.ac2.value == 1
    assert got.exact.value == 1
    assert 0.8 < got.ac2.low < 0.95
    assert got.bias.low < 0 < got.bias.high
    assert pair_agreement([2] * 80, [2] * 80).ac2.low > got.ac2.low


def test_full_agreement_is_not_certainty():
    answers = [0, 1, 2, 3] * 3
    got = pair_agreement(answers, answers)
    assert got.alpha.value == 1
    assert got.alpha.low < 0.8


def test_plans_bring_several_pairs():
    """The same answers from few plans say less than from many."""
    rng = np.random.default_rng(5)
    plans = np.repeat(np.arange(12), 20)
    good = rng.integers(0, 4, 12)[plans]
    first = np.clip(good + rng.integers(0, 2, 240), 0, 3)
    second = np.where(rng.random(12)[plans] < 0.4, 3 - first, first)
    free, held = pair_agreement(first, second), pair_agreement(first, second, plans=plans)
    assert held.plans == 12
    assert held.n == 240
    for name in ("exact", "kappa", "alpha", "ac2"):
        one, other = getattr(free, name), getattr(held, name)
        assert one.value == pytest.approx(other.value)
        assert other.high - other.low > 1.5 * (one.high - one.low)


def test_one_plan_has_no_interval():
    first, second = pairs(20)
    got = pair_agreement(first, second, plans=[7] * 20)
    assert got.plans == 1
    assert got.alpha.value is not None
    assert got.alpha.low is None
    assert got.exact.low is None
    assert "one plan" in got.exact.why


def test_one_pair_a_plan_is_the_simple_case():
    first, second = pairs(20)
    assert pair_agreement(first, second, plans=range(20)) == pair_agreement(first, second)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pair_agreement([0, 1], [0]), "second has 1"),
        (lambda: pair_agreement([0, 4], [0, 1]), "0 to 3"),
        (lambda: pair_agreement([0, 1.5], [0, 1]), "whole"),
        (lambda: pair_agreement([0, 3], [0, 1], categories=3), "0 to 2"),
        (lambda: pair_agreement([0, 1], [0, 1], plans=[1]), "plans has 1"),
        (lambda: table_agreement([[1.5, 0], [0, 1]]), "whole"),
    ],
)
def test_impossible_input(call, words):
    with pytest.raises(ValueError, match=words):
        call()
