"""Opens a PDF, or says in one sentence why it cannot be read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from goldthread.core.plan.document import ReadingError
from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.weighing import weigh

MOST_PAGES = 400
"""Pages; the longest plan heard of had 128, advice included."""


@contextlib.contextmanager
def opened(data: bytes, name: str) -> Iterator[tuple[int, int]]:
    """The document's handle and its number of pages, while PDFium is ours alone.

    Errors: ReadingError, when it is locked, damaged, empty or far too large.
    """
    weigh(data, name)
    with p.LOCK:
        handle = p.load_document(data, len(data), None)
        if not handle:
            raise _refused(p.last_error(), name)
        try:
            yield handle, _pages(handle, name)
        finally:
            p.close_document(handle)


def _pages(handle: int, name: str) -> int:
    pages: int = p.page_count(handle)
    if pages > MOST_PAGES:
        raise ReadingError(
            "too-many-pages",
            f"{name} has {pages:,} pages; the most that is read is {MOST_PAGES}. Check that it is "
            "the right file, or split it.",
        )
    if pages < 1:
        raise ReadingError("no-pages", f"{name} holds no pages: check that it is the right file.")
    return pages


def _refused(code: int, name: str) -> ReadingError:
    if code == p.PASSWORD:
        return ReadingError(
            "password",
            f"{name} is locked with a password: open it, save or print a copy without the "
            "password, and try again.",
        )
    return ReadingError(
        "damaged",
        f"{name} is damaged or cut short, so it cannot be read: fetch or save it anew and try "
        "again.",
    )
