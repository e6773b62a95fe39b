"""Reads a tagged PDF by its structure tree: headings, paragraphs, lists, tables.

PDFium gives the tree page by page; a child that stands on another page is empty but keeps its
number, so the pages' trees are laid on one another by number, and a row over two pages is whole.
"""

from __future__ import annotations

import ctypes

from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.drafts import (
    Draft,
    DraftBlock,
    DraftCell,
    DraftRow,
    DraftTable,
    Line,
)
from goldthread.readers.pdf.paragraphs import Style, join_lines, label

HEADINGS = {"H": 1, "Title": 1, **{f"H{n}": n for n in range(1, 10)}}
INLINE = frozenset(
    (
        "Span", "Link", "Em", "Strong", "Quote", "Code", "Reference", "BibEntry", "Annot", "Ruby",
        "Warichu", "Sub", "Form", "Figure", "RB", "RT", "RP", "WT", "WP",
        "NonStruct", "Private",
    )
)  # fmt: skip
HOLDERS = frozenset(("Document", "Part", "Sect", "Art", "Table", "TBody", "THead", "TR", "L"))
"""Kinds that hold elements alone, no text of their own."""
AROUND = 40
"""Empty places among a holder's children after which no more is expected."""
MOST_COLUMNS = 100
DEEPEST = 80
MOST = 200_000
"""Elements of one document."""


class Node:
    """An element; `kids`: child elements, or (page, marked-content id), by number."""

    __slots__ = ("columns", "count", "kids", "kind", "lowest", "rows")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.kids: dict[int, Node | tuple[int, int]] = {}
        self.rows = self.columns = 1
        self.count = 0
        """Of its children, those without content included."""
        self.lowest = 0
        """Number of the first child on the page last seen."""

    def children(self) -> list[Node | tuple[int, int]]:
        return [self.kids[number] for number in sorted(self.kids)]


class Tree:
    """Gathers the tree while the pages are open one after the other."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.tables = 0
        self._left = MOST
        self._kinds: dict[bytes, str] = {}
        self._name = ctypes.create_string_buffer(64)
        self._number = ctypes.c_float()

    def add(self, page: int, number: int) -> None:
        """Lays the tree of the page on what is there; `page` is PDFium's, `number` from 1."""
        tree = p.tree_of_page(page)
        if not tree:
            return
        for index in range(p.tree_count(tree)):
            child = p.tree_child(tree, index)
            if child:
                self._add(child, self.root, index, number, 0)
        p.close_tree(tree)

    def _add(self, element: int, parent: Node, index: int, page: int, depth: int) -> None:
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            return
        node = parent.kids.get(index)
        if not isinstance(node, Node):
            node = parent.kids[index] = Node(self._kind(element))
            if node.kind in ("TD", "TH"):
                self._spans(element, node)
            elif node.kind == "Table":
                self.tables += 1
        self._children(element, node, page, depth)

    def _children(self, element: int, node: Node, page: int, depth: int) -> None:
        """Of a long container only from where the page before had something, until they end.

        PDFium gives the children on other pages as empty places; going through all of them for
        each page would cost the square of the pages. What this misses is not lost: it counts as
        untagged.
        """
        holder = node.kind in HOLDERS
        count = node.count = p.element_count(element)
        begin, empty = max(node.lowest - AROUND, 0) if holder else 0, 0
        lowest = -1
        for number in range(begin, count):
            child = p.element_child(element, number)
            if child:
                lowest = number if lowest < 0 else lowest
                empty = 0
                self._add(child, node, number, page, depth + 1)
            elif holder:
                empty += 1
                if lowest >= 0 and empty > AROUND:
                    break
            else:
                mark = p.element_mark(element, number)
                if mark >= 0:
                    node.kids[number] = (page, mark)
        node.lowest = max(lowest, node.lowest)

    def _kind(self, element: int) -> str:
        size = p.element_type(element, self._name, 64)
        raw = self._name.raw[: max(size - 2, 0)]
        kind = self._kinds.get(raw)
        if kind is None:
            kind = self._kinds[raw] = raw.decode("utf-16-le", "replace")
        return kind

    def _spans(self, element: int, node: Node) -> None:
        for index in range(min(p.attribute_count(element), 10)):
            attribute = p.attribute_at(element, index)
            node.rows = max(node.rows, self._span(attribute, b"RowSpan"))
            node.columns = max(node.columns, self._span(attribute, b"ColSpan"))

    def _span(self, attribute: int, name: bytes) -> int:
        value = p.attribute_value(attribute, name) if attribute else None
        if value and p.attribute_number(value, ctypes.addressof(self._number)):
            return min(max(int(self._number.value), 1), 200)
        return 1


