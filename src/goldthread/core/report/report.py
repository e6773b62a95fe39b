"""A director's report on one authority, built from comparisons alone.

First page: what is clearly good, what is clearly not, what cannot be told. Then the pictures behind
those sentences, every measure by theme, how to read it all, and where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.standout import StandsOut
from goldthread.core.benchmark.values import Comparator, Comparison
from goldthread.core.places import Authority
from goldthread.core.report import cells, notes, pictures
from goldthread.core.report.blocks import (
    Block,
    Column,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Report,
    Table,
)

NOTHING_STANDS_OUT = (
    "Nothing stands out: on no measure is the difference from its peers clearly more than chance."
)
GROUPS = (
    ("favourable", "Clearly on the favourable side"),
    ("unfavourable", "Clearly on the unfavourable side"),
    ("different", "Clearly different, where neither way is better"),
    ("cannot_tell", "What cannot be told yet"),
)


@dataclass(frozen=True)
class Subject:
    """Whom a report is about, beside whom, and from what."""

    authority: Authority
    comparator: Comparator
    comparisons: tuple[Comparison, ...]
    library: Library


def authority_report(
    authority: Authority,
    comparator: Comparator,
    comparisons: Sequence[Comparison],
    stands_out: StandsOut,
    library: Library,
    brief: bool = False,
) -> Report:
    """Everything on one authority: for comparisons made by `Benchmark.compare_many`.

    `brief`, for where no picture can be shown, leaves out what stands behind the first sentences,
    and the caveats of all measures but theirs.
    """
    subject = Subject(authority, comparator, tuple(comparisons), library)
    behind = [] if brief else _behind(subject, stands_out)
    told = _standing(stands_out) if brief else subject.comparisons
    return _report(
        subject,
        (
            *_summary(stands_out),
            *behind,
            *_by_theme(subject, stands_out, brief),
            *notes.closing(authority, comparator, told, library),
            *notes.sources(subject.comparisons, library),
        ),
    )


def measures_report(
    authority: Authority,
    comparator: Comparator,
    comparisons: Sequence[Comparison],
    library: Library,
) -> Report:
    """A few chosen measures, each with its sentence, pictures and peers."""
    subject = Subject(authority, comparator, tuple(comparisons), library)
    chosen = (block for c in subject.comparisons for block in _measure(subject, c, "measure", 2))
    closing = notes.closing(authority, comparator, (), library)
    return _report(subject, (*chosen, *closing, *notes.sources(comparisons, library)))


def _report(subject: Subject, blocks: Iterable[Block]) -> Report:
    name = subject.authority.name
    return Report(
        title=f"{name}: Education, Health and Care plans compared",
        subtitle=(
            f"{name} ({subject.authority.code}) beside {subject.comparator.title}, "
            f"on {_number_of(subject.comparisons)} from published figures."
        ),
        blocks=tuple(blocks),
        digest=subject.library.digest,
    )


def _number_of(comparisons: Sequence[Comparison]) -> str:
    n = len(comparisons)
    return "1 measure" if n == 1 else f"{n} measures"


def _summary(found: StandsOut) -> list[Block]:
    blocks: list[Block] = [Heading("What stands out", 2, "stands-out")]
    if not (found.favourable or found.unfavourable or found.different):
        blocks.append(Paragraph(NOTHING_STANDS_OUT))
    for group, title in GROUPS:
        chosen: tuple[Comparison, ...] = getattr(found, group)
        if chosen:
            blocks.append(Heading(title, 3, f"stands-out-{group.replace('_', '-')}"))
            blocks.append(Items(tuple(_item(c) for c in chosen)))
    if found.favourable or found.unfavourable or found.different:
        blocks.append(Note(found.note))
    return blocks


def _item(c: Comparison) -> Item:
    return Item(f"{cells.said(c)} {_trend_words(c)}".strip(), c.title, f"behind-{c.id}")


def _trend_words(c: Comparison) -> str:
    """The trend only where it says that something is happening."""
    return c.trend.sentence if c.trend.direction in ("rising", "falling") else ""


def _behind(subject: Subject, found: StandsOut) -> list[Block]:
    chosen = _standing(found)
    if not chosen:
        return []
    title = "The figures behind these sentences"
    return [
        Heading(title, 2, "behind"),
        *(block for c in chosen for block in _measure(subject, c, "behind", 3)),
    ]


def _standing(found: StandsOut) -> list[Comparison]:
    return [c for group, _ in GROUPS for c in getattr(found, group)]


def _measure(subject: Subject, c: Comparison, anchor: str, level: int) -> list[Block]:
    name = subject.authority.name
    blocks: list[Block] = [
        Heading(c.title, level, f"{anchor}-{c.id}"),
        Paragraph(cells.said(c)),
    ]
    if pictures.can_show_peers(c):
        blocks.append(pictures.peers(c, name))
    drawn = pictures.can_show_trend(c)
    # The picture's title says which way it goes, where it goes any.
    if c.text is None and not (drawn and _trend_words(c)):
        blocks.append(Paragraph(c.trend.sentence))
    if drawn:
        blocks.append(pictures.trend(c, name))
    known = dict.fromkeys((*c.trend.breaks, *c.caveats))
    return [*blocks, *(Note(text) for text in known)]


def _by_theme(subject: Subject, found: StandsOut, brief: bool) -> list[Block]:
    drawn = {c.id for c in (subject.comparisons if brief else _standing(found))}
    return [block for theme in _themes(subject) for block in _theme(subject, drawn, *theme)]


def _themes(subject: Subject) -> list[tuple[str, str, str, list[Comparison]]]:
    """(id, title, question, comparisons) of each theme with any, in the library's order."""
    rows = [
        (t.id, t.title, t.question, [c for c in subject.comparisons if c.theme == t.id])
        for t in subject.library.themes
    ]
    return [row for row in rows if row[3]]


def _theme(
    subject: Subject,
    drawn: set[str],
    theme: str,
    title: str,
    question: str,
    chosen: list[Comparison],
) -> list[Block]:
    """The theme's table, and its first measure year by year unless that is `drawn` elsewhere."""
    headline = next((c for c in chosen if pictures.can_show_trend(c)), None)
    name = subject.authority.name
    return [
        Heading(title, 2, f"theme-{theme}"),
        Paragraph(question),
        theme_table(title, name, chosen),
        *_gaps(chosen),
        *([pictures.trend(headline, name)] if headline and headline.id not in drawn else []),
    ]


def theme_table(title: str, name: str, chosen: Iterable[Comparison]) -> Table:
    """One row a measure: own result, how sure, peers, England, and what can be said."""
    columns = (
        Column("Measure"),
        Column(name, numeric=True),
        Column("Likely range", numeric=True, brief="likely"),
        Column("Median of peers", numeric=True, brief="peers"),
        Column("England", numeric=True),
        Column("Beside its peers", plain=True),
        Column("Over five years", brief="five years:"),
        Column("Period", plain=True),
    )
    return Table(f"{title}: every measure, newest year", columns, tuple(_cells(c) for c in chosen))


def _cells(c: Comparison) -> tuple[str, ...]:
    return (
        cells.unit_heading(c),
        cells.own(c),
        cells.likely(c),
        cells.peers(c),
        cells.figure(c, c.england, c.england_text),
        cells.beside(c),
        cells.direction(c),
        c.period,
    )


def _gaps(chosen: Iterable[Comparison]) -> list[Block]:
    """Why a figure is missing or to be read with care, said beside the table that shows it."""
    return notes.by_text((cells.reason(c.note), c.title) for c in chosen if c.note)
