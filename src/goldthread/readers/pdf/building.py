"""Turns drafts into the document's blocks, numbered in reading order."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.plan.document import Cell, Location, Numbering, Paragraph, Row, Table
from goldthread.readers.pdf.drafts import Draft, DraftBlock, DraftCell, DraftTable, Line
from goldthread.readers.pdf.page import evened


def built(blocks: Iterable[DraftBlock]) -> tuple[Paragraph | Table, ...]:
    """The blocks, in order; paragraphs without text are left out."""
    return tuple(_blocks(blocks, Numbering(), None, None, None))


def _blocks(
    drafts: Iterable[DraftBlock],
    numbers: Numbering,
    table: int | None,
    row: int | None,
    column: int | None,
) -> list[Paragraph | Table]:
    found: list[Paragraph | Table] = []
    for draft in drafts:
        if isinstance(draft, DraftTable):
            found.append(_table(draft, numbers))
        elif draft.text or draft.before:
            start, number = numbers.take(draft.text)
            place = Location(draft.page, table, row, column, number)
            found.append(_paragraph(draft, place, start))
    return found


def _paragraph(draft: Draft, place: Location, start: int) -> Paragraph:
    return Paragraph(
        draft.text,
        place,
        start=start,
        heading=min(draft.heading, 9),
        bold=draft.bold,
        bullet=draft.bullet,
        before=draft.before,
        confidence=round(draft.confidence, 3),
    )


def _table(draft: DraftTable, numbers: Numbering) -> Table:
    number = numbers.take_table()
    done: dict[int, Cell] = {}
    rows = []
    for index, row in enumerate(draft.rows, 1):
        cells = []
        for each in row.cells:
            cell = _cell(each, numbers, number, index, done)
            done[id(each)] = cell
            cells.append(cell)
        rows.append(Row(tuple(cells), row.header))
    return Table(tuple(rows), number)


def _cell(
    draft: DraftCell, numbers: Numbering, table: int, row: int, done: dict[int, Cell]
) -> Cell:
    if draft.above is not None and id(draft.above) in done:
        blocks = done[id(draft.above)].blocks
        return Cell(blocks, draft.column, draft.span, inherited=True)
    inside = _blocks(draft.blocks, numbers, table, row, draft.column)
    return Cell(tuple(inside), draft.column, draft.span)


def margin_paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Running headers and footers."""
    return tuple(
        Paragraph(evened(ln.text).strip(), Location(ln.page), part="margin") for ln in lines
    )
