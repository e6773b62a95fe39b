"""A report as plain text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from goldthread.core.report.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Picture,
    Report,
    Table,
)

WIDTH = 80
NOTHING = ("", "–")


def text(report: Report) -> str:
    """The report, wrapped at 80 columns. A picture is its table."""
    lines = [*_title(report), *(line for b in report.blocks for line in _lines(b))]
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def _title(report: Report) -> list[str]:
    return [report.title.upper(), *_wrap(report.subtitle)]


def _lines(block: Block) -> Iterator[str]:
    yield ""
    yield from WRITERS[type(block)](block)


def _heading(block: Heading) -> list[str]:
    if block.level == 2:
        return ["", block.text.upper(), "-" * min(len(block.text), WIDTH)]
    return [*_wrap(block.text)]


def _items(block: Items) -> list[str]:
    marks = [f"{i}." if block.numbered else "-" for i in range(1, len(block.items) + 1)]
    lines = []
    for mark, item in zip(marks, block.items, strict=True):
        lines += _wrap(_item(item), f"  {mark} ", " " * (len(mark) + 3))
    return lines


def _item(item: Item) -> str:
    said = f"{item.lead}: {item.text}" if item.lead else item.text
    return f"{said} {item.link}" if item.link else said


def _table(table: Table) -> list[str]:
    return _grid(table) if _fits(table) else _entries(table)


def _widths(table: Table) -> list[int]:
    names = [c.name for c in table.columns]
    return [max(map(len, cells)) for cells in zip(names, *table.rows, strict=True)]


def _fits(table: Table) -> bool:
    return sum(_widths(table)) + 2 * (len(table.columns) - 1) <= WIDTH


def _grid(table: Table) -> list[str]:
    widths = _widths(table)

    def line(cells: tuple[str, ...]) -> str:
        parts = (
            cell.rjust(width) if column.numeric else cell.ljust(width)
            for cell, column, width in zip(cells, table.columns, widths, strict=True)
        )
        return "  ".join(parts)

    head = line(tuple(c.name for c in table.columns))
    return [*_wrap(table.caption), head, "-" * len(head.rstrip()), *(line(r) for r in table.rows)]


def _entries(table: Table) -> list[str]:
    """A table too wide for the screen: one entry a row, with the cells named."""
    lines: list[str] = []
    for heading, *cells in table.rows:
        lines += _wrap(heading, "  ", "    ")
        named = [
            cell if column.plain else f"{column.brief or column.name} {cell}"
            for column, cell in zip(table.columns[1:], cells, strict=True)
            if cell not in NOTHING
        ]
        lines += _wrap(" · ".join(named) or "No figure.", "      ")
    return lines


def _wrap(words: str, first: str = "", later: str | None = None) -> list[str]:
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _paragraph(block: Paragraph | Note) -> list[str]:
    return _wrap(block.text)


def _picture(block: Picture) -> list[str]:
    return _table(block.table)


WRITERS: dict[type, Callable[..., list[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _paragraph,
    Items: _items,
    Table: _table,
    Picture: _picture,
}
