"""How a measure moved over the years, and whether that is more than chance (methods e)."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from goldthread.core.benchmark.cells import MISSING, Cell, Years
from goldthread.core.benchmark.values import Point, Trend
from goldthread.core.measures.definition import Measure
from goldthread.core.places import ENGLAND
from goldthread.core.stats import five_point_trend, xmr

FIVE = 5
FEWEST_FOR_LIMITS = 6
SETTLED_LIMITS = 12


def trend(
    measure: Measure,
    years: Years,
    area: str,
    peers: Sequence[str],
    wording: dict[str, str],
    expected_next: float | None = None,
) -> Trend:
    """The series of `area` with its peers' quartile band and England's, oldest year first."""
    order = sorted(years)
    points = tuple(point(y, years[y].get(area, MISSING)) for y in order)
    starts = _start(measure, order)
    run = _unbroken([p for p in points if starts is None or p.year >= starts])
    direction, sentence = _said(measure, run, wording)
    return Trend(
        direction,
        sentence,
        points,
        run[0].year if run else None,
        tuple(b.text for b in measure.breaks if b.year in order),
        tuple(_band(y, years[y], peers) for y in order),
        tuple(point(y, years[y].get(ENGLAND, MISSING)) for y in order),
        expected_next,
    )


def point(year: int, cell: Cell) -> Point:
    return Point(
        year, cell.period or str(year), cell.value, cell.low, cell.high, cell.status, cell.note
    )


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile (type 7). Needs two values or more."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def _band(year: int, cells: dict[str, Cell], peers: Sequence[str]) -> Point:
    values = [c.value for p in peers if (c := cells.get(p)) and c.value is not None]
    if len(values) < 3:
        return Point(year, str(year), None, None, None, MISSING.status)
    low, middle, high = quartiles(values)
    return Point(year, str(year), middle, low, high, "ok")


def _start(measure: Measure, order: Sequence[int]) -> int | None:
    breaks = [b.year for b in measure.breaks if b.year in range(min(order), max(order) + 1)]
    return max(breaks) if breaks else None


def _unbroken(points: list[Point]) -> list[Point]:
    """The known points, ending with the newest year."""
    return [p for p in points if p.value is not None]


def _said(measure: Measure, run: list[Point], wording: dict[str, str]) -> tuple[str, str]:
    if measure.kind in ("answer", "words"):
        return "cannot tell", wording["trend.not-tested"]
    return _counted(run, wording) if measure.counted else _uncounted(run, wording)


def _counted(run: list[Point], wording: dict[str, str]) -> tuple[str, str]:
    if len(run) < FIVE:
        return "cannot tell", wording["trend.too-short"].format(years=len(run))
    last = run[-FIVE:]
    rows = [(p.value or 0.0, p.low or 0.0, p.high or 0.0) for p in last]  # all known: see `run`
    found = five_point_trend(*zip(*rows, strict=True)).direction
    rule = {"rising": "trend.rising", "falling": "trend.falling"}.get(found, "trend.none")
    return found, wording[rule]


def _uncounted(run: list[Point], wording: dict[str, str]) -> tuple[str, str]:
    """Without counts only the series itself can say what is usual for it: an XmR chart."""
    if len(run) < FEWEST_FOR_LIMITS:
        return "cannot tell", wording["trend.no-test"].format(years=len(run))
    values = [p.value for p in run if p.value is not None]
    # Limits from the years before the newest, else the newest widens what it is judged by.
    earlier = xmr(values[:-1]) if len(values) > FEWEST_FOR_LIMITS else xmr(values)
    period = run[-1].period
    if values[-1] > earlier.high:
        return "rising", wording["trend.signal-above"].format(period=period)
    if values[-1] < earlier.low:
        return "falling", wording["trend.signal-below"].format(period=period)
    rule = "trend.in-range" if len(values) >= SETTLED_LIMITS else "trend.in-range.trial"
    return "no clear trend", wording[rule].format(period=period, years=len(values))
