"""Labels and what stands beside or below them: front page, sign-off, tables of details."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.plain import plain
from goldthread.core.plan.document import Cell, Location, Paragraph, Row, Table

_SEPARATOR = re.compile(r":|\t+")
_LONGEST = 7
"""Words of a label at most."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; `field` of `fields.yaml` and `role` of `dates.yaml`, or “”."""

    label: str
    field: str
    role: str
    value: str
    location: Location
    quote: str


def pairs_of(
    blocks: tuple[Paragraph | Table, ...], inside: Collection[int], layouts: Layouts
) -> Iterator[Pair]:
    """Pairs of the paragraphs whose id() is `inside`, in reading order."""
    before: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block, inside, layouts)
            before = None
        elif id(block) in inside:
            yield from _below(before, block, layouts)
            yield from _paragraph(block, layouts)
            before = block if block.text.strip() else before


def known(label: str, layouts: Layouts) -> tuple[str, str]:
    """(field, role) that a label stands for."""
    key = plain(label)
    return layouts.field_names.get(key, ""), layouts.date_roles.get(key, "")


def _below(before: Paragraph | None, p: Paragraph, layouts: Layouts) -> Iterator[Pair]:
    """A label on a line of its own, and its value on the next."""
    if before is None or len(before.text) > 60 or not p.text.strip():
        return
    field, role = known(before.text, layouts)
    if (field or role) and before.text.rstrip().endswith(":") and not any(_paragraph(p, layouts)):
        yield Pair(before.text, field, role, p.text.strip(), p.location, p.text)


def _paragraph(p: Paragraph, layouts: Layouts) -> Iterator[Pair]:
    """“UPN: … NHS no: …”: every label that a colon or tab follows, with the text up to the next."""
    text = p.text
    found: list[tuple[int, int, str, str, str]] = []
    last = 0
    for match in _SEPARATOR.finditer(text):
        label = _label_before(text, last, match.start(), layouts, first=not found)
        if label is not None:
            begin, field, role = label
            found.append((begin, match.end(), text[begin : match.start()], field, role))
            last = match.end()
    for number, (begin, value_at, label_text, field, role) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(text)
        value = text[value_at:end].strip(" \t;|·,")
        yield Pair(label_text.strip(), field, role, value, p.location, text[begin:end].strip())
    if not found and len(text) <= 90:
        yield from _unmarked(p, layouts)


def _label_before(
    text: str, begin: int, end: int, layouts: Layouts, *, first: bool
) -> tuple[int, str, str] | None:
    """The longest known label that ends at `end`; a first one must begin the paragraph."""
    starts = [m.start() for m in re.finditer(r"[^\s|·;]+", text[begin:end])]
    whole = starts[:1] if first else []
    for start in whole + starts[-_LONGEST:]:
        field, role = known(text[begin + start : end], layouts)
        if field or role:
            return begin + start, field, role
    return None


def _unmarked(p: Paragraph, layouts: Layouts) -> Iterator[Pair]:
    """“Date of birth 4 May 2018”: a label of two words and more, and no colon."""
    tokens = list(re.finditer(r"\S+", p.text[:80]))
    for count in range(min(len(tokens) - 1, _LONGEST), 1, -1):
        end = tokens[count - 1].end()
        field, role = known(p.text[:end], layouts)
        if field or role:
            value = p.text[end:].strip(" –-")
            if value[:1].isdigit() or value[:1].isupper():
                yield Pair(p.text[:end], field, role, value, p.location, p.text)
            return


# --- Tables ---------------------------------------------------------------------------------------


def _table(table: Table, inside: Collection[int], layouts: Layouts) -> Iterator[Pair]:
    rows = [
        row for row in table.rows if any(id(p) in inside for c in row.cells for p in c.paragraphs)
    ]
    for number, row in enumerate(rows):
        after = rows[number + 1] if number + 1 < len(rows) else None
        yield from _row(row, after, inside, layouts)


def _row(row: Row, after: Row | None, inside: Collection[int], layouts: Layouts) -> Iterator[Pair]:
    labels = [_is_label(cell, layouts) for cell in row.cells]
    paired = len(row.cells) == 2 and labels[0] and _labelled(after, layouts)
    labels = [True, False] if paired else labels
    heads = len(row.cells) > 1 and all(
        is_label or not c.text.strip() for is_label, c in zip(labels, row.cells, strict=True)
    )
    for number, cell in enumerate(row.cells):
        if not labels[number]:
            for block in cell.blocks:
                yield from pairs_of((block,), inside, layouts)
            continue
        right = row.cells[number + 1] if number + 1 < len(row.cells) else None
        if right is not None and right.text.strip() and not labels[number + 1]:
            yield from _beside(cell, right, layouts)
        elif heads and after is not None:
            below = next((c for c in after.cells if c.column == cell.column), None)
            if below is not None and below.text.strip() and not _is_label(below, layouts):
                yield from _beside(cell, below, layouts)


def _labelled(row: Row | None, layouts: Layouts) -> bool:
    """A row of a label and its value, or the end of the table."""
    return row is None or (len(row.cells) == 2 and _is_label(row.cells[0], layouts))


def _is_label(cell: Cell, layouts: Layouts) -> bool:
    lines = [p.text for p in cell.paragraphs if p.text.strip()]
    return bool(lines) and len(lines) <= 4 and all(
        len(line) <= 70 and any(known(line, layouts)) for line in lines
    )  # fmt: skip


def _beside(label: Cell, value: Cell, layouts: Layouts) -> Iterator[Pair]:
    names = [p for p in label.paragraphs if p.text.strip()]
    lines = [p for p in value.paragraphs if p.text.strip()]
    if len(names) == len(lines) > 1:
        for name, line in zip(names, lines, strict=True):
            field, role = known(name.text, layouts)
            yield Pair(name.text, field, role, line.text.strip(), line.location, line.text)
        return
    text = "\n".join(p.text.strip() for p in lines)
    field, role = known(names[0].text, layouts)
    yield Pair(names[0].text, field, role, text, lines[0].location, lines[0].text)