class Gatherer:
    """Makes blocks of the tree and the lines of all pages, by (page, marked-content id)."""

    def __init__(self, runs: dict[tuple[int, int], list[Line]], style: Style) -> None:
        self._runs, self._style = runs, style
        self.used: set[tuple[int, int]] = set()
        self._pending: list[Line] = []
        self._heading, self._bullet = 0, ""

    def blocks(self, node: Node) -> list[DraftBlock]:
        """Of all that is inside `node`."""
        found: list[DraftBlock] = []
        for child in node.children():
            if isinstance(child, tuple):
                self._take(child)
            elif child.kind in INLINE:
                self._inline(child, found)
            else:
                self._flush(found)
                self._block(child, found)
        self._flush(found)
        return found

    def _inline(self, node: Node, found: list[DraftBlock]) -> None:
        for child in node.children():
            if isinstance(child, tuple):
                self._take(child)
            elif child.kind in INLINE:
                self._inline(child, found)
            else:
                self._flush(found)
                self._block(child, found)

    def _block(self, node: Node, found: list[DraftBlock]) -> None:
        if node.kind == "Table":
            table = self._table(node)
            if table is not None:
                found.append(table)
        elif node.kind == "LI":
            self._item(node, found)
        elif node.kind in HEADINGS:
            self._heading = HEADINGS[node.kind]
            found += self.blocks(node)
            self._heading = 0
        else:
            found += self.blocks(node)

    def _item(self, node: Node, found: list[DraftBlock]) -> None:
        """A list item: its label stands in an element of its own, or in the text, or is drawn."""
        named = [c for c in node.children() if isinstance(c, Node) and c.kind == "Lbl"]
        text = " ".join(b.text for c in named for b in self.blocks(c) if isinstance(b, Draft))
        for each in named:
            for number, kid in list(node.kids.items()):
                if kid is each:
                    del node.kids[number]
        inside = self.blocks(node)
        first = inside[0] if inside else None
        if isinstance(first, Draft) and not first.bullet:
            first.bullet = text if text[:1].isalnum() or text.startswith("(") else "•"
        found += inside

    def _take(self, place: tuple[int, int]) -> None:
        if place not in self.used:
            self.used.add(place)
            self._pending += self._runs.get(place, ())

    def _flush(self, found: list[DraftBlock]) -> None:
        lines = self._pending
        self._pending = []
        if not lines:
            return
        if lines[0].glued:
            lines[0].glued = False
        text = join_lines(lines, self._style.words)
        if not text:
            return
        draft = Draft(text, lines[0].page, heading=self._heading, size=lines[0].size)
        draft.bold = all(ln.bold for ln in lines)
        if any(ln.was is not None for ln in lines):
            draft.before = join_lines(lines, self._style.words, was=True)
        if not self._heading:
            label(draft)
        found.append(draft)

    def _table(self, node: Node) -> DraftTable | None:
        rows: list[DraftRow] = []
        open_cells: dict[int, tuple[DraftCell, int]] = {}
        for row, header in _rows(node, False):
            rows.append(self._row(row, header, open_cells))
        drafts = [b for r in rows for c in r.cells for b in c.blocks]
        if not drafts:
            return None
        return DraftTable(rows, drafts[0].page)

    def _row(
        self, node: Node, header: bool, open_cells: dict[int, tuple[DraftCell, int]]
    ) -> DraftRow:
        """`open_cells`: column -> the cell that reaches into this row, and how many rows more."""
        cells: list[DraftCell] = []
        column = 1
        children = [c for c in node.children() if isinstance(c, Node)]
        for number in range(min(node.count, MOST_COLUMNS)):
            column = _merged(column, cells, open_cells)
            child = node.kids.get(number)
            if not isinstance(child, Node):  # PDFium leaves out elements without content
                cells.append(DraftCell(column))
                column += 1
                continue
            cell = DraftCell(column, child.columns, self.blocks(child))
            cells.append(cell)
            if child.rows > 1:
                open_cells[column] = (cell, child.rows - 1)
            column += child.columns
        _merged(column, cells, open_cells)
        heads = bool(children) and all(c.kind == "TH" for c in children)
        return DraftRow(cells, header or (heads and len(children) > 1))


def _merged(
    column: int, cells: list[DraftCell], open_cells: dict[int, tuple[DraftCell, int]]
) -> int:
    """Adds the cells that reach into this row from above; gives the next free column."""
    done = {c.column for c in cells}
    while column in open_cells and column not in done:
        above, left = open_cells[column]
        cells.append(DraftCell(column, above.span, above=above))
        done.add(column)
        if left > 1:
            open_cells[column] = (above, left - 1)
        else:
            del open_cells[column]
        column += above.span
    return column


def _rows(node: Node, header: bool) -> list[tuple[Node, bool]]:
    """TR elements below `node`, however wrapped, and whether each is in the table's head."""
    found: list[tuple[Node, bool]] = []
    for child in node.children():
        if isinstance(child, tuple):
            continue
        if child.kind == "TR":
            found.append((child, header))
        elif child.kind != "Table":
            found += _rows(child, header or child.kind == "THead")
    return found
