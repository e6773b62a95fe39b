"""Five-point trend, change point, difference in differences."""

import math

import numpy as np
import pytest
from statsmodels.api import WLS, add_constant
from statsmodels.datasets import nile

from goldthread.core.stats import (
    DIRECTIONS,
    change_point,
    difference_in_differences,
    five_point_trend,
    five_point_trends,
)

# FingertipsNext TrendMarkerCalculatorTests: diabetes prevalence, England, 2020 to 2024.
DIABETES = (
    [7.0826, 7.1085, 7.2571, 7.4528, 7.6554],
    [7.0754, 7.1013, 7.2499, 7.4456, 7.6481],
    [7.094, 7.1199, 7.2684, 7.4643, 7.6669],
)


def _bands(values, se):
    values = np.asarray(values, dtype=float)
    return values, values - 1.96 * se, values + 1.96 * se


def test_diabetes_rises():
    got = five_point_trend(*DIABETES)
    assert got.direction == "rising"
    values, low, high = map(np.array, DIABETES)
    fit = WLS(values, add_constant(np.arange(5.0)), (3.92 / (high - low)) ** 2)
    fit = fit.fit(cov_type="fixed scale")
    assert got.slope == pytest.approx(fit.params[1])
    assert got.chi2 == pytest.approx((fit.params[1] / fit.bse[1]) ** 2, rel=1e-9)


def test_falls_and_wobbles():
    assert five_point_trend(*_bands([60, 55, 51, 44, 40], 2)).direction == "falling"
    assert five_point_trend(*_bands([60, 61, 59, 60, 61], 2)).direction == "no clear trend"


def test_one_outlier_does_not_make_a_trend():
    """A slope that hangs on one point changes sign without it."""
    values = [50, 49.5, 49, 48.5, 70]
    got = five_point_trend(*_bands(values, 1))
    assert got.chi2 > 9.5495
    assert got.direction == "no clear trend"


def test_threshold_of_chi_squared():
    for step, direction in [(0.97, "no clear trend"), (0.98, "rising")]:
        got = five_point_trend(*_bands(np.arange(5) * step, 1.0))
        assert got.chi2 == pytest.approx(10 * step**2)
        assert got.direction == direction


def test_last_five_points_with_an_interval_are_used():
    nan = float("nan")
    long = five_point_trend(*_bands([90, nan, 60, 55, 51, nan, 44, 40], 2))
    assert long == five_point_trend(*_bands([60, 55, 51, 44, 40], 2))


@pytest.mark.parametrize("values", [[1, 2, 3, 4], [1, 2, 3, 4, float("nan")]])
def test_too_few_points_cannot_tell(values):
    got = five_point_trend(*_bands(values, 0.01))
    assert got.direction == "cannot tell"
    assert math.isnan(got.slope)


def test_no_width_cannot_tell():
    assert five_point_trend(range(5), range(5), range(5)).direction == "cannot tell"


def _slow_direction(y, w):
    def slope(keep):
        t = np.array(keep) + 1.0
        x, v = y[keep], w[keep]
        centre = (v @ t) / v.sum()
        return float((v * (t - centre)) @ x / (v @ (t - centre) ** 2))

    everything = list(range(5))
    t = np.arange(1.0, 6)
    precision = w @ (t - (w @ t) / w.sum()) ** 2
    slopes = [slope(everything)] + [slope([i for i in everything if i != k]) for k in everything]
    clear = slopes[0] ** 2 * precision > 9.5495 and len({s < 0 for s in slopes}) == 1
    return ("rising" if slopes[0] > 0 else "falling") if clear else "no clear trend"


def test_many_units_equal_the_slow_way():
    rng = np.random.default_rng(4)
    values = np.cumsum(rng.normal(0.3, 1, (300, 5)), axis=1)
    se = rng.uniform(0.2, 1.5, (300, 5))
    got = five_point_trends(values, values - 1.96 * se, values + 1.96 * se)
    expected = [_slow_direction(y, 1 / s**2) for y, s in zip(values, se, strict=True)]
    assert [DIRECTIONS[d] for d in got.direction] == expected
    assert {"rising", "falling", "no clear trend"} == set(expected)


def test_tables_of_one_shape():
    with pytest.raises(ValueError, match="tables of one shape"):
        five_point_trends(np.zeros((2, 5)), np.zeros((2, 4)), np.zeros((2, 5)))


def test_nile():
    """The Aswan dam: 1898, after 28 years, 1097.75 to 849.97."""
    volume = nile.load_pandas().data["volume"].to_numpy()
    got = change_point(volume)
    assert got is not None
    assert got.index == 28
    assert (got.before, round(got.after, 2)) == (1097.75, 849.97)


def test_change_point_equals_the_slow_way():
    rng = np.random.default_rng(9)
    for shift in (0, 0.5, 1, 3):
        y = np.concatenate([rng.normal(0, 1, 14), rng.normal(shift, 1, 10)])
        costs = {k: k * y[:k].var() + (24 - k) * y[k:].var() for k in range(6, 19)}
        best = min(costs, key=costs.get)
        kept = 24 * math.log(costs[best] / (24 * y.var())) + 2 * math.log(24) < 0
        got = change_point(y)
        assert (got.index if got else None) == (best if kept else None)


def test_no_change_point_in_short_or_flat_series():
    assert change_point([1.0] * 5 + [9.0] * 6) is None
    assert change_point([3.0] * 20) is None
    assert change_point([0.0] * 6 + [1.0] * 6).index == 6


def test_difference_in_differences():
    """Card and Krueger 1994: New Jersey 20.44 to 21.03, Pennsylvania 23.33 to 21.17."""
    assert round(difference_in_differences(20.44, 21.03, 23.33, 21.17), 2) == 2.75
