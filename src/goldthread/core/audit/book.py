"""A workbook or table as text: sheets of cells, and what of them is hidden, merged or worked out.

Values only, so that what reads audits from spreadsheets needs no file format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Spot = tuple[int, int]
"""Row and column, from 0."""


class BookError(ValueError):
    """A file that cannot be read as audits; one sentence: what is wrong, where, what to do."""


@dataclass(frozen=True)
class Sheet:
    """`rows`: the text of each cell from A1 on, without blanks at its ends; rows are as long as
    what stands in them. `formulas`: cells that hold one; their text is the result the file kept.
    `merged`: first row, first column, last row, last column."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[Spot] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def cell(self, row: int, column: int) -> str:
        """Its text; empty outside of what stands in the sheet."""
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def merged_at(self, row: int, column: int) -> bool:
        return any(r <= row <= r2 and c <= column <= c2 for r, c, r2, c2 in self.merged)

    def where(self, row: int, column: int) -> str:
        """“Sheet “Questions”, cell D7”."""
        return f"Sheet “{self.name}”, cell {a1(row, column)}"


@dataclass(frozen=True)
class Book:
    """`kind`: workbook or text; the one sheet of a text is named after its file."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...] = ()
    macros: bool = False
    notes: tuple[str, ...] = field(default=())

    def sheet(self, name: str) -> Sheet | None:
        return next((s for s in self.sheets if s.name == name), None)


def a1(row: int, column: int) -> str:
    """“D7” for row 6 and column 3."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """“A” for 0, “AA” for 26."""
    said, left = "", column + 1
    while left:
        left, at = divmod(left - 1, 26)
        said = chr(65 + at) + said
    return said


def filled(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows in which something stands, with their places."""
    return ((i, row) for i, row in enumerate(rows) if any(row))
