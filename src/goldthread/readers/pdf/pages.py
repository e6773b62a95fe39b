"""Goes through the pages once, and keeps of each what is needed to put the document together."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field

from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.drafts import Line
from goldthread.readers.pdf.fields import fields_of, form_of
from goldthread.readers.pdf.grids import Grid, grids_of
from goldthread.readers.pdf.margins import Sheet
from goldthread.readers.pdf.page import PageText
from goldthread.readers.pdf.paragraphs import SIGN, attached
from goldthread.readers.pdf.rules import Rules, rules_of
from goldthread.readers.pdf.scan import Recognised, Recogniser
from goldthread.readers.pdf.strikes import strike
from goldthread.readers.pdf.tags import Tree

FEW = 50
"""Characters: a page with fewer and with a picture is a scan."""
PICTURED = 0.3
"""Of the page: pictures that cover as much may hold its text."""

MOST_DOTS = 300
"""Of one page; charts have more."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class Leaf:
    """One page."""

    sheet: Sheet
    grids: list[Grid] = field(default_factory=list)
    scan: Recognised | None = None
    pictured: bool = False
    struck: int = 0


@dataclass(slots=True)
class Gathered:
    leaves: list[Leaf] = field(default_factory=list)
    tree: Tree | None = None
    comments: int = 0
    filled: int = 0
    """Lines that stand in form fields or were typed onto pages."""
    blank: list[int] = field(default_factory=list)
    """Numbers of pages that PDFium could not open."""

    @property
    def lines(self) -> list[Line]:
        return [line for leaf in self.leaves for line in leaf.sheet.lines]


class Gatherer:
    """Reads the pages of an open document; `tagged` asks for its structure tree."""

    def __init__(self, document: int, pages: int, tagged: bool) -> None:
        self._document, self._pages = document, pages
        self._fonts: dict[int, bool] = {}
        self.found = Gathered(tree=Tree() if tagged else None)

    def gather(self, recogniser: Recogniser | None, progress: Progress | None) -> Gathered:
        with form_of(self._document) as form:
            for index in range(self._pages):
                page = p.load_page(self._document, index)
                if not page:
                    self.found.blank.append(index + 1)
                    continue
                try:
                    leaf = self._leaf(page, index + 1, form)
                    if leaf.pictured and recogniser:
                        take(leaf, recogniser.recognise(page, index + 1))
                        if progress:
                            progress(f"page {index + 1} of {self._pages} recognised")
                finally:
                    p.close_page(page)
                self.found.leaves.append(leaf)
        return self.found

    def _leaf(self, page: int, number: int, form: int | None) -> Leaf:
        box = p.Box()
        p.page_box(page, ctypes.addressof(box))
        height = abs(box.top - box.bottom)
        width = abs(box.right - box.left)
        rotation = p.page_rotation(page)
        text = PageText(page, number, self._fonts, rotation)
        try:
            rules = rules_of(page)
            filled, comments = fields_of(page, number, form)
            self.found.comments += comments
            self.found.filled += len(filled)
            tree = self.found.tree
            lines = text.lines(tagged=tree is not None)
            leaf = Leaf(Sheet(number, lines, min(box.top, box.bottom), height, width))
            letters = sum(len(ln.text) for ln in lines)
            leaf.pictured = letters < FEW and rules.pictures > PICTURED * width * height
            if rotation == 0:
                self._ruled(leaf, rules, text, width, height, filled)
            else:
                leaf.sheet.height, leaf.sheet.bottom = _turned_edges(box, rotation)
                leaf.sheet.width = width if rotation == 2 else height
            if tree is not None:
                tree.add(page, number)
        finally:
            text.close()
        leaf.sheet.lines += filled
        return leaf

    def _ruled(
        self,
        leaf: Leaf,
        rules: Rules,
        text: PageText,
        width: float,
        height: float,
        filled: list[Line],
    ) -> None:
        if rules.horizontals:
            leaf.struck = strike(leaf.sheet.lines, rules.horizontals, text)
        if rules.verticals:
            leaf.grids = grids_of(rules, width, height)
        if self.found.tree is None:
            _dotted(leaf.sheet.lines, rules.dots)
            lines = attached(leaf.sheet.lines)
            leaf.sheet.lines = _placed(lines, leaf.grids, text)
            filled[:] = _placed(filled, leaf.grids, None)


def _dotted(lines: list[Line], dots: list[tuple[float, float]]) -> None:
    """Gives drawn bullets back to the lines that they stand before, as signs."""
    for right, middle in dots[:MOST_DOTS]:
        for line in lines:
            if (
                line.bottom < middle < line.bottom + line.size
                and 0 < line.left - right < 2.5 * line.size
                and not SIGN.match(line.text)
            ):
                line.text = f"• {line.text}"
                break


def take(leaf: Leaf, scan: Recognised) -> None:
    """Gives the page what was recognised on it, beside what little text it has."""
    leaf.scan = scan
    leaf.sheet.lines = [*leaf.sheet.lines, *scan.lines]
    leaf.grids = scan.grids or leaf.grids


def _placed(lines: list[Line], grids: list[Grid], text: PageText | None) -> list[Line]:
    """Puts lines into the grids' cells; gives those that stand in none, parted at wide gaps."""
    free: list[Line] = []
    for line in lines:
        for grid in grids:
            if grid.put(line, None if line.was is not None else text):
                break
        else:
            if text is None or line.was is not None:
                free.append(line)
            else:
                text.part(line, free)
    return free


def _turned_edges(box: p.Box, rotation: int) -> tuple[float, float]:
    """Height and lower edge of a page as it is shown turned."""
    sides = {1: (-box.right, -box.left), 2: (-box.top, -box.bottom), 3: (box.left, box.right)}
    low, high = sorted(sides.get(rotation, (box.bottom, box.top)))
    return high - low, low
