"""Published intervals, and statsmodels as a second implementation."""

import numpy as np
import pytest
from scipy import stats as scipy_stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from goldthread.core.stats import (
    byar,
    clopper_pearson,
    clopper_pearson_array,
    indirect_rate,
    jeffreys,
    mean_interval,
    newcombe_difference,
    poisson_interval,
    wilson,
    wilson_array,
)

COUNTS = [(0, 1), (1, 1), (0, 20), (1, 29), (15, 148), (81, 263), (65, 100), (999, 1000)]


@pytest.mark.parametrize(
    ("function", "s", "n", "low", "high", "places"),
    [
        (wilson, 81, 263, 0.2553, 0.3662, 4),
        (clopper_pearson, 81, 263, 0.2527, 0.3676, 4),
        (jeffreys, 81, 263, 0.2545, 0.3656, 4),
        (wilson, 15, 148, 0.0624, 0.1605, 4),
        (wilson, 0, 20, 0.0, 0.1611, 4),
        (clopper_pearson, 0, 20, 0.0, 0.1684, 4),
        (clopper_pearson, 1, 29, 0.0009, 0.1776, 4),
        (wilson, 65, 100, 0.552544, 0.736358, 6),
    ],
)
def test_published_intervals(function, s, n, low, high, places):
    """Newcombe 1998; PHEindicatormethods testdata_Byars_Wilson.xlsx."""
    got = function(s, n)
    assert round(got.low, places) == low
    assert round(got.high, places) == high


def test_wilson_at_998():
    """PHEindicatormethods testdata_Byars_Wilson.xlsx."""
    assert np.round(wilson(65, 100, 0.998), 6).tolist() == [0.495495, 0.778354]


@pytest.mark.parametrize(
    ("count", "low", "high"), [(65, 50.1632, 82.8491), (1045, 982.5932, 1110.3312)]
)
def test_byar_published(count, low, high):
    """PHEindicatormethods testdata_Byars_Wilson.xlsx."""
    assert np.round(byar(count), 4).tolist() == [low, high]


@pytest.mark.parametrize(("s", "n"), COUNTS)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
@pytest.mark.parametrize(
    ("function", "method"),
    [(wilson, "wilson"), (clopper_pearson, "beta"), (jeffreys, "jeffreys")],
)
def test_agrees_with_statsmodels(function, method, s, n, confidence):
    expected = proportion_confint(s, n, alpha=1 - confidence, method=method)
    assert function(s, n, confidence) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("a", COUNTS[1:])
@pytest.mark.parametrize("b", [(3, 40), (39, 60)])
def test_newcombe_agrees_with_statsmodels(a, b):
    expected = confint_proportions_2indep(
        *a, *b, method="newcomb", compare="diff", correction=False
    )
    assert newcombe_difference(*a, *b) == pytest.approx(expected, abs=1e-9)


def test_arrays_equal_scalars():
    s, n = np.array(COUNTS).T
    low, high = wilson_array(s, n)
    assert [tuple(pair) for pair in zip(low, high, strict=True)] == [wilson(*c) for c in COUNTS]
    low, high = clopper_pearson_array(s.reshape(2, 4), n.reshape(2, 4))
    assert low.shape == (2, 4)
    assert high[1, 2] == clopper_pearson(65, 100).high


def test_endpoints_are_exact():
    assert wilson(0, 7).low == 0.0
    assert wilson(7, 7).high == 1.0
    assert clopper_pearson(7, 7).high == 1.0
    assert byar(0).low == 0.0


@pytest.mark.parametrize("count", [0, 1, 5, 9])
def test_few_events_are_exact(count):
    low = scipy_stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert poisson_interval(count) == pytest.approx(
        (low, scipy_stats.chi2.ppf(0.975, 2 * count + 2) / 2)
    )


def test_from_ten_events_byar():
    assert poisson_interval(10) == byar(10)


def test_mean_interval_published():
    """PHEindicatormethods testdata_Mean.xlsx: 8 values, sum 429.63476, sd 20.975575."""
    shape = np.array([-3.0, -1, -1, 0, 0, 1, 1, 3])
    values = 429.63476 / 8 + shape / shape.std(ddof=1) * 20.975575
    assert round(values.mean(), 6) == 53.704345
    assert np.round(mean_interval(values), 6).tolist() == [36.168325, 71.240365]


def test_indirect_rate():
    got = indirect_rate(65, 50, 0.2)
    assert got.ratio == 1.3
    assert got.value == pytest.approx(0.26)
    assert (got.low, got.high) == pytest.approx((50.1632 / 250, 82.8491 / 250), abs=1e-6)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: wilson(-1, 10), "successes must not be negative: got -1"),
        (lambda: wilson(12, 10), "successes must not exceed n: got 12 of 10"),
        (lambda: wilson(0, 0), "n must be more than 0"),
        (lambda: wilson(float("nan"), 10), "finite"),
        (lambda: wilson_array([], []), "successes must not be empty"),
        (lambda: wilson(1, 10, 95), "confidence must lie between 0 and 1: got 95"),
        (lambda: wilson("many", 10), "successes must be numbers"),
        (lambda: byar(-2), "count must not be negative"),
        (lambda: mean_interval([3]), "at least two"),
        (lambda: mean_interval([[3, 4]]), "one row"),
        (lambda: indirect_rate(3, 0, 0.2), "expected must be more than 0"),
        (lambda: indirect_rate(3, 2, -1), "reference_rate must not be negative"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
