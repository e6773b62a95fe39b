"""Finds words in a Word paragraph and cuts them out of the runs they stand in."""

from __future__ import annotations

import copy

from lxml import etree

from goldthread.readers.docx import names as n
from goldthread.readers.docx.runs import NOW, ODD, REMOVED, Line
from goldthread.readers.docx.styles import Styles

SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Found = tuple[etree._Element | None, etree._Element | None, bool]


def stretch(paragraph: etree._Element, words: str, styles: Styles) -> Found:
    """First and last run of `words` as the reader sees them, each made a run of its own.

    Without such words, first and last run of the paragraph and False; None for no runs at all.
    """
    line = Line(styles, keep=True)
    line.walk(paragraph, NOW, _above(paragraph, styles))
    standing = [
        (piece[0], run)
        for piece, run in zip(line.pieces, line.runs, strict=True)
        if piece[1] != REMOVED
    ]
    if not standing:
        return None, None, not words
    whole = "".join(text for text, _ in standing).replace("\n", " ").replace("\t", " ")
    at = whole.find(words) if words else -1
    if at < 0:
        return standing[0][1], standing[-1][1], not words
    chosen, position = [], 0
    for text, run in standing:
        low, high = max(at - position, 0), min(at + len(words) - position, len(text))
        if low < high:
            chosen.append(_cut(run, text, low, high, styles))
        position += len(text)
    return chosen[0], chosen[-1], True


def _above(paragraph: etree._Element, styles: Styles) -> int:
    named = paragraph.find(f"{n.PPR}/{n.PSTYLE}")
    return 0 if named is None else styles.get(named.get(n.VAL, "")).setting


def _cut(run: etree._Element, text: str, low: int, high: int, styles: Styles) -> etree._Element:
    """The part [low, high) of a run as a run of its own; all of one that cannot be parted."""
    line = Line(styles)
    parts = [(c, line.text_of(c, c.tag, NOW).translate(ODD)) for c in run if c.tag != n.RPR]
    if run.tag != n.R or "".join(t for _, t in parts) != text:
        return run
    if high < len(text):
        _split(run, high)
    return run if low == 0 else _split(run, low)


def _split(run: etree._Element, at: int) -> etree._Element:
    """Parts a run after `at` characters; returns the second half, which follows it."""
    rest = etree.Element(n.R)
    for name, value in run.attrib.items():
        rest.set(name, value)
    properties = run.find(n.RPR)
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    line, position = Line(Styles(None)), 0
    for child in list(run):
        if child.tag != n.RPR:
            length = len(line.text_of(child, child.tag, NOW).translate(ODD))
            if position >= at:
                rest.append(child)
            elif position + length > at and child.tag in (n.T, n.DEL_TEXT):
                rest.append(_text_after(child, at - position))
            position += length
    run.addnext(rest)
    return rest


def _text_after(child: etree._Element, at: int) -> etree._Element:
    text = child.text or ""
    raw = seen = 0
    while seen < at:  # signs that nobody sees take room in the file and none in the text
        seen += len(text[raw].translate(ODD))
        raw += 1
    other = etree.Element(child.tag)
    child.text, other.text = text[:raw], text[raw:]
    for part in (child, other):
        part.set(SPACE, "preserve")
    return other
