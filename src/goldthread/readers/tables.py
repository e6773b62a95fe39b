"""Published CSV files as tables of text, or one sentence on what is wrong with them."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from pathlib import Path

import polars as pl

LARGEST = 512 * 1024 * 1024
"""Bytes of one file once unpacked; the largest published SEN2 file is a tenth of that."""

NOT_CSV = {
    b"PK\x03\x04": "an Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF": "a PDF",
    b"\xff\xfe": "in the UTF-16 encoding",
    b"\xfe\xff": "in the UTF-16 encoding",
    b"PAR1": "a Parquet file",
}
BLANK = re.compile(rb"\s*")
SAVE_AS_CSV = "Open it and save it as “CSV UTF-8”, or download the CSV again."


class TableError(ValueError):
    """The file cannot be read as a table; the message names it, says why and what to do."""


def read_table(path: Path) -> pl.DataFrame:
    """The CSV or gzipped CSV at `path`, every column as text, blanks as empty strings.

    Errors: TableError, one sentence, when it is absent, no CSV, not UTF-8, empty or cut short.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    return table_of(data, path.name)


def table_of(data: bytes, name: str) -> pl.DataFrame:
    """The same from bytes; `name` is what messages call the file."""
    text = _decoded(_unpacked(data, name), name)
    header = _header(text, name)
    _check_rows(text, len(header), name)
    table = _parsed(text, header, name)
    if table.is_empty():
        raise TableError(f"{name} has a header but no rows; download it again.")
    return table


def _unpacked(data: bytes, name: str) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise TableError(f"{name} is a gzip file that is cut short or damaged.") from error
    if len(found) > LARGEST:
        raise TableError(f"{name} unpacks to more than {LARGEST // 2**20} MB, too much to be one.")
    return found


def _decoded(data: bytes, name: str) -> str:
    for magic, what in NOT_CSV.items():
        if data.startswith(magic):
            raise TableError(f"{name} is {what}, not CSV in UTF-8. {SAVE_AS_CSV}")
    if BLANK.fullmatch(data[:1000]) and not data.strip():
        raise TableError(f"{name} is empty; download it again.")
    if data.lstrip()[:1] == b"<":
        raise TableError(f"{name} is a web page, not CSV. Download the file itself.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError(
            f"{name} is not UTF-8 (line {line} holds a byte of another encoding). {SAVE_AS_CSV}"
        ) from error
    if "\0" in text:
        raise TableError(f"{name} holds binary data, not CSV. {SAVE_AS_CSV}")
    return text


def _header(text: str, name: str) -> list[str]:
    header = [h.strip() for h in next(csv.reader(io.StringIO(text)), [])]
    twice = sorted({h for h in header if header.count(h) > 1})
    if twice:
        raise TableError(f"{name} has more than one column called “{twice[0]}”; keep one of them.")
    if len(header) < 2:
        raise TableError(f"{name} has no commas in its first line, so it is no CSV table.")
    return header


def _check_rows(text: str, columns: int, name: str) -> None:
    """Polars fills a short row with blanks; a file cut short must be refused instead."""
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], 2):
        if '"' in line:
            if line.count('"') % 2:  # a field runs over several lines: nothing to count in one
                return
            found = len(next(csv.reader([line])))
        else:
            found = line.count(",") + 1
        if found != columns and line.strip():
            last = " The file looks cut short; download it again." if number >= len(lines) else ""
            raise TableError(
                f"{name}, line {number}: {found} values where there are {columns} columns.{last}"
            )


def _parsed(text: str, header: list[str], name: str) -> pl.DataFrame:
    try:
        return pl.read_csv(
            io.BytesIO(text.encode()),
            has_header=False,
            skip_rows=1,
            new_columns=header,
            infer_schema=False,
        ).fill_null("")
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema=dict.fromkeys(header, pl.String))
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise TableError(f"{name} is not a well-formed CSV file: {reason}.") from error
