"""The XmR chart: has a monthly series moved beyond its usual wobble? (methods, e)

Limits and rules of NHS England's Making Data Count: 2.66 mean moving ranges, ranges above 3.267
times their mean left out once, four rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .inputs import Floats, vector

Rule = Literal["outside", "same side", "trend", "two of three"]
Status = Literal["no limits", "trial limits", "limits"]
Flags = NDArray[np.bool_]

SCALE, SCREEN = 2.66, 3.267
RUN = 7
FEWEST, SETTLED = 6, 12
"""Below 6 points there are no limits; below 12 they are trial limits."""


class Signal(NamedTuple):
    """A rule that fired and the first and last point (from 0) it covers."""

    rule: Rule
    first: int
    last: int


@dataclass(frozen=True)
class XmrChart:
    """Mean, natural process limits and signals; limits are nan while there are too few points.

    Unpacks and counts as (mean, low, high, signals).
    """

    mean: float
    low: float
    high: float
    signals: tuple[Signal, ...]
    status: Status

    def __iter__(self) -> Iterator[Any]:
        return iter((self.mean, self.low, self.high, self.signals))

    def __getitem__(self, place: int) -> Any:
        return tuple(self)[place]


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def seven_point_trend(values: ArrayLike) -> NDArray[np.int8]:
    """1 or -1 at each point that ends seven rising or falling points in a row, else 0."""
    steps = np.sign(np.diff(np.asarray(values, dtype=np.float64)))
    out = np.zeros(steps.size + 1 if np.size(values) else 0, dtype=np.int8)
    for sign in (1, -1):
        for first, last in _runs(steps == sign):
            out[first + RUN - 1 : last + 2] = sign
    return out


def two_of_three(beyond: ArrayLike, side: ArrayLike) -> Flags:
    """Points in any three in a row, all on one side of the mean, of which two lie far out.

    `beyond` is true where a point lies more than two sigma out; `side` is -1, 0 or 1.
    """
    far, where = np.asarray(beyond).astype(bool), np.asarray(side)
    out = np.zeros(far.size, dtype=np.bool_)
    for i in range(far.size - 2):
        if far[i : i + 3].sum() >= 2 and abs(where[i : i + 3].sum()) == 3:
            out[i : i + 3] = True
    return out


def _signals(y: Floats, mean: float, half: float) -> tuple[Signal, ...]:
    side = np.sign(y - mean)
    found = [Signal("outside", int(i), int(i)) for i in np.flatnonzero(np.abs(y - mean) > half)]
    for sign in (-1, 1):
        same = [run for run in _runs(side == sign) if run[1] - run[0] + 1 >= RUN]
        found += [Signal("same side", *run) for run in same]
        steps = _runs(np.sign(np.diff(y)) == sign)
        found += [Signal("trend", a, b + 1) for a, b in steps if b - a + 2 >= RUN]
    far = np.abs(y - mean) > 2 * half / 3
    found += [Signal("two of three", *run) for run in _runs(two_of_three(far, side))]
    return tuple(sorted(found, key=lambda signal: (signal.first, signal.last, signal.rule)))


def xmr(values: ArrayLike, screen: bool = True, baseline: int | None = None) -> XmrChart:
    """Individuals chart of one series, oldest first.

    Mean and limits come from the first `baseline` points (12 is the house rule for a running
    chart), or from all when it is None. `screen` leaves out moving ranges of 3.267 times their
    mean or more, once. No limits and no signals below 6 points.
    """
    y = vector("values", values)
    if baseline is not None and baseline < FEWEST:
        raise ValueError(f"baseline must be at least {FEWEST} points: got {baseline}.")
    base = y[:baseline]
    mean = float(base.mean())
    if base.size < FEWEST:
        return XmrChart(mean, float("nan"), float("nan"), (), "no limits")
    ranges = np.abs(np.diff(base))
    if screen and ranges.any():
        ranges = ranges[ranges < SCREEN * ranges.mean()]
    half = SCALE * float(ranges.mean())
    status: Status = "trial limits" if base.size < SETTLED else "limits"
    return XmrChart(mean, mean - half, mean + half, _signals(y, mean, half), status)
