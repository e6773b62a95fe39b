"""Reads PDFs: by their tags, else by ruling lines and geometry; scans by tesseract."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from goldthread.core.plan.document import Paragraph, RawDocument, ReadingError, Table
from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.assembling import Assembled, by_geometry, by_tags
from goldthread.readers.pdf.building import built, margin_paragraphs
from goldthread.readers.pdf.opening import opened
from goldthread.readers.pdf.pages import Gathered, Gatherer, take
from goldthread.readers.pdf.paragraphs import drafts_in
from goldthread.readers.pdf.problems import nothing_read, problems_of
from goldthread.readers.pdf.scan import Recogniser

Progress = Callable[[str], None]


def read_pdf(
    data: bytes, name: str, ocr: bool = True, progress: Progress | None = None
) -> RawDocument:
    """The PDF in `data`, called `name`.

    `ocr`: whether pages that are pictures are recognised, about a second each; `progress` is told
    of each of them. Errors: ReadingError, one sentence, when nothing can be read.
    """
    with opened(data, name) as (document, pages):
        recogniser = Recogniser() if ocr else None
        tagged = bool(p.is_tagged(document))
        found = Gatherer(document, pages, tagged).gather(recogniser, progress)
        made = by_tags(found) if tagged and _fit_for_tags(found) else None
        if made is None:
            if tagged:
                scans = [leaf.scan for leaf in found.leaves]
                found = Gatherer(document, pages, tagged=False).gather(None, None)
                for leaf, scan in zip(found.leaves, scans, strict=True):
                    if scan is not None:
                        take(leaf, scan)
            made = by_geometry(found)
    return _document(data, name, pages, found, made)


def _fit_for_tags(found: Gathered) -> bool:
    """Whether all its text can be in the tree: what is scanned or filled in is not."""
    return not found.filled and not any(leaf.pictured for leaf in found.leaves)


def _document(data: bytes, name: str, pages: int, found: Gathered, made: Assembled) -> RawDocument:
    blocks: tuple[Paragraph | Table, ...] = built(made.blocks)
    if not any(draft.text for draft in drafts_in(made.blocks)):
        raise nothing_read(found, name)
    scanned = any(leaf.scan is not None and leaf.scan.confidence > 0 for leaf in found.leaves)
    return RawDocument(
        name,
        "scan" if scanned else "pdf",
        hashlib.sha256(data).hexdigest(),
        blocks,
        pages=pages,
        margins=margin_paragraphs(made.margins),
        problems=tuple(problems_of(found, name)),
        tagged=made.tagged,
    )


__all__ = ["ReadingError", "read_pdf"]
