"""Small questions about rows, cells and stretches of paragraphs."""

from __future__ import annotations

from dataclasses import replace

from goldthread.core.parsing.columns import Column, Columns
from goldthread.core.plan.document import Cell, Paragraph, Row, Table


def piece_of(p: Paragraph, begin: int, end: int | None = None) -> Paragraph:
    """A stretch of a paragraph as a paragraph of its own, in the same place."""
    last = len(p.text) if end is None else end
    marks = tuple(
        replace(m, start=max(m.start, begin) - begin, end=min(m.end, last) - begin)
        for m in p.marks
        if m.start < last and m.end > begin
    )
    return replace(p, text=p.text[begin:last], start=p.start + begin, marks=marks, before=None)


def formatted(cells: list[Cell]) -> bool:
    """Every cell begins in bold or a heading's style: it may be another row of headings."""
    return all(any(p.bold or p.heading for p in c.paragraphs) for c in cells)


def own_paragraphs(cell: Cell) -> list[Paragraph]:
    return [] if cell.inherited else list(cell.paragraphs)


def nested(cell: Cell) -> bool:
    return any(isinstance(block, Table) for block in cell.blocks)


def is_whole(row: Row, fresh: list[Cell]) -> bool:
    """One cell over the whole row."""
    if len(fresh) != 1:
        return False
    return len(row.cells) == 1


def hangs(row: Row, columns: Columns) -> bool:
    """A cell merged from above holds what this row's others belong to."""
    return any(c.inherited and columns.get(c.column, _NO).role in _OWNERS for c in row.cells)


def titled(column: Column, columns: Columns) -> Column:
    """The column that names the section, for one that is only a part of its rows."""
    if column.sure:
        return column
    same = (c for _, c in sorted(columns.items()) if c.letter == column.letter and c.sure)
    return next(same, column)


_NO = Column("")
_OWNERS = frozenset(("need", "outcome", "what"))
