"""From a document's paragraphs and tables to a plan: sections, items and facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goldthread.core.parsing.choosing import Found, choose
from goldthread.core.parsing.facts import facts_of
from goldthread.core.parsing.headings import Heading, heading_of, looks_like_heading
from goldthread.core.parsing.layouts import Layouts, Title
from goldthread.core.parsing.outline import FRONT, REST, Outline, Run
from goldthread.core.parsing.plain import plain
from goldthread.core.parsing.recognising import Recognised, recognise
from goldthread.core.parsing.sections import (
    blank_form,
    fold_undivided,
    problems_of,
    sections_of,
)
from goldthread.core.parsing.walking import Walk
from goldthread.core.plan.document import Paragraph, Problem, RawDocument, Table
from goldthread.core.plan.plan import Kind, Plan, Section

_NUMBERED = re.compile(r"^\W*(?:part\s+)?\d+(?:\.\d+)*\b", re.IGNORECASE)
_LEAD = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[A-Za-z])[.)]\s+")


def parse(document: RawDocument, layouts: Layouts, expected: Kind | None = None) -> Plan:
    """The plan, advice or review that `document` is; any document gives a Plan, never an error.

    `expected`: what the caller was told it is; a document with the sections of a plan stays one.
    """
    found = headings_in(document, layouts)
    recognised = recognise(document, found, layouts, expected)
    if recognised.kind == "other":
        return _other(document, recognised, layouts)
    if recognised.kind in ("advice", "review"):
        found = _as_report(found, document, layouts.advice_titles(recognised.kind))
    outline = outline_of(document, found, layouts)
    fold_undivided(outline.runs)
    sections = sections_of(outline.runs, layouts)
    if recognised.kind == "plan" and blank_form(sections, layouts):
        return _blank(document, sections, layouts)
    problems = [*_unexpected(recognised, expected)]
    if recognised.kind == "plan":
        problems += problems_of(document, outline.runs, sections, layouts)
    return Plan(
        document=document,
        kind=recognised.kind,
        kind_reason=recognised.reason,
        family=_family(outline, sections),
        sections=sections,
        facts=facts_of(document, outline.runs, recognised.kind, layouts),
        leftover=_of(outline.runs, REST),
        front=_of(outline.runs, FRONT),
        problems=(*document.problems, *problems),
    )


def headings_in(document: RawDocument, layouts: Layouts) -> Found:
    """Every heading of the document by the number of its paragraph, from 0, with the labels of
    contents pages and explanations told apart from the plan's own."""
    found: Found = {}
    shared = set(_sharing(document.blocks))
    paragraphs = document.paragraphs
    for index, p in enumerate(paragraphs):
        heading = heading_of(p, layouts)
        if heading is None:
            continue
        if id(p) in shared and heading.kind == "section":
            after = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
            if not _stands_in_row(p, heading, after, layouts):
                continue
        found[index] = heading
    return choose(found, paragraphs)


def _stands_in_row(p: Paragraph, heading: Heading, after: str, layouts: Layouts) -> bool:
    """In a row of several cells, a lone letter or a mere title is rather a label of something."""
    if heading.found_by != "letter":
        return False
    if heading.confidence > 0.75:
        return True
    key = plain(after)
    names = layouts.letter_names.get(heading.letter, frozenset())
    return len(plain(p.text)) > 2 or any(key.startswith(name) for name in names)


def _sharing(blocks: tuple[Paragraph | Table, ...]) -> Iterator[int]:
    """id() of paragraphs that share a table row with other cells' text."""
    for block in blocks:
        if isinstance(block, Paragraph):
            continue
        for row in block.rows:
            several = sum(bool(c.text.strip()) for c in row.cells) > 1
            for cell in row.cells:
                if several:
                    yield from (id(p) for p in cell.paragraphs)
                else:
                    yield from _sharing(cell.blocks)


