"""Charts as Vega-Lite dicts, made from comparisons alone.

Every function takes `narrow` for a picture that can be read on a telephone, and gives
`description`, the alternative text, from the comparison's own sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from goldthread.core.benchmark.values import Comparison, Funnel
from goldthread.core.report import charts_words as words
from goldthread.core.report.charts_spread import comparison_plot, distribution, ranked_strip
from goldthread.core.report.charts_style import (
    BLUE,
    GREY,
    PALE,
    TEAL,
    Spec,
    chart,
    line_at,
    quoted,
    values_axis,
)
from goldthread.core.report.charts_trend import trend_plot

__all__ = ["comparison_plot", "distribution", "dot_plot", "funnel_plot", "trend_plot"]

MOST_ROWS = 25
"""With more peers than this, names no longer fit: a strip of bars is drawn instead."""


class Dot(NamedTuple):
    """One row of a dot plot, in shown units."""

    name: str
    value: float
    low: float | None
    high: float | None
    own: bool


def dot_plot(c: Comparison, name: str, narrow: bool = False) -> Spec:
    """The authority and each peer with a figure, highest first, with their likely ranges."""
    dots = _dots(c, name)
    title = words.beside_title(c, name)
    text = words.beside_text(c, name, [(d.name, d.value) for d in dots])
    if len(dots) > MOST_ROWS:
        under = _key(c, f"Filled bar with a diamond: {name}; the others, highest first.")
        return ranked_strip(c, dots, title, under, text, narrow)
    under = _key(c, f"Diamond: {name}. Dots: its peers.")
    return chart(title, under, text, narrow, {"step": 26}, _dot_layers(c, dots, narrow))


def _key(c: Comparison, marks: str) -> str:
    parts = (words.measure_line(c), marks, words.bars_key(c), words.lines_key(c))
    return " ".join(p for p in parts if p)


def _dots(c: Comparison, name: str) -> list[Dot]:
    found = [Dot(p.name, p.value, p.low, p.high, False) for p in c.peers if p.value is not None]
    if c.value is not None:
        found.append(Dot(name, c.value, c.low, c.high, True))
    return sorted(found, key=lambda d: (-d.value, d.name))


def _dot_layers(c: Comparison, dots: list[Dot], narrow: bool) -> list[Spec]:
    rows = [d._asdict() for d in dots]
    own = next((d.name for d in dots if d.own), "")
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [d.name for d in dots],
        "axis": {
            "title": None,
            "labelLimit": 140 if narrow else 260,
            "domain": False,
            "ticks": False,
            "grid": True,
            "labelOverlap": False,
            "labelFontWeight": {
                "condition": {"test": f"datum.value === {quoted(own)}", "value": "bold"},
                "value": "normal",
            },
        },
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {**values_axis(c.unit, narrow), "grid": False},
    }
    colour = {"condition": {"test": "datum.own", "value": BLUE}, "value": PALE}
    ranges: Spec = {
        "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
        "mark": {"type": "rule", "strokeCap": "butt"},
        "encoding": {
            "x": {**x, "field": "low"},
            "x2": {"field": "high"},
            "y": y,
            "color": colour,
            "strokeWidth": {"condition": {"test": "datum.own", "value": 5}, "value": 2.5},
        },
    }
    points: Spec = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": "white"},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "shape": {"condition": {"test": "datum.own", "value": "diamond"}, "value": "circle"},
            "size": {"condition": {"test": "datum.own", "value": 260}, "value": 110},
        },
    }
    rowed = [{"data": {"values": rows}, **layer} for layer in (ranges, points)]
    return [*_across(c), *rowed]


def _across(c: Comparison) -> list[Spec]:
    lines = ((c.peer_median, [7, 4]), (c.england, [2, 3]))
    return [line_at(value, dash) for value, dash in lines if value is not None]


def funnel_plot(
    funnel: Funnel,
    measure: str,
    unit: str,
    decimals: int,
    counted: str,
    own: str = "",
    peers: tuple[str, ...] = (),
    narrow: bool = False,
) -> Spec:
    """Every authority's result by how much was counted, with the limits. `own` and `peers` are DfE
    codes to mark; `counted` says what the sizes count."""
    marked = next((p for p in funnel.points if p.code == own), None)
    where = words.position(funnel, marked) if marked else "unknown"
    title = words.funnel_title(marked.name if marked else "", where)
    key = [f"{measure}."]
    if marked:
        key.append(f"Diamond: {marked.name}. Filled dots: its peers. Rings: all others.")
    key.append("Dashed lines: 95% limits; solid lines: 99.8% limits; middle line: all together.")
    text = words.funnel_text(title, measure, funnel, marked, unit, decimals)
    layers = [*_limits(funnel), *_scatter(funnel, own, set(peers))]
    _set_axes(layers, unit, counted, narrow)
    return chart(title, " ".join(key), text, narrow, 300 if narrow else 380, layers)


def _limits(funnel: Funnel) -> list[Spec]:
    lines = (
        (funnel.low95, [5, 4]), (funnel.high95, [5, 4]),
        (funnel.low998, [1, 0]), (funnel.high998, [1, 0]),
        (tuple(funnel.target for _ in funnel.sizes), [1, 0]),
    )  # fmt: skip
    return [
        {
            "data": {
                "values": [
                    {"n": round(n, 1), "value": round(v, 3)}
                    for n, v in zip(funnel.sizes, line, strict=True)
                ]
            },
            "mark": {"type": "line", "color": GREY, "strokeWidth": 1.2, "strokeDash": dash},
        }
        for line, dash in lines
    ]


def _scatter(funnel: Funnel, own: str, peers: set[str]) -> list[Spec]:
    def rows(wanted: str) -> list[Spec]:
        return [
            {"n": p.n, "value": round(p.value, 4)}
            for p in funnel.points
            if wanted == _kind(p.code, own, peers)
        ]

    marks = (
        ("other", {"shape": "circle", "filled": False, "size": 38, "color": PALE}),
        ("peer", {"shape": "circle", "filled": True, "size": 75, "color": TEAL}),
        ("own", {"shape": "diamond", "filled": True, "size": 300, "color": BLUE}),
    )
    return [
        {
            "data": {"values": rows(kind)},
            "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.2, **mark},
        }
        for kind, mark in marks
        if rows(kind)
    ]


def _kind(code: str, own: str, peers: set[str]) -> str:
    if code == own:
        return "own"
    return "peer" if code in peers else "other"


def _set_axes(layers: list[Spec], unit: str, counted: str, narrow: bool) -> None:
    x = {
        "field": "n",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False},
        "axis": {
            "title": f"Number of {counted}" if counted else "Number counted",
            "format": ",d",
            "tickCount": 4 if narrow else 8,
            "grid": False,
            "titleLimit": 300 if narrow else 600,
        },
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": values_axis(unit, narrow, vertical=True),
    }
    for layer in layers:
        layer["encoding"] = {"x": x, "y": y}
