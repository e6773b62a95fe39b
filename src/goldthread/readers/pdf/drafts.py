"""What pages are turned into before they are joined and numbered."""

from __future__ import annotations

from dataclasses import dataclass, field

Boxed = tuple[float, float, float, float]
"""left, bottom, right, top in points; y grows upwards."""


class Line:
    """A run of text on one line of a page, with its box, or one marked part of such a line.

    What is seldom set stands on the class: thousands of lines are made for a document.
    """

    hyphen = ""
    """How the line breaks its last word: “”, “-” or “soft”."""
    mark = -1
    """Marked-content id, or -1."""
    glued = False
    """Goes on straight after the run before it, on the same line."""
    first = last = 0
    """Of its characters in the page's text."""
    was: str | None = None
    """The text with what is struck through, when something is."""
    confidence = 1.0

    def __init__(self, text: str, page: int, box: Boxed, size: float, bold: bool = False) -> None:
        self.text = text
        self.page = page
        self.left, self.bottom, self.right, _ = box
        self.size = size
        self.bold = bold


@dataclass(slots=True, eq=False)
class Draft:
    """A paragraph to be."""

    text: str
    page: int
    heading: int = 0
    bold: bool = False
    bullet: str = ""
    before: str | None = None
    confidence: float = 1.0
    size: float = 0.0
    level: str = ""
    """How a line-break hyphen ends it: as `Line.hyphen`."""


@dataclass(slots=True, eq=False)
class DraftCell:
    column: int
    span: int = 1
    blocks: list[Draft | DraftTable] = field(default_factory=list)
    above: DraftCell | None = None
    """The cell it is merged with."""

    @property
    def text(self) -> str:
        return " ".join(b.text for b in self.blocks if isinstance(b, Draft))


@dataclass(slots=True, eq=False)
class DraftRow:
    cells: list[DraftCell]
    header: bool = False

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


@dataclass(slots=True, eq=False)
class DraftTable:
    rows: list[DraftRow]
    page: int
    edges: tuple[float, ...] = ()
    """Of its columns in points, to know it again on the next page."""
    ruled: bool = False
    """Drawn with lines, so that a cell may be merged over rows."""


DraftBlock = Draft | DraftTable
