"""What a document says about itself: child, status, dates, people, advice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.parsing.advice_entries import author_of, entries_of, profession_of
from goldthread.core.parsing.dates import Dated, find_dates
from goldthread.core.parsing.fields import Pair, pairs_of
from goldthread.core.parsing.labels import is_nothing, is_placeholder
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.outline import FRONT, REST, Run
from goldthread.core.parsing.people import child_of, in_place_of, people_of
from goldthread.core.parsing.plain import plain
from goldthread.core.parsing.status import status_of
from goldthread.core.plan.document import Paragraph, RawDocument
from goldthread.core.plan.plan import Advice, Facts, Kind, Stated, StatedDate

_VERSION = re.compile(
    r"\b(?:version\s*(?:no\.?|number)?\s*:?\s*|v)(\d+(?:\.\d+)*)\b", re.IGNORECASE
)
_COUNCIL = re.compile(
    r"\b(?:London Borough of [A-Z][\w’'\-]+|(?:[A-Z][\w’'\-]+,? (?:and |& |of |upon |on )?){1,5}"
    r"(?:Council|Borough|Local Authority|Children[’']s Services|Children[’']s Trust))\b"
)
_LOOK_FIRST = 12
"""Paragraphs at the front in which an author of advice stands without a label."""
_FIELD_ROLES = {"born": "born"}


def facts_of(document: RawDocument, runs: list[Run], kind: Kind, layouts: Layouts) -> Facts:
    """Facts of front page, sign-off, Sections I and K, running heads; of A what those lack."""
    groups = _by_letter(runs)
    front = groups.get(FRONT, [])
    outside = [*front, *groups.get(REST, [])]
    about = [*outside, *groups.get("I", [])]
    pairs = list(pairs_of(document.blocks, {id(p) for p in about}, layouts))
    lines = [*front[:60], *document.margins]
    child = child_of(pairs, lines, layouts)
    if child.name is None or child.born is None or child.school is None:
        rest = {id(p) for p in groups.get("A", []) if len(p.text) <= 90}
        more = list(pairs_of(document.blocks, rest, layouts)) if rest else []
        child = in_place_of(child, child_of(more, [], layouts))
    status, said = status_of(pairs, front, document.margins, layouts)
    advice = entries_of([r for r in runs if r.letter == "K"], layouts)
    if kind in ("advice", "review"):
        advice = _own_advice(pairs, lines, layouts)
    dates = tuple(_dates(pairs, about, layouts))
    dates += tuple(_in_text(document, dates, layouts))
    return Facts(
        child=child,
        status=status,
        status_said=said,
        version=_version(pairs, lines, layouts),
        officer=_field(pairs, "officer", layouts, named=True),
        authority=_field(pairs, "authority", layouts) or _council(lines),
        dates=dates,
        people=people_of(pairs, child, advice, layouts),
        advice=advice,
    )


def _by_letter(runs: list[Run]) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = {}
    for run in runs:
        found.setdefault(run.letter, []).extend(run.paragraphs())
    return found


def _field(
    pairs: list[Pair], field: str, layouts: Layouts, *, named: bool = False
) -> Stated | None:
    for pair in pairs:
        value = pair.value.strip()
        if pair.field != field or not value or is_nothing(value, layouts):
            continue
        if is_placeholder(value, layouts) or (named and not _names_somebody(value)):
            continue
        return Stated(value.split("\n")[0], pair.quote, pair.location)
    return None


def _names_somebody(value: str) -> bool:
    """Not just a date beside “Signed”."""
    dates = find_dates(value)
    rest = value[: dates[0].start] + value[dates[-1].end :] if dates else value
    return any(c.isalpha() for c in rest)


def _version(pairs: list[Pair], lines: list[Paragraph], layouts: Layouts) -> Stated | None:
    found = _field(pairs, "version", layouts)
    if found is not None:
        return found
    for p in lines:
        match = _VERSION.search(p.text) if len(p.text) <= 160 else None
        if match is not None and "template" not in p.text.lower():
            return Stated(match[1], p.text, p.location, 0.8)
    return None


def _council(lines: list[Paragraph]) -> Stated | None:
    for p in lines:
        match = _COUNCIL.search(p.text) if len(p.text) <= 300 else None
        if match is not None:
            return Stated(match[0], p.text, p.location, 0.8)
    return None


# --- Dates ----------------------------------------------------------------------------------------


def _dates(
    pairs: list[Pair], paragraphs: Iterable[Paragraph], layouts: Layouts
) -> Iterator[StatedDate]:
    """Every date of the front page, sign-off and Section I, each once, with its role."""
    seen: set[tuple[str, str]] = set()
    labelled: set[int | None] = set()
    for pair in pairs:
        for found in find_dates(pair.value) if pair.role or pair.field else ():
            role = _FIELD_ROLES.get(pair.field) or _role(pair, found, layouts)
            labelled.add(pair.location.paragraph)
            key = (role, found.day.isoformat())
            if role and key not in seen:
                seen.add(key)
                yield StatedDate(role, found.day, pair.quote, pair.location, found.exact)
    for p in paragraphs:
        if p.location.paragraph in labelled and p.location.paragraph is not None:
            continue
        for found in find_dates(p.text):
            role = role_before(p.text[: found.start], layouts) or "other"
            key = (role, found.day.isoformat())
            if key not in seen:
                seen.add(key)
                yield StatedDate(role, found.day, p.text, p.location, found.exact)


def _in_text(
    document: RawDocument, dates: tuple[StatedDate, ...], layouts: Layouts
) -> Iterator[StatedDate]:
    """“The next review is due by 6 May 2027” in a section, where no label says the date."""
    have = {date.role for date in dates}
    low = document.text.lower()
    for role, phrases in layouts.dates.in_text.items():
        if role in have or not any(x in low for x in phrases):
            continue
        for p in document.paragraphs:
            at = min((i for x in phrases if (i := p.text.lower().find(x)) >= 0), default=-1)
            after = [d for d in find_dates(p.text) if d.start > at] if at >= 0 else []
            if after:
                yield StatedDate(role, after[0].day, p.text, p.location, after[0].exact)
                break


def _role(pair: Pair, found: Dated, layouts: Layouts) -> str:
    """A role written in the value before the date (“Final: 3 May”) is nearer than the label's."""
    return role_before(pair.value[: found.start], layouts) or pair.role or ""


