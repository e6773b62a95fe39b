"""What every file kind can show: headings, paragraphs and tables, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

STRUCK, INSERTED, DELETED = "\ue000", "\ue002", "\ue004"
"""Marks that open a stretch of changed text; `END` closes it."""
END = "\ue001"
_GONE = re.compile(f"[{STRUCK}{DELETED}][^{END}]*{END}")
_MARKS = re.compile(f"[{STRUCK}{INSERTED}{DELETED}{END}]")


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1
    style: str = "styled"
    """styled · bold · shaded · banner."""


@dataclass(frozen=True, slots=True)
class Para:
    text: str
    bullet: bool = False
    extra: str = ""
    """Word only: control · textbox."""


@dataclass(frozen=True, slots=True)
class Cell:
    texts: tuple[str, ...]
    span: int = 1
    bold: bool = False
    nested: bool = False
    """Word only: its paragraphs stand in a table of their own inside the cell."""
    control: bool = False
    merge: str = ""
    """Word only: start · more, of cells that are merged downwards."""


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    """Per cent of the page, by column."""
    ruled: bool = True


Block = Heading | Para | Table


@dataclass(slots=True)
class Paper:
    """A document ready to be written in any file kind."""

    blocks: list[Block] = field(default_factory=list)
    header: str = ""
    footer: str = ""
    title: str = ""


def cell(*texts: str, span: int = 1, bold: bool = False) -> Cell:
    return Cell(texts, span, bold)


def as_read(text: str) -> str:
    """The text as it stands once changes are taken: without marks, deletions and struck words."""
    return _MARKS.sub("", _GONE.sub("", text)) if _MARKS.search(text) else text
