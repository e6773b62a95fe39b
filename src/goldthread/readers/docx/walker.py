"""Walks a Word file's body: every paragraph once, tables as rows and cells, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from goldthread.core.plan.document import Cell, Location, Numbering, Paragraph, Row, Table
from goldthread.readers.docx import names as n
from goldthread.readers.docx.lists import Lists, Number
from goldthread.readers.docx.runs import (
    EXPLICIT,
    NOW,
    REMOVED,
    Line,
    Piece,
    shown,
    told,
)
from goldthread.readers.docx.styles import PLAIN, Style, Styles, list_of, outline

DEEPEST = 60
"""Tables within tables, or boxes within boxes."""

Block = Paragraph | Table
Place = tuple[int, int, int]
"""Table, row and column."""


Look = tuple[Style, Number | None, int]
"""How a paragraph is set: its style, its place in a list, its heading level."""
EXCEPTIONS = n.W + "tblPrEx"
NO_LOOK: Look = (PLAIN, None, 0)
NOWHERE = (None, None, None)


class TooDeep(Exception):
    """More nesting than any document has."""


class Walker:
    """Turns a body into blocks. `page`, `tracked`, `hidden` and `foreign` count on as it goes."""

    def __init__(
        self, styles: Styles, lists: Lists, ordinals: dict[int, int], paged: bool = True
    ) -> None:
        self._styles, self._lists, self._ordinals = styles, lists, ordinals
        self._numbers = Numbering()
        self._owed = False
        """A break that the writer set was counted; Word notes the same one again as rendered."""
        self.paged = paged
        self.page = 1
        self.tracked = self.hidden = self.foreign = 0

    def blocks(
        self,
        node: etree._Element,
        place: Place | None,
        part: str = "body",
        depth: int = 0,
        state: int = NOW,
    ) -> list[Block]:
        """The blocks inside `node`; `place` says in which cell it stands, `state` if removed."""
        if depth > DEEPEST:
            raise TooDeep
        found: list[Block] = []
        for child in node:
            tag = child.tag
            if tag == n.P:
                self._paragraph(child, place, part, depth, state, found)
            elif tag == n.TBL:
                found.append(self._table(child, part, depth, state))
            elif tag == n.ALT_CHUNK:
                self.foreign += 1
            elif tag not in (n.PPR, n.TCPR):
                for inner in _wrapped(child, tag):
                    found += self.blocks(inner, place, part, depth + 1, state)
        return found

    def _paragraph(
        self,
        element: etree._Element,
        place: Place | None,
        part: str,
        depth: int,
        state: int,
        found: list[Block],
    ) -> None:
        properties = element[0] if len(element) else None
        look = self._look(properties) if properties is not None else NO_LOOK
        line = Line(self._styles)
        line.walk(element, state, look[0].setting)
        self.tracked += line.tracked
        self.hidden += line.hidden
        if line.early:
            self._turn(line.early)
        if line.pieces:
            ordinal = self._ordinals.get(id(element))
            found += self._made(line.pieces, look, place, part, ordinal)
        if line.late:
            self._turn(line.late)
        for box, stands in line.boxes or ():
            found += self.blocks(box, place, "textbox", depth + 1, max(state, stands))

    def _look(self, properties: etree._Element) -> Look:
        """Style, list and heading level of a paragraph whose first element is `properties`."""
        style, number, heading = PLAIN, None, None
        if properties.tag == n.PPR:
            for child in properties:
                tag = child.tag
                if tag == n.PSTYLE:
                    style = self._styles.get(child.get(n.VAL, ""))
                    number = style.number
                elif tag == n.NUM_PR:
                    number = list_of(child, style.number)
                elif tag == n.OUTLINE:
                    heading = outline(child)
                elif tag == n.BREAK_BEFORE and child.get(n.VAL, "1") not in n.OFF:
                    self._turn(EXPLICIT)
        return style, number, style.heading if heading is None else heading

    def _made(
        self,
        pieces: list[Piece],
        look: Look,
        place: Place | None,
        part: str,
        ordinal: int | None,
    ) -> tuple[Paragraph, ...]:
        """One paragraph, or none when it holds nothing but spaces."""
        text, before, bold, marks = told(pieces)
        if not text and not before:
            return ()
        self._owed = False
        _, number, heading = look
        table, row, column = place or NOWHERE
        start, count = self._numbers.take(text)
        where = Location(self.page if self.paged else None, table, row, column, count)
        bullet = self._lists.label(number) if number else ""
        made = Paragraph(text, where, start, heading, bold, bullet, part, before, marks, ordinal)
        return (made,)

    def _turn(self, breaks: str) -> None:
        for kind in breaks:
            if kind == EXPLICIT:
                self.page += 1
                self._owed = True
            elif self._owed:
                self._owed = False
            else:
                self.page += 1

    def _table(self, element: etree._Element, part: str, depth: int, state: int) -> Table:
        number = self._numbers.take_table()
        above: dict[int, Cell] = {}
        rows = []
        for index, row in enumerate(_children(element, n.TR), 1):
            column, header, stands = 1, False, state
            for child in _properties(row, n.TRPR):
                tag = child.tag
                if tag == n.GRID_BEFORE:
                    column += n.whole(child.get(n.VAL), 0, 200)
                elif tag == n.HEADER:
                    header = child.get(n.VAL, "1") not in n.OFF
                elif tag in (n.DEL, n.INS):
                    self.tracked += 1
                    stands = REMOVED if tag == n.DEL else stands
            cells = self._cells(row, (number, index, column), above, part, depth, stands)
            rows.append(Row(cells, header))
        return Table(tuple(rows), number)

    def _cells(
        self,
        row: etree._Element,
        place: Place,
        above: dict[int, Cell],
        part: str,
        depth: int,
        state: int,
    ) -> tuple[Cell, ...]:
        table, index, column = place
        found: list[Cell] = []
        first = last = self.page
        owed = self._owed
        for element in _children(row, n.TC):
            span, merge = 1, ""
            for child in _properties(element, n.TCPR):
                tag = child.tag
                if tag == n.GRID_SPAN:
                    span = n.whole(child.get(n.VAL), 1, 200) or 1
                elif tag == n.VMERGE:
                    merge = child.get(n.VAL, "continue")
            if merge == "continue" and column in above:
                self.hidden += any(t.text and not t.text.isspace() for t in element.iter(n.T))
                found.append(replace(above[column], span=span, inherited=True))
            else:
                # Cells of a row begin on one page; Word may note its break in each of them.
                self.page, self._owed = first, owed
                blocks = tuple(self.blocks(element, (table, index, column), part, depth + 1, state))
                cell = Cell(blocks, column, span)
                if above or merge:
                    _remember(above, cell, merge)
                if self.page != first and not found:
                    owed = _begins_after(blocks, first)
                    first += owed
                found.append(cell)
                last = max(last, self.page)
            column += span
        self.page = last
        return tuple(found)


def _begins_after(blocks: tuple[Block, ...], page: int) -> bool:
    """Whether the first cell of a row stands on the page after `page` from its first word on."""
    block = blocks[0] if blocks else None
    start = block.location.page if isinstance(block, Paragraph) else None
    return start is not None and start > page


def _remember(above: dict[int, Cell], cell: Cell, merge: str) -> None:
    for column in range(cell.column, cell.column + cell.span):
        above.pop(column, None)
    if merge:
        above[cell.column] = cell


def _properties(element: etree._Element, tag: str) -> Iterable[etree._Element]:
    """What a row's or cell's w:trPr or w:tcPr says; a row may have exceptions before it."""
    for child in element:
        if child.tag == tag:
            return child
        if child.tag != EXCEPTIONS:
            break
    return ()


def _wrapped(child: etree._Element, tag: str) -> list[etree._Element]:
    """What holds the blocks or cells of a wrapper; nothing for what is none."""
    if tag == n.SDT:
        return child.findall(n.SDT_CONTENT)
    if tag == n.ALTERNATE:
        return shown(child)
    if tag in n.WRAPPERS or tag in (n.INS, n.MOVE_TO):
        return [child]
    return []


def _children(node: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows or cells directly inside, through whatever wraps them."""
    for child in node:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag != n.TCPR:
            for inner in _wrapped(child, tag):
                yield from _children(inner, wanted)