def role_before(text: str, layouts: Layouts) -> str:
    """The role whose label stands nearest before a date; the longest label wins at one place."""
    tokens = plain(text).split()[-14:]
    for end in range(len(tokens), 0, -1):
        for begin in range(max(0, end - 7), end):
            role = layouts.date_roles.get(" ".join(tokens[begin:end]))
            if role is not None:
                return role
    return ""


# --- Advice and reviews ---------------------------------------------------------------------------


def _own_advice(pairs: list[Pair], lines: list[Paragraph], layouts: Layouts) -> tuple[Advice, ...]:
    """Who wrote this report, in what profession, on what day."""
    author = _field(pairs, "author", layouts, named=True)
    role = _field(pairs, "profession", layouts)
    said = " · ".join(x.quote for x in (author, role) if x)
    first = [p for p in lines[:_LOOK_FIRST] if p.text.strip()]
    text = said or next((p.text for p in first if profession_of(p.text, layouts)), "")
    profession = profession_of(f"{role.value if role else ''} {said}", layouts) or next(
        (x for p in first if (x := profession_of(p.text, layouts))), ""
    )
    day = next(
        (d for p in pairs if p.role in ("advice", "signed") for d in find_dates(p.value)), None
    )
    if not (text or profession):
        return ()
    name = (author_of(author.value, layouts) or author.value) if author else ""
    place = author or role
    where = place.location if place else first[0].location
    return (Advice(text, where, name, profession, day.day if day else None),)
