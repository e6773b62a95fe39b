"""Comparisons as plain mappings: the JSON of command line and API, and the tidy rows of tables."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.values import Comparator, Comparison, PeerResult, Point, Trend
from goldthread.core.measures.source import Source
from goldthread.core.places import Authority

Record = dict[str, Any]

PLAIN = [
    "id", "title", "theme", "unit", "decimals", "polarity", "year", "period", "value", "text",
    "numerator", "denominator", "low", "high", "status", "note", "peer_median",
    "peer_lower_quartile", "peer_upper_quartile", "peer_pooled", "peer_mean", "peers_used",
    "region", "england", "england_text", "rank_low", "rank_high", "rank_of", "percentile",
    "probability_above", "probability_similar", "reliability", "flagged", "good", "source",
]  # fmt: skip

ROW = [
    "measure_id", "measure", "theme", "unit", "year", "period", "role", "code", "name", "value",
    "low", "high", "text", "numerator", "denominator", "status", "note", "source",
]  # fmt: skip
"""Columns of a tidy row: one measure of one area in one year."""


def document(
    authority: Authority,
    comparator: Comparator,
    comparisons: Iterable[Comparison],
    library: Library,
) -> Record:
    """One authority's comparisons with what they were made from. A missing value is None, never 0;
    values and limits are in shown units."""
    chosen = tuple(comparisons)
    return {
        "authority": authority_record(authority),
        "comparator": comparator_record(comparator, library),
        "generated_from": {
            "digest": library.digest,
            "sources": [source_record(s) for s in sources_of(chosen, library)],
        },
        "measures": [measure_record(c) for c in chosen],
    }


def authority_record(authority: Authority) -> Record:
    return {
        "code": authority.code,
        "gss": authority.gss[0] if authority.gss else None,
        "name": authority.name,
        "slug": authority.slug,
        "region": {"code": authority.region.code, "name": authority.region.name},
        "area": {"code": authority.area.code, "name": authority.area.name},
        "kind": authority.kind,
        "ranked": authority.ranked,
    }


def comparator_record(comparator: Comparator, library: Library) -> Record:
    names = library.places.by_code
    return {
        "id": comparator.id,
        "title": comparator.title,
        "peers": [{"code": c, "name": names[c].name} for c in comparator.peers],
        "left_out": list(comparator.left_out),
    }


def source_record(source: Source) -> Record:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution,
        "release": source.release,
        "published": source.published.isoformat() if source.published else None,
        "as_at": source.as_at,
        "link": source.link,
        "notes": list(source.notes),
    }


def measure_record(comparison: Comparison) -> Record:
    """One comparison with every key of the contract, and a few more."""
    plain = {name: clean(getattr(comparison, name)) for name in PLAIN}
    return {
        **plain,
        "state": comparison.state.value,
        "sentence": comparison.sentence.text,
        "rule": comparison.sentence.rule,
        "trend": trend_record(comparison.trend),
        "caveats": list(comparison.caveats),
        "peers": [_peer_record(p) for p in comparison.peers],
    }


def trend_record(trend: Trend) -> Record:
    return {
        "direction": trend.direction,
        "sentence": trend.sentence,
        "points": [point_record(p) for p in trend.points],
        "starts": trend.starts,
        "breaks": list(trend.breaks),
        "peers": [point_record(p) for p in trend.peers],
        "england": [point_record(p) for p in trend.england],
        "expected_next": clean(trend.expected_next),
    }


def point_record(point: Point) -> Record:
    names = ("year", "period", "value", "low", "high", "status", "note")
    return {name: clean(getattr(point, name)) for name in names}


def _peer_record(peer: PeerResult) -> Record:
    names = [
        "code",
        "name",
        "value",
        "low",
        "high",
        "numerator",
        "denominator",
        "status",
        "note",
        "text",
    ]
    return {name: clean(getattr(peer, name)) for name in names}


def clean(value: Any) -> Any:
    """The value as JSON can hold it: what is not a finite number is missing."""
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)


def sources_of(comparisons: Iterable[Comparison], library: Library) -> tuple[Source, ...]:
    """The sources that the comparisons' measures are made from, in order of first use."""
    used: dict[str, None] = {}
    for comparison in comparisons:
        measure = library.measures.get(comparison.id)
        terms = (measure.numerator, measure.denominator) if measure else ()
        used.update(dict.fromkeys(t.source for t in terms if t is not None))
    return tuple(library.sources[name] for name in used if name in library.sources)


def tidy_rows(authority: Authority, comparisons: Iterable[Comparison]) -> list[Record]:
    """One row for each measure and area: the authority, each peer, the peers' median, the region
    and England."""
    return [row for c in comparisons for row in _rows_of(authority, c)]


def _rows_of(authority: Authority, c: Comparison) -> list[Record]:
    peers = [_row(c, "peer", p.code, p.name, p) for p in c.peers]
    return [
        _row(c, "authority", authority.code, authority.name, c),
        *peers,
        _figure(c, "median of peers", "", c.comparator.title, c.peer_median),
        _figure(c, "region", authority.area.code, authority.area.name, c.region),
        _figure(c, "England", "E92000001", "England", c.england, c.england_text),
    ]


def _row(c: Comparison, role: str, code: str, name: str, of: Comparison | PeerResult) -> Record:
    given = ["value", "low", "high", "text", "numerator", "denominator", "status", "note"]
    return {**_named(c, role, code, name), **{key: clean(getattr(of, key)) for key in given}}


def _figure(
    c: Comparison, role: str, code: str, name: str, value: float | None, text: str | None = None
) -> Record:
    known = value is not None or bool(text)
    status = "ok" if known else "not available"
    return {**_named(c, role, code, name), "value": clean(value), "text": text, "status": status}


def _named(c: Comparison, role: str, code: str, name: str) -> Record:
    empty: Record = dict.fromkeys(ROW)
    return {
        **empty,
        "measure_id": c.id,
        "measure": c.title,
        "theme": c.theme,
        "unit": c.unit,
        "year": c.year,
        "period": c.period,
        "role": role,
        "code": code,
        "name": name,
        "source": c.source,
    }
