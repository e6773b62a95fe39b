"""A document as a reader hands it on: every paragraph once, in reading order, with its place.

Nothing here knows what an EHC plan is; `core/parsing` finds that out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Location:
    """Where a piece of text stands, counted from 1; None where the format does not say."""

    page: int | None = None
    table: int | None = None
    """Number of the table in the document, nested tables counted in reading order."""
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    """Number of the paragraph in the document, in reading order."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Formatting or a tracked change on part of a paragraph's text, by character offsets."""

    kind: str
    """bold · italic · underline · inserted · coloured."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item or line of a cell.

    `text` is the text as amended: tracked deletions and struck-through words are left out. It has
    no line breaks at either end; soft breaks inside it are kept as spaces.
    """

    text: str
    location: Location
    start: int = 0
    """Offset of `text` in `RawDocument.text`."""
    heading: int = 0
    """Level of the heading style or tag, 1 to 9; 0 for none. A hint only: many plans use none."""
    bold: bool = False
    """The whole paragraph is bold."""
    bullet: str = ""
    """The list label as far as known: “•”, “1.”, “(a)”; “•” when only listness is known."""
    part: str = "body"
    """body · textbox · note (foot- or endnote)."""
    before: str | None = None
    """The text as it was, with what was deleted or struck through and without what was inserted;
    None when nothing was changed."""
    marks: tuple[Mark, ...] = ()
    """Only where formatting changes inside the paragraph or text was inserted."""
    ordinal: int | None = None
    """docx: number of the w:p element among all w:p of the body part, from 0, for writing back."""
    confidence: float = 1.0
    """Of the recognition of characters (scans), 0 to 1."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. A cell that is merged with the one above (`inherited`) shows that cell's blocks."""

    blocks: tuple[Paragraph | Table, ...]
    column: int
    """From 1, counted in grid columns, so that a cell keeps its column below a merged one."""
    span: int = 1
    inherited: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Of the cell and of tables inside it, in reading order."""
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Paragraph):
            return (self.blocks[0],)
        return tuple(_flat(self.blocks))

    @property
    def text(self) -> str:
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Paragraph):
            return self.blocks[0].text
        return "\n".join(p.text for p in self.paragraphs if p.text)


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    header: bool = False
    """Marked as a repeated header row, or tagged as one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `number` is what `Location.table` says of the paragraphs directly inside it."""

    rows: tuple[Row, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader could not do or had to guess: shown, never swallowed."""

    code: str
    """kebab-case, for machines: no-text-layer, low-ocr-confidence, tracked-changes, …"""
    sentence: str
    """What, where, what to do."""
    page: int | None = None


@dataclass(frozen=True)
class RawDocument:
    """What was read from one file.

    `blocks` are the body in reading order; headers and footers are apart, because they repeat, but
    they are kept, because they hold names and status lines.
    """

    name: str
    """The file's name, without its folder."""
    kind: str
    """docx · pdf · scan (any page needed character recognition) · text."""
    digest: str
    """SHA-256 of the file, in hex."""
    blocks: tuple[Paragraph | Table, ...]
    pages: int | None = None
    margins: tuple[Paragraph, ...] = ()
    """Running headers and footers, each once."""
    problems: tuple[Problem, ...] = ()
    tagged: bool | None = None
    """PDF only: whether the structure tree was used."""
    tracked_changes: int = 0
    """How many tracked insertions and deletions stand in it."""

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs of the body, each once, in reading order."""
        return tuple(_flat(self.blocks))

    @cached_property
    def text(self) -> str:
        """The paragraphs joined by line breaks; `Paragraph.start` counts in it."""
        return "\n".join(p.text for p in self.paragraphs)


class ReadingError(ValueError):
    """The file cannot be read at all; the message is one sentence: what, where, what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(slots=True)
class Numbering:
    """Hands out offsets, paragraph and table numbers while a reader builds a document."""

    offset: int = 0
    paragraph: int = 0
    table: int = 0

    def take(self, text: str) -> tuple[int, int]:
        """(start offset, paragraph number) of the next paragraph, whose text is `text`."""
        start = self.offset
        self.offset += len(text) + 1
        self.paragraph += 1
        return start, self.paragraph

    def take_table(self) -> int:
        self.table += 1
        return self.table


def _flat(blocks: tuple[Paragraph | Table, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    if not cell.inherited:
                        yield from _flat(cell.blocks)
