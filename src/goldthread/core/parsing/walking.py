"""Walks a document's blocks and sorts every paragraph into a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from goldthread.core.parsing.columns import (
    Column,
    Columns,
    advice_header,
    column_of,
    header_of,
    settled,
    under,
)
from goldthread.core.parsing.headings import Heading, looks_like_heading
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.outline import (
    FRONT,
    NOWHERE,
    REST,
    Entry,
    Line,
    Outline,
    Part,
    Place,
    Run,
)
from goldthread.core.parsing.rows import (
    formatted,
    hangs,
    is_whole,
    nested,
    own_paragraphs,
    piece_of,
    titled,
)
from goldthread.core.plan.document import Cell, Paragraph, Row, Table

Headed = Mapping[int, Heading]
"""id() of a paragraph -> what it is a heading of."""
_WITH_AREAS = frozenset("BEF")
_ITEMS = frozenset(("B", "C", "D", "E", "F", "G", "H1", "H2", "H"))


@dataclass(slots=True)
class Walk:
    """Where the walk stands."""

    headed: Headed
    layouts: Layouts
    elsewhere: frozenset[str]
    """Letters of sections that have a heading of their own, outside columns."""
    outline: Outline = field(default_factory=lambda: Outline([Run(FRONT, "")], []))
    run: Run = field(init=False)
    place: Place = NOWHERE
    outer: bool = False
    """The area's heading stands over the sections' headings, not under them."""
    waiting: list[Line] = field(default_factory=list)
    """An area's heading, until it is known to which section it belongs."""
    opened: dict[str, Run] = field(default_factory=dict)
    """Runs that columns of the table in hand have opened, by letter."""
    letters: tuple[str, ...] = ()
    """Sections that the last heading over several named."""

    def __post_init__(self) -> None:
        self.run = self.outline.runs[0]

    def blocks(self, blocks: tuple[Paragraph | Table, ...]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block)
            else:
                outer, self.opened = self.opened, {}
                self.table(block)
                self.opened = outer

    def paragraph(self, p: Paragraph, row: str = "") -> None:
        heading = self.headed.get(id(p))
        if heading is None:
            sub = looks_like_heading(p)
            self.add(Line(p, self.place, "sub" if sub else "text", row))
            if sub and self.place.strengths and p.heading:
                self.place = replace(self.place, strengths=False)
            return
        self.heading(p, heading)

    def add(self, piece: Line | Entry) -> None:
        if self.waiting:
            self.run.content += self.waiting
            self.waiting = []
            self.outer = False
        self.run.content.append(piece)

    # --- Headings ---------------------------------------------------------------------------------

    def heading(self, p: Paragraph, heading: Heading) -> None:
        kind = heading.kind
        if kind == "section":
            self.section(p, heading)
        elif kind == "area":
            self.area(p, heading)
        elif kind == "subtitle":
            self.outline.labels.append(p)
        elif kind in ("extra", "explainer", "banner", "many"):
            self.outside(p, heading)
        else:
            self.inner(p, heading)

    def section(self, p: Paragraph, heading: Heading) -> None:
        if self.waiting:
            self.outer = True
        same = self.run.letter == heading.letter
        if not self.outer and not (same and heading.sub):
            self.place = NOWHERE
        elif heading.letter not in _WITH_AREAS:
            self.place, self.outer = NOWHERE, False
        else:
            self.place = Place(self.place.area)
        if same and heading.sub:
            self.add(Line(p, self.place, "area" if heading.area else "sub"))
        else:
            self.open(heading, p)
        if heading.area:
            self.place = Place(heading.area)
        if heading.end:
            rest = p.text[heading.end :]
            begin = heading.end + len(rest) - len(rest.lstrip())
            self.add(Line(piece_of(p, begin), self.place))

    def open(self, heading: Heading, p: Paragraph | None) -> None:
        self.run = Run(
            heading.letter, heading.title, heading.found_by, heading.confidence, p,
            clash=heading.clash,
        )  # fmt: skip
        self.outline.runs.append(self.run)
        if p is not None and not heading.end:
            self.outline.labels.append(p)
        self.run.content += self.waiting
        self.waiting = []
        self.letters = ()

    def area(self, p: Paragraph, heading: Heading) -> None:
        self.waiting.append(Line(p, Place(heading.area), "area"))
        self.place = Place(heading.area)
        self.outer = False

    def outside(self, p: Paragraph, heading: Heading) -> None:
        """A heading that ends a section and begins none."""
        begun = any(run.letter not in (FRONT, REST) for run in self.outline.runs)
        self.run = Run(REST if begun or heading.kind != "explainer" else FRONT, heading.title)
        if not begun and heading.kind in ("extra", "banner"):
            self.run.letter = FRONT
        self.outline.runs.append(self.run)
        self.place = Place(heading.area)
        self.letters = heading.letters
        if heading.area:
            self.outer = True
        self.outline.banners += heading.kind in ("banner", "many")
        self.add(Line(p, self.place, "sub"))
        self.outer = bool(heading.area)

    def inner(self, p: Paragraph, heading: Heading) -> None:
        if heading.kind == "block":
            self.place = replace(self.place, block=heading.letters[0], strengths=False)
        else:
            self.place = replace(self.place, strengths=heading.kind == "strengths", block="")
        self.add(Line(p, self.place, "sub"))

    # --- Tables -----------------------------------------------------------------------------------

    def table(self, table: Table) -> None:
        columns = self.bannered(table)
        ahead = {} if columns else self.ahead(table)
        waiting_rows = False
        key = ""
        for number, row in enumerate(table.rows, 1):
            cells = [c for c in row.cells if c.text.strip()]
            fresh = [c for c in cells if not c.inherited]
            if not fresh:
                self.keep_empty(row, fresh)
                continue
            heads = not columns or waiting_rows or row.header or formatted(fresh)
            header = self.header(row, fresh, columns) if heads else None
            if header is not None:
                columns = self.columns(under(columns, header) if waiting_rows else header)
                waiting_rows = True
                self.outline.labels += [p for c in fresh for p in c.paragraphs]
                self.keep_empty(row, fresh)
                continue
            waiting_rows = False
            key = key if key and hangs(row, columns) else f"t{table.number}r{number}"
            if ahead and not columns and len(row.cells) == 1:
                self.wide_row(row, fresh[0], ahead)
                continue
            self.row(row, fresh, columns, key)
            if self.ended(fresh, columns):
                columns = {}

    def keep_empty(self, row: Row, fresh: list[Cell]) -> None:
        """Empty cells are kept too: nothing is lost."""
        for cell in row.cells:
            if not cell.inherited and not any(cell is c for c in fresh):
                self.run.content += [Line(p, self.place) for p in cell.paragraphs]

    def ahead(self, table: Table) -> Columns:
        """The columns that follow a title or strengths over the whole width of a table."""
        if not table.rows or len(table.rows[0].cells) != 1:
            return {}
        for row in table.rows[1:5]:
            cells = [c for c in row.cells if c.text.strip()]
            if len(cells) > 1:
                found = header_of(row, cells, self.layouts)
                current = "" if self.run.letter in (FRONT, REST) else self.run.letter
                return settled(found, current, self.elsewhere) if found else {}
        return {}

    def bannered(self, table: Table) -> Columns:
        """Columns by a heading such as “Sections B, F and E”, where the table names none."""
        letters, self.letters = self.letters, ()
        cells = table.rows[0].cells if table.rows else ()
        if not letters or len(cells) != len(letters):
            return {}
        if self.header(table.rows[0], [c for c in cells if c.text.strip()], {}) is not None:
            return {}
        roles = {"B": "need", "C": "need", "D": "need", "E": "outcome"}
        return {
            cell.column: Column(roles.get(x, "what"), x, 0.7, self.run.title, "banner")
            for cell, x in zip(cells, letters, strict=True)
        }

    def header(self, row: Row, fresh: list[Cell], columns: Columns) -> Columns | None:
        if len(fresh) == 1 and not (row.header and len(row.cells) > 1):
            return None
        if self.run.letter == "K" and not columns:
            return advice_header(fresh, self.layouts)
        if any((h := self.heading_in(c)) and h.kind == "explainer" for c in fresh):
            return None
        header = header_of(row, fresh, self.layouts)
        if header is None or any(c.letter for c in header.values()) or self.run.letter in _ITEMS:
            return header
        return header if columns else None

    def columns(self, found: Columns) -> Columns:
        current = "" if self.run.letter in (FRONT, REST) else self.run.letter
        columns = settled(found, current, self.elsewhere)
        own = {c.letter for c in found.values() if c.letter}
        if any(c.letter in own and c.letter != current for c in columns.values()):
            self.outline.columned += 1
            self.outer = bool(self.place.area)
            if self.waiting:
                self.first_run(columns)
        return columns

    def first_run(self, columns: Columns) -> None:
        """An area's heading over the table belongs to the table's first section."""
        for _, column in sorted(columns.items()):
            if column.letter:
                self.switch(column)
                self.run.content += self.waiting
                self.waiting = []
                return

    def switch(self, column: Column) -> None:
        """Goes on in the run of a column's section, which need not be the last one opened."""
        opened = self.opened.get(column.letter)
        if opened is None and self.run.letter == column.letter:
            opened = None if self.run.found_by in ("column", "banner") else self.run
        if opened is None:
            sure = round(column.sure - 0.02, 2) if column.sure else 0.6
            opened = Run(column.letter, column.title, column.by, sure)
            self.outline.runs.append(opened)
        self.opened[column.letter] = self.run = opened

    def row(self, row: Row, fresh: list[Cell], columns: Columns, key: str) -> None:
        if not columns:
            self.free_row(row, fresh, key)
        elif is_whole(row, fresh):
            self.wide_row(row, fresh[0], columns)
        else:
            self.column_row(row, columns, key)

    def wide_row(self, row: Row, cell: Cell, columns: Columns) -> None:
        """A row in one piece between rows of columns: a heading, or text on the first column."""
        heading = self.heading_in(cell)
        if heading is None or heading.kind != "section":
            area = heading.area if heading is not None and heading.kind == "area" else ""
            if columns and not area:
                first = columns[min(columns)]
                if first.letter:
                    self.switch(first)
        self.blocks(cell.blocks)
        if self.waiting:
            self.first_run(columns)
            self.outer = True

    def ended(self, fresh: list[Cell], columns: Columns) -> bool:
        """A section's heading in one of the cells ends what the columns meant."""
        if not columns or len(fresh) > 1:
            return False
        heading = self.heading_in(fresh[0])
        return heading is not None and heading.kind in ("section", "extra", "banner", "many")

    def column_row(self, row: Row, columns: Columns, key: str) -> None:
        groups: dict[str, Entry] = {}
        home = self.run
        for cell in row.cells:
            column = columns.get(cell.column) or Column("", home.letter)
            if not column.letter or column.letter in (FRONT, REST):
                self.run = home
                self.run.content += [Line(p, self.place, row=key) for p in own_paragraphs(cell)]
                continue
            entry = groups.get(column.letter)
            if entry is None:
                self.switch(titled(column, columns))
                entry = groups[column.letter] = Entry(key, [], self.place)
                self.run.content.append(entry)
            role = "strengths" if self.place.strengths else column.role
            entry.parts.append(Part(role, cell))

    def free_row(self, row: Row, fresh: list[Cell], key: str) -> None:
        """A row without headed columns: headings in cells, label and text, or plain."""
        sections = [c for c in fresh if self.opens(c)]
        if len(fresh) == 1 or sections:
            for cell in row.cells:
                if not cell.inherited:
                    self.blocks(cell.blocks)
            return
        label = column_of(fresh[0], self.layouts) if len(fresh) == 2 else None
        front = self.run.letter == FRONT
        if label is not None and label.letter and not (front and label.letter in "IJK"):
            self.labelled_row(row, fresh, label, key)
            return
        self.plain_row(row, fresh, key)

    def heading_in(self, cell: Cell) -> Heading | None:
        """What the first words of a cell are a heading of."""
        first = next((p for p in cell.paragraphs if p.text.strip()), None)
        return self.headed.get(id(first)) if first is not None else None

    def opens(self, cell: Cell) -> bool:
        return any(
            (heading := self.headed.get(id(p))) is not None
            and heading.kind in ("section", "extra", "explainer", "banner", "many")
            for p in cell.paragraphs
        )

    def labelled_row(self, row: Row, fresh: list[Cell], label: Column, key: str) -> None:
        """“Outcome | By July …”: the label at the left says what the text is."""
        columns = {c.column: label for c in fresh[1:]}
        current = "" if self.run.letter in (FRONT, REST) else self.run.letter
        if label.letter in self.elsewhere and label.letter != current and current:
            columns = {n: Column(label.role, current) for n in columns}
        self.outline.labels += own_paragraphs(fresh[0])
        rest = Row(tuple(c for c in row.cells if c is not fresh[0]))
        self.column_row(rest, columns, key)

    def plain_row(self, row: Row, fresh: list[Cell], key: str) -> None:
        first = self.heading_in(fresh[0])
        if first is not None and first.kind in ("area", "strengths", "needs", "block", "sub"):
            place = self.place
            self.blocks(fresh[0].blocks)
            for cell in row.cells:
                if cell is not fresh[0] and not cell.inherited:
                    for block in cell.blocks:
                        self.cell_block(block, key)
            self.place = place if first.kind != "area" else self.place
            return
        if self.run.letter in (FRONT, REST) or any(nested(c) for c in row.cells):
            for cell in row.cells:
                if not cell.inherited:
                    self.blocks(cell.blocks)
            return
        self.add(Entry(key, [Part("", c) for c in row.cells], self.place))

    def cell_block(self, block: Paragraph | Table, key: str) -> None:
        if isinstance(block, Paragraph):
            self.paragraph(block, key)
        else:
            self.table(block)
