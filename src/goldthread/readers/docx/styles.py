"""Styles and lists: which are headings, which are bold or struck through, what label a list has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from goldthread.readers.docx.names import OFF, PPR, RPR, VAL, W

HEADING = re.compile(r"heading ([1-9])|(title)")


@dataclass(frozen=True, slots=True)
class Style:
    heading: int = 0
    bold: bool = False
    struck: bool = False
    number: tuple[str, int] | None = None
    """numId and level, for styles that bring a list with them."""


PLAIN = Style()
STYLE, STYLE_ID = W + "style", W + "styleId"


def on(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a toggle such as w:b is on; None when it is not named."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(VAL, "1") not in OFF


class Styles:
    """Styles by id, each worked out when first asked for: a template names 160, a plan uses ten."""

    def __init__(self, root: etree._Element | None) -> None:
        self._raw = {} if root is None else {s.get(STYLE_ID, ""): s for s in root.iter(STYLE)}
        self._found: dict[str, Style] = {}

    def get(self, name: str, depth: int = 0) -> Style:
        """What a style means for reading, with what it inherits; PLAIN for an unknown one."""
        if name not in self._found:
            element = self._raw.get(name)
            if element is None or depth > 20:
                return PLAIN
            self._found[name] = self._resolved(element, depth)
        return self._found[name]

    def _resolved(self, element: etree._Element, depth: int) -> Style:
        based = element.find(W + "basedOn")
        base = PLAIN if based is None else self.get(based.get(VAL, ""), depth + 1)
        runs, paragraph = element.find(RPR), element.find(PPR)
        bold, struck = on(runs, "b"), on(runs, "strike")
        return Style(
            heading=_heading(element, paragraph) or base.heading,
            bold=base.bold if bold is None else bold,
            struck=base.struck if struck is None else struck,
            number=list_of(paragraph) or base.number,
        )


def _heading(element: etree._Element, paragraph: etree._Element | None) -> int:
    name = element.find(W + "name")
    match = HEADING.fullmatch("" if name is None else name.get(VAL, "").lower())
    if match:
        return int(match[1] or 1)
    level = None if paragraph is None else paragraph.find(W + "outlineLvl")
    value = "" if level is None else level.get(VAL, "")
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def list_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """numId and level of a paragraph's properties; None when it is in no list."""
    found = None if properties is None else properties.find(W + "numPr")
    if found is None:
        return None
    number, level = found.find(W + "numId"), found.find(W + "ilvl")
    if number is None or number.get(VAL) in (None, "0"):
        return None
    value = "0" if level is None else level.get(VAL, "0")
    return number.get(VAL, ""), int(value) if value.isdigit() else 0


@dataclass
class Lists:
    """Labels of numbered lists, counted on as the document is walked."""

    levels: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    """(numId, level) -> format, text and start."""
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, number: tuple[str, int]) -> str:
        """The next label of that list: “1.”, “(a)”, “•”."""
        name, level = number
        form, text, start = self.levels.get((name, level), ("bullet", "•", 1))
        if form in ("bullet", "none"):
            return "•"
        counts = self.counts.setdefault(name, [])
        del counts[level + 1 :]
        while len(counts) < level:
            counts.append(1)
        counts[level:] = [counts[level] + 1 if len(counts) > level else start]
        return re.sub(r"%([1-9])", lambda m: self._part(name, int(m[1]) - 1, counts), text)

    def _part(self, name: str, level: int, counts: list[int]) -> str:
        form = self.levels.get((name, level), ("decimal", "", 1))[0]
        return written(counts[level] if level < len(counts) else 1, form)


def written(count: int, form: str) -> str:
    """A number as a list writes it: 2 as “2”, “b”, “B”, “ii”."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while count >= value:
            written, count = written + letters, count - value
    return written


def read_lists(root: etree._Element | None) -> Lists:
    """The lists of word/numbering.xml."""
    if root is None:
        return Lists()
    kinds = {a.get(W + "abstractNumId"): a for a in root.iter(W + "abstractNum")}
    lists = Lists()
    for number in root.iter(W + "num"):
        kind = number.find(W + "abstractNumId")
        abstract = None if kind is None else kinds.get(kind.get(VAL))
        for level in () if abstract is None else abstract.iter(W + "lvl"):
            index = level.get(W + "ilvl", "0")
            if index.isdigit():
                lists.levels[number.get(W + "numId", ""), int(index)] = _level(level)
    return lists


def _level(level: etree._Element) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        found = level.find(W + name)
        return default if found is None else found.get(VAL, default)

    start = value("start", "1")
    return value("numFmt", "decimal"), value("lvlText", "%1."), int(start) if start.isdigit() else 1
