"""Lists of the plans that an authority holds: the SEN2 return in its forms, Annex A, or any table.

What a file is, is told by what it holds, never by its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from goldthread.core.audit.listing import Format, Listed, ListError
from goldthread.core.audit.mapping import ColumnMapping
from goldthread.readers.lists import annex_a, plain_list, sen2_tables, sen2_template, sen2_xml
from goldthread.readers.lists.aliases import load_columns
from goldthread.readers.lists.opening import Opened, opened
from goldthread.readers.lists.sen2 import Frame

__all__ = ["headers_of", "read_list"]


def read_list(
    files: Sequence[tuple[str, bytes]],
    today: dt.date,
    mapping: ColumnMapping | None = None,
    authority: str | None = None,
) -> Listed:
    """The plans of one list: of one file, of a zip, or of the CSV files of one SEN2 return.

    `files`: names and bytes; `mapping`: how a table of one's own is read (the usual headers are
    tried without it); `authority`: own three-digit code, so that another authority's list or row
    is refused. Nothing is guessed: cells that cannot be are left out and said in `refusals`.
    Errors: ListError, one sentence, when nothing can be read.
    """
    found = opened(files)
    frame = Frame(today, load_columns(), authority.zfill(3) if authority else None)
    if len(found) > 1 or sen2_tables.table_of(found[0]):
        return _complete(sen2_tables.read(found, frame))
    return _complete(_one(found[0], frame, mapping))


def headers_of(files: Sequence[tuple[str, bytes]], sheet: str = "") -> tuple[str, ...]:
    """The headers of a table of somebody's own, for the page on which they map its columns.

    Errors: ListError.
    """
    found = opened(files)
    if len(found) > 1 or found[0].kind == "xml":
        raise ListError("Only one table, as CSV or Excel, has columns to choose from.")
    return plain_list.table_of(found[0], load_columns(), sheet).headers


def _one(file: Opened, frame: Frame, mapping: ColumnMapping | None) -> Listed:
    if file.kind == "xml":
        return sen2_xml.read(file, frame)
    if mapping is None and file.kind == "workbook":
        if sen2_template.is_template(file):
            return sen2_template.read(file, frame)
        if annex_a.sheet_of(file) is not None:
            return annex_a.read(file, frame)
    return plain_list.read(file, frame, mapping)


def _complete(listed: Listed) -> Listed:
    """Errors: ListError when there was no row at all."""
    if not listed.read:
        raise ListError(
            f"The list has headings but no rows ({_NAMES[listed.format]}): export it again."
        )
    return listed


_NAMES = cast(
    "dict[Format, str]",
    {
        "sen2-xml": "SEN2 return, XML",
        "sen2-csv": "SEN2 return, CSV files",
        "sen2-excel": "SEN2 return, Excel template",
        "annex-a": "Annex A workbook",
        "csv": "CSV table",
        "excel": "Excel table",
    },
)
