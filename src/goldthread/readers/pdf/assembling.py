"""Puts the pages together: by the structure tree, or by ruling lines and geometry."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.readers.pdf.columns import blocks_of
from goldthread.readers.pdf.drafts import (
    DraftBlock,
    DraftCell,
    DraftRow,
    DraftTable,
    Line,
)
from goldthread.readers.pdf.grids import Grid
from goldthread.readers.pdf.joining import joined
from goldthread.readers.pdf.margins import take_margins
from goldthread.readers.pdf.pages import Gathered, Leaf
from goldthread.readers.pdf.paragraphs import Style, drafts_in, paragraphs_of, style_of, title_of
from goldthread.readers.pdf.tags import Gatherer as Tags

COVER = 0.95
"""Of the letters of the body: a tree that holds fewer is not to be trusted."""
LONGEST = 4000
"""Letters a paragraph has on average in a tree that tags nothing but pages."""


@dataclass(slots=True)
class Assembled:
    blocks: list[DraftBlock]
    margins: list[Line] = field(default_factory=list)
    tagged: bool = False


def by_tags(found: Gathered) -> Assembled | None:
    """None when the tree does not hold the text, or leaves out tables that are drawn."""
    tree = found.tree
    if tree is None or not tree.root.kids or (not tree.tables and _has_table(found)):
        return None
    style = style_of(found.lines)
    runs: dict[tuple[int, int], list[Line]] = {}
    for line in found.lines:
        if line.mark >= 0:
            runs.setdefault((line.page, line.mark), []).append(line)
    tags = Tags(runs, style)
    blocks = tags.blocks(tree.root)
    used = sum(len(ln.text) for place in tags.used for ln in runs.get(place, ()))
    for leaf in found.leaves:
        leaf.sheet.lines = [ln for ln in leaf.sheet.lines if (ln.page, ln.mark) not in tags.used]
    margins = take_margins([leaf.sheet for leaf in found.leaves])
    left = sum(len(ln.text) for ln in found.lines)
    if not used or used < COVER * (used + left) or used > LONGEST * len(list(drafts_in(blocks))):
        return None
    for leaf in found.leaves:
        if leaf.sheet.lines:
            _insert(blocks, blocks_of(leaf.sheet.lines, style), leaf.sheet.number)
    return Assembled(blocks, margins, tagged=True)


def _has_table(found: Gathered) -> bool:
    return any(len(g.xs) > 2 and len(g.ys) > 2 for leaf in found.leaves for g in leaf.grids)


def _insert(blocks: list[DraftBlock], extra: list[DraftBlock], page: int) -> None:
    """Puts what was tagged nowhere behind what begins on its page or before."""
    at = len(blocks)
    while at > 0 and blocks[at - 1].page > page:
        at -= 1
    blocks[at:at] = extra


def by_geometry(found: Gathered) -> Assembled:
    """Tables by ruling lines, the rest by columns, gaps and type."""
    width = max((leaf.sheet.width for leaf in found.leaves), default=0.0)
    style = style_of([*found.lines, *_in_grids(found)], width)
    margins = take_margins([leaf.sheet for leaf in found.leaves])
    pages = [_page(leaf, style) for leaf in found.leaves]
    return Assembled(joined(pages, style), margins)


def _in_grids(found: Gathered) -> list[Line]:
    return [
        line
        for leaf in found.leaves
        for grid in leaf.grids
        for cell in grid.cells
        for line in cell.lines
    ]


def _page(leaf: Leaf, style: Style) -> list[DraftBlock]:
    lines = leaf.sheet.lines
    found: list[DraftBlock] = []
    for grid in leaf.grids:
        above = [ln for ln in lines if ln.bottom + ln.size / 2 > grid.top]
        if above:
            found += blocks_of(above, style)
            lines = [ln for ln in lines if ln.bottom + ln.size / 2 <= grid.top]
        if any(cell.lines for cell in grid.cells):
            found.append(_table(grid, leaf.sheet.number, style))
    if lines:
        found += blocks_of(lines, style)
    return found


def _table(grid: Grid, page: int, style: Style) -> DraftTable:
    single = len(grid.cells) == 1
    made: dict[int, DraftCell] = {}
    rows: list[DraftRow] = [DraftRow([]) for _ in range(len(grid.ys) - 1)]
    for cell in grid.cells:
        span = cell.last_column - cell.column + 1
        draft = made[id(cell)] = DraftCell(cell.column + 1, span)
        if cell.lines:
            padding = min(max(min(ln.left for ln in cell.lines) - grid.xs[cell.column], 0), 12)
            right = grid.xs[cell.last_column + 1] - padding
            if single:
                draft.blocks = list(title_of(cell.lines, style))
            else:
                draft.blocks = list(paragraphs_of(cell.lines, style, right, cell=True))
        rows[cell.row].cells.append(draft)
        for row in range(cell.row + 1, cell.last_row + 1):
            rows[row].cells.append(DraftCell(cell.column + 1, span, above=draft))
    for each in rows:
        each.cells.sort(key=lambda c: c.column)
    kept = [row for row in rows if row.cells and not _hollow(row)]
    return DraftTable(kept, page, tuple(grid.xs), ruled=True)


def _hollow(row: DraftRow) -> bool:
    """Nothing but the lower parts of merged cells: drawn by lines that part no text."""
    return all(cell.above is not None for cell in row.cells)
