"""An anchor plan's text as a Word file: the same text gives the same bytes."""

from __future__ import annotations

import re

from goldthread.simulation.plans.blocks import Cell, Heading, Paper, Para, Table
from goldthread.simulation.plans.docx import write_docx

_SECTION = re.compile(r"Section [A-K][12]?:")
_NAMED = re.compile(r"^Name\t(.+)$", re.MULTILINE)
LONGEST_HEADING = 60


def anchor_docx(text: str) -> bytes:
    """The plan as a .docx file, laid out as the text is: headings, lists and tables."""
    return write_docx(anchor_paper(text))


def anchor_paper(text: str) -> Paper:
    """The text's lines as blocks: a line with tabs is a row, one that begins with “- ” an item."""
    named = _NAMED.search(text)
    paper = Paper(header=named[1] if named else "", footer="Invented plan, for calibration.")
    rows: list[tuple[Cell, ...]] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        if "\t" in line:
            rows.append(tuple(Cell((cell.strip(),)) for cell in line.split("\t")))
            continue
        if rows:
            paper.blocks.append(Table(tuple(rows), _widths(len(rows[0]))))
            rows = []
        if line.strip():
            paper.blocks.append(_block(line.strip(), first=number == 0))
    return paper


def _widths(columns: int) -> tuple[int, ...]:
    return (35, 65) if columns == 2 else (100 // columns,) * columns


def _block(line: str, first: bool) -> Heading | Para:
    if first:
        return Heading(line, 0)
    if _SECTION.match(line):
        return Heading(line, 1)
    if line.startswith("- "):
        return Para(line[2:], bullet=True)
    if len(line) <= LONGEST_HEADING and line[-1].isalnum():
        return Heading(line, 2)
    return Para(line)
