"""A check arranged for a reader: what to mend first, and the plan with its findings beside it.

The HTML file and the site's pages are both made from this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from goldthread.core.report.check_record import (
    AnswerRecord,
    CheckRecord,
    FindingRecord,
    ParagraphRecord,
    SectionRecord,
)

STATES = {"mend": "To mend", "look": "To look at"}
GATES = {"critical": 0, "major": 1, "": 2}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as shown, with the number that its mark in the text bears."""

    number: int
    finding: FindingRecord
    question: str

    @property
    def label(self) -> str:
        return STATES[self.finding.state]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and the numbers of the notes on it."""

    text: str
    notes: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    """Those of the notes whose words end here: there their numbers stand, once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in segments."""

    paragraph: ParagraphRecord
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: a paragraph, or the cells of one table row."""

    cells: tuple[tuple[Line, ...], ...]
    notes: tuple[Note, ...]

    @property
    def heading(self) -> bool:
        return len(self.cells) == 1 and all(line.paragraph.heading for line in self.cells[0])


@dataclass(frozen=True, slots=True)
class Part:
    """One section (or the text outside all sections, with `section` None) as a reader sees it."""

    section: SectionRecord | None
    blocks: tuple[Block, ...]
    unplaced: tuple[Note, ...]
    """Notes on the section that quote nothing in it: what is missing."""
    mend: int
    look: int
    met: int


@dataclass(frozen=True)
class CheckView:
    record: CheckRecord
    notes: tuple[Note, ...]
    """In the order of the document; numbers begin with 1."""
    first: tuple[Note, ...]
    """What to mend first, the weightiest first."""
    parts: tuple[Part, ...]
    general: tuple[Note, ...]
    """Notes on the document as a whole."""


def view_of(record: CheckRecord, most: int = 10) -> CheckView:
    """The record arranged; `most` is how many are named under “mend these first”."""
    answers = {a.criterion: a for a in record.answers}
    notes = _notes(record, answers)
    first = sorted(
        (n for n in notes if n.finding.state == "mend"), key=lambda n: _weight(n, answers)
    )
    return CheckView(
        record=record,
        notes=notes,
        first=_different(first)[:most],
        parts=tuple(_parts(record, notes)),
        general=tuple(n for n in notes if not n.finding.section and not _place(n)),
    )


def _notes(record: CheckRecord, answers: dict[str, AnswerRecord]) -> tuple[Note, ...]:
    order = {s.letter: i for i, s in enumerate(record.sections)}
    shown = [f for f in record.findings if f.state in STATES]
    shown.sort(
        key=lambda f: (_paragraph(f) or 10**9, order.get(f.section, -1), f.state != "mend", f.rule)
    )
    return tuple(
        Note(number, f, answers[f.criterion].question if f.criterion in answers else "")
        for number, f in enumerate(shown, 1)
    )


def _paragraph(finding: FindingRecord) -> int | None:
    for quote in finding.quotes:
        if not quote.document:
            return quote.location.paragraph
    return None


def _place(note: Note) -> int | None:
    return _paragraph(note.finding)


def _weight(note: Note, answers: dict[str, AnswerRecord]) -> tuple[int, int, float, int]:
    answer = answers.get(note.finding.criterion)
    gate = GATES[answer.gate] if answer else 2
    return gate, -(answer.weight if answer else 1), -note.finding.confidence, note.number


def _different(notes: Sequence[Note]) -> tuple[Note, ...]:
    """At most two of one rule, so that the first ten are not ten of a kind."""
    seen: Counter[str] = Counter()
    kept = []
    for note in notes:
        seen[note.finding.rule] += 1
        if seen[note.finding.rule] <= 2:
            kept.append(note)
    return tuple(kept)


def _parts(record: CheckRecord, notes: Sequence[Note]) -> Iterable[Part]:
    by_paragraph: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        place = _place(note)
        if place is not None:
            by_paragraph[place].append(note)
    texts: dict[str, list[ParagraphRecord]] = defaultdict(list)
    for paragraph in record.paragraphs:
        if paragraph.section or not paragraph.heading:  # headings stand above their sections
            texts[paragraph.section].append(paragraph)
    states: Counter[tuple[str, str]] = Counter((f.section, f.state) for f in record.findings)
    if texts[""]:
        yield _part(None, texts[""], by_paragraph, (), states)
    for section in record.sections:
        missing = [n for n in notes if n.finding.section == section.letter and not _place(n)]
        if section.found or missing:
            yield _part(section, texts[section.letter], by_paragraph, missing, states)


def _part(
    section: SectionRecord | None,
    paragraphs: Sequence[ParagraphRecord],
    notes: dict[int, list[Note]],
    unplaced: Sequence[Note],
    states: Counter[tuple[str, str]],
) -> Part:
    letter = section.letter if section else ""
    return Part(
        section=section,
        blocks=tuple(_block(group, notes) for group in _together(paragraphs)),
        unplaced=tuple(unplaced),
        mend=states[letter, "mend"],
        look=states[letter, "look"],
        met=states[letter, "met"],
    )


def _together(paragraphs: Sequence[ParagraphRecord]) -> Iterable[list[ParagraphRecord]]:
    def key(p: ParagraphRecord) -> tuple[int, ...]:
        place = p.location
        if place.table is None or place.row is None:
            return (p.number,)
        return (-place.table, place.row)

    for _, group in groupby(paragraphs, key):
        yield list(group)


def _block(group: Sequence[ParagraphRecord], notes: dict[int, list[Note]]) -> Block:
    cells = [
        tuple(Line(p, tuple(_segments(p.text, notes.get(p.number, [])))) for p in cell)
        for _, cell in groupby(group, lambda p: p.location.column)
    ]
    return Block(tuple(cells), tuple(n for p in group for n in notes.get(p.number, [])))


def _segments(text: str, notes: Sequence[Note]) -> Iterable[Segment]:
    """The text cut at the edges of every quote in it."""
    spans = [(*_span(text, note), note.number) for note in notes]
    edges = sorted({0, len(text), *(e for start, end, _ in spans for e in (start, end))})
    for start, end in pairwise(edges):
        here = tuple(number for first, last, number in spans if first <= start and end <= last)
        last = tuple(number for _, over, number in spans if over == end and number in here)
        yield Segment(text[start:end], here, last)


def _span(text: str, note: Note) -> tuple[int, int]:
    quote = next(q.text for q in note.finding.quotes if not q.document)
    at = text.find(quote)
    return (at, at + len(quote)) if at >= 0 else (0, len(text))
