"""Runs joined to sections, one a letter, and what has to be said about them."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.parsing.items import items_of
from goldthread.core.parsing.labels import is_placeholder
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.outline import FRONT, REST, Line, Run
from goldthread.core.plan.document import Location, Paragraph, Problem, RawDocument
from goldthread.core.plan.plan import LETTERS, Section

_ENOUGH = 25
"""Words under headings below which a document is an empty form."""


def sections_of(runs: list[Run], layouts: Layouts) -> tuple[Section, ...]:
    """One section a letter, in reading order of their first headings."""
    groups: dict[str, list[Run]] = {}
    for run in runs:
        if run.letter not in (FRONT, REST):
            groups.setdefault(run.letter, []).append(run)
    return tuple(_section(letter, group, layouts) for letter, group in groups.items())


def _section(letter: str, runs: list[Run], layouts: Layouts) -> Section:
    best = max(runs, key=lambda run: run.confidence)
    paragraphs = _paragraphs(runs)
    first = next((run.heading for run in runs if run.heading is not None), None)
    place = first or (paragraphs[0] if paragraphs else None)
    lines = [x for run in runs for x in run.content if isinstance(x, Line)]
    areas = dict.fromkeys(
        piece.place.area for run in runs for piece in run.content if piece.place.area
    )
    return Section(
        letter=letter,
        title=next((run.title for run in runs if run.title), ""),
        found_by=best.found_by,
        confidence=best.confidence,
        paragraphs=paragraphs,
        location=place.location if place else Location(),
        items=items_of(letter, runs, layouts),
        areas=tuple(areas),
        repeats=len(runs),
        subsections=tuple(
            (x.paragraph.text, x.paragraph.location) for x in lines if x.kind == "sub"
        ),
    )


def _paragraphs(runs: list[Run]) -> tuple[Paragraph, ...]:
    found = [p for run in runs for p in run.paragraphs()]
    if len(runs) > 1:
        found.sort(key=lambda p: p.location.paragraph or 0)
    return tuple(found)


def fold_undivided(runs: list[Run]) -> None:
    """A heading “H” over H1 and H2 is no section of its own; its words stand in none."""
    letters = {run.letter for run in runs}
    if "H" in letters and letters & {"H1", "H2"}:
        for run in runs:
            if run.letter == "H":
                run.letter = REST


def blank_form(sections: tuple[Section, ...], layouts: Layouts) -> bool:
    """Headings with nothing under them but the template's own words."""
    if any(section.items for section in sections):
        return False
    said = 0
    for section in sections:
        for p in section.paragraphs:
            if not is_placeholder(p.text, layouts):
                said += len(p.text.split())
    return said < _ENOUGH


def problems_of(
    document: RawDocument, runs: list[Run], sections: tuple[Section, ...], layouts: Layouts
) -> Iterator[Problem]:
    """What was not found, found twice, labelled otherwise, or left of the template."""
    yield from _missing(sections)
    yield from _twice(runs)
    for run in runs:
        if run.clash and run.heading is not None:
            yield Problem(
                "label-and-title-differ",
                f"“{run.title}” is labelled {run.letter}, but its title is that of Section "
                f"{run.clash}; we read it as {run.letter}. Correct the label or the title.",
                run.heading.location.page,
            )
    yield from _wordings(document)
    yield from _template(sections, layouts)


def _missing(sections: tuple[Section, ...]) -> Iterator[Problem]:
    have = {s.letter for s in sections}
    absent = [x for x in LETTERS if x not in have and not (x[0] == "H" and "H" in have)]
    if absent and have:
        named = ", ".join(absent[:-1]) + (" and " if len(absent) > 1 else "") + absent[-1]
        plural = "Sections" if len(absent) > 1 else "Section"
        yield Problem(
            "section-not-found",
            f"We could not find {plural} {named}: there is no heading that we know for "
            f"{'them' if len(absent) > 1 else 'it'}. Label each section with its letter and title.",
        )


def _twice(runs: list[Run]) -> Iterator[Problem]:
    """A letter headed twice with text both times, and no area of need to tell the two apart."""
    seen: dict[str, Run] = {}
    said: set[str] = set()
    for run in runs:
        if run.found_by != "letter" or run.letter in said or not run.content:
            continue
        first = seen.setdefault(run.letter, run)
        areas = {piece.place.area for r in (first, run) for piece in r.content}
        if first is run or areas != {""}:
            continue
        said.add(run.letter)
        page = run.heading.location.page if run.heading else None
        yield Problem(
            "section-twice",
            f"Section {run.letter} is headed more than once; we joined the parts. Check that one "
            "of them is not an old version.",
            page,
        )


def _wordings(document: RawDocument) -> Iterator[Problem]:
    changed = [p for p in document.paragraphs if p.before is not None]
    if changed and not any(x.code == "tracked-changes" for x in document.problems):
        yield Problem(
            "both-wordings",
            "This document holds old and amended wording side by side (tracked or struck-through); "
            "we read it as amended. Accept or reject the changes before it is issued.",
            changed[0].location.page,
        )


def _template(sections: tuple[Section, ...], layouts: Layouts) -> Iterator[Problem]:
    left = [p for s in sections for p in s.paragraphs if is_placeholder(p.text, layouts)]
    if left:
        yield Problem(
            "template-text",
            f"{len(left)} {'places hold' if len(left) > 1 else 'place holds'} the template's own "
            f"words, such as “{left[0].text.strip()[:60]}”. Fill them in or take them out.",
            left[0].location.page,
        )