def outline_of(document: RawDocument, found: Found, layouts: Layouts) -> Outline:
    """Every paragraph in exactly one run, or among the labels."""
    paragraphs = document.paragraphs
    headed = {id(paragraphs[index]): heading for index, heading in found.items()}
    elsewhere = frozenset(h.letter for h in found.values() if h.kind == "section")
    walk = Walk(headed, layouts, elsewhere)
    walk.blocks(document.blocks)
    walk.run.content += walk.waiting
    walk.outline.numbered = sum(
        bool(_NUMBERED.match(h.title)) for h in found.values() if h.kind == "section"
    )
    return walk.outline


def _of(runs: list[Run], letter: str) -> tuple[Paragraph, ...]:
    return tuple(p for run in runs if run.letter == letter for p in run.paragraphs())


# --- Other kinds of document ----------------------------------------------------------------------


def _as_report(found: Found, document: RawDocument, titles: dict[str, Title]) -> Found:
    """The headings of advice or a review, read as the sections of a plan that they feed."""
    told = {i: h for i, h in found.items() if h.kind != "section" or h.found_by == "letter"}
    for index, p in enumerate(document.paragraphs):
        if not p.text or len(p.text) > 90 or (index in told and told[index].kind == "section"):
            continue
        heading = _report_heading(p, titles)
        if heading is not None:
            told[index] = heading
    return told


def _report_heading(p: Paragraph, titles: dict[str, Title]) -> Heading | None:
    bare = _LEAD.sub("", p.text)
    key = plain(bare)
    title = titles.get(key)
    if title is None and looks_like_heading(p) and len(key.split()) <= 8:
        owner = re.sub(r"^\w+s (?=views|needs|strengths|outcomes)", "", key)
        title = titles.get(owner) or next(
            (t for name, t in titles.items() if f"{key} ".startswith(f"{name} ")), None
        )
    if title is None or p.text.endswith("."):
        return None
    if title.kind != "section":
        return Heading("extra", p.text)
    return Heading("section", p.text, title.letter, "title", title.sure)


def _other(document: RawDocument, recognised: Recognised, layouts: Layouts) -> Plan:
    problem = Problem("not-a-plan", recognised.reason)
    run = Run(FRONT, "")
    return Plan(
        document=document,
        kind="other",
        kind_reason=recognised.reason,
        family="unknown",
        sections=(),
        facts=facts_of(document, [run], "other", layouts),
        leftover=document.paragraphs,
        problems=(*document.problems, problem),
    )


def _blank(document: RawDocument, sections: tuple[Section, ...], layouts: Layouts) -> Plan:
    letters = ", ".join(section.letter for section in sections)
    reason = (
        f"This looks like a blank template: it has headings for sections {letters}, but almost "
        "nothing under them. Choose a plan that has been written."
    )
    plan = _other(document, Recognised("other", reason), layouts)
    problem = Problem("blank-template", reason)
    return replace(plan, problems=(*document.problems, problem))


def _unexpected(recognised: Recognised, expected: Kind | None) -> Iterator[Problem]:
    if expected and recognised.kind != expected:
        yield Problem(
            "another-kind",
            f"This was given as {expected}, but it looks like a {recognised.kind}: "
            f"{recognised.reason[0].lower()}{recognised.reason[1:]} Check that it is the right "
            "file.",
        )


def _family(outline: Outline, sections: tuple[Section, ...]) -> str:
    by = {section.letter: section for section in sections}
    both = min((by[x].repeats if x in by else 0) for x in "EF")
    runs = [run for run in outline.runs if run.letter not in (FRONT, REST)]
    mine = sum(plain(run.title).startswith(("my ", "about me", "all about me")) for run in runs)
    titled = sum(run.found_by == "title" for run in runs)
    checks = (
        ("area-tables", outline.columned >= 2),
        ("booklet", mine >= 3 and titled * 2 >= len(runs)),
        ("paired", both >= 2),
        ("banners", outline.banners >= 2),
        ("parts", outline.numbered >= 3),
        ("prose", len(sections) >= 3),
    )
    return next((name for name, holds in checks if holds), "unknown")
