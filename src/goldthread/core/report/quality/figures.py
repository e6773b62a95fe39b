"""Rates and means of an authority's audits, each with its number and its interval (methods, a).

The plan is the unit. *Process*: how this authority writes plans, whatever it holds now. *Stock*:
the plans it holds, of which the audited ones are a known share. In both, how strict the few people
are who audit does not average out over plans, so their spread is a floor under the variance (a.6).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scipy import special

from goldthread.core.measures.counting import Count
from goldthread.core.stats import Interval, newcombe_difference
from goldthread.core.stats.survey import ALL_OR_NONE_PENALTY

FEWEST = 5
"""Audits below which no figure is shown (fair use)."""
AUDITOR_SPREAD = 0.05
"""Standard deviation of strictness between auditors, as a share of the whole scale, until it is
measured: a starting guess (methods, 5); the first audit cycle with double marks replaces it."""
CLEAR = 1.959963984540054
"""Standard errors that make 95%."""
MOST_MORE = 2000
"""Further audits above which it is of no use to say how many would settle a question."""


@dataclass(frozen=True)
class Auditors:
    """Who led the audits: number of a person -> audits. Empty where nobody knows (past audits).

    `spread`: standard deviation of strictness between auditors, 0 to 1 of the scale.
    """

    audits: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    spread: float = AUDITOR_SPREAD

    @property
    def shares(self) -> dict[int, float]:
        total = sum(self.audits.values())
        return {who: n / total for who, n in self.audits.items()} if total else {}

    @property
    def effective(self) -> float:
        """As many equally busy auditors would leave as much of their strictness; 0: not known."""
        return 1 / sum(s * s for s in self.shares.values()) if self.audits else 0.0

    @property
    def variance(self) -> float:
        """What their strictness adds to the variance of a mean of 0 to 1 (a.6)."""
        return self.spread**2 * sum(s * s for s in self.shares.values())


NOBODY = Auditors()


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate in per cent, or a mean of 0 to 100, with its 95% interval.

    All three are None below FEWEST audits. `met` of `n`: for rates. `auditors_limit`: most of the
    uncertainty is that few people audit.
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    met: int | None = None
    auditors_limit: bool = False

    @property
    def known(self) -> bool:
        return self.value is not None


def rate(
    met: int, n: int, auditors: Auditors = NOBODY, population: int | None = None
) -> Figure:  # fmt: skip
    """Share of `n` audits that met something, with Wilson's interval on the effective n (a.5, a.6).

    `population`: how many plans there are, for *stock*; None for *process*.
    """
    if n < FEWEST:
        return Figure(n)
    p = met / n
    # Where all or none met it the spread cannot be seen; half a plan either way stands in for it.
    between = p if 0 < met < n else (met + 0.5) / (n + 1)
    chance = between * (1 - between) / n * _left(n, population)
    if not 0 < met < n:
        chance *= ALL_OR_NONE_PENALTY
    variance = chance + auditors.variance
    interval = _around(p, between, variance)
    return Figure(
        n, 100 * p, 100 * interval.low, 100 * interval.high, met,
        auditors_limit=auditors.variance > chance,
    )  # fmt: skip


def _left(n: int, population: int | None) -> float:
    """The share of the variance that is left when n of a finite population were audited."""
    if population is None:
        return 1.0
    return max(population - n, 0) / max(population - 1, 1)


def _around(p: float, between: float, variance: float) -> Interval:
    if variance == 0:  # every plan was audited, and by nobody in particular
        return Interval(p, p)
    return _wilson(p, between * (1 - between) / variance)


def _wilson(p: float, n: float) -> Interval:
    """Wilson's limits of a share p of n, as `core.stats.wilson`; without arrays, for a page asks
    for some two hundred of them."""
    z2 = CLEAR**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = CLEAR / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low = 0.0 if p == 0 else centre - half
    return Interval(low, 1.0 if p == 1 else centre + half)


def mean(
    count: Count, auditors: Auditors = NOBODY, population: int | None = None
) -> Figure:  # fmt: skip
    """Mean index (or theme, or agency) of audits, 0 to 100, with Student's interval.

    `count`: totals in tenths of a point, as in `core/measures/counting.Count`.
    """
    n = count.n
    if n < FEWEST:
        return Figure(n)
    value = count.total / n / 10
    spread = max(count.squares - count.total**2 / n, 0.0) / (n - 1) / 100
    chance = spread / n * _left(n, population)
    floor = auditors.variance * 100**2
    half = float(special.stdtrit(n - 1, 0.975)) * math.sqrt(chance + floor)
    return Figure(
        n, value, max(value - half, 0.0), min(value + half, 100.0), auditors_limit=floor > chance
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A rate against an earlier one: difference in points of a hundred, and its interval.

    `more`: further audits that would settle it if both rates stayed as they are; None when it is
    settled, or when MOST_MORE would not do.
    """

    points: float
    low: float
    high: float
    more: int | None = None

    @property
    def clear(self) -> bool:
        return self.low > 0 or self.high < 0


def change(
    now: tuple[int, int], before: tuple[int, int], by_now: Auditors = NOBODY,
    by_before: Auditors = NOBODY,
) -> Change | None:  # fmt: skip
    """`now`, `before`: met and n of two periods. None where either has fewer than FEWEST audits.

    The same auditors are as strict in both, so only the change of their shares counts as theirs.
    """
    if min(now[1], before[1]) < FEWEST:
        return None
    floor = _floor(by_now, by_before)
    low, high = _difference(now, before, floor)
    points = now[0] / now[1] - before[0] / before[1]
    more = None if low > 0 or high < 0 else _settles(now, before, floor)
    return Change(100 * points, 100 * low, 100 * high, more)


def _floor(now: Auditors, before: Auditors) -> float:
    a, b = now.shares, before.shares
    return now.spread**2 * sum((a.get(who, 0.0) - b.get(who, 0.0)) ** 2 for who in {*a, *b})


def _difference(now: tuple[float, float], before: tuple[int, int], floor: float) -> Interval:
    """Newcombe's limits, each moved out by the auditors' part (square and add)."""
    d = now[0] / now[1] - before[0] / before[1]
    low, high = newcombe_difference(now[0], now[1], before[0], before[1])
    wide = CLEAR * math.sqrt(floor)
    return Interval(d - math.hypot(d - low, wide), d + math.hypot(high - d, wide))


def _settles(now: tuple[int, int], before: tuple[int, int], floor: float) -> int | None:
    """The fewest further audits at the present rate with which the difference would be clear."""

    def clear(more: int) -> bool:
        n = now[1] + more
        low, high = _difference((now[0] / now[1] * n, n), before, floor)
        return low > 0 or high < 0

    if not clear(MOST_MORE):
        return None
    few, enough = 0, MOST_MORE
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if clear(middle) else (middle, enough)
    return enough


def rounded_up(number: int) -> int:
    """A number of audits as one would say it: 7, 40, 230."""
    step = 1 if number <= 10 else 10
    return math.ceil(number / step) * step
