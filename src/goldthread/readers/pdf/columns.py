"""Finds columns of text that no lines part, so that their words do not mix."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

from goldthread.readers.pdf.drafts import (
    Draft,
    DraftBlock,
    DraftCell,
    DraftRow,
    DraftTable,
    Line,
)
from goldthread.readers.pdf.paragraphs import Style, needed, paragraphs_of

SAME = 3.0
"""Points: beginnings this near are one edge."""
INDENT = 0.18
"""Of the width of the text: an edge nearer the left is an indent."""


@dataclass(slots=True)
class _Band:
    above: list[Line]
    inside: list[Line]
    below: list[Line]
    edge: float


def blocks_of(lines: list[Line], style: Style) -> list[DraftBlock]:
    """The blocks of lines that stand between tables, column by column or row by row."""
    band = _band(lines)
    if band is None:
        return list(paragraphs_of(lines, style))
    edges = sorted({band.edge, *_more(band)})
    return [
        *(blocks_of(band.above, style) if band.above else ()),
        *_columned(band.inside, edges, style),
        *(blocks_of(band.below, style) if band.below else ()),
    ]


def _more(band: _Band) -> set[float]:
    """Further edges on either side of the first."""
    found: set[float] = set()
    for side in (
        [ln for ln in band.inside if ln.left < band.edge - SAME],
        [ln for ln in band.inside if ln.left >= band.edge - SAME],
    ):
        inner = _band(side)
        if inner is not None and not inner.above and not inner.below:
            found |= {inner.edge, *_more(inner)}
    return found


def _band(lines: list[Line]) -> _Band | None:
    """The first stretch of lines with two columns."""
    for edge in _edges(lines):
        found = _at(sorted(lines, key=lambda ln: -ln.bottom), edge)
        if found:
            return found
    return None


def _edges(lines: list[Line]) -> list[float]:
    if len(lines) < 4:
        return []
    left = min(ln.left for ln in lines)
    from_here = left + INDENT * (max(ln.right for ln in lines) - left)
    starts = Counter(round(ln.left / SAME) for ln in lines if ln.left > from_here)
    likely = [
        place
        for place, count in starts.items()
        if count + max(starts.get(place - 1, 0), starts.get(place + 1, 0)) >= 2
    ]
    likely.sort(key=lambda n: (-starts[n], n))
    return [min(ln.left for ln in lines if round(ln.left / SAME) == n) for n in likely[:6]]


def _at(lines: list[Line], edge: float) -> _Band | None:
    """`lines` come from the top down; a line across the edge ends a stretch."""
    run: list[Line] = []
    begin = 0
    for index, line in enumerate([*lines, None]):
        if line is not None and not (line.left < edge - SAME and line.right > edge - 0.3 * SAME):
            run.append(line)
            continue
        found = _trimmed(run, edge)
        if found:
            above, inside, below = found
            return _Band([*lines[:begin], *above], inside, [*below, *lines[index:]], edge)
        run, begin = [], index + 1
    return None


def _trimmed(run: list[Line], edge: float) -> tuple[list[Line], list[Line], list[Line]] | None:
    """What stands before, in and after the columns; None when there are none."""
    right = [ln for ln in run if ln.left >= edge - SAME]
    left = [ln for ln in run if ln.left < edge - SAME]
    if len(right) < 2 or len(left) < 2:
        return None
    top, low = right[0].bottom, right[-1].bottom
    beside = [ln for ln in left if low - 0.5 * ln.size <= ln.bottom <= top + 0.5 * ln.size]
    aligned = sum(any(abs(a.bottom - b.bottom) < 0.3 * b.size for a in beside) for b in right)
    if not beside or (len(right) < 3 and aligned < 2) or len(beside) < 2:
        return None
    above = [ln for ln in left if ln.bottom > top + 0.5 * ln.size]
    inside = [*right, *beside]
    below: list[Line] = []
    last = beside[-1]
    for line in (ln for ln in left if ln.bottom < low - 0.5 * ln.size):
        if not below and _flows(last, line):
            inside.append(line)
            last = line
        else:
            below.append(line)
    return above, sorted(inside, key=lambda ln: -ln.bottom), below


def _flows(before: Line, line: Line) -> bool:
    return before.bottom - line.bottom < 1.5 * line.size and abs(before.size - line.size) < 1


def _columned(lines: list[Line], edges: list[float], style: Style) -> list[DraftBlock]:
    sides: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        sides[sum(line.left >= edge - SAME for edge in edges)].append(line)
    rows = _row_starts(sides, edges, style)
    if rows is None:
        return [draft for side in sides for draft in paragraphs_of(side, style)]
    return [_table(sides, edges, rows, style)]


def _row_starts(sides: list[list[Line]], edges: list[float], style: Style) -> list[float] | None:
    """Heights at which rows begin; None when the columns are to be read one after the other."""
    rooms = [*edges, style.right]
    starts = [_starts(side, room, style) for side, room in zip(sides, rooms, strict=True)]
    others = [s for side in starts[1:] for s in side]
    size = style.size
    shared = [y for y in starts[0] if any(abs(y - o) < 0.4 * size for o in others)]
    met = sum(any(abs(y - o) < 0.4 * size for y in shared) for o in others)
    if len(shared) >= 2 and (met >= 0.6 * len(others) or len(shared) >= 0.8 * len(starts[0])):
        return shared
    if len(shared) == 1 and (len(others) == len(sides) - 1 or len(starts[0]) == 1):
        return shared
    return None


def _starts(side: list[Line], room: float, style: Style) -> list[float]:
    """Where something begins: after a gap, or where its first word had room on the line before."""
    side = sorted(side, key=lambda ln: (-ln.bottom, ln.left))
    found = [side[0].bottom] if side else []
    for before, line in itertools.pairwise(side):
        step = before.bottom - line.bottom
        fits = room - before.right - line.size > needed(line.text, line.size)
        if step > 1.2 * style.pitch * line.size or (fits and step > 0.5 * line.size):
            found.append(line.bottom)
    return found


def _table(
    sides: list[list[Line]], edges: list[float], starts: list[float], style: Style
) -> DraftTable:
    rows = []
    first = min(ln.left for side in sides for ln in side)
    for index in range(len(starts)):
        high = float("inf") if index == 0 else starts[index] + 0.5 * style.size
        low = starts[index + 1] + 0.5 * style.size if index + 1 < len(starts) else float("-inf")
        cells = []
        for column, side in enumerate(sides, 1):
            inside = [ln for ln in side if low <= ln.bottom < high]
            drafts: list[Draft] = paragraphs_of(inside, style, cell=True)
            cells.append(DraftCell(column, blocks=list(drafts)))
        rows.append(DraftRow(cells))
    return DraftTable(rows, sides[0][0].page, (first, *edges))
