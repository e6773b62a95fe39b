"""The text of one paragraph: what stands now, what stood before, and how it is set."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from goldthread.core.plan.document import Mark
from goldthread.readers.docx import names as n
from goldthread.readers.docx.signs import control_box, form_field, sign
from goldthread.readers.docx.styles import (
    BOLD,
    COLOURED,
    HIDDEN,
    ITALIC,
    SEEN,
    STRUCK,
    UNDERLINE,
    Styles,
)

NOW, INSERTED, REMOVED = 0, 1, 2
KINDS = {BOLD: "bold", ITALIC: "italic", UNDERLINE: "underline", COLOURED: "coloured"}
EXPLICIT, RENDERED = "e", "r"
ODD = {0xA0: " ", 0xAD: None, 0x200B: None, 0xFEFF: None, 0x85: " ", 0x2028: " ", 0x2029: " "}
"""Spaces that are none, and signs that nobody sees."""

Piece = tuple[str, int, int]
"""Text, NOW or INSERTED or REMOVED, and its setting as a sum of BOLD … COLOURED."""


class Line:
    """What was met inside one paragraph."""

    runs: list[etree._Element]
    """Where each piece comes from; only when asked for (`keep`)."""
    boxes: list[tuple[etree._Element, int]] | None = None
    """Text boxes anchored in it, and whether they stand."""
    early = late = ""
    """Page breaks before its text and after that began: EXPLICIT and RENDERED in order."""
    tracked = hidden = 0
    _fields: list[int] | None = None

    def __init__(self, styles: Styles, keep: bool = False) -> None:
        self.pieces: list[Piece] = []
        self._styles, self._keep = styles, keep
        if keep:
            self.runs = []

    # Word writes a field as: begin, what it is to do, separate, what it shows, end. What stands
    # before “separate” is not shown, though fields inside it leave text there.

    def _field(self, mark: etree._Element, state: int, setting: int, run: etree._Element) -> None:
        kind = mark.get(n.W + "fldCharType")
        if kind == "begin":
            self._add(form_field(mark), state, setting, run)
            self._fields = self._fields or []
            self._fields.append(len(self.pieces))
        elif self._fields:
            start = self._fields.pop()
            if start >= 0:
                del self.pieces[start:]
                if self._keep:
                    del self.runs[start:]
            if kind == "separate":
                self._fields.append(-1)

    def walk(self, node: etree._Element, state: int, above: int) -> None:
        """Takes in all that stands in `node`, set like `above` where nothing else is said."""
        for child in node:
            tag = child.tag
            if tag == n.R:
                self._run(child, state, above)
            elif tag != n.PPR:
                self._other(child, tag, state, above)

    def _other(self, child: etree._Element, tag: str, state: int, above: int) -> None:
        if tag in n.WRAPPERS:
            self.walk(child, state, above)
        elif tag in (n.INS, n.MOVE_TO):
            self.tracked += 1
            self.walk(child, INSERTED if state == NOW else state, above)
        elif tag in (n.DEL, n.MOVE_FROM):
            self.tracked += 1
            self.walk(child, REMOVED, above)
        elif tag == n.SDT:
            self._control(child, state, above)
        elif tag == n.ALTERNATE:
            for chosen in shown(child):
                self.walk(chosen, state, above)
        elif tag in n.MATHS_HERE:
            self._add("".join(t.text or "" for t in child.iter(n.MATHS_TEXT)), state, above, child)

    def _control(self, control: etree._Element, state: int, above: int) -> None:
        content, box = control.find(n.SDT_CONTENT), control_box(control)
        run = None if content is None else content.find(n.R)
        if box and run is not None:
            self._add(box, state, above, run)
        elif content is not None:
            self.walk(content, state, above)

    def _run(self, run: etree._Element, state: int, setting: int) -> None:
        text = ""
        for child in run:
            tag = child.tag
            if tag == n.T:
                text += child.text or ""
            elif tag == n.RPR:
                setting = self._styles.setting(child, setting)
            elif tag == n.FIELD:
                self._add(text, state, setting, run)
                self._field(child, state, setting, run)
                text = ""
            else:
                text += self.text_of(child, tag, state, begun=bool(text))
        if setting <= SEEN and text.isascii() and not self._keep:  # nearly every run
            if text:
                self.pieces.append((text, state, setting))
        else:
            self._add(text, state, setting, run)

    def _add(self, text: str, state: int, setting: int, run: etree._Element) -> None:
        if not text.isascii():
            text = text.translate(ODD)
        if not text:
            return
        if setting & HIDDEN:
            self.hidden += not text.isspace()
            return
        if setting & STRUCK:
            state = REMOVED
        self.pieces.append((text, state, setting & SEEN))
        if self._keep:
            self.runs.append(run)

    def text_of(self, child: etree._Element, tag: str, state: int, begun: bool = False) -> str:
        """The characters that one child of a run stands for; pictures and breaks are noted."""
        if tag == n.T or tag == n.DEL_TEXT:
            return child.text or ""
        if tag in (n.TAB, n.CR, n.PLACED_TAB):
            return " "
        if tag == n.BREAK:
            if child.get(n.TYPE) == "page" and state != REMOVED:
                self._break(EXPLICIT, begun)
            return " "
        if tag == n.RENDERED_BREAK:
            self._break(RENDERED, begun)
        elif tag in n.PICTURES:
            self.boxes = self.boxes or []
            self.boxes += [(box, state) for box in _boxes(child)]
        elif tag == n.ALTERNATE:
            return "".join(self.text_of(c, c.tag, state, begun) for s in shown(child) for c in s)
        else:
            return sign(child, tag)
        return ""

    def _break(self, kind: str, begun: bool) -> None:
        if begun or not all(text.isspace() for text, _, _ in self.pieces):
            self.late += kind
        else:
            self.early += kind


def shown(alternate: etree._Element) -> list[etree._Element]:
    """The one way of several that a reader sees: the first, unless only another has a text box."""
    ways = [way for way in alternate if way.tag in (n.CHOICE, n.FALLBACK)]
    boxed = (way for way in ways if next(way.iter(n.TEXTBOX), None) is not None)
    chosen = next(boxed, None)
    return ways[:1] if chosen is None else [chosen]


def _boxes(picture: etree._Element) -> list[etree._Element]:
    """Text boxes in a drawing, without those inside them and those shown another way."""
    return [box for box in picture.iter(n.TEXTBOX) if _outermost(box, picture)]


def _outermost(box: etree._Element, picture: etree._Element) -> bool:
    for ancestor in box.iterancestors():
        if ancestor is picture:
            return True
        if ancestor.tag == n.TEXTBOX:
            return False
        parent = ancestor.getparent()
        if parent is not None and parent.tag == n.ALTERNATE and ancestor not in shown(parent):
            return False
    return True


def told(pieces: Sequence[Piece]) -> tuple[str, str | None, bool, tuple[Mark, ...]]:
    """Text, text before, whether all of it is bold, and marks within it."""
    if len(pieces) == 1 and pieces[0][1] == NOW:
        text, _, setting = pieces[0]
        return clean(text), None, setting & BOLD != 0, ()
    text, before = now_and_before(pieces)
    return text, before, all_bold(pieces), marks_of(pieces, text)


def now_and_before(pieces: Sequence[Piece]) -> tuple[str, str | None]:
    """The text as it stands, and as it was; None for the latter when nothing was changed."""
    now = "".join([text for text, state, _ in pieces if state != REMOVED])
    if not any([state for _, state, _ in pieces]):
        return clean(now), None
    return clean(now), clean("".join(t for t, state, _ in pieces if state != INSERTED))


def clean(text: str) -> str:
    """Line breaks and tabs as spaces, none at either end; as long as before but for the ends."""
    if "\n" in text or "\t" in text:
        text = text.replace("\n", " ").replace("\t", " ")
    return text.strip()


def marks_of(pieces: Sequence[Piece], text: str) -> tuple[Mark, ...]:
    """Where setting changes within the text that stands, or text was inserted."""
    standing = [piece for piece in pieces if piece[1] != REMOVED]
    ways = {(state, setting) for t, state, setting in standing if not t.isspace()}
    if len(ways) < 2 and not any(state for state, _ in ways):
        return ()
    whole = "".join(t for t, _, _ in standing)
    at = -(len(whole) - len(whole.lstrip()))
    spans: dict[str, list[tuple[int, int]]] = {}
    for piece, state, setting in standing:
        start, end = max(0, at), min(len(text), at + len(piece))
        at += len(piece)
        if end > start:
            for kind in _kinds(state, setting):
                _join(spans.setdefault(kind, []), start, end)
    found = [Mark(kind, *span) for kind, each in spans.items() for span in each]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))


def _kinds(state: int, setting: int) -> list[str]:
    kinds = [name for bit, name in KINDS.items() if setting & bit]
    return [*kinds, "inserted"] if state == INSERTED else kinds


def _join(spans: list[tuple[int, int]], start: int, end: int) -> None:
    """Adds a span, as one with the last when they touch: Word cuts runs at random."""
    if spans and spans[-1][1] == start:
        start = spans.pop()[0]
    spans.append((start, end))


def all_bold(pieces: Sequence[Piece]) -> bool:
    standing = [setting for t, s, setting in pieces if s != REMOVED and not t.isspace()]
    return bool(standing) and all(setting & BOLD for setting in standing)
