"""Charts in a report, each with the table that says the same in words and numbers."""

from __future__ import annotations

from goldthread.core.benchmark.show import number
from goldthread.core.benchmark.values import Comparison, PeerResult, Point
from goldthread.core.report import cells, charts
from goldthread.core.report.blocks import Column, Picture, Table

FEWEST_POINTS = 3
"""Two points make a line, which looks like a trend and is none."""
MOST_ROWS = 25
"""Peers listed one by one; of more than these the quartiles are listed."""


def can_show_peers(c: Comparison) -> bool:
    return c.value is not None and c.text is None and any(p.value is not None for p in c.peers)


def can_show_trend(c: Comparison) -> bool:
    known = [p for p in c.trend.points if p.value is not None]
    return c.text is None and len(known) >= FEWEST_POINTS


def peers(c: Comparison, name: str) -> Picture:
    """The authority among its peers, with everybody's interval."""
    title = f"{c.title}, {c.period}"
    wide, narrow = (charts.dot_plot(c, name, narrow=small) for small in (False, True))
    return Picture(title, wide, narrow, peers_table(c, name))


def trend(c: Comparison, name: str) -> Picture:
    """The authority's own series, with the peers' middle half and England."""
    title = f"{c.title}, year by year"
    wide, narrow = (charts.trend_plot(c, name, narrow=small) for small in (False, True))
    return Picture(title, wide, narrow, trend_table(c, name))


def peers_table(c: Comparison, name: str) -> Table:
    """The authority, its peers (highest first; no figure last), the peers' median, England."""
    columns = (
        Column("Authority"),
        Column(f"Result{_unit(c)}", numeric=True, brief="Result"),
        Column("Likely range", numeric=True),
        Column("Counted", numeric=True),
    )
    return Table(
        f"{c.title}, {c.period}: {name} and its peers",
        columns,
        (
            (name, cells.own(c), cells.likely(c), cells.counted(c)),
            *_peer_rows(c),
            _plain_row(c, "Median of peers", c.peer_median),
            _plain_row(c, "England", c.england),
        ),
    )


def _peer_rows(c: Comparison) -> list[tuple[str, ...]]:
    if len(c.peers) > MOST_ROWS:
        return [
            _plain_row(c, "A quarter of peers are above", c.peer_upper_quartile),
            _plain_row(c, "A quarter of peers are below", c.peer_lower_quartile),
        ]
    ordered = sorted(c.peers, key=lambda p: -(p.value if p.value is not None else float("-inf")))
    return [_peer_row(c, p) for p in ordered]


def _plain_row(c: Comparison, heading: str, value: float | None) -> tuple[str, ...]:
    return (heading, cells.figure(c, value), cells.NOTHING, cells.NOTHING)


def _peer_row(c: Comparison, p: PeerResult) -> tuple[str, ...]:
    if p.value is None:
        return (_without(p.name, p.note or p.status), "", "", "")
    spread = cells.NOTHING
    if p.low is not None and p.high is not None:
        spread = f"{number(p.low, c.decimals)} to {number(p.high, c.decimals)}"
    top = number(p.numerator, 0) if p.numerator is not None else cells.NOTHING
    counted = f"{top} of {number(p.denominator, 0)}" if p.denominator else top
    return (p.name, cells.figure(c, p.value), spread, counted)


def trend_table(c: Comparison, name: str) -> Table:
    """Year by year: the authority, how sure, the peers' median, England."""
    peers_by, england_by = _by_year(c.trend.peers), _by_year(c.trend.england)
    columns = (
        Column("Year"),
        Column(name, numeric=True),
        Column("Likely range", numeric=True),
        Column("Median of peers", numeric=True, brief="Peers"),
        Column("England", numeric=True),
    )
    rows = tuple(
        (
            p.period if p.value is not None else _without(p.period, p.note or p.status),
            "" if p.value is None else cells.figure(c, p.value),
            _spread(c, p),
            cells.figure(c, peers_by.get(p.year)),
            cells.figure(c, england_by.get(p.year)),
        )
        for p in c.trend.points
    )
    return Table(f"{c.title}, year by year{_unit(c)}", columns, rows)


def _without(heading: str, why: str) -> str:
    return f"{heading} (no figure: {why.rstrip('.')})"


def _spread(c: Comparison, p: Point) -> str:
    if p.value is None:
        return ""
    if p.low is None or p.high is None:
        return cells.NOTHING
    return f"{number(p.low, c.decimals)} to {number(p.high, c.decimals)}"


def _by_year(points: tuple[Point, ...]) -> dict[int, float | None]:
    return {p.year: p.value for p in points}


def _unit(c: Comparison) -> str:
    return f" ({c.unit})" if c.unit and not c.unit.startswith("%") else ""
