"""A Word file with other words in it: same layout, no properties, no pictures.

Text is replaced inside the runs it stands in, also where it runs over several. What holds no text
to replace but may show a person (pictures, embedded files, macros) is emptied.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from goldthread.core.plan.document import Location
from goldthread.core.privacy.identifiers import Span
from goldthread.core.privacy.replacing import joined
from goldthread.core.privacy.review import Entry
from goldthread.readers.docx import names as n
from goldthread.readers.docx.package import BODY, Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PARAGRAPHS = frozenset({n.P, A + "p"})
TEXTS = frozenset({n.T, n.DEL_TEXT, A + "t"})
FIELDS = frozenset({n.W + "instrText", n.W + "delInstrText"})
GAPS = frozenset({n.TAB, n.BREAK, n.CR, A + "br"})
STORIES = re.compile(
    r"(?:word|xl)/(?:document|header\d*|footer\d*|footnotes|endnotes|comments\w*|glossary/document|"
    r"charts/\w+|diagrams/\w+|drawings/\w+)\.xml$"
)
AROUND = 30
BLANK = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0"
    + zlib.crc32(b"IHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0").to_bytes(4, "big")
    + len(_d := zlib.compress(b"\0\xff")).to_bytes(4, "big")
    + b"IDAT" + _d + zlib.crc32(b"IDAT" + _d).to_bytes(4, "big")
    + b"\0\0\0\0IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")
)  # fmt: skip
"""One white point."""
Find = Callable[[str], Sequence[Span]]


@dataclass(slots=True)
class Piece:
    """Text of one element (None: a gap, which stays), and whether it stands, came or went."""

    node: etree._Element | None
    text: str
    state: int = 0
    """0 stands · 1 inserted · 2 deleted."""
    line: int = 0
    start: int = 0


@dataclass
class Story:
    """The text of one part as one string; offsets count in `text`."""

    part: str
    root: etree._Element
    pieces: list[Piece] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    """Line -> number of its w:p in the part; -1 for what is no w:p."""

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)

    def views(self) -> Iterator[tuple[str, list[int]]]:
        """Text and, for each character, its offset: with all, as amended, as it was."""
        states = {p.state for p in self.pieces}
        for gone in (None, 2, 1) if states - {0} else (None,):
            at = [p.start + k for p in self.pieces if p.state != gone for k in range(len(p.text))]
            yield "".join(p.text for p in self.pieces if p.state != gone), at


def stories(package: Package) -> list[Story]:
    """Every part with text, the body first."""
    names = sorted((x for x in package.names if STORIES.match(x)), key=lambda x: x != BODY)
    found = []
    for name in names:
        root = package.xml(name)
        if root is not None:
            found.append(_story(name, root))
    return found


def _story(name: str, root: etree._Element) -> Story:
    story = Story(name, root)
    ordinal = -1
    at = 0
    for element in root.iter(*PARAGRAPHS):
        ordinal += element.tag == n.P
        fields: list[Piece] = []
        pieces = list(_pieces(element, 0, fields))
        for line in (pieces, fields):
            if line:
                for piece in (*line, Piece(None, "\n")):
                    piece.line, piece.start = len(story.ordinals), at
                    at += len(piece.text)
                    story.pieces.append(piece)
                story.ordinals.append(ordinal if element.tag == n.P else -1)
    return story


def _pieces(node: etree._Element, state: int, fields: list[Piece]) -> Iterator[Piece]:
    """Of one paragraph, without paragraphs inside it."""
    for child in node:
        tag = child.tag
        if tag in PARAGRAPHS or not isinstance(tag, str):
            continue
        if tag in TEXTS:
            yield Piece(child, child.text or "", state)
        elif tag in FIELDS:
            fields.append(Piece(child, child.text or "", state))
        elif tag in GAPS:
            yield Piece(None, " ", state)
        elif tag == n.HARD_HYPHEN:
            yield Piece(None, "-", state)
        else:
            inner = {n.INS: 1, n.MOVE_TO: 1, n.DEL: 2, n.MOVE_FROM: 2}.get(tag, 0)
            yield from _pieces(child, max(state, inner), fields)


# --- Rewriting -------------------------------------------------------------------------------


def rewrite_story(
    story: Story, find: Find, file: str, places: dict[int, Location]
) -> Iterator[Entry]:
    """Replaces in the story's elements what `find` finds in any of its views."""
    spans = []
    for text, at in story.views():
        for span in find(text):
            start, end = at[span.start], at[span.end - 1] + 1
            spans.append(Span(start, end, span.kind, span.by, span.sure))
    chosen, text = joined(spans), story.text
    lines = _lines_of(story)
    for span in reversed(chosen):
        if span.by:
            _replace(story.pieces, span)
    for span in chosen:
        ordinal = story.ordinals[lines(span.start)]
        place = places.get(ordinal, Location()) if story.part == BODY else Location()
        around = " ".join(text[max(0, span.start - AROUND) : span.end + AROUND].split())
        words = text[span.start : span.end]
        yield Entry(file, span.kind, span.sure, span.by, _called(story.part), place, words, around)


def _lines_of(story: Story) -> Callable[[int], int]:
    starts = [p.start for p in story.pieces]
    return lambda offset: story.pieces[bisect_right(starts, offset) - 1].line


