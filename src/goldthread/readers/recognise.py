"""Which of our sources is this file? By its columns, old names and new, never by its name alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from goldthread.core.measures.definition import Measure
from goldthread.core.measures.source import Source
from goldthread.readers.ees import EesError
from goldthread.readers.figures import IDENTIFYING

ENOUGH = 0.5
"""Share of a source's columns that a file must have to be taken for it."""
KINDS = {
    "calendar year": {"calendar"},
    "academic year": {"academic", "january"},
    "january": {"january"},
    "financial year": {"financial"},
}


class NoSource(EesError):
    """The file is no source of ours; the sentence names the nearest and what it lacks."""


@dataclass(frozen=True)
class Match:
    """A file taken for a source. Column names are in lower case."""

    source: Source
    columns: dict[str, str]
    """Our name -> the file's, for every series that is read."""
    missing: tuple[str, ...]
    """Series of ours that the file does not have."""
    unread: tuple[str, ...]
    """The file's other series: no measure uses them."""
    share: float
    """Of our series, how many the file has: 0 to 1."""


def known_series(
    measures: Mapping[str, Measure], sources: Mapping[str, Source]
) -> dict[str, tuple[str, ...]]:
    """Source id -> the series (lower case) that measures and sums use, for EES sources."""
    found: dict[str, dict[str, None]] = {
        id_: {} for id_, source in sources.items() if source.layout == "ees"
    }
    for measure in measures.values():
        for term in (measure.numerator, measure.denominator):
            if term and term.source in found:
                found[term.source].update(dict.fromkeys(c.lower() for c in term.columns))
        if measure.published and measure.numerator.source in found:
            found[measure.numerator.source][measure.published.lower()] = None
    for id_, series in found.items():
        series.update(dict.fromkeys(c.lower() for c in sources[id_].sums))
    return {id_: tuple(series) for id_, series in found.items() if series}


def recognise(
    table: pl.DataFrame,
    name: str,
    sources: Mapping[str, Source],
    series: Mapping[str, tuple[str, ...]],
) -> Match:
    """The source whose columns and total rows the table has.

    `table` comes from `ees.check_file`, `series` from `known_series`. Errors: NoSource.
    """
    candidates = [match(table.columns, sources[id_], series[id_]) for id_ in series]
    if not candidates:
        raise NoSource(f"No source in this copy of Goldthread is an EES file, so {name} is none.")
    nearest = max(candidates, key=lambda m: m.share)
    if nearest.share < ENOUGH:
        raise NoSource(_nothing_like_it(name, nearest))
    likely = [m for m in candidates if m.share >= ENOUGH]
    whole = [m for m in likely if _has_totals(table, m.source)]
    if not whole:
        raise NoSource(_no_totals(table, name, nearest))
    ranked = sorted(whole, key=lambda m: _rank(m, table, name), reverse=True)
    if len(ranked) > 1 and _rank(ranked[0], table, name) == _rank(ranked[1], table, name):
        a, b = ranked[0].source, ranked[1].source
        raise NoSource(
            f"{name} could be “{a.title}” or “{b.title}”, which have the same columns. Give the "
            f"file back the publisher's name ({' or '.join(_stems(a) + _stems(b))})."
        )
    return ranked[0]


def match(columns: list[str], source: Source, series: tuple[str, ...]) -> Match:
    """How far `columns` are those of `source`, under its names or its aliases."""
    lower = {c.strip().lower() for c in columns}
    aliases = {k.lower(): [v.lower() for v in others] for k, others in source.aliases.items()}
    found: dict[str, str] = {}
    for ours in series:
        theirs = next((n for n in (ours, *aliases.get(ours, ())) if n in lower), None)
        if theirs:
            found[ours] = theirs
    skip = IDENTIFYING | {c.lower() for c in source.totals} | set(found.values())
    unread = [c.strip().lower() for c in columns if c.strip().lower() not in skip and " " not in c]
    return Match(
        source=source,
        columns=found,
        missing=tuple(s for s in series if s not in found),
        unread=tuple(unread),
        share=len(found) / len(series),
    )


def _rank(found: Match, table: pl.DataFrame, name: str) -> tuple[float, bool, bool, int]:
    identifiers = table["time_identifier"].str.strip_chars().str.to_lowercase().unique()
    kinds = set[str]().union(*(KINDS.get(i, set()) for i in identifiers))
    stem = _stem(name)
    return (
        round(found.share, 2),
        found.source.year_kind in kinds,
        stem in _stems(found.source),
        len(found.columns),
    )


def _stems(source: Source) -> list[str]:
    return [n.lower() for n in source.file_names] or [_stem(source.file)]


def _stem(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name.lower().split(".")[0]


def _has_totals(table: pl.DataFrame, source: Source) -> bool:
    lower = {c.strip().lower(): c for c in table.columns}
    for column, items in source.totals.items():
        if column.lower() not in lower:
            return False
        said = table[lower[column.lower()]].str.strip_chars().str.to_lowercase()
        if not said.is_in([i.lower() for i in items]).any():
            return False
    return True


def _nothing_like_it(name: str, nearest: Match) -> str:
    if not nearest.columns:
        return (
            f"{name} is an EES file, but none of its columns is one that we read. To add a source, "
            "write a YAML file for it: see docs/how-to/import-figures.md."
        )
    return (
        f"{name} is no source that we know. Nearest is “{nearest.source.title}” "
        f"({nearest.source.id}), but it lacks {_listed(nearest.missing)}, and we do not know its "
        f"{_listed(nearest.unread)}. If columns were renamed, add their new names to the aliases "
        f"in reference/sources/{nearest.source.id}.yaml."
    )


def _no_totals(table: pl.DataFrame, name: str, nearest: Match) -> str:
    source = nearest.source
    lower = {c.strip().lower(): c for c in table.columns}
    for column in source.totals:
        if column.lower() not in lower:
            return (
                f"{name} has the columns of “{source.title}” ({source.id}) but no column "
                f"“{column}”, so its total rows cannot be told. Download the file again."
            )
    column, items = next(iter(source.totals.items()))
    said = table[lower[column.lower()]].unique().sort().head(4).to_list()
    return (
        f"{name} has the columns of “{source.title}” ({source.id}) but no total rows: {column} "
        f"never says “{'” or “'.join(items)}”; it says {', '.join(f'“{s}”' for s in said)}. Add "
        f"what the totals are called to reference/sources/{source.id}.yaml."
    )


def _listed(names: tuple[str, ...], most: int = 6) -> str:
    if not names:
        return "nothing"
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown
