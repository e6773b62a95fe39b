"""What the columns of a table are: sections, or the parts of a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.core.parsing.headings import heading_of, title_of
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.plain import plain
from goldthread.core.plan.document import Cell, Row

LONGEST = 160
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_CARE = re.compile(r"^\W*(?:section\s*)?(H[12])\b", re.IGNORECASE)
_FIRST = frozenset("ABCDEFGHIJKSs")
_OUTCOME_ROLES = frozenset(("by_when", "baseline", "steps", "progress", "outcome"))
_LETTER_ROLES = {"B": "need", "C": "need", "D": "need", "E": "outcome"}


@dataclass(frozen=True, slots=True)
class Column:
    role: str
    letter: str = ""
    """Section that its text belongs to; “” when it only says a part of a row."""
    sure: float = 0.0
    """0.95 by letter, 0.8 by title."""
    title: str = ""
    by: str = "column"
    """How it is known: by its heading, or by a “banner” over the table."""


Columns = dict[int, Column]
"""Number of a grid column -> what it is."""


def column_of(cell: Cell, layouts: Layouts) -> Column | None:
    """What a heading cell says; None when it is no heading of a column that we know."""
    paragraphs = [p for p in cell.paragraphs if p.text.strip()]
    if not paragraphs or len(paragraphs) > 4:
        return None
    text = " ".join(p.text for p in paragraphs)
    if len(text) > LONGEST + 60:
        return None
    lettered = paragraphs[0].text.lstrip(" ([")[:1] in _FIRST
    heading = heading_of(paragraphs[0], layouts) if lettered else None
    if heading is not None and heading.found_by == "letter" and not heading.end:
        role = _LETTER_ROLES.get(heading.letter, "what")
        return Column(role, heading.letter, 0.95, text)
    care = _CARE.match(text)
    if care is not None:
        return Column("what", care[1].upper(), 0.95, text)
    return _by_name(text, layouts)


def _by_name(text: str, layouts: Layouts) -> Column | None:
    for wording in (text, _BRACKETS.sub("", text)):
        known = layouts.column_names.get(plain(wording))
        if known is not None:
            letter, role = known
            return Column(role, letter, 0.8 if letter else 0.0, text)
    if len(text) > LONGEST:
        return None
    told = title_of(text, layouts)
    if told is None or (told.kind != "section" and told.kind != "strengths"):
        return _by_opening(plain(text), text, layouts)
    if told.kind == "strengths":
        return Column("strengths", "B", 0.7, text)
    return Column(_LETTER_ROLES.get(told.letter, "what"), told.letter, 0.8, text)


def _by_opening(key: str, text: str, layouts: Layouts) -> Column | None:
    """“How often will this happen?” by the longest known name that it begins with."""
    count = key.count(" ") + 1
    tokens = key.split()
    if count > 10:
        return None
    for length in range(min(count - 1, 6), 1, -1):
        known = layouts.column_names.get(" ".join(tokens[:length]))
        if known is not None:
            return Column(known[1], known[0], 0.7 if known[0] else 0.0, text)
    known = layouts.column_names.get(tokens[0]) if tokens and count <= 5 else None
    return Column(known[1], "", 0.0, text) if known and not known[0] else None


def header_of(row: Row, cells: list[Cell], layouts: Layouts) -> Columns | None:
    """The columns that `row` names, None when it is no row of headings. `cells`: the non-empty."""
    if any(len(c.text) > LONGEST + 60 for c in cells):
        return None
    known = {c.column: column for c in cells if (column := column_of(c, layouts)) is not None}
    least = 1 if row.header else 2
    if len(known) < least or len(known) * 10 < len(cells) * (4 if row.header else 6):
        return None
    if len(cells) == 2 and _label_and_text(list(known.values())):
        return None
    spread: Columns = {}
    for cell in cells:
        column = known.get(cell.column) or Column("", title=cell.text)
        for number in range(cell.column, cell.column + cell.span):
            spread[number] = column
    return spread


def _label_and_text(known: list[Column]) -> bool:
    """“Section E | The outcomes sought …”: a letter, and beside it what it stands for."""
    return len(known) == 2 and known[0].sure > 0.9 and known[0].letter == known[1].letter


def advice_header(cells: list[Cell], layouts: Layouts) -> Columns | None:
    """The columns of Section K's table: author, profession, day, appended."""
    known = {c.column: layouts.advice_columns.get(plain(c.text), "") for c in cells}
    if sum(bool(role) for role in known.values()) < 2:
        return None
    return {
        number: Column(known[c.column], "K", 0.0, c.text)
        for c in cells
        for number in range(c.column, c.column + c.span)
    }


def under(parent: Columns, child: Columns) -> Columns:
    """A second row of headings below the first: sections from above, parts from below."""
    merged = dict(parent)
    for number, column in child.items():
        above = parent.get(number)
        if above is not None and above.letter and not column.letter:
            column = Column(column.role or above.role, above.letter, above.sure, above.title)
        elif above is not None and above.letter and above.sure > column.sure:
            column = Column(column.role, above.letter, above.sure, above.title)
        merged[number] = column
    return merged


def settled(columns: Columns, current: str, elsewhere: frozenset[str]) -> Columns:
    """`columns` with every letter decided.

    A title without a letter gives its section, unless the table stands in a section that is not
    among its titles' or the section has its own heading `elsewhere`: then it says a part of a row.
    Parts belong to the nearest section to their left (those of an outcome to E), else `current`.
    """
    named = {c.letter for c in columns.values() if c.letter}
    inside = current in named or bool(current and not named)
    kept: Columns = {}
    for number, column in columns.items():
        stays = column.sure > 0.9 or column.letter == current
        if column.letter and not stays and inside and column.letter in elsewhere:
            column = Column(column.role, "", 0.0, column.title)
        kept[number] = column
    letters = [c.letter for _, c in sorted(kept.items()) if c.letter]
    last = ""
    for number, column in sorted(kept.items()):
        if not column.letter:
            owner = "E" if column.role in _OUTCOME_ROLES and "E" in letters else last
            owner = owner or (letters[0] if letters else current)
            kept[number] = Column(column.role, owner, 0.0, column.title)
        else:
            last = column.letter
    return kept
