"""Tables as text: CSV in any usual encoding, parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.core.audit.listing import ListError

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 64 * 1024
"""Characters on which the delimiter is settled."""
_LINES = 25


@dataclass(frozen=True)
class Table:
    """Rows as they stand in the file, each with its place; the headers may come further down."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def numbered(self, start: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """“row 12” (from 1, as a spreadsheet counts) and its cells, from the row at `start`."""
        return ((f"row {i + 1}", self.rows[i]) for i in range(start, len(self.rows)))


def table_of_text(data: bytes, name: str) -> Table:
    """The rows of a CSV file, cells without blanks at their ends.

    Errors: ListError for text that is no table.
    """
    text = decoded(data, name)
    first, _, rest = text.partition("\n")
    delimiter = delimiter_of(text)
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest  # Excel's own first line
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = tuple(tuple(cell.strip() for cell in row) for row in reader)
    except csv.Error as error:
        raise ListError(
            f"{name} cannot be read as CSV at line {reader.line_num:,}: look for a quotation mark "
            "that is never closed, or save it again as “CSV UTF-8”."
        ) from error
    if max((len(row) for row in rows), default=0) < 2:
        raise ListError(
            f"{name} is text without columns: save the list as “CSV UTF-8” or .xlsx and try again."
        )
    return Table(name, rows)


def decoded(data: bytes, name: str) -> str:
    """The text: by its byte order mark, else UTF-8, else Windows' own (cp1252)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise ListError(f"{name} is no text: save the list as “CSV UTF-8” or .xlsx and try again.")


def delimiter_of(text: str) -> str:
    """The character that parts the first lines into most cells, most evenly."""
    sample = text[:_SAMPLE]
    return max(DELIMITERS, key=lambda d: _evenness(sample, d))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the commonest number of cells, if above one; that number."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    sizes: list[int] = []
    try:
        for row in reader:
            sizes.append(len(row))
            if len(sizes) == _LINES:
                break
    except csv.Error:
        return 0, 0
    wide = [size for size in sizes if size > 1]
    if not wide:
        return 0, 0
    usual = max(wide, key=wide.count)
    return wide.count(usual), usual
