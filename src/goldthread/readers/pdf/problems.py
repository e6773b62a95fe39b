"""Says what could not be read or had to be guessed."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.plan.document import Problem, ReadingError
from goldthread.readers.pdf.pages import Gathered

SURE = 0.8
"""Confidence below which a recognised page is to be checked by eye."""
WORD = "ask for the Word file, or a PDF made from it"


def problems_of(found: Gathered, name: str) -> Iterator[Problem]:
    """In the order of the pages; then what concerns the whole file."""
    for leaf in found.leaves:
        number = leaf.sheet.number
        if leaf.pictured:
            yield from _of_scan(leaf.scan.fault if leaf.scan else "off", leaf, number)
    for number in found.blank:
        yield Problem(
            "page-damaged",
            f"Page {number} of {name} is damaged and was left out: fetch or save the file anew.",
            number,
        )
    if found.comments:
        yield Problem(
            "comments",
            f"{name} has {found.comments} notes or highlights added on top of its pages, which "
            "were not read. Take them out before it is issued.",
        )
    struck = sum(leaf.struck for leaf in found.leaves)
    if struck:
        lines = "line" if struck == 1 else "lines"
        yield Problem(
            "struck-through",
            f"{name} has {struck} {lines} with words struck through: it was read without them. "
            "Take them out before it is issued.",
        )


def _of_scan(fault: str, leaf: object, number: int) -> Iterator[Problem]:
    scan = getattr(leaf, "scan", None)
    if fault:
        yield Problem(*_unread(fault, number), number)
    elif scan is not None and scan.confidence <= 0:
        yield Problem(
            "no-text-layer",
            f"Page {number} is a picture in which no words were found: look at it yourself.",
            number,
        )
    elif scan is not None and scan.confidence < SURE:
        yield Problem(
            "low-ocr-confidence",
            f"Page {number} is a scan that could be read only with doubt "
            f"({scan.confidence:.0%} sure): check what is quoted from it, or {WORD}.",
            number,
        )


def _unread(fault: str, number: int) -> tuple[str, str]:
    start = f"Page {number} is a picture without text"
    if fault == "missing":
        return (
            "no-text-layer",
            f"{start} and was not read: install tesseract, or {WORD}.",
        )
    if fault == "late":
        return (
            "pages-left-out",
            f"{start} and was left out, because the pages before it took all the time there is: "
            f"{WORD}.",
        )
    if fault in ("timeout", "failed"):
        return ("no-text-layer", f"{start} and could not be recognised: {WORD}.")
    return ("no-text-layer", f"{start} and was not recognised: {WORD}.")


def nothing_read(found: Gathered, name: str) -> ReadingError:
    """Why a file gave no text at all."""
    pictures = [leaf for leaf in found.leaves if leaf.pictured]
    if not pictures:
        return ReadingError(
            "no-text-layer",
            f"{name} holds no text: check that it is the right file, or {WORD}.",
        )
    pages = f"all {len(pictures)} pages are pictures" if len(pictures) > 1 else "it is a picture"
    if any(leaf.scan and leaf.scan.fault == "missing" for leaf in pictures):
        what = "install tesseract, or "
    else:
        what = ""
    return ReadingError("no-text-layer", f"{name} holds no text, {pages}: {what}{WORD}.")
