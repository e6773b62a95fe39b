"""Walks a Word file's body: every paragraph once, tables as rows and cells, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from goldthread.core.plan.document import Cell, Location, Numbering, Paragraph, Row, Table
from goldthread.readers.docx import names as n
from goldthread.readers.docx.runs import all_bold, marks_of, now_and_before, read_inline
from goldthread.readers.docx.styles import PLAIN, Lists, Style, Styles, list_of, on

DEEPEST = 60
"""Tables within tables, or boxes within boxes."""


class TooDeep(Exception):
    """More nesting than any document has."""


class Walker:
    """Turns a body into blocks. `page` and `tracked` count on as it goes."""

    def __init__(self, styles: Styles, lists: Lists, ordinals: dict[int, int]) -> None:
        self._styles, self._lists, self._ordinals = styles, lists, ordinals
        self._numbers = Numbering()
        self.page = 1
        self.tracked = 0

    def blocks(
        self, node: etree._Element, place: Location, part: str = "body", depth: int = 0
    ) -> list[Paragraph | Table]:
        """The blocks inside `node`; `place` says in which cell it stands."""
        if depth > DEEPEST:
            raise TooDeep
        found: list[Paragraph | Table] = []
        for child in _inside(node):
            if child.tag == n.P:
                found += self._paragraph(child, place, part, depth)
            else:
                found.append(self._table(child, depth))
        return found

    def _paragraph(
        self, element: etree._Element, place: Location, part: str, depth: int
    ) -> Iterator[Paragraph | Table]:
        properties = element.find(n.PPR)
        style = self._style(properties)
        inline = read_inline(element, self._styles, style)
        self.tracked += inline.tracked
        text, before = now_and_before(inline.pieces)
        if properties is not None and on(properties, "pageBreakBefore"):
            self.page += 1
        # A break that Word rendered at the very start belongs before the text.
        early = bool(inline.breaks) and not inline.pieces
        self.page += inline.breaks if early else 0
        if text or before:
            yield self._line(element, text, before, style, properties, inline.pieces, place, part)
        self.page += 0 if early else inline.breaks
        for box in inline.boxes:
            yield from self.blocks(box, place, "textbox", depth + 1)

    def _line(
        self,
        element: etree._Element,
        text: str,
        before: str | None,
        style: Style,
        properties: etree._Element | None,
        pieces: list[tuple[str, int, int]],
        place: Location,
        part: str,
    ) -> Paragraph:
        number = style.number if properties is None else list_of(properties) or style.number
        start, count = self._numbers.take(text)
        return Paragraph(
            text=text,
            location=Location(self.page, place.table, place.row, place.column, count),
            start=start,
            heading=style.heading,
            bold=all_bold(pieces),
            bullet=self._lists.label(number) if number else "",
            part=part,
            before=before,
            marks=marks_of(pieces, text) if len(pieces) > 1 or before is not None else (),
            ordinal=self._ordinals.get(id(element)),
        )

    def _style(self, properties: etree._Element | None) -> Style:
        named = None if properties is None else properties.find(n.W + "pStyle")
        return PLAIN if named is None else self._styles.get(named.get(n.VAL, ""))

    def _table(self, element: etree._Element, depth: int) -> Table:
        number = self._numbers.take_table()
        above: dict[int, Cell] = {}
        rows = []
        for index, element_row in enumerate(_rows(element), 1):
            properties = element_row.find(n.TRPR)
            cells = tuple(self._cells(element_row, properties, number, index, above, depth))
            rows.append(Row(cells, header=bool(on(properties, "tblHeader"))))
        return Table(tuple(rows), number)

    def _cells(
        self,
        row: etree._Element,
        properties: etree._Element | None,
        table: int,
        index: int,
        above: dict[int, Cell],
        depth: int,
    ) -> Iterator[Cell]:
        column = 1 + _number(properties, "gridBefore", 0)
        for element in _children(row, n.TC):
            about = element.find(n.TCPR)
            span = _number(about, "gridSpan", 1)
            merge = None if about is None else about.find(n.W + "vMerge")
            if merge is not None and merge.get(n.VAL) != "restart" and column in above:
                yield Cell(above[column].blocks, column, span, inherited=True)
            else:
                place = Location(table=table, row=index, column=column)
                cell = Cell(tuple(self.blocks(element, place, depth=depth + 1)), column, span)
                above.pop(column, None)
                if merge is not None:
                    above[column] = cell
                yield cell
            column += span


def _inside(node: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables directly inside, through whatever wraps them."""
    for child in node:
        tag = child.tag
        if tag in (n.P, n.TBL):
            yield child
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from _inside(content)
        elif tag in n.WRAPPERS or tag in (n.INS, n.MOVE_TO):
            yield from _inside(child)
        elif tag == n.ALTERNATE:
            choice = child.find(n.CHOICE)
            if choice is not None:
                yield from _inside(choice)


def _children(node: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == wanted:
            yield child
        elif child.tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from _children(content, wanted)
        elif child.tag in n.WRAPPERS or child.tag == n.INS:
            yield from _children(child, wanted)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows that still stand: one whose deletion is tracked is passed over."""
    for row in _children(table, n.TR):
        properties = row.find(n.TRPR)
        if properties is None or properties.find(n.DEL) is None:
            yield row


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    found = None if properties is None else properties.find(n.W + name)
    value = "" if found is None else found.get(n.VAL, "")
    return min(int(value), 200) if value.isdigit() else default
