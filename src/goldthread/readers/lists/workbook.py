"""Excel workbooks as rows of text, sheet by sheet. Macros and formulas are never run.

What the zip unpacks to, and how far a sheet reaches, is measured before the sheet is read: one
cell at the far corner makes a grid of seventeen thousand million.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import python_calamine

from goldthread.core.audit.listing import ListError
from goldthread.readers.lists.texts import Table

PART = 400 * 1024 * 1024
"""Bytes of one part unpacked; a sheet of 200,000 plans takes half of it."""
ENTRIES = 5000
CELLS = 12_000_000
"""Of the grid that a sheet spans, blank ones included."""
CHUNK = 1024 * 1024
OVERLAP = 256
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]{0,200}?\sr=\"(\d{1,9})\"")
_COLUMN = re.compile(rb"\sr=\"([A-Z]{2,3})\d")
_UNWORKED = re.compile(rb"(?:</f>|<f\b[^>]{0,200}/>)\s*(?:<v\s*/>|<v></v>|</c>)")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError,
          RuntimeError, NotImplementedError, OverflowError)  # fmt: skip
"""What zips raise that are damaged or made to hurt."""
PASSED_ON = (KeyboardInterrupt, SystemExit, MemoryError)
UNWORKED = (
    "Some cells hold formulas whose results the file does not have, so they count as blank: open "
    "the list in Excel, save it and import it again."
)


class Workbook:
    """Sheets by name, hidden ones and hidden columns too. Errors: ListError."""

    def __init__(self, data: bytes, name: str, what: str = "a list of plans") -> None:
        self.name, self._what = name, what
        self.unworked = False
        """Whether formulas without results were met."""
        self._measure(data)
        try:
            self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except PASSED_ON:
            raise
        except BaseException as error:  # they share no base, and a panic is no Exception
            raise self._damaged() from error
        self._read: dict[str, Table] = {}

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(
            meta.name
            for meta in self._book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        )

    @property
    def hidden(self) -> frozenset[str]:
        """The sheets that Excel does not show."""
        shown = python_calamine.SheetVisibleEnum.Visible
        return frozenset(m.name for m in self._book.sheets_metadata if m.visible != shown)

    def values(self, name: str) -> Iterator[list[Any]]:
        """The rows from A1 on, each cell as what it is."""
        try:
            sheet = self._book.get_sheet_by_name(name)
            left = [""] * (sheet.start[1] if sheet.start else 0)
            yield from ([*left, *row] for row in sheet.iter_rows())
        except PASSED_ON:
            raise
        except BaseException as error:
            raise self._damaged() from error

    def sheet(self, name: str) -> Table:
        """The rows from the top of the sheet, cells as text without blanks at their ends."""
        if name not in self._read:
            self._read[name] = Table(self.name, self._rows(name))
        return self._read[name]

    def _rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        try:
            rows = self._book.get_sheet_by_name(name).iter_rows()
            return tuple(
                [tuple([v.strip() if v.__class__ is str else said(v) for v in r]) for r in rows]
            )
        except PASSED_ON:
            raise
        except BaseException as error:
            raise self._damaged() from error

    def _damaged(self) -> ListError:
        return ListError(
            f"{self.name} is damaged or locked inside: open it in Excel, save it as a new .xlsx "
            "without a password and try again."
        )

    def _measure(self, data: bytes) -> None:
        """Errors: ListError for a workbook that unpacks to, or spans, too much."""
        try:
            self._unpack(data)
        except BROKEN as error:
            if isinstance(error, ListError):
                raise
            raise self._damaged() from error

    def _unpack(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES or sum(e.file_size for e in entries) > 2 * PART:
                raise self._bomb()
            for entry in entries:
                if entry.filename.startswith("xl/") and entry.filename.endswith(".xml"):
                    self._part(archive, entry)

    def _part(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        """Unpacks a part piece by piece, whatever the zip's own index claims of its size."""
        grid = entry.filename.startswith("xl/worksheets/")
        size = rows = columns = 0
        kept = b""
        with archive.open(entry) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > PART:
                    raise self._bomb()
                if not grid:
                    continue
                text = kept + piece
                rows = max((rows, *map(int, _ROW.findall(text))))
                columns = max((columns, *map(_column, set(_COLUMN.findall(text)))))
                if rows * max(columns, 26) > CELLS:
                    raise self._bomb()
                self.unworked = self.unworked or _UNWORKED.search(text) is not None
                kept = text[-OVERLAP:]

    def _bomb(self) -> ListError:
        return ListError(
            f"{self.name} holds far more than {self._what}: delete what stands far below or to "
            "the right of it, save it and try again."
        )


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def said(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO, true and false as 1 and 0."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)
