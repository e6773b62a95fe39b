"""Reads Word files (.docx): a walker of our own over lxml, because no library keeps everything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from lxml import etree

from goldthread.core.plan.document import Location, Paragraph, Problem, RawDocument, ReadingError
from goldthread.readers.docx import names as n
from goldthread.readers.docx.package import BODY, Package
from goldthread.readers.docx.runs import clean
from goldthread.readers.docx.styles import Styles, read_lists
from goldthread.readers.docx.walker import TooDeep, Walker

NOWHERE = Location()


def read_docx(data: bytes, name: str) -> RawDocument:
    """The document in `data`. Errors: ReadingError, one sentence."""
    package = Package(data, name)
    root = package.xml(BODY)
    body = None if root is None else root.find(n.W + "body")
    if body is None:
        raise package.refuse("no-body", "has no text part (word/document.xml)")
    # lxml hands out a new object for an element unless one is kept: the list keeps them.
    elements = list(body.iter(n.P))
    ordinals = {id(element): number for number, element in enumerate(elements)}
    walker = Walker(
        Styles(package.xml("word/styles.xml")),
        read_lists(package.xml("word/numbering.xml")),
        ordinals,
    )
    try:
        blocks = walker.blocks(body, NOWHERE)
        for notes in ("word/footnotes.xml", "word/endnotes.xml"):
            blocks += _notes(package.xml(notes), walker)
    except (TooDeep, RecursionError) as error:
        raise package.refuse("too-deep", "is nested too deeply to read") from error
    if not blocks:
        raise ReadingError("empty", f"{name} holds no text: check that it is the right file.")
    return RawDocument(
        name=name,
        kind="docx",
        digest=hashlib.sha256(data).hexdigest(),
        blocks=tuple(blocks),
        pages=_pages(package) or walker.page,
        margins=tuple(_margins(package)),
        problems=tuple(_problems(package, walker)),
        tracked_changes=walker.tracked,
    )


def _notes(root: etree._Element | None, walker: Walker) -> list[Paragraph]:
    found: list[Paragraph] = []
    for note in () if root is None else root:
        if note.get(n.W + "type") is None:  # separators have one
            blocks = walker.blocks(note, NOWHERE, "note")
            found += [b for b in blocks if isinstance(b, Paragraph)]
    return found


def _margins(package: Package) -> Iterable[Paragraph]:
    seen: set[str] = set()
    for part in (*package.matching("word/header"), *package.matching("word/footer")):
        root = package.xml(part)
        for element in () if root is None else root.iter(n.P):
            text = clean("".join(t.text or "" for t in element.iter(n.T)))
            if text and text not in seen:
                seen.add(text)
                yield Paragraph(text, NOWHERE, part="margin")


def _pages(package: Package) -> int | None:
    root = package.xml("docProps/app.xml")
    for element in () if root is None else root:
        if etree.QName(element).localname == "Pages" and (element.text or "").isdigit():
            return int(element.text or "0") or None
    return None


def _problems(package: Package, walker: Walker) -> Iterable[Problem]:
    if walker.tracked:
        yield Problem(
            "tracked-changes",
            f"{package.name} has {walker.tracked} tracked changes: it was read as if all were "
            "accepted. Accept or reject them before it is issued.",
        )
    comments = package.xml("word/comments.xml") if "word/comments.xml" in package.names else None
    if comments is not None and len(comments):
        yield Problem(
            "comments",
            f"{package.name} has {len(comments)} comments in its margin, which were not read. "
            "Take them out before it is issued.",
        )