def _replace(pieces: list[Piece], span: Span) -> None:
    """The first element that holds some of it gets all; the others lose their share."""
    left = span.by
    for piece in pieces:
        low, high = max(span.start - piece.start, 0), min(span.end - piece.start, len(piece.text))
        if piece.node is None or low >= high:
            continue
        now = piece.node.text or ""
        piece.node.text = now[:low] + left + now[high:]
        piece.node.set(SPACE, "preserve")
        left = ""


def _called(part: str) -> str:
    """The part in words: body, header, footer, footnotes, comments …"""
    stem = re.sub(r"\d+$", "", part.rsplit("/", 1)[-1].removesuffix(".xml"))
    return "body" if part == BODY else stem


# --- The rest of the package -----------------------------------------------------------------

TAKEN = frozenset(
    n.W + x
    for x in ("dataBinding", "docVars", "mailMerge", "attachedTemplate", "documentProtection")
)
"""Elements that fetch or hold data of their own and carry no layout."""
READABLE = frozenset({"descr", "title", "alt", "tooltip", "name", "anchor", "string", "href",
                      "displayText", "value"})  # fmt: skip
"""Attributes in which people write."""
WITH_WORDS = frozenset(
    n.W + x
    for x in ("alias", "tag", "helpText", "statusText", "default", "listEntry", "name", "docVar")
)
"""Elements in whose w:val people write; elsewhere it is a colour, a size or a style."""
LOOKS = re.compile(r"word/(?:styles\w*|fontTable|theme/\w+|numbering|webSettings)\.xml$")
"""Parts that say how it looks: a font may have a person's name."""
KEPT = ("created", "modified", "revision", "Pages", "Words", "Lines", "Paragraphs")


def clean_part(
    name: str, root: etree._Element, names: Callable[[str], str], author: Callable[[str], str]
) -> None:
    """Takes out what stands in attributes and in parts that are no text of the document."""
    if name.startswith("docProps/"):
        for element in root.iter():
            if element.text and not str(element.tag).endswith(KEPT):
                element.text = None
        return
    if name.endswith(".rels"):
        _links(root, names)
        return
    for element in [e for e in root.iter() if e.tag in TAKEN]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter():
        _attributes(element, names, author)
        if not STORIES.match(name) and element.text and element.text.strip():
            element.text = names(element.text)


def _attributes(
    element: etree._Element, names: Callable[[str], str], author: Callable[[str], str]
) -> None:
    for key, value in ((str(k), str(v)) for k, v in element.attrib.items()):
        local = key.rsplit("}", 1)[-1]
        if local == "author" and value:
            element.set(key, author(value))
        elif local in ("initials", "userId", "providerId"):
            element.set(key, "" if local != "initials" else "A")
        elif len(value) > 2 and (local in READABLE or _has_words(element, local)):
            clean = names(value)
            if clean != value:
                plain = local in ("name", "anchor")
                element.set(key, re.sub(r"\W+", "_", clean) if plain else clean)


def _has_words(element: etree._Element, attribute: str) -> bool:
    return attribute == "val" and element.tag in WITH_WORDS


def _links(root: etree._Element, names: Callable[[str], str]) -> None:
    for link in root.iter():
        target = link.get("Target", "")
        if link.get("TargetMode") == "External" and (
            not target.startswith(("http://", "https://")) or names(target) != target
        ):
            link.set("Target", "https://example.invalid/")


def packed(
    data: bytes, package: Package, changed: dict[str, etree._Element], said: list[str]
) -> bytes:
    """The zip anew: `changed` parts as XML, pictures blank, other files in it emptied."""
    out = io.BytesIO()
    emptied = pictures = 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.is_dir():
                continue
            body = b""
            if entry.filename in changed:
                body = etree.tostring(
                    changed[entry.filename], xml_declaration=True, encoding="UTF-8", standalone=True
                )
            elif entry.filename.endswith((".xml", ".rels")):
                body = old.read(entry)
            elif "/media/" in entry.filename or entry.filename.startswith("docProps/"):
                body, pictures = BLANK, pictures + 1
            else:
                emptied += 1
            fresh = zipfile.ZipInfo(entry.filename)
            new.writestr(fresh, body, compress_type=zipfile.ZIP_DEFLATED)
    if pictures:
        said.append(f"{pictures} picture{'s' * (pictures > 1)} made blank: they may show people.")
    if emptied:
        said.append(f"{emptied} file{'s' * (emptied > 1)} inside the document emptied.")
    return out.getvalue()


def xml_parts(package: Package) -> Iterable[str]:
    """Parts to clean that are no stories; the list of content types has no names."""
    return [
        x
        for x in package.names
        if x.endswith((".xml", ".rels"))
        and x != "[Content_Types].xml"
        and not STORIES.match(x)
        and not LOOKS.match(x)
    ]


def left_in(data: bytes, words: Iterable[str]) -> int:
    """How many of `words` still stand, as whole words, in any part of a Word file or a text."""
    texts = [data.decode("utf-8", "replace")]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as made:
            texts = [made.read(x).decode("utf-8", "replace") for x in made.namelist()]
    whole = "\n".join(texts).casefold()
    return sum(bool(re.search(rf"(?<!\w){re.escape(w.casefold())}(?!\w)", whole)) for w in words)
