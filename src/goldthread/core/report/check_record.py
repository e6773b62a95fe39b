"""What a check gives out: the record that every way of showing it is made from.

This is the JSON of `goldthread check --format json`, of the API, and what a capped worker hands
back; pages, Word comments, XLSX and Parquet are made from it and from nothing else.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from goldthread.core.checks.faithful import Fate, Turn
from goldthread.core.checks.finding import State
from goldthread.core.checks.thread import How, NodeKind
from goldthread.core.frozen import Content
from goldthread.core.plan.plan import ItemKind, Kind, Status


class LocationRecord(Content):
    """Where, counted from 1; null where the format does not say."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    anchor: int | None = None
    """Word files: number of the w:p in the body part, from 0, for writing comments to it."""


class QuoteRecord(Content):
    text: str
    location: LocationRecord
    section: str = ""
    document: str = ""


class DocumentRecord(Content):
    name: str
    digest: str
    kind: str
    """docx, pdf, scan, text."""
    recognised: Kind
    reason: str
    family: str
    pages: int | None
    words: int
    status: Status
    status_from: Literal["told", "document", "unknown"]
    status_quote: QuoteRecord | None = None
    age: int | None = None
    year: int | None = None
    checked_on: dt.date
    framework: str
    """“ehc-ref@2026.1”."""
    engine: str
    """Version of Goldthread."""
    seconds: float | None = None


class SectionRecord(Content):
    letter: str
    found: bool
    name: str = ""
    """What the law calls it."""
    title: str = ""
    found_by: str = ""
    confidence: float = 0.0
    blank: bool = True
    words: int = 0
    items: int = 0
    repeats: int = 0
    location: LocationRecord = LocationRecord()


class ItemRecord(Content):
    id: str
    section: str
    kind: ItemKind
    text: str
    location: LocationRecord
    number: str = ""
    area: str = ""
    parts: dict[str, str] = Field(default_factory=dict)
    row: str = ""
    links: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()
    """Numbers of its paragraphs."""


class FindingRecord(Content):
    rule: str
    edition: str
    criterion: str
    state: State
    answer: int | None
    confidence: float
    reason: str
    next_step: str
    quotes: tuple[QuoteRecord, ...] = ()
    section: str = ""
    item: str = ""
    key: str = ""
    missing: tuple[str, ...] = ()


class AnswerRecord(Content):
    """The machine's suggestion for one criterion."""

    criterion: str
    question: str
    state: State
    answer: int | None
    confidence: float
    reason: str
    rules: tuple[str, ...]
    gate: Literal["", "critical", "major"] = ""
    weight: int = 1
    kind: str = ""
    """statutory, guidance or quality."""


class NodeRecord(Content):
    id: str
    kind: NodeKind
    text: str
    quote: QuoteRecord
    area: str = ""


class LinkRecord(Content):
    source: str
    target: str
    how: How
    confidence: float


class LooseRecord(Content):
    node: str
    wants: NodeKind
    nearest: str = ""
    likeness: float = 0.0


class ThreadRecord(Content):
    nodes: tuple[NodeRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    loose: tuple[LooseRecord, ...] = ()


class RecommendationRecord(Content):
    kind: Literal["provision", "need", "outcome"]
    advice: QuoteRecord
    fate: Fate
    reason: str
    confidence: float
    plan: QuoteRecord | None = None
    item: str = ""


class ChangeRecord(Content):
    turn: Turn
    section: str
    reason: str
    before: QuoteRecord | None = None
    after: QuoteRecord | None = None


class GradePreview(Content):
    """What the machine's answers alone come to. Never a grade: people have not answered."""

    answered: int
    """Criteria the machine answered, not counting not applicable."""
    of: int
    """Criteria of the framework that apply."""
    index: float | None
    """Quality index of the answered criteria, 0 to 100."""
    themes: dict[str, float] = Field(default_factory=dict)
    compliance: str = ""
    """compliant, defects, breach: of the answered statutory criteria."""
    band: str = ""
    """The band that these answers alone would give, before caps; empty when too few."""
    band_after_caps: str = ""
    caps: tuple[str, ...] = ()
    """The reasons in words."""
    note: str
    """The honest sentence that goes with it everywhere."""


class ProblemRecord(Content):
    code: str
    sentence: str
    page: int | None = None


class ParagraphRecord(Content):
    """A paragraph as a reader sees it, for pages that show the plan beside its findings."""

    number: int
    text: str
    section: str = ""
    heading: bool = False
    bullet: str = ""
    location: LocationRecord


class CheckRecord(Content):
    """Everything the machine says of one document."""

    document: DocumentRecord
    sections: tuple[SectionRecord, ...]
    """All letters of the law in order, found or not."""
    items: tuple[ItemRecord, ...]
    findings: tuple[FindingRecord, ...]
    answers: tuple[AnswerRecord, ...]
    thread: ThreadRecord
    grade_preview: GradePreview | None
    """None when the document is no plan."""
    problems: tuple[ProblemRecord, ...]
    advice: tuple[RecommendationRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    paragraphs: tuple[ParagraphRecord, ...] = ()
    """Only when asked for."""
