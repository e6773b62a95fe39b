"""Pictures of agreement, strictness, links and the machine: each beside a table of its numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from goldthread.core.audit.agreement import DEPENDABLE, TENTATIVE, AgreementFound
from goldthread.core.audit.agreement_words import percent, two
from goldthread.core.audit.drift import QuarterOf
from goldthread.core.audit.machine_agreement import MachineRow
from goldthread.core.audit.strictness import Group, Strictness
from goldthread.core.audit.strictness_words import Name, signed
from goldthread.core.framework.framework import Framework
from goldthread.core.report.charts_style import BLUE, GREY, PALE, Spec, chart, line_at
from goldthread.core.report.trust_tables import GROUPS, title_of, together

FAIR = 5
"""With fewer auditors single places are not drawn without names: everybody would know them."""
MOST_NODES = 24
"""With more auditors a picture of links is a knot."""


class Range(NamedTuple):
    """One row of a picture: a name, a value, its likely range; `strong` stands out."""

    name: str
    value: float
    low: float
    high: float
    strong: bool = False


def no_chart() -> Spec:
    """What stands where a picture was asked for and there are too few numbers for one."""
    title = "There are too few numbers for a picture"
    nothing: Spec = {"data": {"values": [{}]}, "mark": {"type": "text", "text": ""}}
    return chart(title, "", f"{title}.", False, 20, [nothing])


def agreement_chart(
    found: AgreementFound, framework: Framework, narrow: bool = False
) -> Spec | None:
    """Alpha of themes, gates and the grade, with the two limits; None where there is none."""
    rows = [
        Range(title_of(row, framework), a.value, a.low, a.high)
        for row in together(found)
        for a in [row.found.alpha]
        if a.value is not None and a.low is not None and a.high is not None
    ]
    if not rows:
        return None
    sure = sum(row.low >= TENTATIVE for row in rows)
    title = f"{sure} of {len(rows)} are sure to lie above {two(TENTATIVE)}"
    under = (
        "Alpha of pairs of blind marks; bars show the likely range. Dotted line: .667, usable with "
        "care. Dashed line: .80, dependable."
    )
    lines = [line_at(TENTATIVE, [2, 3]), line_at(DEPENDABLE, [7, 4])]
    return _ranges(rows, title, under, "Alpha", narrow, lines)


def strictness_chart(
    group: Group, name: Name | None, narrow: bool = False, own: int | None = None
) -> Spec | None:
    """Auditors beside the mean of those they are linked with, strictest first.

    `name` None: without names, and None with fewer than FAIR; `own`: whose place stands out.
    """
    rows = sorted((r for part in group.linked for r in part.rows), key=lambda r: (r.value, r.by))
    if not rows or (name is None and len(rows) < FAIR):
        return None
    ranges = [_auditor(row, place, name, own) for place, row in enumerate(rows, 1)]
    clear = sum(row.clear for row in rows)
    title = (
        f"{clear} of {len(rows)} auditors clearly differ from the others"
        if clear else "Nobody clearly differs from the others"
    )  # fmt: skip
    under = (
        f"{GROUPS.get(group.id, group.id)}. Points of 0 to 3 beside the mean of linked auditors; "
        "left of the line is stricter. Bars show the likely range."
    )
    lines = [line_at(0.0, [7, 4])]
    return _ranges(ranges, title, under, "Points", narrow, lines)


def _auditor(row: Strictness, place: int, name: Name | None, own: int | None) -> Range:
    unnamed = "You" if row.by == own else f"Auditor {place}"
    called = unnamed if name is None else name(row.by)
    strong = row.clear if own is None else row.by == own
    return Range(called, row.value, row.low, row.high, strong)


def quarters_chart(quarters: Sequence[QuarterOf], narrow: bool = False) -> Spec | None:
    """One auditor's quarters in the order of time."""
    if len(quarters) < 2:
        return None
    rows = [
        Range(f"{q.quarter[0]}, quarter {q.quarter[1]}", q.gap, q.low, q.high, bool(q.moved))
        for q in quarters
    ]
    moved = [row.name for row in rows if row.strong]
    title = f"Different in {', '.join(moved)}" if moved else "No clear change over the year"
    under = (
        "Points of 0 to 3 beside the same auditor's usual; left of the line is stricter. Bars show "
        "the likely range."
    )
    return _ranges(rows, title, under, "Points", narrow, [line_at(0.0, [7, 4])])


def machine_chart(rows: Sequence[MachineRow], narrow: bool = False) -> Spec | None:
    """How often the machine's suggestion is the person's blind answer, least often first."""
    ranges = [
        Range(row.criterion, 100 * e.value, 100 * e.low, 100 * e.high)
        for row in rows
        for e in [row.blind.exact]
        if row.state == "measured"
        and e.value is not None
        and e.low is not None
        and e.high is not None
    ]
    if not ranges:
        return None
    ranges.sort(key=lambda r: (r.value, r.name))
    least, most = ranges[0], ranges[-1]
    title = f"From {least.value:.0f}% ({least.name}) to {most.value:.0f}% ({most.name})"
    under = "Blind answers that are the same as the machine's. Bars show the likely range."
    return _ranges(ranges, title, under, "Per cent", narrow, [], 20)


