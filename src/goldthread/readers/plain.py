"""Reads plain text: lines, list items, and tables whose cells are parted by tabs or bars."""

from __future__ import annotations

import hashlib
import re

from goldthread.core.plan.document import (
    Cell,
    Location,
    Numbering,
    Paragraph,
    RawDocument,
    ReadingError,
    Row,
    Table,
)

BULLET = re.compile(r"\s*([-•*–]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)")


def read_text(data: bytes, name: str) -> RawDocument:
    """The text in `data`. Errors: ReadingError when it is empty or no text."""
    text = _decoded(data, name)
    numbers = Numbering()
    blocks: list[Paragraph | Table] = []
    rows: list[tuple[int, list[str]]] = []
    for page, line in _lines(text):
        cells = _cells(line)
        if cells:
            rows.append((page, cells))
            continue
        if rows:
            blocks.append(_table(rows, numbers))
            rows = []
        if line.strip():
            blocks.append(_paragraph(line, page, numbers))
    if rows:
        blocks.append(_table(rows, numbers))
    if not blocks:
        raise ReadingError("empty", f"{name} holds no text: check that it is the right file.")
    pages = text.count("\f") + 1
    digest = hashlib.sha256(data).hexdigest()
    return RawDocument(name, "text", digest, tuple(blocks), pages=pages)


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise ReadingError(
            "unknown-kind",
            f"{name} is neither a Word file, a PDF nor plain text: save it as .docx or .pdf and "
            "try again.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str) -> list[tuple[int, str]]:
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    return [(number, line) for number, page in enumerate(pages, 1) for line in page.split("\n")]


def _cells(line: str) -> list[str]:
    """The cells of a table's line; none when it is no such line."""
    if line.count("|") >= 2 and line.strip().startswith("|"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        return [] if all(re.fullmatch(r":?-*:?", c) for c in cells) else cells
    if "\t" in line.strip():
        return [c.strip() for c in line.strip().split("\t")]
    return []


def _paragraph(
    line: str, page: int, numbers: Numbering, place: Location | None = None
) -> Paragraph:
    match = BULLET.match(line)
    bullet = match[1] if match else ""
    text = line[match.end() :].strip() if match else line.strip()
    start, number = numbers.take(text)
    where = place or Location(page)
    location = Location(page, where.table, where.row, where.column, number)
    return Paragraph(
        text, location, start=start, bullet="•" if bullet in "-*–" and bullet else bullet
    )


def _table(rows: list[tuple[int, list[str]]], numbers: Numbering) -> Table:
    table = numbers.take_table()
    built = []
    for index, (page, cells) in enumerate(rows, 1):
        row = []
        for column, text in enumerate(cells, 1):
            place = Location(page, table, index, column)
            blocks = (_paragraph(text, page, numbers, place),) if text else ()
            row.append(Cell(blocks, column))
        built.append(Row(tuple(row)))
    return Table(tuple(built), table)
