"""Styles: which are headings, and how each sets the text in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from goldthread.readers.docx import names as n
from goldthread.readers.docx.lists import LEVELS, Number

BOLD, ITALIC, UNDERLINE, COLOURED = 1, 2, 4, 8
STRUCK, HIDDEN = 16, 32
SEEN = BOLD | ITALIC | UNDERLINE | COLOURED
SETTINGS = {
    n.W + "b": BOLD, n.W + "i": ITALIC, n.W + "u": UNDERLINE, n.W + "color": COLOURED,
    n.W + "strike": STRUCK, n.W + "dstrike": STRUCK, n.VANISH: HIDDEN,
}  # fmt: skip
BLACK = frozenset({"auto", "000000"})
HEADING = re.compile(r"heading ([1-9])|(title)")


@dataclass(frozen=True, slots=True)
class Style:
    heading: int = 0
    setting: int = 0
    """The sum of BOLD … HIDDEN."""
    number: Number | None = None
    """For styles that bring a list with them."""


PLAIN = Style()


class Styles:
    """Styles by id, each worked out when first asked for: a template names 160, a plan uses ten."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.iter(n.W + "style")
        self._raw = {s.get(n.W + "styleId", ""): s for s in found}
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
        based = element.find(n.W + "basedOn")
        base = PLAIN if based is None else self.get(based.get(n.VAL, ""), depth + 1)
        runs, paragraph = element.find(n.RPR), element.find(n.PPR)
        numbered = None if paragraph is None else paragraph.find(n.NUM_PR)
        return Style(
            heading=_heading(element, paragraph, base.heading),
            setting=base.setting if runs is None else setting_of(runs, base.setting),
            number=base.number if numbered is None else list_of(numbered, base.number),
        )

    def setting(self, properties: etree._Element, above: int) -> int:
        """The sum of BOLD … HIDDEN for a w:rPr inside a paragraph set like `above`."""
        for child in properties:
            if child.tag == n.RSTYLE:
                above |= self.get(child.get(n.VAL, "")).setting
                break
        return setting_of(properties, above)


def setting_of(properties: etree._Element, above: int) -> int:
    """What a w:rPr changes in the setting `above`."""
    for child in properties:
        bit = SETTINGS.get(child.tag)
        if bit is not None:
            value = child.get(n.VAL, "1").lower()
            off = value in (BLACK if bit == COLOURED else n.OFF)
            above = above & ~bit if off else above | bit
    return above


def _heading(element: etree._Element, paragraph: etree._Element | None, base: int) -> int:
    name = element.find(n.W + "name")
    match = HEADING.fullmatch("" if name is None else name.get(n.VAL, "").lower())
    if match:
        return int(match[1] or 1)
    level = None if paragraph is None else paragraph.find(n.OUTLINE)
    return base if level is None else outline(level)


def outline(level: etree._Element) -> int:
    """1 to 9 for a w:outlineLvl; 0 for body text, which Word calls level 9."""
    return (n.whole(level.get(n.VAL), 9, 9) + 1) % 10


def list_of(numbered: etree._Element, base: Number | None) -> Number | None:
    """numId and level of a w:numPr over the style's; None when it ends the style's list."""
    name, depth = base or ("0", 0)
    for child in numbered:
        if child.tag == n.NUM_ID:
            name = child.get(n.VAL, "0")
        elif child.tag == n.LEVEL:
            depth = n.whole(child.get(n.VAL), 0, LEVELS - 1)
    return None if name == "0" else (name, depth)
