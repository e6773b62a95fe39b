"""What was handed in, by its first bytes: XML, a table as text, a workbook, or a zip of these."""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from goldthread.core.audit.listing import ListError
from goldthread.readers.lists.texts import Table, table_of_text
from goldthread.readers.lists.workbook import BROKEN, Workbook

LARGEST = 256 * 1024 * 1024
"""Bytes of one file as it comes; 200,000 plans as CSV take a quarter of it."""
WHOLE = 512 * 1024 * 1024
"""Bytes that the files of one zip unpack to."""
MOST_FILES = 60
"""In a zip; a SEN2 return has nine."""
ENDINGS = (".csv", ".txt", ".tsv", ".xml", ".xlsx", ".xlsm")
_OLD = b"\xd0\xcf\x11\xe0"
_TAG = re.compile(rb"<(?:!--|\?|!DOCTYPE|[A-Za-z_])", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
REFUSED = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a Word file",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "packed with gzip",
}
SAVE = "save the list as .xlsx, .csv or, from COLLECT, .xml and try again"


@dataclass(frozen=True)
class Opened:
    """A file that may be a list."""

    name: str
    kind: Literal["xml", "text", "workbook"]
    data: bytes

    @cached_property
    def table(self) -> Table:
        """Of a text. Errors: ListError."""
        return table_of_text(self.data, self.name)

    @cached_property
    def workbook(self) -> Workbook:
        """Errors: ListError."""
        return Workbook(self.data, self.name)


def opened(files: Sequence[tuple[str, bytes]]) -> tuple[Opened, ...]:
    """The files, those in zips unpacked, each of a kind that can be a list.

    Errors: ListError for what is no list, for none, and for several that are no SEN2 return.
    """
    found = tuple(one for name, data in files for one in _opened(_last(name), data))
    if not found:
        raise ListError("No file was given: choose a list of plans.")
    if len(found) > 1 and any(one.kind != "text" for one in found):
        raise ListError(
            "Several files were given that are not the CSV files of one SEN2 return: give one "
            "list at a time."
        )
    return found


def _opened(name: str, data: bytes) -> Iterator[Opened]:
    _check(name, data)
    if data.startswith(b"PK\x03\x04"):
        yield from _packed(name, data)
        return
    start = data[:4096]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[: len(start) // 2 * 2].decode("utf-16", "replace").encode()
    head = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if _PAGE.match(head):
        raise ListError(f"{name} is a web page: {SAVE}.")
    yield Opened(name, "xml" if _TAG.match(head) else "text", data)


def _check(name: str, data: bytes) -> None:
    if not data.strip():
        raise ListError(f"{name} is empty: export the list again.")
    if len(data) > LARGEST:
        raise ListError(
            f"{name} is {len(data) / 2**20:.0f} MB; the most that is read is "
            f"{LARGEST / 2**20:.0f} MB: check that it is a list of plans."
        )
    if data.startswith(_OLD):
        raise ListError(
            f"{name} is an old Excel or Word file, or locked with a password: open it, take the "
            "password off and save it as .xlsx."
        )
    for magic, what in REFUSED.items():
        if data.startswith(magic):
            raise ListError(f"{name} is {what}, not a list: {SAVE}.")


def _packed(name: str, data: bytes) -> Iterator[Opened]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {e.filename for e in entries}
            if "[Content_Types].xml" in names or "xl/workbook.xml" in names:
                yield _office(name, names, data)
            elif "mimetype" in names:
                raise ListError(f"{name} is an OpenDocument file: {SAVE}.")
            else:
                yield from _members(name, archive, entries)
    except BROKEN as error:
        if isinstance(error, ListError):
            raise
        raise ListError(f"{name} is damaged or cut short: save or send it again.") from error


def _office(name: str, names: set[str], data: bytes) -> Opened:
    if "xl/workbook.xml" in names:
        return Opened(name, "workbook", data)
    what = "an Excel file in the binary form" if "xl/workbook.bin" in names else "no Excel workbook"
    raise ListError(f"{name} is {what}: {SAVE}.")


def _members(
    name: str, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]
) -> Iterator[Opened]:
    wanted = [
        e for e in entries
        if not e.is_dir() and not e.filename.startswith("__MACOSX")
        and e.filename.lower().endswith(ENDINGS)
    ]  # fmt: skip
    if not wanted:
        raise ListError(f"{name} is a zip without any list in it: {SAVE}.")
    if len(wanted) > MOST_FILES:
        raise ListError(
            f"{name} holds {len(wanted):,} files; a list has at most {MOST_FILES}: zip only those "
            "of one list."
        )
    left = WHOLE
    for entry in wanted:
        data = _member(name, archive, entry, left)
        left -= len(data)
        yield from _plain_member(_last(entry.filename), data)


def _member(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """At most `left` bytes, whatever the zip's own index claims."""
    if entry.flag_bits & 1:
        raise ListError(f"{name} is locked with a password: take it off and try again.")
    with archive.open(entry) as stream:
        data = stream.read(left + 1)
    if len(data) > left:
        raise ListError(
            f"{name} unpacks to more than {WHOLE / 2**20:.0f} MB: check that it is a list of plans."
        )
    return data


def _plain_member(name: str, data: bytes) -> Iterator[Opened]:
    """A file of a zip; a zip in a zip is opened only if it is a workbook."""
    for one in _opened(name, data):
        if one.name != name:
            raise ListError(f"{name} is a zip inside a zip: unpack it first.")
        yield one


def _last(name: str) -> str:
    """The name without folders and what cannot be shown."""
    last = posixpath.basename(name.replace("\\", "/"))
    return "".join(c for c in last if c.isprintable())[:100] or "The file"
