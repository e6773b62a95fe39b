"""What a report is made of: values without markup, which every writer turns into its own form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heading:
    """`level` is 2 or 3 (the title is the only 1); `anchor` is unique in the report."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Note:
    """A remark that a hurried reader may skip."""

    text: str


@dataclass(frozen=True)
class Item:
    """One sentence of a list. `lead` stands out before it; `anchor` says where more is found."""

    text: str
    lead: str = ""
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True)
class Items:
    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Column:
    """`numeric` columns align right; `brief` is the heading where there is little room, and `plain`
    columns need none there."""

    name: str
    numeric: bool = False
    brief: str = ""
    plain: bool = False


@dataclass(frozen=True)
class Table:
    """The first cell of each row is its heading. Empty text means that there is nothing to show."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A Vega-Lite chart, with the table of the same numbers that stands for it in words.

    `spec["description"]` is its alternative text; `narrow` is the same for a telephone.
    """

    title: str
    spec: dict[str, Any]
    narrow: dict[str, Any]
    table: Table


Block = Heading | Paragraph | Note | Items | Table | Picture


@dataclass(frozen=True)
class Report:
    """`digest` names the content of the library that it was made from."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    digest: str
    language: str = "en-GB"
