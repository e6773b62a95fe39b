"""The end of a report: how to read it, what to know, whom it compares with, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.values import Comparator, Comparison
from goldthread.core.measures.source import Source
from goldthread.core.places import Authority
from goldthread.core.report.blocks import Block, Heading, Item, Items, Note, Paragraph
from goldthread.core.report.record import sources_of

READING = (
    ("Likely range", "where the figure would probably lie if the year could be had again with the "
     "same way of working: 95 chances in 100. Small authorities have wide ranges."),
    ("Median of peers", "half of the peers are higher, half are lower. The authority itself is "
     "never one of its peers."),
    ("Clearly above or below", "the chance that the authority truly differs that way from its "
     "peers is at least 97.5 in 100, and the difference is more than a manager would overlook."),
    ("Probably above or below", "that chance is between 90 and 97.5 in 100."),
    ("No clear difference", "the difference could be chance. It is not a finding that they are "
     "the same."),
    ("Favourable, unfavourable", "said only where a measure has a direction that most people "
     "would want. Many have none: more plans is neither good nor bad."),
    ("Over five years", "rising or falling only when five comparable years show it by more than "
     "chance."),
)  # fmt: skip
NOT_ADJUSTED = (
    "Figures are as published. They are not adjusted for need, deprivation or rurality; that is "
    "what the choice of peers is for. They say what happened, not why, and nothing about any one "
    "child or member of staff."
)
PLACES = (
    "City of London and Isles of Scilly hold too few plans to be compared, so they are nobody's "
    "peers."
)


def closing(
    authority: Authority,
    comparator: Comparator,
    told: Iterable[Comparison],
    library: Library,
) -> list[Block]:
    """Whom with, how to read it, and the caveats of the comparisons `told`."""
    caveats = by_text((text, c.title) for c in told for text in c.caveats)
    return [
        *_whom(authority, comparator, library),
        *_reading(),
        *([Heading("What to know about the figures", 2, "caveats")] if caveats else []),
        *caveats,
    ]


def _whom(authority: Authority, comparator: Comparator, library: Library) -> list[Block]:
    names = [library.places.by_code[c].name for c in comparator.peers]
    peers = f"{authority.name} is compared with {comparator.title}"
    listed = f"{peers}: {', '.join(names)}." if len(names) <= 40 else f"{peers}."
    model = library.models.get(comparator.id)
    said = [*([model.note] if model and model.note else []), *comparator.left_out]
    return [
        Heading("Whom it is compared with", 2, "peers"),
        Paragraph(listed),
        *(Note(text) for text in said),
    ]


def _reading() -> list[Block]:
    items = tuple(Item(text, lead) for lead, text in READING)
    return [
        Heading("How to read this", 2, "reading"),
        Items(items),
        Paragraph(NOT_ADJUSTED),
        Paragraph(PLACES),
    ]


def by_text(said: Iterable[tuple[str, str]]) -> list[Block]:
    """(text, title) pairs as a list that says each text once, with the titles it belongs to."""
    touched: dict[str, list[str]] = {}
    for text, title in said:
        touched.setdefault(text, []).append(title)
    if not touched:
        return []
    return [Items(tuple(Item(text, _titles(titles)) for text, titles in touched.items()))]


def _titles(titles: Sequence[str]) -> str:
    shown = "; ".join(titles[:3])
    return f"{shown}; and {len(titles) - 3} more" if len(titles) > 3 else shown


def sources(comparisons: Iterable[Comparison], library: Library) -> list[Block]:
    """Where the figures come from: files of one publication together, for they share the rest."""
    together: dict[tuple[str, ...], list[Source]] = {}
    for s in sources_of(comparisons, library):
        key = (s.publisher, s.release, s.attribution, s.licence, s.link)
        together.setdefault(key, []).append(s)
    return [
        Heading("Sources and licences", 2, "sources"),
        Items(tuple(_source(group) for group in together.values())),
        Note(
            "Made by Goldthread, open-source software. "
            f"The same figures give the same report: content {library.digest[:12]}."
        ),
    ]


def _source(group: Sequence[Source]) -> Item:
    first = group[0]
    titles = "; ".join(s.title for s in group)
    periods = ", ".join(dict.fromkeys(s.as_at for s in group if s.as_at))
    said = [titles, first.release, f"Figures: {periods}" if periods else "", first.attribution]
    if first.licence not in first.attribution:
        said.append(f"Licence: {first.licence}")
    text = " ".join(f"{part.rstrip('.')}." for part in said if part)
    return Item(text, first.publisher, link=first.link)
