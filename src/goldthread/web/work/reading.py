"""Documents opened for auditing: their text as a page shows it, and what the machine suggests.

Opening decrypts and arranges a whole plan, so this process keeps the last few for some minutes.
Whether somebody may read a document is settled before it is asked for here.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.report.check_record import (
    AnswerRecord,
    CheckRecord,
    FindingRecord,
    LocationRecord,
    ParagraphRecord,
    SectionRecord,
)
from goldthread.records.queries.documents import paragraphs_of, record_of
from goldthread.records.scope import Here

MOST = 48
SECONDS = 10 * 60
FRONT = "front"
"""The text before and between the sections."""


@dataclass(frozen=True)
class Shown:
    """One section of a document, ready for a page."""

    letter: str
    title: str
    body: SafeString
    blank: bool = False


@dataclass(frozen=True)
class Suggested:
    """What the machine suggests for one question, and the findings behind it."""

    answer: AnswerRecord
    findings: tuple[FindingRecord, ...]


@dataclass(frozen=True)
class Opened:
    """A document that was read. `paragraphs`: number -> record, of the whole text."""

    reference: str
    sections: tuple[Shown, ...]
    paragraphs: Mapping[int, ParagraphRecord]
    suggested: Mapping[str, Suggested]


class _Shelf:
    """The documents opened last. Threads may use it at once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], tuple[float, Opened]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int]) -> Opened | None:
        with self._lock:
            until, found = self._kept.get(key, (0.0, None))
            if found is None or until < time.monotonic():
                self._kept.pop(key, None)
                return None
            self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, int], opened: Opened) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic() + SECONDS, opened)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


shelf = _Shelf()


def opened(here: Here, document: int | None, reference: str) -> Opened | None:
    """The document of an audit, or None when none was added or its text is no longer kept."""
    if document is None:
        return None
    key = (here.authority, document)
    found = shelf.get(key)
    if found is None:
        found = _open(here, document, reference)
        if found is not None:
            shelf.put(key, found)
    return found


def opened_anchor(plan: AnchorPlan) -> Opened:
    """An anchor plan as the page beside its form shows it, without any suggestion."""
    key = (plan.digest, 0)
    found = shelf.get(key)
    if found is None:
        found = _arranged(plan)
        shelf.put(key, found)
    return found


def _arranged(plan: AnchorPlan) -> Opened:
    paragraphs = tuple(
        ParagraphRecord(
            number=p.number, text=p.text, section=p.section, heading=p.heading, bullet=p.bullet,
            location=LocationRecord(paragraph=p.number),
        )
        for p in plan.paragraphs
    )  # fmt: skip
    sections = [
        Shown(s.letter, plan.titles.get(s.letter, s.title), s.body, s.blank)
        for s in _sections(None, paragraphs)
    ]
    return Opened(plan.id, tuple(sections), {p.number: p for p in paragraphs}, {})


def _open(here: Here, document: int, reference: str) -> Opened | None:
    record = record_of(here, document)
    paragraphs = paragraphs_of(here, document)
    if not paragraphs:
        return None
    return Opened(
        reference=reference,
        sections=tuple(_sections(record, paragraphs)),
        paragraphs={p.number: p for p in paragraphs},
        suggested=_suggested(record) if record else {},
    )


def _sections(record: CheckRecord | None, paragraphs: tuple[ParagraphRecord, ...]) -> list[Shown]:
    texts: dict[str, list[ParagraphRecord]] = {}
    for paragraph in paragraphs:
        texts.setdefault(paragraph.section, []).append(paragraph)
    known = {s.letter: s for s in record.sections} if record else {}
    shown = [Shown(FRONT, "Outside the sections", _body(texts.pop("", [])))]
    for letter, section in known.items():
        found = texts.pop(letter, [])
        if found or section.found:
            shown.append(Shown(letter, _title(section), _body(found), section.blank))
    shown += [Shown(letter, letter, _body(found)) for letter, found in texts.items()]
    return [s for s in shown if s.body or s.letter != FRONT]


def _title(section: SectionRecord) -> str:
    return f"Section {section.letter}: {section.name}" if section.name else section.letter


def _body(paragraphs: list[ParagraphRecord]) -> SafeString:
    return mark_safe("".join(_paragraph(p) for p in paragraphs))  # noqa: S308 (escaped below)


def _paragraph(paragraph: ParagraphRecord) -> SafeString:
    kind = "gt-plan__heading" if paragraph.heading else "gt-plan__text"
    mark = format_html('<span aria-hidden="true">{} </span>', paragraph.bullet or "")
    return format_html(
        '<p class="{}">{}<span data-paragraph="{}">{}</span></p>',
        kind, mark if paragraph.bullet else "", paragraph.number, paragraph.text,
    )  # fmt: skip


def _suggested(record: CheckRecord) -> dict[str, Suggested]:
    findings: dict[str, list[FindingRecord]] = {}
    for finding in record.findings:
        findings.setdefault(finding.criterion, []).append(finding)
    return {
        answer.criterion: Suggested(answer, tuple(findings.get(answer.criterion, ())))
        for answer in record.answers
    }


STATES = {
    "mend": "Something to put right",
    "look": "Something to look at",
    "met": "What the question asks is there",
    "cannot-tell": "The machine cannot tell",
    "not-applicable": "The machine thinks that the question does not arise",
}
MOST_QUOTES = 4


def machine_box(suggested: Suggested | None, words: Mapping[str, str]) -> SafeString:
    """What the machine says of one question: a suggestion, its reason, and quotes."""
    if suggested is None:
        return format_html('<p class="govuk-body-s">{}</p>', "The machine has no view on this.")
    answer = suggested.answer
    said = "" if answer.answer is None else f" ({answer.answer}: {words.get(str(answer.answer))})"
    quotes = [
        (q.text, f.reason)
        for f in suggested.findings if f.state in ("mend", "look")
        for q in f.quotes[:1]
    ][:MOST_QUOTES]  # fmt: skip
    listed = format_html_join("", "<li><q>{}</q> – {}</li>", quotes)
    return format_html(
        '<p class="govuk-body-s govuk-!-margin-bottom-1"><strong>The machine:</strong> {}{}. {}</p>'
        "{}",
        STATES[answer.state], said, answer.reason,
        format_html('<ul class="govuk-list govuk-list--bullet govuk-body-s">{}</ul>', listed)
        if quotes else "",
    )  # fmt: skip