def _ranges(
    rows: Sequence[Range], title: str, under: str, unit: str, narrow: bool, lines: list[Spec],
    step: int = 28,
) -> Spec:  # fmt: skip
    """A row each: a bar for the range, a dot for the value."""
    listed = "; ".join(
        f"{row.name} {_said(row.value, unit)} ({_said(row.low, unit)} to {_said(row.high, unit)})"
        for row in rows
    )
    values = [row._asdict() for row in rows]
    y = {
        "field": "name", "type": "nominal", "sort": [row.name for row in rows],
        "axis": {"title": None, "labelLimit": 150 if narrow else 300, "domain": False,
                 "ticks": False, "grid": True, "labelOverlap": False},
    }  # fmt: skip
    x = {
        "field": "value", "type": "quantitative", "scale": {"zero": False, "nice": True},
        "axis": {"title": unit, "grid": False, "tickCount": 4 if narrow else 6},
    }  # fmt: skip
    colour = {"condition": {"test": "datum.strong", "value": BLUE}, "value": PALE}
    shape = {"condition": {"test": "datum.strong", "value": "diamond"}, "value": "circle"}
    bars: Spec = {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": 4},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour},
    }
    dots: Spec = {
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "size": 150, "stroke": "white", "opacity": 1},
        "encoding": {"x": x, "y": y, "color": colour, "shape": shape},
    }
    text = f"Dot plot. {title}. {under} {listed}."
    return chart(title, under, text, narrow, {"step": step}, [*lines, bars, dots])


def _said(value: float, unit: str) -> str:
    if unit == "Per cent":
        return f"{percent(value / 100)}%"
    return signed(value) if unit == "Points" else two(value)


def links_chart(group: Group, name: Name | None, narrow: bool = False) -> Spec | None:
    """Auditors on a circle, each two with a common document joined: thicker where more."""
    people = group.auditors
    if not 2 <= len(people) <= MOST_NODES or (name is None and len(people) < FAIR):
        return None
    turn = 2 * math.pi / len(people)
    at = {who: (math.sin(k * turn), math.cos(k * turn)) for k, who in enumerate(people)}
    nodes = [
        {"name": "" if name is None else name(who), "x": at[who][0], "y": at[who][1],
         "tx": 1.14 * at[who][0], "ty": 1.14 * at[who][1]}
        for who in people
    ]  # fmt: skip
    edges = [
        {"x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1], "common": link.common,
         "weak": link.grade == "weak link"}
        for link in group.links
        for a, b in [link.people]
    ]  # fmt: skip
    apart = len(group.linked)
    title = "All auditors are linked" if apart == 1 else f"Auditors fall into {apart} groups"
    under = f"{GROUPS.get(group.id, group.id)}. A line joins two who marked a common plan; dashed: "
    under += "a link worth fewer than 5 plans."
    text = f"Network of {len(people)} auditors and {len(edges)} links. {title}. {under}"
    height = 300 if narrow else 420
    return chart(title, under, text, narrow, height, _links(nodes, edges, narrow))


def _links(nodes: list[Spec], edges: list[Spec], narrow: bool) -> list[Spec]:
    wide = 1.9 if narrow else 2.6
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [-wide, wide]}}
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [-1.35, 1.35]}}
    lines: Spec = {
        "data": {"values": edges},
        "mark": {"type": "rule", "color": GREY},
        "encoding": {
            "x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "strokeWidth": {"field": "common", "type": "quantitative", "legend": None,
                            "scale": {"type": "sqrt", "domain": [0, 20], "range": [1, 6],
                                      "clamp": True}},
            "strokeDash": {"condition": {"test": "datum.weak", "value": [4, 4]}, "value": [1, 0]},
        },
    }  # fmt: skip
    dots: Spec = {
        "data": {"values": nodes},
        "mark": {"type": "point", "filled": True, "size": 160, "color": BLUE, "opacity": 1},
        "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
    }
    names = [_names(nodes, side, x, y, narrow) for side in ("left", "center", "right")]
    return [*([lines] if edges else []), dots, *(n for n in names if n["data"]["values"])]


def _names(nodes: list[Spec], align: str, x: Spec, y: Spec, narrow: bool) -> Spec:
    """Names outside the circle, turned away from it."""

    def side(node: Spec) -> str:
        return "center" if abs(node["x"]) < 0.2 else "left" if node["x"] > 0 else "right"

    return {
        "data": {"values": [n for n in nodes if n["name"] and side(n) == align]},
        "mark": {"type": "text", "align": align, "fontSize": 11 if narrow else 13,
                 "limit": 95 if narrow else 200},
        "encoding": {"x": {**x, "field": "tx"}, "y": {**y, "field": "ty"},
                     "text": {"field": "name", "type": "nominal"}},
    }  # fmt: skip
