"""A check as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from goldthread.core.report.check_record import (
    ChangeRecord,
    CheckRecord,
    FindingRecord,
    LocationRecord,
    RecommendationRecord,
    SectionRecord,
)

WIDTH = 96
SHOWN = ("mend", "look")
TITLES = {"mend": "MEND THESE FIRST", "look": "LOOK AT THESE"}


def checked_text(record: CheckRecord) -> str:
    """What was found, those to mend first, each with its quote and place."""
    lines = [*_top(record), *_sections(record), *_problems(record)]
    for state in SHOWN:
        lines += _findings(record, state)
    lines += [*_advice(record.advice), *_changes(record.changes), *_foot(record)]
    return "\n".join(lines).rstrip() + "\n"


def one_line(record: CheckRecord) -> str:
    """One document of many: “plan.docx: 4 to mend, 7 to look at; sections not found: G”."""
    about = record.document
    if about.recognised == "other":
        return f"{about.name}: {about.reason}"
    counts = Counter(f.state for f in record.findings)
    missing = [s.letter for s in record.sections if not s.found]
    said = f"{about.name}: {counts['mend']} to mend, {counts['look']} to look at"
    return said + (f"; sections not found: {', '.join(missing)}" if missing else "")


def _top(record: CheckRecord) -> Iterator[str]:
    about = record.document
    pages = f", {about.pages} pages" if about.pages else ""
    yield f"{about.name} ({about.kind}{pages}, {about.words:,} words)"
    yield from _wrap(about.reason)
    if about.recognised != "other":
        yield f"Status: {about.status}. Checked on {_day(record)} against {about.framework}."
    yield ""


def _day(record: CheckRecord) -> str:
    day = record.document.checked_on
    return f"{day.day} {day:%B %Y}"


def _sections(record: CheckRecord) -> Iterator[str]:
    if record.document.recognised != "plan":
        return
    yield "SECTIONS"
    for section in record.sections:
        yield f"  {section.letter:<3} {_state(section)}"
    yield ""


def _state(section: SectionRecord) -> str:
    if not section.found:
        return "not found"
    sure = "" if section.confidence >= 0.8 else f", {section.confidence:.0%} sure"
    if section.blank:
        return f"found, blank ({section.title}{sure})"
    items = f", {section.items} items" if section.items else ""
    return f"{section.words:,} words{items} ({section.title}{sure})"


def _problems(record: CheckRecord) -> Iterator[str]:
    if record.problems:
        yield "ABOUT THE READING"
        for problem in record.problems:
            yield from _wrap(problem.sentence, "  ")
        yield ""


def _findings(record: CheckRecord, state: str) -> Iterator[str]:
    found = [f for f in record.findings if f.state == state]
    if not found:
        return
    yield f"{TITLES[state]} ({len(found)})"
    for finding in found:
        yield from _finding(finding)
    yield ""


def _finding(finding: FindingRecord) -> Iterator[str]:
    where = f"{finding.item or finding.section or 'document'}"
    yield from _wrap(f"{where}: {finding.reason}", "  ", "    ")
    for quote in finding.quotes[:2]:
        yield from _wrap(f"“{_short(quote.text)}”{_place(quote.location)}", "    ", "     ")
    if finding.next_step:
        yield from _wrap(f"→ {finding.next_step}", "    ", "      ")
    answer = "" if finding.answer is None else f", suggests {finding.answer}"
    yield f"    [{finding.rule}, {finding.criterion}{answer}, {finding.confidence:.0%} sure]"


def _place(place: LocationRecord) -> str:
    parts = [
        f"{name} {value}"
        for name, value in (("page", place.page), ("table", place.table), ("row", place.row))
        if value is not None
    ]
    if place.table is None and place.paragraph is not None:
        parts.append(f"paragraph {place.paragraph}")
    return f" ({', '.join(parts)})" if parts else ""


def _advice(found: Iterable[RecommendationRecord]) -> Iterator[str]:
    rows = list(found)
    if not rows:
        return
    yield f"ADVICE TO PLAN ({len(rows)})"
    for row in rows:
        yield from _wrap(f"{row.fate.upper()}: “{_short(row.advice.text)}”", "  ", "    ")
        yield from _wrap(row.reason, "    ")
        if row.plan and row.fate != "carried":
            yield from _wrap(f"In the plan: “{_short(row.plan.text)}”", "    ", "      ")
    yield ""


def _changes(found: Iterable[ChangeRecord]) -> Iterator[str]:
    rows = [c for c in found if c.turn != "unchanged"]
    if not rows:
        return
    yield f"SINCE THE EARLIER VERSION ({len(rows)})"
    for row in rows:
        quote = row.after or row.before
        said = f" “{_short(quote.text)}”" if quote else ""
        yield from _wrap(f"{row.section}, {row.turn}: {row.reason}{said}", "  ", "    ")
    yield ""


def _foot(record: CheckRecord) -> Iterator[str]:
    if record.grade_preview:
        yield from _wrap(record.grade_preview.note)
    if record.document.recognised != "other":
        yield from _wrap(
            "These are suggestions by a machine with their evidence; a person decides."
        )


def _short(text: str, most: int = 240) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"


def _wrap(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest
    ) or [first]
