"""Change over a few published years: the five-point rule, one change point, difference in
differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .inputs import Floats, vector

Direction = Literal["rising", "falling", "no clear trend", "cannot tell"]
DIRECTIONS: tuple[Direction, ...] = ("rising", "falling", "no clear trend", "cannot tell")
POINTS = 5
CHI2_LIMIT = 9.54953570608324
"""The 99.8% point of chi-squared with one degree of freedom, as Fingertips writes it."""
INTERVAL_WIDTH = 3.92
MINIMUM_SEGMENT = 6


@dataclass(frozen=True)
class FivePointTrend:
    """Direction of the last five points, weighted slope a period, and its chi-squared.

    Slope and chi-squared are nan when nothing can be told.
    """

    direction: Direction
    slope: float
    chi2: float


class FivePointTrends(NamedTuple):
    """As `FivePointTrend`, for many units: positions in `DIRECTIONS`, slopes, chi-squared."""

    direction: NDArray[np.int8]
    slope: Floats
    chi2: Floats


@dataclass(frozen=True)
class ChangePoint:
    """How many observations come before the change, and the mean before and after it."""

    index: int
    before: float
    after: float


def _last_points(usable: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Columns of the last five usable points of each row, oldest first."""
    order = np.argsort(usable, axis=1, kind="stable")
    return order[:, -POINTS:]


def _slopes(y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Weighted least squares slope against 1..5 and its precision; weight 0 leaves a point out."""
    t = np.arange(1.0, y.shape[-1] + 1)
    total, s_t, s_y = w.sum(-1), w @ t, (w * y).sum(-1)
    determinant = total * (w @ t**2) - s_t**2
    slope = (total * ((w * y) @ t) - s_t * s_y) / determinant
    return slope, determinant / total


def five_point_trends(values: ArrayLike, lows: ArrayLike, highs: ArrayLike) -> FivePointTrends:
    """The Fingertips recent-trend rule for many units at once.

    `values`, `lows`, `highs`: units x periods, oldest first, nan where missing; 95% limits. The
    last five points with a value and an interval of some width are used, equally spaced. Weights
    are 1/SE^2 with SE = (high-low)/3.92. A trend needs chi-squared above 9.5495 and one sign in
    the slope and all five leave-one-out slopes (OHID, TrendMarkerCalculator).
    """
    y, low, high = (np.asarray(a, dtype=np.float64) for a in (values, lows, highs))
    if y.ndim != 2 or y.shape != low.shape or y.shape != high.shape:
        raise ValueError("values, lows and highs must be tables of one shape: units x periods.")
    with np.errstate(invalid="ignore"):
        usable = np.isfinite(y) & np.isfinite(low) & np.isfinite(high) & (high > low)
    told = usable.sum(1) >= POINTS
    direction = np.full(y.shape[0], DIRECTIONS.index("cannot tell"), dtype=np.int8)
    slope, chi2 = np.full(y.shape[0], np.nan), np.full(y.shape[0], np.nan)
    if told.any():
        columns = _last_points(usable[told])
        y, low, high = (np.take_along_axis(a[told], columns, axis=1) for a in (y, low, high))
        weights = (INTERVAL_WIDTH / (high - low)) ** 2
        slope[told], precision = _slopes(y, weights)
        chi2[told] = slope[told] ** 2 * precision
        left_out = weights[:, None, :] * (1 - np.eye(POINTS))
        falls = (_slopes(y[:, None, :], left_out)[0] < 0).sum(1) + (slope[told] < 0)
        clear = (chi2[told] > CHI2_LIMIT) & ((falls == 0) | (falls == POINTS + 1))
        rises = slope[told] > 0
        direction[told] = np.where(clear, np.where(rises, 0, 1), DIRECTIONS.index("no clear trend"))
    return FivePointTrends(direction, slope, chi2)


def five_point_trend(values: ArrayLike, lows: ArrayLike, highs: ArrayLike) -> FivePointTrend:
    """The Fingertips recent-trend rule for one unit; rows oldest first, nan where missing."""
    rows = [np.atleast_2d(np.asarray(a, dtype=np.float64)) for a in (values, lows, highs)]
    trends = five_point_trends(*rows)
    return FivePointTrend(
        DIRECTIONS[int(trends.direction[0])], float(trends.slope[0]), float(trends.chi2[0])
    )


def change_point(values: ArrayLike) -> ChangePoint | None:
    """The one most likely change of mean, or None when no change earns its place.

    Least squares over all places with at least 6 observations each side; kept when it lowers the
    Bayesian information criterion by paying for two parameters, the place and the second mean.
    Say "may have changed around": it is never proof. Fewer than 12 observations give None.
    """
    y = vector("values", values)
    n = y.size
    if n < 2 * MINIMUM_SEGMENT:
        return None
    y = y - y.mean()
    at = np.arange(MINIMUM_SEGMENT, n - MINIMUM_SEGMENT + 1)
    sums = np.cumsum(y)[at - 1]
    whole = float(y @ y)
    gains = sums**2 * n / (at * (n - at))
    best = int(np.argmax(gains))
    rest = max(whole - float(gains[best]), 0.0)
    if whole <= 0 or n * np.log(max(rest / whole, 1e-300)) + 2 * np.log(n) >= 0:
        return None
    index, original = int(at[best]), vector("values", values)
    return ChangePoint(index, float(original[:index].mean()), float(original[index:].mean()))


def difference_in_differences(
    treated_before: float, treated_after: float, control_before: float, control_after: float
) -> float:
    """(T1 - T0) - (C1 - C0): the change beyond the change of those left as they were."""
    return (treated_after - treated_before) - (control_after - control_before)
