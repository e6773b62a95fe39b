"""Excel workbooks and CSV files of audits, as `core/audit/book.Book`. Macros are never run."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from goldthread.core.audit.book import Book, BookError, Sheet
from goldthread.core.audit.listing import ListError
from goldthread.readers.audits.marks import Marks, NoMarks, marks_of
from goldthread.readers.lists.texts import table_of_text
from goldthread.readers.lists.workbook import BROKEN, Workbook

MOST_SHEETS = 600
"""One sheet an audit is read; more are more than a year of audits."""
MOST_CELLS = 400_000
"""In which something stands, of the whole file."""
LONGEST = 20_000
"""Characters of one cell that are kept."""
WHAT = "a workbook of audits"
SAVE = "save it as an Excel workbook (.xlsx) or as CSV and try again"
_OLD = b"\xd0\xcf\x11\xe0"
_NOT_TABLES = {
    b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a Word file", b"\x1f\x8b": "packed with gzip",
}  # fmt: skip
_PAGE = re.compile(rb"\s*<(?:[!?a-z])", re.IGNORECASE)
_MACROS = ("xl/vbaProject.bin", "xl/macrosheets/")


def read_book(name: str, data: bytes) -> Book:
    """What a file holds, whatever it is called. Errors: BookError, one sentence."""
    _check(name, data)
    try:
        if data.startswith(b"PK\x03\x04"):
            return _workbook(name, data)
        table = table_of_text(data, name)
        rows = _trimmed([list(row) for row in table.rows])
        _check_size(name, [rows])
        return Book(name, "text", (Sheet(PurePosixPath(name).stem[:31] or "Table", rows),))
    except ListError as error:
        raise BookError(str(error)) from error


def _check(name: str, data: bytes) -> None:
    if not data.strip():
        raise BookError(f"{name} is empty: save or send it again.")
    if data.startswith(_OLD):
        raise BookError(
            f"{name} is an old Excel file (.xls), or locked with a password: open it, take the "
            "password off and save it as .xlsx."
        )
    for magic, what in _NOT_TABLES.items():
        if data.startswith(magic):
            raise BookError(f"{name} is {what}, not a table: {SAVE}.")
    start = data[:4096].removeprefix(codecs.BOM_UTF8)
    if _PAGE.match(start):
        raise BookError(f"{name} is a web page or XML, not a table: {SAVE}.")


def _workbook(name: str, data: bytes) -> Book:
    names = _entries(name, data)
    book = Workbook(data, name, WHAT)
    hidden = book.hidden
    if len(book.sheets) > MOST_SHEETS:
        raise BookError(
            f"{name} has {len(book.sheets)} sheets; the most that are read are {MOST_SHEETS}: "
            "leave in those that hold audits."
        )
    marks = _marks(name, data)
    read = [_trimmed([[text_of(v) for v in row] for row in book.values(s)]) for s in book.sheets]
    _check_size(name, read)
    sheets = tuple(
        _sheet(sheet, rows, sheet in hidden, marks.get(sheet, NoMarks))
        for sheet, rows in zip(book.sheets, read, strict=True)
    )
    macros = any(n.startswith(_MACROS) for n in names)
    return Book(name, "workbook", sheets, macros)


def _sheet(
    name: str, rows: tuple[tuple[str, ...], ...], hidden: bool, marks: Marks
) -> Sheet:  # fmt: skip
    """Marks outside of what stands in the sheet are of no interest, and may be millions."""
    deep = len(rows)
    wide = max((len(row) for row in rows), default=0)
    return Sheet(
        name, rows, hidden,
        frozenset(r for r in marks.hidden_rows if r < deep),
        frozenset(
            c for first, last in marks.hidden_columns for c in range(first, min(last + 1, wide))
        ),
        frozenset((r, c) for r, c in marks.formulas if r < deep),
        tuple(m for m in marks.merged if m[0] < deep and m[1] <= wide),
    )  # fmt: skip


def _entries(name: str, data: bytes) -> set[str]:
    """Errors: BookError for a zip that is no workbook of Excel's."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except BROKEN as error:
        raise _damaged(name) from error
    if "xl/workbook.xml" in names:
        return names
    if "mimetype" in names:
        raise BookError(f"{name} is an OpenDocument file: {SAVE}.")
    if "xl/workbook.bin" in names:
        raise BookError(f"{name} is an Excel file in the binary form (.xlsb): {SAVE}.")
    raise BookError(f"{name} is a zip or another Office file, not a workbook: {SAVE}.")


def _marks(name: str, data: bytes) -> dict[str, Marks]:
    try:
        return marks_of(data)
    except (etree.XMLSyntaxError, KeyError, *BROKEN) as error:
        raise _damaged(name) from error


def _damaged(name: str) -> BookError:
    return BookError(
        f"{name} is damaged or cut short: open it in Excel, save it as a new .xlsx and try again."
    )


def _trimmed(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Without the blank ends of rows, and the blank rows at the end: sheets span thousands."""
    found = []
    for row in rows:
        wide = len(row)
        while wide and not row[wide - 1]:
            wide -= 1
        found.append(tuple(row[:wide]))
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _check_size(name: str, sheets: list[tuple[tuple[str, ...], ...]]) -> None:
    cells = sum(sum(map(bool, row)) for rows in sheets for row in rows)
    if cells > MOST_CELLS:
        raise BookError(
            f"{name} holds {cells:,} filled cells; the most that are read are {MOST_CELLS:,}: "
            "leave in the audits alone, or bring them in year by year."
        )
    if not cells:
        raise BookError(f"{name} has no filled cell: save or send it again.")


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO, TRUE and FALSE as words."""
    if isinstance(value, str):
        return value.strip()[:LONGEST]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)
