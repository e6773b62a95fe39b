"""A filled-in audit workbook that comes back: what it says, and what taking it in would change.

Nothing is guessed: a cell that cannot be read is said by sheet and cell and left out, and an answer
that somebody gave here meanwhile is never written over without being asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from goldthread.core.audit.book import Book, BookError, Sheet, a1, letters
from goldthread.core.audit.judgement import Evidence
from goldthread.core.audit.mapping import plain
from goldthread.core.audit.workbook import (
    ANSWER,
    ASKED,
    COMMENT,
    NEEDED,
    QUESTION,
    QUESTIONS,
    WORDS,
    Identity,
    Line,
    answer_of,
    changed_identity,
    titled,
)
from goldthread.core.framework.framework import Framework

SEARCHED = 30
"""Rows in which the headings are looked for."""
Kind = Literal["new", "changed", "cleared", "conflict", "words", "newer", "same"]
"""new: not answered here yet; changed, cleared: answered here as at download; conflict: answered
otherwise on both sides; words: only a comment or quote is added; newer: answered here since, not in
the workbook; same: nothing to do."""


class Paragraph(Protocol):
    """A paragraph of the document that is audited, as far as a quote needs it."""

    @property
    def text(self) -> str: ...

    @property
    def section(self) -> str: ...


@dataclass(frozen=True)
class Said:
    """What the workbook says to one question. `value` is one the question has, or empty."""

    criterion: str
    value: str
    comment: str
    words: str
    where: str


@dataclass(frozen=True)
class Returned:
    """`faults`: cells that were not read, each a sentence; `notes`: what was read all the same."""

    said: tuple[Said, ...]
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Now:
    """The answer as it stands here. `version` 0: none."""

    value: str = ""
    comment: str = ""
    version: int = 0
    evidence: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True)
class Quoted:
    """Words from the plan: `places` where they stand exactly once, and `left` that do not, each
    with what became of it."""

    places: tuple[Evidence, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    """Words, and how often the document has them (0, or 2 and more)."""


@dataclass(frozen=True)
class Change:
    """What taking in one question would do. `after`: the workbook's answer; `comment`: the whole
    comment that would stand; `places`: quotes that would be added."""

    criterion: str
    kind: Kind
    before: str
    after: str
    comment: str
    places: tuple[Evidence, ...]
    version: int
    where: str
    added: str = ""
    """The words that are new in the comment."""

    @property
    def does(self) -> bool:
        return self.kind in ("new", "changed", "cleared", "conflict", "words")


@dataclass
class _Reading:
    sheet: Sheet
    columns: Mapping[str, int]
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_back(
    book: Book, identity: Identity, lines: Sequence[Line], framework: Framework
) -> Returned:
    """The answers of the sheet of questions. Errors: BookError when it cannot be read at all."""
    sheet, head = _questions(book)
    if titled(sheet) != identity.audit:
        raise changed_identity(book.name)
    reading = _Reading(sheet, _columns(sheet, head))
    if sheet.name != QUESTIONS:
        reading.notes.append(f"The sheet “{QUESTIONS}” is called “{sheet.name}”; it was read.")
    for name, column in reading.columns.items():
        if column in sheet.hidden_columns:
            reading.notes.append(
                f"Sheet “{sheet.name}”: column {letters(column)}, “{name}”, is hidden; what "
                "stands in it was read, so look at it below."
            )
    rows = _rows(reading, head, {line.criterion.id for line in lines})
    said = []
    for line in lines:
        if line.criterion.id not in rows:
            reading.notes.append(
                f"Sheet “{sheet.name}”: {line.criterion.id} has no row; its answer here stays."
            )
        elif found := _said(reading, rows[line.criterion.id], line, framework):
            said.append(found)
    return Returned(tuple(said), tuple(reading.faults), tuple(reading.notes))


def _questions(book: Book) -> tuple[Sheet, int]:
    """The sheet of questions and the row of its headings."""
    found = []
    for sheet in book.sheets:
        for row in range(min(SEARCHED, len(sheet.rows))):
            have = {plain(cell) for cell in sheet.rows[row]}
            if {plain(QUESTION), plain(ANSWER)} <= have or {plain(ASKED), plain(ANSWER)} <= have:
                found.append((sheet, row))
                break
    if not found:
        raise BookError(
            f"{book.name} has no sheet “{QUESTIONS}” with the headings {', '.join(NEEDED)}: put "
            "it back, or download the workbook again and copy your answers into it."
        )
    if len(found) > 1:
        names = " and ".join(f"“{s.name}”" for s, _ in found[:2])
        raise BookError(f"{book.name} has the questions twice, on the sheets {names}: delete one.")
    return found[0]


def _columns(sheet: Sheet, head: int) -> Mapping[str, int]:
    """Heading -> column, wherever it was moved to. Errors: BookError."""
    found: dict[str, int] = {}
    for name in NEEDED:
        places = [c for c, cell in enumerate(sheet.rows[head]) if plain(cell) == plain(name)]
        if not places:
            raise BookError(
                f"Sheet “{sheet.name}”, row {head + 1}: the heading “{name}” is missing: write it "
                "above its column again."
            )
        if len(places) > 1:
            cells = " and ".join(a1(head, c) for c in places[:2])
            raise BookError(
                f"Sheet “{sheet.name}”: the heading “{name}” stands in {cells}: delete the column "
                "that is not to be read."
            )
        found[name] = places[0]
    return found


def _rows(reading: _Reading, head: int, asked: set[str]) -> Mapping[str, int]:
    """Criterion -> its row; those of unknown questions and of two rows are said and left out."""
    sheet, rows = reading.sheet, dict[str, list[int]]()
    for row in range(head + 1, len(sheet.rows)):
        name = sheet.cell(row, reading.columns[QUESTION])
        given = any(sheet.cell(row, reading.columns[c]) for c in (ANSWER, COMMENT, WORDS))
        if name in asked:
            rows.setdefault(name, []).append(row)
        elif given:
            reading.faults.append(_stray(reading, row, name))
    for name, places in rows.items():
        if len(places) > 1:
            cells = " and ".join(a1(r, reading.columns[QUESTION]) for r in places[:3])
            reading.faults.append(
                f"Sheet “{sheet.name}”: {name} stands in {cells}: delete the row that is not meant."
            )
    return {name: places[0] for name, places in rows.items() if len(places) == 1}


def _stray(reading: _Reading, row: int, name: str) -> str:
    where = reading.sheet.where(row, reading.columns[QUESTION])
    if not name:
        return f"{where} names no question, but its row has an answer: move it to its question."
    shown = name if len(name) <= 30 else f"{name[:30]}…"
    return f"{where}: “{shown}” is no question of this part: put the question's own name back."


def _said(reading: _Reading, row: int, line: Line, framework: Framework) -> Said | None:
    sheet, at = reading.sheet, reading.columns
    criterion = line.criterion
    if fault := _unreadable(reading, row) or _reworded(reading, row, criterion.question):
        reading.faults.append(fault)
        return None
    if row in sheet.hidden_rows:
        reading.notes.append(
            f"Sheet “{sheet.name}”: row {row + 1}, {criterion.id}, is hidden; it was read, so look "
            "at it below."
        )
    try:
        value = answer_of(sheet.cell(row, at[ANSWER]), criterion, framework)
    except ValueError as error:
        reading.faults.append(f"{sheet.where(row, at[ANSWER])} ({criterion.id}) {error}")
        return None
    return Said(
        criterion.id, value, _tidy(sheet.cell(row, at[COMMENT])), sheet.cell(row, at[WORDS]),
        sheet.where(row, at[ANSWER]),
    )  # fmt: skip


def _unreadable(reading: _Reading, row: int) -> str:
    sheet = reading.sheet
    for name in (QUESTION, ANSWER, COMMENT, WORDS):
        column = reading.columns[name]
        if (row, column) in sheet.formulas:
            return (
                f"{sheet.where(row, column)} holds a formula: type what it should say, because "
                "formulas are never worked out here."
            )
        if sheet.merged_at(row, column):
            return (
                f"{sheet.where(row, column)} is merged with other cells: unmerge them and put each "
                "answer beside its question."
            )
    return ""


def _reworded(reading: _Reading, row: int, question: str) -> str:
    column = reading.columns[ASKED]
    if plain(reading.sheet.cell(row, column)) == plain(question):
        return ""
    return (
        f"{reading.sheet.where(row, column)}: the question was changed, so its answer is not "
        f"taken: put its words back: “{question}”"
    )


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


# --- What it would change --------------------------------------------------------------------


def compare(said: Said, base: tuple[int, str], now: Now, quoted: Quoted) -> Change:
    """What taking this in would do. `base`: version and answer at download."""
    kind = _kind(said.value, base, now)
    comment, added = _together(now.comment, (said.comment, *map(_noted, quoted.left)))
    places = tuple(p for p in quoted.places if not _kept(p, now.evidence))
    if kind in ("same", "newer") and (added or places):
        kind = "words"
    after = said.value if kind in ("new", "changed", "cleared", "conflict") else now.value
    return Change(
        said.criterion, kind, now.value, after, comment, places, now.version, said.where, added
    )


def _kind(value: str, base: tuple[int, str], now: Now) -> Kind:
    if value == now.value:
        return "same"
    if value == base[1]:
        return "newer"
    if now.version != base[0] and now.value != base[1]:
        return "conflict"
    return "cleared" if not value else "changed" if now.value else "new"


def _noted(left: tuple[str, int]) -> str:
    words, times = left
    why = "not found in the document" if times == 0 else f"{times} times in the document"
    return f"Words from the plan ({why}): “{words}”"


def _together(comment: str, more: Iterable[str]) -> tuple[str, str]:
    """The comment with what it does not hold yet, and that alone."""
    added: list[str] = []
    for text in more:
        if text and text not in comment and text not in added:
            added.append(text)
    return "\n\n".join(t for t in (comment, *added) if t), "\n\n".join(added)


def _kept(place: Evidence, evidence: Iterable[Mapping[str, object]]) -> bool:
    mine = (place.paragraph, place.start, place.end)
    return any((e.get("paragraph"), e.get("start"), e.get("end")) == mine for e in evidence)


def quotes_of(text: str, document: str, paragraphs: Mapping[int, Paragraph]) -> Quoted:
    """Where these words stand: the cell's as one quote, else each of its lines as one.

    Blanks, case and the marks around a quote do not matter; anything else does. Words that stand
    nowhere, or more than once, are no evidence of one place.
    """
    whole = _bare(text)
    if not whole:
        return Quoted()
    found = list(_places(whole, document, paragraphs))
    if len(found) == 1:
        return Quoted((found[0],))
    lines = [line for raw in text.splitlines() if (line := _bare(raw))]
    if len(lines) == 1:
        return Quoted((), ((whole, len(found)),))
    every = [(line, list(_places(line, document, paragraphs))) for line in lines]
    return Quoted(
        tuple(places[0] for _, places in every if len(places) == 1),
        tuple((line, len(places)) for line, places in every if len(places) != 1),
    )


def _bare(text: str) -> str:
    return " ".join(text.split()).strip("“”\"' ")


def _places(words: str, document: str, paragraphs: Mapping[int, Paragraph]) -> Iterator[Evidence]:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for number, paragraph in paragraphs.items():
        for match in pattern.finditer(paragraph.text):
            yield Evidence(document, number, *match.span(), match.group(), paragraph.section)
