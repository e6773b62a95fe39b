"""The document in runs: each stretch under one section's heading, with what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goldthread.core.plan.document import Cell, Paragraph

FRONT, REST = "front", "rest"
"""“Letters” of what stands in no section: before the plan begins, and after."""


@dataclass(frozen=True, slots=True)
class Place:
    """Under which headings inside a section something stands."""

    area: str = ""
    strengths: bool = False
    """Under “Strengths”, “What is going well”: not needs."""
    block: str = ""
    """“Outcome 2”, where a heading says that what follows belongs to it."""


NOWHERE = Place()


@dataclass(slots=True)
class Line:
    """One paragraph."""

    paragraph: Paragraph
    place: Place = NOWHERE
    kind: str = "text"
    """text · sub (a heading inside the section) · area."""
    row: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        yield self.paragraph


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a row under a column with a known role."""

    role: str
    cell: Cell


@dataclass(slots=True)
class Entry:
    """One row of a table, as far as it belongs to one section."""

    row: str
    parts: list[Part]
    place: Place = NOWHERE

    def paragraphs(self) -> Iterator[Paragraph]:
        """Those of cells that are this row's own."""
        for part in self.parts:
            if not part.cell.inherited:
                yield from part.cell.paragraphs


@dataclass(slots=True)
class Run:
    """A stretch under one heading; `letter` FRONT or REST when that is no section's."""

    letter: str
    title: str
    found_by: str = ""
    confidence: float = 0.0
    heading: Paragraph | None = None
    content: list[Line | Entry] = field(default_factory=list)
    clash: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        for piece in self.content:
            yield from piece.paragraphs()


@dataclass(slots=True)
class Outline:
    runs: list[Run]
    labels: list[Paragraph]
    """Headings of sections and columns: they stand in no run's content."""
    columned: int = 0
    """Tables whose columns told the sections."""
    banners: int = 0
    numbered: int = 0
