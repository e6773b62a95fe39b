"""Charts of many authorities: a strip of all, England's distribution, a few side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from goldthread.core.benchmark.show import shown
from goldthread.core.benchmark.values import Comparison, PeerResult
from goldthread.core.report.charts_style import (
    BLUE,
    PALE,
    TEAL,
    Spec,
    chart,
    line_at,
    values_axis,
)

BINS = 20


class Ranged(Protocol):
    """Anything with a name, a value and its likely range."""

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def own(self) -> bool: ...


def ranked_strip(
    c: Comparison, dots: Sequence[Ranged], title: str, under: str, text: str, narrow: bool
) -> Spec:
    """Many authorities without names, highest first, each with its range; the own one marked."""
    rows = [
        {"at": i, "value": d.value, "low": d.low, "high": d.high, "own": d.own}
        for i, d in enumerate(dots)
    ]
    x = {"field": "at", "type": "quantitative", "axis": None, "scale": {"nice": False}}
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": values_axis(c.unit, narrow, vertical=True),
    }
    colour = {"condition": {"test": "datum.own", "value": BLUE}, "value": PALE}
    width = {"condition": {"test": "datum.own", "value": 5}, "value": 1.5}
    ranges: Spec = {
        "data": {"values": [r for r in rows if r["low"] is not None]},
        "mark": {"type": "rule"},
        "encoding": {
            "x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"},
            "color": colour, "strokeWidth": width,
        },
    }  # fmt: skip
    points: Spec = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "x": x, "y": y, "color": colour,
            "shape": {"condition": {"test": "datum.own", "value": "diamond"}, "value": "circle"},
            "size": {"condition": {"test": "datum.own", "value": 260}, "value": 14},
        },
    }  # fmt: skip
    across = [
        line_at(value, dash, "y")
        for value, dash in ((c.peer_median, [7, 4]), (c.england, [2, 3]))
        if value is not None
    ]
    layers = [*([ranges] if ranges["data"]["values"] else []), points, *across]
    return chart(title, under, text, narrow, 280 if narrow else 340, layers)


def distribution(
    title: str,
    period: str,
    unit: str,
    decimals: int,
    values: Sequence[float],
    quartiles: tuple[float, float, float],
    england: float | None = None,
    narrow: bool = False,
) -> Spec:
    """How many authorities have which result. `values` in shown units, at least two."""
    low, middle, high = (shown(q, unit, decimals, short=True) for q in quartiles)
    finding = f"Half of authorities are between {low} and {high}"
    under = f"{title}, {period}. Dashed line: the middle authority, {middle}."
    if england is not None:
        under += f" Dotted line: England, {shown(england, unit, decimals, short=True)}."
    text = (
        f"Histogram of {len(values)} authorities: {title}, {period}. {finding}; the middle "
        f"authority has {middle}. Lowest: {shown(min(values), unit, decimals, short=True)}. "
        f"Highest: {shown(max(values), unit, decimals, short=True)}."
    )
    lines = [line_at(quartiles[1], [7, 4])]
    if england is not None:
        lines.append(line_at(england, [2, 3]))
    bars: Spec = {
        "data": {"values": bins(values)},
        "mark": {"type": "bar", "color": TEAL, "stroke": "white", "strokeWidth": 1},
        "encoding": {
            "x": {
                "field": "from",
                "type": "quantitative",
                "bin": {"binned": True},
                "scale": {"zero": False, "nice": False},
                "axis": {**values_axis(unit, narrow), "grid": False},
            },
            "x2": {"field": "to"},
            "y": {
                "field": "authorities",
                "type": "quantitative",
                "axis": {"title": "Authorities", "tickMinStep": 1, "format": "d", "tickCount": 5},
            },
        },
    }
    return chart(finding, under, text, narrow, 220 if narrow else 260, [bars, *lines])


def bins(values: Sequence[float], wanted: int = BINS) -> list[Spec]:
    """Equal steps of 1, 2 or 5 times a power of ten over all values, with how many fall in each."""
    least, most = min(values), max(values)
    if least == most:
        return [{"from": least - 0.5, "to": least + 0.5, "authorities": len(values)}]
    step = _round_step((most - least) / wanted)
    first, last = math.floor(least / step), math.floor(most / step)
    counts = [0] * (last - first + 1)
    for value in values:
        counts[math.floor(value / step) - first] += 1
    return [
        {"from": (first + i) * step, "to": (first + i + 1) * step, "authorities": count}
        for i, count in enumerate(counts)
    ]


def _round_step(rough: float) -> float:
    power = float(10 ** math.floor(math.log10(rough)))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.999)


def comparison_plot(
    title: str,
    period: str,
    unit: str,
    decimals: int,
    results: Sequence[PeerResult],
    england: float | None = None,
    narrow: bool = False,
) -> Spec:
    """A few named authorities on one measure, highest first, with their likely ranges."""

    def said(value: float | None) -> str:
        return shown(value, unit, decimals, short=True)

    known = [r for r in results if r.value is not None]
    known.sort(key=lambda r: (-(r.value or 0), r.name))
    finding = _side_title([(r.name, said(r.value)) for r in known])
    under = f"{title}, {period}."
    if any(r.low is not None for r in known):
        under += " Bars show the likely range."
    if england is not None:
        under += f" Dotted line: England, {said(england)}."
    listed = ", ".join(f"{r.name} {said(r.value)}" for r in known)
    text = f"Dot plot: {title}, {period}. {finding}. {listed}."
    across = [] if england is None else [line_at(england, [2, 3])]
    rows = [{"name": r.name, "value": r.value, "low": r.low, "high": r.high} for r in known]
    layers = [*across, *_side_layers(unit, rows, narrow)]
    return chart(finding, under, text, narrow, {"step": 30}, layers)


def _side_title(known: Sequence[tuple[str, str]]) -> str:
    """`known`: names and results as text, highest first."""
    if not known:
        return "None of these authorities has a figure"
    if len(known) == 1:
        return f"Only {known[0][0]} has a figure"
    (top, high), (bottom, low) = known[0], known[-1]
    return f"From {low} ({bottom}) to {high} ({top})"


def _side_layers(unit: str, rows: list[Spec], narrow: bool) -> list[Spec]:
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [r["name"] for r in rows],
        "axis": {
            "title": None,
            "labelLimit": 140 if narrow else 260,
            "domain": False,
            "ticks": False,
            "grid": True,
            "labelOverlap": False,
        },
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {**values_axis(unit, narrow), "grid": False},
    }
    ranges: Spec = {
        "data": {"values": [r for r in rows if r["low"] is not None]},
        "mark": {"type": "rule", "color": BLUE, "strokeWidth": 4},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
    }
    points: Spec = {
        "data": {"values": rows},
        "mark": {
            "type": "point",
            "filled": True,
            "size": 170,
            "color": BLUE,
            "stroke": "white",
            "opacity": 1,
        },
        "encoding": {"x": x, "y": y},
    }
    return [*([ranges] if ranges["data"]["values"] else []), points]
