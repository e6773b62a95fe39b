"""A standard as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.difference import LEVELS, Difference, Level
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.rule import Rule
from goldthread.core.report.standard import Entry, Sample, Standard

WIDTH = 96
LEVEL_TITLES: dict[Level, str] = {
    "major": "MAJOR: law, scale, gates",
    "minor": "MINOR: criteria, weights, machine rules",
    "patch": "PATCH: wording",
}


def shown(standard: Standard, part: Framework | Criterion | Rule) -> str:
    """The whole edition as a list of questions, or one criterion or rule in full."""
    if isinstance(part, Rule):
        return _text(_rule(part))
    if isinstance(part, Criterion):
        entry = next(e for e in standard.entries if e.id == part.id)
        return _text(_entry(entry))
    return _text(_overview(standard))


def compared(found: Difference) -> str:
    """What changed, the heaviest first, and what it means for series of results."""
    lines = [f"{found.old} to {found.new}", *_wrap(found.meaning), ""]
    for level in reversed(LEVELS):
        changes = [c for c in found.changes if c.level == level]
        if changes:
            lines.append(f"{LEVEL_TITLES[level]} ({len(changes)})")
            for change in changes:
                lines += _wrap(f"{change.what} {change.id}: {change.sentence}", "  ", "    ")
            lines.append("")
    return _text(lines)


def _overview(standard: Standard) -> Iterator[str]:
    yield f"{standard.title} ({standard.key})"
    yield from _wrap(standard.summary)
    yield from _wrap(f"{standard.state} {standard.law} {standard.counts}")
    for chapter in standard.chapters:
        yield ""
        yield f"{chapter.letter}: {chapter.title}"
        for entry in chapter.entries:
            mark = "!" if entry.gate.startswith("Critical") else "^" if entry.gate else " "
            core = "*" if entry.core else " "
            yield from _wrap(f"{entry.id:<20}{mark}{core} {entry.question}", "  ", " " * 25)
    if standard.coverage:
        yield ""
        yield "How it maps onto the reference"
        for item, links in standard.mapping:
            yield from _wrap(f"{item} -> {links}", "  ", "    ")
        for warning in standard.coverage.warnings:
            yield from _wrap(warning)
    yield ""
    yield "! critical gate, ^ major gate, * core. One question: goldthread frameworks show KEY ID"


def _entry(entry: Entry) -> Iterator[str]:
    yield from _wrap(f"{entry.id}: {entry.question}")
    yield from _wrap(entry.why)
    core = " Core question." if entry.core else ""
    about = f"{entry.kind}. Weight {entry.weight}.{core} Answered by: {', '.join(entry.agencies)}."
    yield from _wrap(" ".join(p for p in (about, entry.gate, entry.applies) if p))
    yield from _block("Where it comes from", (_noted(law.text, law.note) for law in entry.laws))
    answers = (f"{a.number} {a.label}: {a.text}" for a in entry.answers)
    yield from _block("What each answer looks like", answers)
    yield from _block("What to look for", entry.look_for)
    yield from _block("Examples that pass", map(_sample, entry.passing))
    yield from _block("Examples that do not", map(_sample, entry.failing))
    looks = [f"{k.id} {k.title}. {k.looks_at} Limits: {k.blind_to}" for k in entry.looks]
    nothing = "Nothing: only a person can answer this."
    yield from _block("What the machine does", looks or [nothing])
    yield from _block("For each profession", (f"{t}: {n}" for t, n in entry.professions))
    yield ""
    yield from _wrap(f"Training: {', '.join(entry.topics)}. {entry.upkeep}")


def _rule(rule: Rule) -> Iterator[str]:
    yield from _wrap(f"{rule.id}: {rule.title} (kind {rule.kind})")
    yield from _wrap(rule.looks_at)
    yield from _wrap(f"Limits: {rule.blind_to}")
    yield from _wrap(f"It suggests answers for: {', '.join(rule.criteria)}.")
    yield from _block("Where it comes from", (_noted(law.source, law.note) for law in rule.law))
    yield from _block("Words", (f"{k}: {v}" for k, v in rule.lexicons.items()))
    yield from _block("Numbers", (f"{k}: {v:g}" for k, v in rule.numbers.items()))
    yield from _block("What it says", (f"{k}: {v}" for k, v in rule.says.items()))
    yield ""
    yield f"Written by {rule.author}; checked by: {rule.checker}."


def _noted(text: str, note: str) -> str:
    return f"{text}. {note}" if note else text


def _sample(sample: Sample) -> str:
    where = f" ({sample.where})" if sample.where else ""
    return f"“{' '.join(sample.lines)}” {sample.why}{where}"


def _block(title: str, lines: Iterable[str]) -> Iterator[str]:
    rows = list(lines)
    if rows:
        yield ""
        yield title
        for row in rows:
            yield from _wrap(row, "  ", "    ")


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest) or [first]


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
