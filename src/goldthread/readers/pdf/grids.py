"""Makes tables' grids of ruling lines, and puts lines of text into their cells."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field

from goldthread.readers.pdf.drafts import Line
from goldthread.readers.pdf.page import PageText
from goldthread.readers.pdf.rules import Rules

NEAR = 4.0
"""Points: lines this near belong together (double rules, rounded corners)."""
NARROW = 8.0
"""Points: a column or row no wider holds no text."""

Span = tuple[float, float]


@dataclass(slots=True, eq=False)
class GridCell:
    """Rows and columns from 0, the last included."""

    row: int
    column: int
    last_row: int
    last_column: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Grid:
    xs: list[float]
    ys: list[float]
    """From the top down."""
    cells: list[GridCell]
    at: dict[tuple[int, int], GridCell]
    downs: list[float] = field(default_factory=list)
    """`ys` negated, so that they grow."""

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def cell_of(self, line: Line) -> GridCell | None:
        """None when it stands outside."""
        middle = line.bottom + line.size / 2
        left = line.left + 1
        xs, ys = self.xs, self.ys
        if not (ys[-1] <= middle <= ys[0] and xs[0] - NEAR <= left <= xs[-1]):
            return None
        row = bisect_right(self.downs, -middle) - 1
        column = bisect_right(xs, left) - 1
        last_row, last_column = len(ys) - 2, len(xs) - 2
        row = 0 if row < 0 else last_row if row > last_row else row
        column = 0 if column < 0 else last_column if column > last_column else column
        return self.at[row, column]

    def put(self, line: Line, text: PageText | None) -> bool:
        """Into its cell; into several when it runs over their borders. False when outside."""
        cell = self.cell_of(line)
        if cell is None:
            return False
        right = self.xs[cell.last_column + 1]
        if line.right <= right + NEAR or text is None or cell.last_column >= len(self.xs) - 2:
            cell.lines.append(line)
            return True
        parts: list[Line] = []
        text.cut(line, [right], parts)
        cell.lines.append(parts[0])
        for part in parts[1:]:
            if self.cell_of(part) in (cell, None):
                cell.lines.append(part)
            else:
                self.put(part, text)
        return True


def grids_of(rules: Rules, width: float, height: float) -> list[Grid]:
    """The tables that the lines draw, from the top of the page down."""
    found = []
    for low, high in _bands(rules.verticals):
        verticals = [v for v in rules.verticals if v[1] < high and v[2] > low]
        across = [h for h in rules.horizontals if low - NEAR <= h[0] <= high + NEAR]
        grid = _grid(verticals, across, low, high)
        if grid and not _is_frame(grid, width, height):
            found.append(grid)
    return sorted(found, key=lambda g: -g.top)


def _is_frame(grid: Grid, width: float, height: float) -> bool:
    """One box round most of the page is a border, no table."""
    tall, wide = grid.top - grid.bottom, grid.xs[-1] - grid.xs[0]
    return len(grid.cells) == 1 and tall > height * 0.7 and wide > width * 0.7


def _bands(verticals: list[tuple[float, float, float]]) -> list[Span]:
    """Stretches of the page, from below, in which uprights follow each other without a gap."""
    bands: list[Span] = []
    for _, low, high in sorted(verticals, key=lambda v: v[1]):
        if bands and low <= bands[-1][1] + 2:
            bands[-1] = (bands[-1][0], max(bands[-1][1], high))
        else:
            bands.append((low, high))
    return bands


def _grid(
    verticals: list[tuple[float, float, float]],
    across: list[tuple[float, float, float]],
    low: float,
    high: float,
) -> Grid | None:
    uprights = _merged(verticals)
    inner = [x for x, _ in uprights]
    across = [h for h in across if _spans(h, inner)]
    levels = _merged(across)
    outer = [min((h[1] for h in across), default=inner[0]), *inner]
    outer.append(max((h[2] for h in across), default=inner[-1]))
    xs = _apart(sorted(outer))
    ys = _apart(sorted([*(y for y, _ in levels), low, high]))[::-1]
    if len(xs) < 2 or len(ys) < 2:
        return None
    return _celled(xs, ys, uprights, levels)


def _spans(rule: tuple[float, float, float], xs: list[float]) -> bool:
    """Whether it meets an upright at one end at least, and is no underlining."""
    _, left, right = rule
    touches = sum(any(abs(end - x) <= NEAR for x in xs) for end in (left, right))
    crosses = any(left + NEAR < x < right - NEAR for x in xs)
    return touches == 2 or crosses or (touches == 1 and right - left > 30)


def _merged(rules: list[tuple[float, float, float]]) -> list[tuple[float, list[Span]]]:
    """Place -> stretches, for lines that lie on one another or go on from one another."""
    found: list[tuple[float, list[Span]]] = []
    for place, start, end in sorted(rules):
        if found and place - found[-1][0] <= NEAR:
            found[-1][1].append((start, end))
        else:
            found.append((place, [(start, end)]))
    return [(place, _joined(spans)) for place, spans in found]


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _apart(places: list[float]) -> list[float]:
    """Without those that stand too near the one before for text between them."""
    found: list[float] = []
    for place in places:
        if not found or place - found[-1] > NARROW:
            found.append(place)
    return found


def _near(levels: list[tuple[float, list[Span]]], places: list[float]) -> list[list[Span]]:
    """For each of the places, the stretches of the lines that lie there."""
    return [
        [span for at, spans in levels if abs(at - place) <= NARROW for span in spans]
        for place in places
    ]


def _covered(spans: list[Span], middles: list[float]) -> list[bool]:
    found = []
    for middle in middles:
        for start, end in spans:
            if start <= middle <= end:
                found.append(True)
                break
        else:
            found.append(False)
    return found


def _celled(
    xs: list[float],
    ys: list[float],
    uprights: list[tuple[float, list[Span]]],
    levels: list[tuple[float, list[Span]]],
) -> Grid:
    across = [(a + b) / 2 for a, b in itertools.pairwise(xs)]
    down = [(a + b) / 2 for a, b in itertools.pairwise(ys)]
    right = [_covered(spans, down) for spans in _near(uprights, xs[1:-1])]
    under = [_covered(spans, across) for spans in _near(levels, ys[1:-1])]
    cells: list[GridCell] = []
    at: dict[tuple[int, int], GridCell] = {}
    for r in range(len(down)):
        for c in range(len(across)):
            if (r, c) not in at:
                cells.append(_grown(r, c, right, under, at))
    return Grid(xs, ys, cells, at, [-y for y in ys])


def _grown(
    r: int,
    c: int,
    right: list[list[bool]],
    under: list[list[bool]],
    at: dict[tuple[int, int], GridCell],
) -> GridCell:
    """The cell whose upper left corner is here: as wide and then as high as no line stops it.

    `right`: by column and row whether a line closes the cell on the right; `under`: by row and
    column whether one closes it below; the outermost are closed.
    """
    last = c
    while last < len(right) and not right[last][r] and (r, last + 1) not in at:
        last += 1
    low = r
    while low < len(under) and not any(under[low][c : last + 1]):
        low += 1
    cell = GridCell(r, c, low, last)
    for row in range(r, low + 1):
        for column in range(c, last + 1):
            at[row, column] = cell
    return cell
