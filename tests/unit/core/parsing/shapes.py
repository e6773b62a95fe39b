"""Documents of every layout family, drawn as text: paragraphs and tables. No real child.

A string is a paragraph: “# ” and “## ” mark heading styles, “** ” bold, “- ” a list item. A list
is a table; its members are rows: a tuple of cells, or a string for one cell over the whole row. In
a cell, “\\n” parts paragraphs, and UP stands for a cell merged with the one above.
"""

from __future__ import annotations

import re
from typing import Any

from goldthread.core.plan.document import (
    Cell,
    Location,
    Numbering,
    Paragraph,
    RawDocument,
    Row,
    Table,
)

UP = "^"
Block = Any


def drawn(*blocks: Block, name: str = "plan.docx", margins: tuple[str, ...] = ()) -> RawDocument:
    numbers = Numbering()
    made = tuple(_block(b, numbers) for b in blocks)
    heads = tuple(Paragraph(m, Location()) for m in margins)
    return RawDocument(name, "docx", "0" * 64, made, pages=1, margins=heads)


def _block(block: Block, numbers: Numbering) -> Paragraph | Table:
    return _line(block, numbers) if isinstance(block, str) else _table(block, numbers)


def _line(text: str, numbers: Numbering, **place: int) -> Paragraph:
    heading, bold, bullet = 0, False, ""
    marked = re.match(r"(#+|\*\*|-|\d+\.) (?=\S)", text)
    if marked is not None and not (marked[1][0].isdigit()):
        sign, text = marked[1], text[marked.end() :]
        heading = len(sign) if sign[0] == "#" else 0
        bold, bullet = sign == "**", "•" if sign == "-" else ""
    start, number = numbers.take(text)
    where = Location(page=1, paragraph=number, **place)
    return Paragraph(text, where, start=start, heading=heading, bold=bold, bullet=bullet)


def _table(rows: list[Block], numbers: Numbering) -> Table:
    number = numbers.take_table()
    above: dict[int, Cell] = {}
    made = []
    for index, row in enumerate(rows, 1):
        texts = (row,) if isinstance(row, str) else row
        cells = []
        for column, text in enumerate(texts, 1):
            if text == UP:
                cell = Cell(above[column].blocks, column, 1, True)
            else:
                place = {"table": number, "row": index, "column": column}
                lines = [text] if isinstance(text, list) else text.split("\n")
                blocks = tuple(
                    _table(x, numbers) if isinstance(x, list) else _line(x, numbers, **place)
                    for x in lines
                )
                cell = Cell(blocks, column)
            above[column] = cell
            cells.append(cell)
        made.append(Row(tuple(cells)))
    return Table(tuple(made), number)
