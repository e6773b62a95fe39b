"""Reads Word files (.docx): a walker of our own over lxml, because no library keeps everything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from goldthread.core.plan.document import (
    Location,
    Paragraph,
    RawDocument,
    ReadingError,
    Table,
)
from goldthread.readers.docx import names as n
from goldthread.readers.docx.lists import Kinds, Lists, read_kinds
from goldthread.readers.docx.package import Package, parsed
from goldthread.readers.docx.problems import problems
from goldthread.readers.docx.styles import Styles
from goldthread.readers.docx.walker import TooDeep, Walker

REMEMBERED = 1024 * 1024
"""Longer style parts are worked out anew each time."""
PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"


def read_docx(data: bytes, name: str) -> RawDocument:
    """The document in `data`. Errors: ReadingError, one sentence."""
    package = Package(data, name)
    body = body_of(package)
    # lxml hands out a new object for an element unless one is kept: the list keeps them.
    elements = list(body.iter(n.P))
    ordinals = {id(element): number for number, element in enumerate(elements)}
    styles = styles_of(package)
    walker = Walker(styles, Lists(_kinds_of(package)), ordinals, _paged(body))
    try:
        blocks = walker.blocks(body, None)
        pages = max(_pages(package), walker.page) if walker.paged else _pages(package)
        walker.paged = False  # a note does not say on which page it stands
        for notes in ("footnotes", "endnotes"):
            blocks += _notes(package.xml(package.part(notes)), walker)
        margins = tuple(_margins(package, styles))
    except (TooDeep, RecursionError) as error:
        raise package.refuse("too-deep", "is nested too deeply to read") from error
    if not blocks:
        raise _without_text(package)
    return RawDocument(
        name=name,
        kind="docx",
        digest=hashlib.sha256(data).hexdigest(),
        blocks=tuple(blocks),
        pages=pages or None,
        margins=margins,
        problems=tuple(problems(package, walker)),
        tracked_changes=walker.tracked,
    )


def body_of(package: Package) -> etree._Element:
    root = package.xml(package.body)
    body = None if root is None else root.find(n.W + "body")
    if body is None:
        raise package.refuse("no-body", "has no text part (word/document.xml)")
    return body


def styles_of(package: Package) -> Styles:
    """An authority's documents share their styles, so these are worked out once."""
    part = package.part("styles")
    known = package.size(part) < REMEMBERED
    return package.made(part, _known_styles if known else _styles)


def _kinds_of(package: Package) -> Kinds:
    part = package.part("numbering")
    known = package.size(part) < REMEMBERED
    return package.made(part, _known_kinds if known else _kinds)


def _styles(data: bytes) -> Styles:
    return Styles(parsed(data) if data else None)


def _kinds(data: bytes) -> Kinds:
    return read_kinds(parsed(data) if data else None)


_known_styles = lru_cache(maxsize=4)(_styles)
_known_kinds = lru_cache(maxsize=4)(_kinds)


def _paged(body: etree._Element) -> bool:
    """Whether the file says anywhere where a page ends."""
    if next(body.iter(n.RENDERED_BREAK, n.BREAK_BEFORE), None) is not None:
        return True
    return any(b.get(n.TYPE) == "page" for b in body.iter(n.BREAK))


def _notes(root: etree._Element | None, walker: Walker) -> list[Paragraph | Table]:
    found: list[Paragraph | Table] = []
    for note in () if root is None else root:
        if note.get(n.TYPE) is None:  # separators have one
            found += walker.blocks(note, None, "note")
    return found


def _margins(package: Package, styles: Styles) -> Iterable[Paragraph]:
    walker = Walker(styles, Lists(Kinds()), {}, paged=False)
    seen: set[str] = set()
    for part in (*package.matching("word/header"), *package.matching("word/footer")):
        root = package.xml(part)
        for paragraph in () if root is None else flat(walker.blocks(root, None)):
            if paragraph.text and paragraph.text not in seen:
                seen.add(paragraph.text)
                yield Paragraph(paragraph.text, Location(), part="margin")


def flat(blocks: Iterable[Paragraph | Table]) -> Iterable[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            cells = (cell for row in block.rows for cell in row.cells if not cell.inherited)
            for cell in cells:
                yield from cell.paragraphs


def _pages(package: Package) -> int:
    """What Word last counted; 0 when it never did (a template's own count has no words)."""
    root = package.xml("docProps/app.xml")
    found = {"Pages": 0, "Words": 0}
    for element in () if root is None else root.iter(*(PROPERTIES + name for name in found)):
        name = element.tag.removeprefix(PROPERTIES)
        found[name] = n.whole((element.text or "").strip(), 0, 100_000)
    return found["Pages"] if found["Words"] else 0


def _without_text(package: Package) -> ReadingError:
    if package.holds("word/media/"):
        return ReadingError(
            "no-text-layer",
            f"{package.name} holds pictures and no text: save it as a PDF and try again, so that "
            "the words in the pictures can be recognised.",
        )
    return ReadingError("empty", f"{package.name} holds no text: check that it is the right file.")
