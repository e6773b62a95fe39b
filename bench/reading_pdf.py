"""PDF reading: 20, 40 and 80 pages, beside PDFium's own share and pdfplumber, in one run.

All times are of one core (processor time), the best of several turns on warm code.
"""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable

import pypdfium2

from goldthread.readers.pdf import read_pdf
from goldthread.simulation.plans.big import big_plan

TURNS = 9
SIZES = (20, 40, 80)
MEGABYTE = 1024
"""Kilobytes, in which Linux tells the largest memory of a process."""


def main() -> None:
    print(f"{'document':<34}{'pages':>6}{'PDFium':>9}{'read':>9}{'a page':>8}")
    for kind in ("untagged", "pdf"):
        for pages in SIZES:
            data = big_plan(pages, kind, family="area-tables")
            turns = TURNS if pages == SIZES[0] else 3
            low, all_ = best(lambda d=data: plain(d), turns), best(lambda d=data: ours(d), turns)
            count = read_pdf(data, "plan.pdf").pages or 1
            name = f"{'tagged' if kind == 'pdf' else 'ruled'}, {pages * 400:,} words"
            print(f"{name:<34}{count:>6}{low:>7.0f}ms{all_:>7.0f}ms{all_ / count:>6.1f}ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"largest memory of this process, the generator of plans included: {peak:.0f} MB")
    data = big_plan(SIZES[0], "untagged", family="area-tables")
    theirs = best(lambda: other(data), 1)
    print(f"pdfplumber, tables and text, {SIZES[0] * 400:,} words: {theirs:.0f}ms")


def best(work: Callable[[], None], turns: int) -> float:
    """Milliseconds."""
    work()
    taken = []
    for _ in range(turns):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken) * 1000


def ours(data: bytes) -> None:
    read_pdf(data, "plan.pdf")


def plain(data: bytes) -> None:
    """PDFium's own share: pages and their text, nothing made of it."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def other(data: bytes) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()
            page.extract_text()


if __name__ == "__main__":
    main()
