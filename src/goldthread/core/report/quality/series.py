"""An authority's figures month by month, and whether they have moved (methods, e).

A month with fewer than 5 audits joins the next; what is left at the end joins the last point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from goldthread.core.measures.counting import Count
from goldthread.core.report.quality.figures import FEWEST
from goldthread.core.stats import XmrChart, xmr
from goldthread.core.stats.spc import FEWEST as FEWEST_POINTS
from goldthread.core.stats.spc import SETTLED

MONTHS = 36
"""How far back the pictures go."""
_numbers = attrgetter(*(f.name for f in fields(Count) if f.name != "measure"))


@dataclass(frozen=True)
class Point:
    """One month or several joined; `first`, `last`: their first days. `joined`: lead auditors who
    signed here for the first time; `left`: those who signed last at the point before."""

    first: dt.date
    last: dt.date
    count: Count
    joined: int = 0
    left: int = 0

    @property
    def label(self) -> str:
        """“November 2026”, “October to November 2026”, “December 2025 to January 2026”."""
        if self.first == self.last:
            return f"{self.last:%B %Y}"
        start = "%B" if self.first.year == self.last.year else "%B %Y"
        return f"{self.first.strftime(start)} to {self.last:%B %Y}"

    @property
    def short(self) -> str:
        """“Nov 26”, of its last month."""
        return f"{self.last:%b %y}"

    @property
    def roster(self) -> str:
        """Who came and went, in numbers; empty when nobody did."""
        parts = ((self.joined, "began"), (self.left, "stopped"))
        said = [f"{n} lead auditor{'' if n == 1 else 's'} {did}" for n, did in parts if n]
        return ", ".join(said)


def total(counts: Iterable[Count], measure: str) -> Count:
    """All of them as one."""
    columns = zip(*map(_numbers, counts), strict=True)
    return Count(measure, *map(sum, columns))


def points(months: Mapping[dt.date, Count]) -> tuple[Point, ...]:
    """Months (first days) of one measure, joined until each point has FEWEST audits that count."""
    found: list[Point] = []
    first, waiting = None, None
    for month, count in sorted(months.items()):
        first = first or month
        waiting = total((waiting, count), count.measure) if waiting else count
        if waiting.n >= FEWEST:
            found.append(Point(first, month, waiting))
            first, waiting = None, None
    if waiting and waiting.n and found:
        last = found.pop()
        count = total((last.count, waiting), waiting.measure)
        found.append(Point(last.first, max(months), count))
    return tuple(found)


def with_roster(
    found: Sequence[Point], auditors: Mapping[dt.date, Iterable[int]]
) -> tuple[Point, ...]:
    """The points with how many lead auditors began and stopped. `auditors`: month -> who led.

    Who is new at the first point, and who is missing at the last alone, says nothing yet.
    """
    active = [
        {who for month, people in auditors.items() if p.first <= month <= p.last for who in people}
        for p in found
    ]
    shown: list[Point] = []
    for i, point in enumerate(found):
        earlier = set().union(*active[:i]) if i else active[i]
        since = set().union(*active[i:])
        gone = len(active[i - 1] - since) if 0 < i < len(found) - 1 else 0
        new = len(active[i] - earlier)
        shown.append(Point(point.first, point.last, point.count, new, gone))
    return tuple(shown)


def index_of(point: Point) -> float:
    """Mean quality index of a point, 0 to 100."""
    return point.count.total / point.count.n / 10


def control(found: Sequence[Point]) -> XmrChart | None:
    """The XmR chart of the points' indexes; the first 12 are the base once there are more."""
    if not found:
        return None
    values = [index_of(point) for point in found]
    return xmr(values, baseline=SETTLED if len(values) > SETTLED else None)


RULES = {
    "same side": "from {first} to {last} every point lies on the same side of the usual level",
    "trend": "from {first} to {last} each point is further one way than the one before",
    "outside": "{when} lies outside the usual range",
    "two of three": "from {first} to {last} two of three points lie far from the usual level",
}
"""In the order in which they are said where several fired: what goes on comes first."""


def said(chart: XmrChart | None, found: Sequence[Point]) -> str:
    """What the chart says, in one or two sentences."""
    if chart is None:
        return "There are too few audits for a single point."
    if chart.status == "no limits":
        need = FEWEST_POINTS - len(found)
        return (
            f"{len(found)} {'point' if len(found) == 1 else 'points'}: too few to say what is "
            f"usual. {need} more will show it."
        )
    trial = " Trial limits: fewer than 12 points." if chart.status == "trial limits" else ""
    if not chart.signals:
        return f"No more than the usual ups and downs since {found[0].label}.{trial}"
    newest = max(signal.last for signal in chart.signals)
    told = min(
        (s for s in chart.signals if s.last == newest), key=lambda s: tuple(RULES).index(s.rule)
    )
    names = {
        "when": found[told.last].label, "first": found[told.first].label,
        "last": found[told.last].label,
    }  # fmt: skip
    finding = RULES[told.rule].format(**names)
    return f"It has moved: {finding}.{trial}"
