"""The trend chart: one authority over the years, its peers' middle half, and England."""

from __future__ import annotations

import json
from collections.abc import Sequence

from goldthread.core.benchmark.values import Comparison, Point
from goldthread.core.report import charts_words as words
from goldthread.core.report.charts_style import (
    BLUE,
    GREY,
    TEAL,
    Spec,
    chart,
    values_axis,
)

GAP = 0.055
"""Least distance between the names at the lines' ends, as a share of the plot's height."""


def trend_plot(c: Comparison, name: str, narrow: bool = False, breaks: Sequence[int] = ()) -> Spec:
    """The series with its likely ranges. At each year of `breaks` (else where the trend starts,
    when it has breaks) the lines stop and begin again, and a mark says so."""
    at = tuple(breaks) or _broken(c)
    years = [p.year for p in c.trend.points]
    x = _years(c, years, narrow)
    layers = [
        *_break_marks(at, years, x),
        *_band(c, at, x, narrow),
        *_line(c.trend.england, at, {"strokeDash": [2, 3], "color": GREY}, x),
        *_own(c, at, x),
        *([] if narrow else _names(c, name, x)),
    ]
    under = _under(c, name, bool(at), narrow)
    height = 260 if narrow else 320
    title = words.trend_title(c, name)
    return chart(title, under, words.trend_text(c, name), narrow, height,
                 layers)  # fmt: skip


def _broken(c: Comparison) -> tuple[int, ...]:
    known = [p.year for p in c.trend.points if p.value is not None]
    if not c.trend.breaks or c.trend.starts is None or not known or c.trend.starts <= known[0]:
        return ()
    return (c.trend.starts,)


def _under(c: Comparison, name: str, broken: bool, narrow: bool) -> str:
    parts = [f"{c.title}.", f"Diamonds: {name}" + (", with likely range." if _ranged(c) else ".")]
    if any(p.value is not None for p in c.trend.peers):
        parts.append("Band and dashed line: middle half and median of its peers.")
    if any(p.value is not None for p in c.trend.england):
        parts.append("Dotted line: England.")
    if broken:
        parts.append("Upright line: the figures before and after do not join.")
    return " ".join(parts)


def _ranged(c: Comparison) -> bool:
    return any(p.low is not None for p in c.trend.points)


def _years(c: Comparison, years: Sequence[int], narrow: bool) -> Spec:
    """Years at their distance, under the names that the source gives them."""
    names = {str(p.year): p.period for p in c.trend.points}
    short = {k: v for k, v in names.items() if k in _few(years, 5 if narrow else 10)}
    return {
        "field": "year",
        "type": "quantitative",
        "scale": {"nice": False, "zero": False, "padding": 14},
        "axis": {
            "title": None,
            "values": [int(year) for year in short],
            "labelExpr": f"({json.dumps(short, ensure_ascii=False)})[datum.value]",
            "grid": False,
            "tickMinStep": 1,
        },
    }


def _few(years: Sequence[int], most: int) -> set[str]:
    """The newest year and every so-many-th before it, so that labels never touch."""
    step = -(-len(years) // most) or 1
    return {str(y) for y in list(reversed(years))[::step]}


def _rows(points: Sequence[Point], breaks: Sequence[int]) -> list[Spec]:
    """Known points with the number of their run: a gap or a break begins a new one."""
    rows, run, last = [], 0, None
    for p in points:
        if p.value is None:
            continue
        if last is not None and (p.year != last + 1 or p.year in breaks):
            run += 1
        last = p.year
        rows.append({"year": p.year, "value": p.value, "low": p.low, "high": p.high, "run": run})
    return rows


def _y(c: Comparison, narrow: bool) -> Spec:
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": values_axis(c.unit, narrow, vertical=True),
    }


def _band(c: Comparison, breaks: Sequence[int], x: Spec, narrow: bool) -> list[Spec]:
    rows = [r for r in _rows(c.trend.peers, breaks) if r["low"] is not None]
    y = _y(c, narrow)
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "area", "color": TEAL, "opacity": 0.22},
            "encoding": {
                "x": x,
                "y": {**y, "field": "low"},
                "y2": {"field": "high"},
                "detail": {"field": "run"},
            },
        }
    ]
    return layers + _line(c.trend.peers, breaks, {"strokeDash": [7, 4], "color": TEAL}, x, y)


def _line(
    points: Sequence[Point], breaks: Sequence[int], look: Spec, x: Spec, y: Spec | None = None
) -> list[Spec]:
    rows = _rows(points, breaks)
    if not rows:
        return []
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2, **look},
            "encoding": {
                "x": x,
                "y": y or {"field": "value", "type": "quantitative"},
                "detail": {"field": "run"},
            },
        }
    ]


def _own(c: Comparison, breaks: Sequence[int], x: Spec) -> list[Spec]:
    rows = _rows(c.trend.points, breaks)
    y = {"field": "value", "type": "quantitative"}
    ranges: Spec = {
        "data": {"values": [r for r in rows if r["low"] is not None]},
        "mark": {"type": "rule", "color": BLUE, "strokeWidth": 2.5, "opacity": 0.55},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    points: Spec = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "shape": "diamond", "size": 150, "color": BLUE,
                 "opacity": 1},
        "encoding": {"x": x, "y": y},
    }  # fmt: skip
    line = _line(c.trend.points, breaks, {"color": BLUE, "strokeWidth": 2.5}, x)
    return [*([ranges] if ranges["data"]["values"] else []), *line, points]


def _break_marks(breaks: Sequence[int], years: Sequence[int], x: Spec) -> list[Spec]:
    rows = [{"year": b - 0.5} for b in breaks if years and years[0] < b <= years[-1]]
    if not rows:
        return []
    mark = {"type": "rule", "color": GREY, "strokeWidth": 1}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x}}]


def _names(c: Comparison, name: str, x: Spec) -> list[Spec]:
    """Each line's name beside its newest point, pushed apart where they would overlap."""
    series = ((name, c.trend.points), ("Peers", c.trend.peers), ("England", c.trend.england))
    ends = [
        (label, known[-1].year, known[-1].value or 0.0)
        for label, points in series
        if (known := [p for p in points if p.value is not None])
    ]
    if not ends:
        return []
    heights = _apart([value for _, _, value in ends], GAP * _extent(c))
    rows = [
        {"year": year, "value": height, "label": label[:24]}
        for (label, year, _), height in zip(ends, heights, strict=True)
    ]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "text", "align": "left", "dx": 12, "clip": False},
            "encoding": {
                "x": x,
                "y": {"field": "value", "type": "quantitative"},
                "text": {"field": "label"},
            },
        }
    ]


def _extent(c: Comparison) -> float:
    shown = [
        v
        for p in (*c.trend.points, *c.trend.peers, *c.trend.england)
        for v in (p.value, p.low, p.high)
        if v is not None
    ]
    return (max(shown) - min(shown)) or 1.0


def _apart(values: Sequence[float], gap: float) -> list[float]:
    """The values, moved up as little as keeps `gap` between each and the next lower."""
    placed: dict[int, float] = {}
    floor = float("-inf")
    for i in sorted(range(len(values)), key=lambda i: values[i]):
        placed[i] = max(values[i], floor)
        floor = placed[i] + gap
    return [placed[i] for i in range(len(values))]
