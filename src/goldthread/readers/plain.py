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

RULE = re.compile(r"\|[\s:|-]*\|")
"""The line of dashes below a table's first row."""
ODD = {0xA0: " ", 0xAD: None, 0x200B: None, 0xFEFF: None, 0x0B: "\n", 0x85: "\n",
       0x2028: "\n", 0x2029: "\n"}  # fmt: skip
"""Spaces that are none, signs that nobody sees, and line breaks by other names."""
CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r"] + ["\ufffd"]


def read_text(data: bytes, name: str) -> RawDocument:
    """The text in `data`. Errors: ReadingError when it is empty or no text."""
    text = _decoded(data, name)
    numbers = Numbering()
    blocks: list[Paragraph | Table] = []
    rows: list[tuple[int | None, list[str]]] = []
    for page, line in _lines(text):
        cells = _cells(line)
        if cells:
            rows.append((page, cells))
            continue
        if rows and RULE.fullmatch(line.strip()):
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
    digest = hashlib.sha256(data).hexdigest()
    pages = text.count("\f")
    return RawDocument(name, "text", digest, tuple(blocks), pages=pages + 1 if pages else None)


def _decoded(data: bytes, name: str) -> str:
    text = _as_text(data).translate(ODD)
    strange = sum(text.count(sign) for sign in CONTROLS)
    if strange * 200 > len(text):
        raise ReadingError(
            "unknown-kind",
            f"{name} is neither a Word file, a PDF nor plain text: save it as .docx or .pdf and "
            "try again.",
        )
    return text


def _as_text(data: bytes) -> str:
    """In the first way of writing that fits; what fits none keeps its odd signs."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for way, odd, even in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if len(data) > 3 and data[odd:400:2].count(0) > 3 * len(data[odd:400:2]) // 4:
            return data.decode(way, "replace") if 0 not in data[even:400:2] else "\0"
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str) -> list[tuple[int | None, str]]:
    """Every line with its page; a text without form feeds does not say on which one it stands."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    said = len(pages) > 1
    return [
        (number if said else None, line)
        for number, page in enumerate(pages, 1)
        for line in page.split("\n")
    ]


def _cells(line: str) -> list[str]:
    """The cells of a table's line; none when it is no such line."""
    if line.count("|") >= 2 and line.strip().startswith("|"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        return [] if RULE.fullmatch(line.strip()) else cells
    tabs = line.strip().count("\t")
    if tabs > 1 or (tabs and not BULLET.match(line)):  # Word saves list items as “1.”, tab, text
        return [c.strip() for c in line.strip().split("\t")]
    return []


def _paragraph(
    line: str, page: int | None, numbers: Numbering, place: Location | None = None
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


def _table(rows: list[tuple[int | None, list[str]]], numbers: Numbering) -> Table:
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
