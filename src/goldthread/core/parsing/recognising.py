"""What kind of document this is, and why we think so."""

from __future__ import annotations

from typing import NamedTuple

from goldthread.core.parsing.choosing import Found
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.plain import plain
from goldthread.core.plan.document import RawDocument
from goldthread.core.plan.plan import Kind

_FIRST = 14
"""Paragraphs with text in which a document says its title."""
_PLENTY = 5
"""Sections with a letter that make a document a plan whatever else it says."""
_TITLE_WORDS = 16


class Recognised(NamedTuple):
    kind: Kind
    reason: str


def recognise(
    document: RawDocument, found: Found, layouts: Layouts, expected: Kind | None
) -> Recognised:
    """Plan, advice, review or other. `expected` decides between what is near enough."""
    lettered = {h.letter for h in found.values() if h.kind == "section" and h.found_by == "letter"}
    titled = {h.letter for h in found.values() if h.kind == "section" and h.confidence >= 0.8}
    many = {x for h in found.values() if h.kind == "many" for x in h.letters}
    title = _title(document)
    said = _says(title, layouts)
    if len(lettered) >= _PLENTY and said != "review":
        return Recognised("plan", f"It has sections {_list(lettered)} of an EHC plan.")
    if expected in ("advice", "review"):
        return Recognised(expected, f"It was given as {_NAMES[expected]}.")
    if said in ("review", "advice"):
        return Recognised(said, f"Its first lines say that it is {_NAMES[said]}.")
    other = _other(document, title, layouts)
    enough = len(lettered) >= 2 or len(titled) >= 4 or bool(many) or (said == "plan" and titled)
    if enough or (lettered and not other) or (titled and expected == "plan"):
        return Recognised(
            "plan", f"It has sections {_list(lettered | titled | many)} of an EHC plan."
        )
    return Recognised("other", _not_a_plan(document, other, layouts))


_NAMES = {"advice": "professional advice", "review": "an annual review"}


def _title(document: RawDocument) -> list[str]:
    """The first lines, made plain."""
    lines = []
    for p in document.paragraphs[:60]:
        if p.text.strip():
            lines.append(plain(p.text[:200]))
        if len(lines) == _FIRST:
            break
    return lines


def _says(title: list[str], layouts: Layouts) -> Kind | None:
    """What the first line that names a kind of document names: plan, advice or review."""
    told = layouts.recognise
    for line in title:
        if not line or len(line.split()) > _TITLE_WORDS:
            continue
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("review", told.review_titles), ("advice", told.advice_titles),
            ("plan", told.plan_titles),
        )  # fmt: skip
        for kind, names in kinds:
            if any(f" {plain(name)} " in f" {line} " for name in names):
                return kind
    return None


def _other(document: RawDocument, title: list[str], layouts: Layouts) -> str:
    """What else the document calls itself: newsletter, letter, policy, …"""
    near = [*title, plain(document.name.rpartition(".")[0])]
    for kind, names in layouts.recognise.other_titles.items():
        if any(f" {plain(n)} " in f" {line} " for n in names for line in near):
            return kind
    return ""


def _not_a_plan(document: RawDocument, other: str, layouts: Layouts) -> str:
    if not any(p.text.strip() for p in document.paragraphs):
        return "There is no text in this document, so it could not be read as an EHC plan."
    low = document.text.lower()
    support = [w for w in layouts.recognise.support_words if w in low]
    seems = f" It reads like a {other}." if other else ""
    about = (
        " It speaks of special educational needs, but has no headings that we know; if it is a "
        "plan, label each section with its letter."
        if len(support) >= 4 and not other
        else ""
    )
    return (
        "This does not look like an EHC plan: none of the sections A to K was found; "
        f"check that you chose the right file.{seems}{about}"
    )


def _list(letters: set[str]) -> str:
    ordered = sorted(letters)
    return ", ".join(ordered[:-1]) + (" and " if len(ordered) > 1 else "") + ordered[-1]
