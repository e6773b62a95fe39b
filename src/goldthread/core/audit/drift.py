"""Whether an auditor has become stricter or kinder over the year (methods, d.6).

By quarter: what is left of their marks once their usual strictness is taken out, beside what is
left of everybody's in that quarter, so that better plans do not pass for kinder auditors. Where an
auditor marked anchor plans often enough, the anchors tell by themselves: they do not change.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Literal

from scipy.special import ndtr

from goldthread.core.audit.marks import quarter_of
from goldthread.core.audit.strictness import Group, Linked
from goldthread.core.audit.strictness_units import Block, once
from goldthread.core.stats import benjamini_hochberg, xmr

FEWEST = 3
"""Documents in a quarter, the auditor's own and others', below which nothing is said of it."""
Z = 1.959964
Q = 0.10
Moved = Literal["", "stricter", "kinder"]


@dataclass(frozen=True)
class QuarterOf:
    """`gap`: points of 0 to 3 above the auditor's own usual, with 95% interval; `moved`: said only
    where the interval leaves out nought and the list of all such quarters passes (BH, 0.10)."""

    by: int
    quarter: tuple[int, int]
    documents: int
    gap: float
    low: float
    high: float
    moved: Moved = ""


@dataclass(frozen=True)
class AnchorChart:
    """Marks of anchor plans in the order of marking: points above the mean of all who marked that
    plan. `low`, `high`: limits of an XmR chart, None while there are too few (6)."""

    by: int
    days: tuple[dt.date, ...]
    gaps: tuple[float, ...]
    low: float | None
    high: float | None
    signals: int


def drift(blocks: Iterable[Block], groups: Iterable[Group]) -> Mapping[int, tuple[QuarterOf, ...]]:
    """Auditor -> their quarters in order, on the questions of which they marked most documents."""
    marked = once(blocks)
    held: dict[int, list[list[QuarterOf]]] = defaultdict(list)
    for group in groups:
        own = [block for block in marked if block.group == group.id]
        for linked in group.linked:
            found: dict[int, list[QuarterOf]] = defaultdict(list)
            for quarter in _of_linked(own, linked) if linked.rows else ():
                found[quarter.by].append(quarter)
            for by, rows in found.items():
                held[by].append(rows)
    most = [max(lists, key=lambda rows: sum(q.documents for q in rows)) for lists in held.values()]
    called = _called([quarter for rows in most for quarter in rows])
    return {
        by: tuple(sorted((q for q in called if q.by == by), key=lambda q: q.quarter)) for by in held
    }


def _of_linked(blocks: Sequence[Block], linked: Linked) -> Iterable[QuarterOf]:
    usual = {row.by: row.value for row in linked.rows}
    left: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for block in blocks:
        if block.by in usual:
            left[quarter_of(block.on)].append((block.by, block.value - usual[block.by]))
    if len(left) < 2:
        return
    for quarter, rows in sorted(left.items()):
        for by in sorted({who for who, _ in rows}):
            own = [value for who, value in rows if who == by]
            others = [value for who, value in rows if who != by]
            if min(len(own), len(others)) >= FEWEST:
                gap = fmean(own) - fmean(others)
                se = linked.plans * math.sqrt(1 / len(own) + 1 / len(others))
                yield QuarterOf(by, quarter, len(own), gap, gap - Z * se, gap + Z * se)


def _called(rows: Sequence[QuarterOf]) -> list[QuarterOf]:
    if not rows:
        return []
    z = [abs(row.gap) / max((row.high - row.low) / 2 / Z, 1e-9) for row in rows]
    flags = benjamini_hochberg([float(2 * ndtr(-value)) for value in z], Q)
    return [
        replace(row, moved=_moved(row)) if flag else row
        for row, flag in zip(rows, flags, strict=True)
    ]


def _moved(row: QuarterOf) -> Moved:
    if row.high < 0:
        return "stricter"
    return "kinder" if row.low > 0 else ""


def anchor_charts(blocks: Iterable[Block]) -> Mapping[int, AnchorChart]:
    """Auditor -> their chart, of those who marked any anchor plan."""
    anchors = [block for block in blocks if block.anchor]
    of_unit: dict[str, list[float]] = defaultdict(list)
    for block in anchors:
        of_unit[block.unit].append(block.value)
    mean = {unit: fmean(values) for unit, values in of_unit.items()}
    held: dict[int, list[Block]] = defaultdict(list)
    for block in sorted(anchors, key=lambda b: (b.on, b.unit)):
        held[block.by].append(block)
    return {by: _chart(by, rows, mean) for by, rows in held.items()}


def _chart(by: int, blocks: Sequence[Block], mean: Mapping[str, float]) -> AnchorChart:
    gaps = tuple(block.value - mean[block.unit] for block in blocks)
    found = xmr(gaps)
    limits = found.status != "no limits"
    return AnchorChart(
        by, tuple(block.on for block in blocks), gaps,
        found.low if limits else None, found.high if limits else None, len(found.signals),
    )  # fmt: skip
