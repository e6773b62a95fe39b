"""Joins what a page break parted: paragraphs, tables, rows, and the cell that goes on."""

from __future__ import annotations

from goldthread.readers.pdf.drafts import Draft, DraftBlock, DraftCell, DraftRow, DraftTable
from goldthread.readers.pdf.paragraphs import STOPS, Style, mended

ALIKE = 6.0
"""Points by which the edges of one table's columns may differ between pages."""

OPENING = "“‘\"'("
LONG = 40
"""Letters: a shorter cell without a full stop need not break off in a sentence."""


def joined(pages: list[list[DraftBlock]], style: Style) -> list[DraftBlock]:
    """The blocks of all pages, in order."""
    found: list[DraftBlock] = []
    for blocks in pages:
        rest = list(blocks)
        if found and rest:
            last, first = found[-1], rest[0]
            if isinstance(last, DraftTable) and isinstance(first, DraftTable):
                if _same(last, first):
                    _join_tables(last, first, style)
                    del rest[0]
            elif isinstance(last, Draft) and isinstance(first, Draft) and _goes_on(last, first):
                _join(last, first, style)
                del rest[0]
        found += rest
    return found


def _goes_on(last: Draft, first: Draft) -> bool:
    """Whether the paragraph at the top of a page is the rest of the one before."""
    if first.bullet or first.heading or last.heading or not first.text or not last.text:
        return False
    if last.level:
        return True
    return not last.text.endswith(STOPS) and first.text.lstrip(OPENING)[:1].islower()


def _join(last: Draft, first: Draft, style: Style) -> None:
    if last.before is not None or first.before is not None:
        last.before = f"{last.before or last.text} {first.before or first.text}"
    if last.level == "-":
        last.text = mended(last.text.removesuffix("-"), first.text, "-", style.words)
    elif last.level == "soft":
        last.text += first.text
    else:
        last.text = f"{last.text} {first.text}"
    last.bold, last.level = last.bold and first.bold, first.level
    last.confidence = min(last.confidence, first.confidence)


def _same(last: DraftTable, first: DraftTable) -> bool:
    return len(last.edges) == len(first.edges) > 0 and all(
        abs(a - b) <= ALIKE for a, b in zip(last.edges, first.edges, strict=True)
    )


def _join_tables(last: DraftTable, first: DraftTable, style: Style) -> None:
    rows = first.rows
    heads = 0
    while heads < min(len(rows), 3, len(last.rows)) and (
        any(rows[heads].texts) and rows[heads].texts == last.rows[heads].texts
    ):
        heads += 1
    if heads and heads < len(rows):
        for row in last.rows[:heads]:
            row.header = True
        rows = rows[heads:]
    if rows and last.rows and _row_goes_on(last.rows[-1], rows[0], last.ruled):
        _join_rows(last.rows[-1], rows[0], style)
        rows = rows[1:]
    elif rows and last.rows and last.ruled:
        _merge_on(last.rows[-1], rows[0])
    last.rows += rows


def _row_goes_on(last: DraftRow, first: DraftRow, ruled: bool) -> bool:
    """Whether the first row of a page is the rest of the row above the break.

    It is when a long cell breaks off in a sentence, or when only some cells go on and the first is
    empty; where lines are drawn, all the others are filled and nothing breaks off, it is a
    row under a merged cell.
    """
    if [c.column for c in last.cells] != [c.column for c in first.cells]:
        return False
    pairs = list(zip(last.cells, first.cells, strict=True))
    if any(len(a.text) >= LONG and _cell_goes_on(a, b) for a, b in pairs):
        return True
    empty = [not b.text for _, b in pairs]
    if len(pairs) < 2 or not empty[0] or all(empty):
        return False
    goes = [bool(a.text) for (a, b), none in zip(pairs, empty, strict=True) if not none]
    alone = len(pairs) == 2 and last.cells[0].above is None
    return (any(empty[1:]) or not ruled or alone) and all(goes)


def _merge_on(last: DraftRow, first: DraftRow) -> None:
    """A cell that was merged over rows above the break goes on to be below it."""
    above = {c.column: c.above for c in last.cells if c.above is not None}
    cell = first.cells[0] if first.cells else None
    if cell is not None and not cell.blocks and cell.column in above and len(first.cells) > 1:
        cell.above = above[cell.column]


def _cell_goes_on(a: DraftCell, b: DraftCell) -> bool:
    if not a.blocks or not b.blocks:
        return False
    last, first = a.blocks[-1], b.blocks[0]
    return isinstance(last, Draft) and isinstance(first, Draft) and _goes_on(last, first)


def _join_rows(last: DraftRow, first: DraftRow, style: Style) -> None:
    for a, b in zip(last.cells, first.cells, strict=True):
        rest = list(b.blocks)
        if _cell_goes_on(a, b):
            _join(a.blocks[-1], rest.pop(0), style)  # type: ignore[arg-type]
        a.blocks += rest
