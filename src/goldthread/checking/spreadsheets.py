"""Reads a spreadsheet of audits in a process of its own, capped in memory and time."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from goldthread.checking.capped import Caps, ask, broke, serve
from goldthread.checking.job import Refused
from goldthread.checking.worker import MEMORY
from goldthread.core.audit.book import Book, BookError

SECONDS = 15
CLOCK = 60.0
WHAT = "a workbook of audits"
_BOOK = TypeAdapter(Book)


def read_book_capped(name: str, data: bytes) -> Book | Refused:
    """As `readers.audits.read_book`, in a process of 1.5 GiB and 15 seconds of processor.

    Never raises for what a file holds: `Refused.sentence` says why it was not read.
    """
    caps = Caps(MEMORY, SECONDS, CLOCK, WHAT)
    answer = ask("goldthread.checking.spreadsheets", name, {}, [data], caps)
    if isinstance(answer, Refused):
        return answer
    kind, told = answer
    try:
        return _BOOK.validate_json(told) if kind == "book" else Refused.model_validate_json(told)
    except ValidationError:
        return broke(name)


def _read(header: dict[str, Any], blobs: list[bytes]) -> tuple[str, bytes]:
    from goldthread.readers.audits import read_book  # only this process needs it

    try:
        return "book", _BOOK.dump_json(read_book(header["name"], blobs[0]))
    except BookError as error:
        refused = Refused(name=header["name"], code="book", sentence=str(error))
        return "refused", refused.model_dump_json().encode()


if __name__ == "__main__":
    serve(_read, WHAT)
