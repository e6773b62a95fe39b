"""The text of one paragraph: what stands now, what stood before, and how it is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from goldthread.core.plan.document import Mark
from goldthread.readers.docx import names as n
from goldthread.readers.docx.styles import PLAIN, Style, Styles

NOW, INSERTED, REMOVED = 0, 1, 2
BOLD, ITALIC, UNDERLINE, COLOURED = 1, 2, 4, 8
KINDS = {BOLD: "bold", ITALIC: "italic", UNDERLINE: "underline", COLOURED: "coloured"}

Piece = tuple[str, int, int]
"""Text, NOW or INSERTED or REMOVED, and its setting as a sum of BOLD … COLOURED."""


@dataclass(slots=True)
class Inline:
    """What was met inside one paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    """Text boxes anchored in it."""
    breaks: int = 0
    """Page breaks in it."""
    tracked: int = 0


def read_inline(paragraph: etree._Element, styles: Styles, style: Style) -> Inline:
    """Everything inside a w:p."""
    found = Inline()
    _walk(paragraph, NOW, styles, style, found)
    return found


def _walk(node: etree._Element, state: int, styles: Styles, style: Style, found: Inline) -> None:
    for child in node:
        tag = child.tag
        if tag == n.R:
            _run(child, state, styles, style, found)
        elif tag in n.WRAPPERS:
            _walk(child, state, styles, style, found)
        elif tag in (n.INS, n.MOVE_TO):
            found.tracked += 1
            _walk(child, INSERTED if state == NOW else state, styles, style, found)
        elif tag in (n.DEL, n.MOVE_FROM):
            found.tracked += 1
            _walk(child, REMOVED, styles, style, found)
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                _walk(content, state, styles, style, found)
        elif tag == n.ALTERNATE:
            _pictures(child, found)


def _run(run: etree._Element, state: int, styles: Styles, style: Style, found: Inline) -> None:
    setting = BOLD if style.bold else 0
    if len(run) == 1 and run[0].tag == n.T:  # nearly every run
        text = run[0].text
        if text:
            found.pieces.append((text, REMOVED if style.struck else state, setting))
        return
    properties = run.find(n.RPR)
    if properties is not None and len(properties):
        setting, struck, hidden = _setting(properties, styles, style)
        if hidden:
            return
        if struck:
            state = REMOVED
    elif style.struck:
        state = REMOVED
    text = "".join(text_of_child(child, found) for child in run)
    if text:
        found.pieces.append((text, state, setting))


def text_of_child(child: etree._Element, found: Inline) -> str:
    """The characters that one child of a run stands for."""
    tag = child.tag
    if tag in (n.T, n.DEL_TEXT):
        return child.text or ""
    if tag in (n.TAB, n.CR):
        return " "
    if tag == n.BREAK:
        found.breaks += child.get(n.W + "type") == "page"
        return " "
    if tag == n.RENDERED_BREAK:
        found.breaks += 1
    elif tag in n.PICTURES:
        _pictures(child, found)
    elif tag != n.RPR:
        return _sign(child)
    return ""


def _sign(child: etree._Element) -> str:
    """Characters that are elements: hyphens, symbols, ticked boxes of old forms."""
    if child.tag == n.HARD_HYPHEN:
        return "-"
    if child.tag == n.SYM:
        code = child.get(n.W + "char", "")
        return {"F0FE": "☒", "F0FD": "☒", "F0FC": "✓", "F0A8": "☐", "F06F": "☐"}.get(code, "•")
    box = child.find(f".//{n.W}checkBox") if child.tag == n.W + "fldChar" else None
    if box is None:
        return ""
    ticked = box.find(n.W + "checked")
    if ticked is None:
        ticked = box.find(n.W + "default")
    return "☒ " if ticked is not None and ticked.get(n.VAL, "1") not in n.OFF else "☐ "


def _pictures(node: etree._Element, found: Inline) -> None:
    """Text boxes in a drawing; of an alternative only the first choice."""
    for box in node.iter(n.TEXTBOX):
        ancestors = box.iterancestors()
        if not any(a.tag in (n.FALLBACK, n.TEXTBOX) for a in _until(ancestors, node)):
            found.boxes.append(box)


def _until(ancestors: object, node: etree._Element) -> list[etree._Element]:
    found = []
    for ancestor in ancestors:  # type: ignore[attr-defined]
        if ancestor is node:
            break
        found.append(ancestor)
    return found


def _setting(properties: etree._Element, styles: Styles, style: Style) -> tuple[int, bool, bool]:
    named = properties.find(n.W + "rStyle")
    own = PLAIN if named is None else styles.get(named.get(n.VAL, ""))
    bold, struck = style.bold or own.bold, style.struck or own.struck
    italic = underline = coloured = hidden = False
    for child in properties:
        tag, value = child.tag, child.get(n.VAL, "1")
        if tag == n.W + "b":
            bold = value not in n.OFF
        elif tag in (n.W + "strike", n.W + "dstrike"):
            struck = value not in n.OFF
        elif tag == n.W + "i":
            italic = value not in n.OFF
        elif tag == n.W + "u":
            underline = value not in n.OFF
        elif tag == n.W + "color":
            coloured = value.lower() not in ("auto", "000000", "1")
        elif tag == n.W + "vanish":
            hidden = value not in n.OFF
    setting = BOLD * bold + ITALIC * italic + UNDERLINE * underline + COLOURED * coloured
    return setting, struck, hidden


def now_and_before(pieces: Sequence[Piece]) -> tuple[str, str | None]:
    """The text as it stands, and as it was; None for the latter when nothing was changed."""
    if len(pieces) == 1 and pieces[0][1] == NOW:
        return clean(pieces[0][0]), None
    now = "".join(text for text, state, _ in pieces if state != REMOVED)
    if all(state == NOW for _, state, _ in pieces):
        return clean(now), None
    return clean(now), clean("".join(t for t, state, _ in pieces if state != INSERTED))


def clean(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u00ad", "").replace("\n", " ").strip()


def marks_of(pieces: Sequence[Piece], text: str) -> tuple[Mark, ...]:
    """Where setting changes within the text that stands, or text was inserted."""
    standing = [(t, s, f) for t, s, f in pieces if s != REMOVED and t]
    if len({(s, f) for _, s, f in standing}) < 2 and not any(s for _, s, _ in standing):
        return ()
    found: list[Mark] = []
    whole = "".join(t for t, _, _ in standing)
    at = -(len(whole) - len(whole.lstrip()))
    for piece, state, setting in standing:
        start, end = max(0, at), min(len(text), at + len(piece))
        at += len(piece)
        if end > start:
            kinds = [name for bit, name in KINDS.items() if setting & bit]
            kinds += ["inserted"] if state == INSERTED else []
            found += [Mark(kind, start, end) for kind in kinds]
    return tuple(found)


def all_bold(pieces: Sequence[Piece]) -> bool:
    if len(pieces) == 1:
        return bool(pieces[0][2] & BOLD)
    standing = [f for t, s, f in pieces if s != REMOVED and t.strip()]
    return bool(standing) and all(f & BOLD for f in standing)
