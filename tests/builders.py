"""Invented values for tests: authorities, measures, comparisons. No real place or figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from goldthread.core.benchmark.library import Library, NeighbourModel
from goldthread.core.benchmark.values import (
    Comparator,
    Comparison,
    PeerResult,
    Point,
    Sentence,
    State,
    Trend,
)
from goldthread.core.measures.definition import Caveat, Measure, Term, Theme
from goldthread.core.measures.figures import COUNTS
from goldthread.core.measures.source import Source
from goldthread.core.places import ENGLAND, Authority, Change, Places, Region

VALE = Region("E12000099", "The Vale")
COAST = Region("E12000098", "The Coast")
NAMES = (
    "Northmere",
    "Southmere",
    "Eastmere",
    "Westmere",
    "Highford",
    "Lowford",
    "Saltby",
    "Ashby Vale",
    "Oakby",
    "Elmby",
    "Thornby",
    "Kingsby upon Tarn",
    "Redbank",
    "Greybank",
)


def authority(code: str = "701", name: str = "Northmere", **changes: Any) -> Authority:
    region = VALE if int(code) < 711 else COAST
    values = {
        "code": code,
        "name": name,
        "gss": (f"E06999{code}",),
        "region": region,
        "area": region,
        "kind": "UA",
        "current": True,
    }
    return Authority(**{**values, **changes})


def places() -> Places:
    """Fourteen invented authorities (701-714) and Oldshire (799), which became two of them."""
    current = tuple(authority(str(701 + i), name) for i, name in enumerate(NAMES))
    gone = authority("799", "Oldshire", gss=("E10999799",), current=False)
    changes = (
        Change("799", "713", "2021-04-01", whole=False),
        Change("799", "714", "2021-04-01", whole=False),
    )
    return Places((*current, gone), changes)


def source(**changes: Any) -> Source:
    values = {
        "id": "invented-plans",
        "title": "Invented plans",
        "publisher": "Nobody",
        "licence": "Open Government Licence v3.0",
        "attribution": "Invented for tests.",
        "release": "Edition 1, published 1 June 2025",
        "as_at": "2019 to 2024",
        "link": "https://example.org/plans",
        "file": "invented/plans.csv",
        "layout": "ees",
    }
    return Source(**{**values, **changes})


def measure(**changes: Any) -> Measure:
    values = {
        "id": "plans-in-20-weeks",
        "title": "New plans issued within 20 weeks",
        "theme": "timeliness",
        "why": "The law gives 20 weeks.",
        "kind": "proportion",
        "numerator": Term(source="invented-plans", columns=("quick",), label="new plans in time"),
        "denominator": Term(source="invented-plans", columns=("all",), label="new plans"),
        "unit": "%",
        "decimals": 1,
        "period_kind": "calendar year",
        "polarity": "higher",
        "interval": "wilson",
        "caveats": (Caveat(text="Exceptions are counted as late."),),
        "author": "none yet",
        "checker": "none yet",
        "next_review": dt.date(2027, 6, 1),
    }
    return Measure(**{**values, **changes})


def measures() -> dict[str, Measure]:
    quick = measure()
    people = Term(source="invented-plans", columns=("people",), label="people aged 0 to 25")
    plans = Term(source="invented-plans", columns=("plans",), label="plans")
    load = measure(
        id="plans-per-1000",
        title="Plans per 1,000 people aged 0 to 25",
        theme="demand",
        kind="rate",
        numerator=plans,
        denominator=people,
        scale=1000,
        unit="per 1,000 people aged 0 to 25",
        polarity="no judgement",
        interval="byar",
        caveats=(),
    )
    said = measure(
        id="inspection",
        title="Newest inspection outcome",
        theme="timeliness",
        kind="words",
        denominator=None,
        unit="",
        polarity="no judgement",
        interval="none",
        interval_note="An inspection outcome is words, so there is no interval.",
        caveats=(),
        order=200,
    )
    return {m.id: m for m in (load, quick, said)}


def counts() -> pl.DataFrame:
    """Six years of two measures for every authority; Elmby has no figure in 2024."""
    rows = []
    for year in range(2019, 2025):
        for i in range(len(NAMES)):
            for name, scale, y, n in (
                ("plans-in-20-weeks", 100, 120 + 17 * i + 6 * (year - 2019), 400),
                ("plans-per-1000", 1000, 1800 + 40 * i + 90 * (year - 2019), 60000),
            ):
                rows.append(_row(name, str(701 + i), year, y, n, scale))
        rows.append(_row("plans-in-20-weeks", ENGLAND, year, 3200, 5600, 100))
        rows.append(_row("plans-per-1000", ENGLAND, year, 32000, 840000, 1000))
    return pl.DataFrame([_gap(r) for r in rows], schema=COUNTS, orient="row")


def _row(name: str, area: str, year: int, y: float, n: float, scale: float) -> dict[str, Any]:
    return {
        "measure": name,
        "release": "invented-plans",
        "area": area,
        "year": year,
        "period": str(year),
        "cell": "all",
        "numerator": float(y),
        "denominator": float(n),
        "value": scale * y / n,
        "text": None,
        "status": "ok",
        "note": None,
    }


def _gap(row: dict[str, Any]) -> dict[str, Any]:
    if row["area"] != "710" or row["year"] != 2024:
        return row
    gone = dict.fromkeys(("numerator", "denominator", "value"))
    return {**row, **gone, "status": "unavailable", "note": "The source marks it as unavailable."}


def wording() -> dict[str, str]:
    """The real sentences: their words are content, not something to invent."""
    path = Path(__file__).parents[1] / "reference" / "wording" / "comparison.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def library(**changes: Any) -> Library:
    codes = [str(701 + i) for i in range(len(NAMES))]
    near = {c: tuple(d for d in codes if d != c)[:10] for c in codes}
    values: dict[str, Any] = {
        "places": places(),
        "themes": (
            Theme(id="demand", title="Demand", question="How many plans are there?"),
            Theme(id="timeliness", title="Timeliness", question="How quickly are plans issued?"),
        ),
        "measures": measures(),
        "sources": {"invented-plans": source()},
        "counts": counts(),
        "models": {"dfe": NeighbourModel("dfe", "DfE, 2025", "", near)},
        "wording": wording(),
        "digest": "0123456789abcdef",
    }
    return Library(**{**values, **changes})


def point(year: int, value: float | None = 55.0, **changes: Any) -> Point:
    low, high = (None, None) if value is None else (value - 4, value + 4)
    return replace(
        Point(year, str(year), value, low, high, "ok" if value else "unavailable"), **changes
    )


def trend(**changes: Any) -> Trend:
    values: dict[str, Any] = {
        "direction": "rising",
        "sentence": "Rising over the last five years, by more than chance.",
        "points": tuple(point(year, 40.0 + 4 * i) for i, year in enumerate(range(2019, 2025))),
        "starts": 2019,
        "peers": tuple(point(year, 48.0) for year in range(2019, 2025)),
        "england": tuple(point(year, 46.0) for year in range(2019, 2025)),
    }
    return Trend(**{**values, **changes})


def peer(code: str = "702", name: str = "Southmere", value: float | None = 48.0) -> PeerResult:
    if value is None:
        return PeerResult(code, name, None, None, None, None, None, "unavailable", "Not available.")
    return PeerResult(code, name, value, value - 5, value + 5, value * 4, 400.0, "ok", None)


def comparator(**changes: Any) -> Comparator:
    peers = tuple(str(702 + i) for i in range(10))
    values = {"id": "dfe", "title": "10 statistical neighbours (DfE, 2025)", "peers": peers}
    return Comparator(**{**values, **changes})


def comparison(**changes: Any) -> Comparison:
    """Northmere's plans within 20 weeks: 61 in 100, clearly above its ten peers."""
    peers = tuple(peer(str(702 + i), NAMES[1 + i], 38.0 + 2 * i) for i in range(9))
    values: dict[str, Any] = {
        "id": "plans-in-20-weeks",
        "title": "New plans issued within 20 weeks",
        "theme": "timeliness",
        "unit": "%",
        "decimals": 1,
        "polarity": "higher",
        "authority": "701",
        "comparator": comparator(),
        "year": 2024,
        "period": "2024",
        "value": 61.25,
        "text": None,
        "numerator": 245.0,
        "denominator": 400.0,
        "low": 56.38,
        "high": 65.9,
        "status": "ok",
        "note": None,
        "peer_median": 46.0,
        "peer_lower_quartile": 42.0,
        "peer_upper_quartile": 50.0,
        "peer_pooled": 46.0,
        "peer_mean": 46.0,
        "peers_used": 9,
        "peers": (*peers, peer("711", "Thornby", None)),
        "region": 47.0,
        "england": 45.9,
        "england_text": None,
        "rank_low": 1,
        "rank_high": 2,
        "rank_of": 10,
        "percentile": 100.0,
        "probability_above": 0.995,
        "probability_similar": 0.02,
        "reliability": 0.93,
        "state": State.CLEARLY_ABOVE,
        "flagged": True,
        "good": True,
        "sentence": Sentence(
            "compare.clearly-above",
            "61% in 2024 (likely 56 to 66; 245 of 400). Statistical neighbours: 46%. "
            "Clearly higher.",
        ),
        "trend": trend(),
        "caveats": ("Exceptions are counted as late.",),
        "source": "Nobody: Invented plans, Edition 1",
    }
    return _made({**values, **changes})


def _made(values: dict[str, Any]) -> Comparison:
    made = values.pop("trend")
    return Comparison(**values, trend_of=lambda: made)


def silent(**changes: Any) -> Comparison:
    """A measure for which the authority has no figure."""
    nothing = dict.fromkeys(
        [
            "value",
            "numerator",
            "denominator",
            "low",
            "high",
            "peer_median",
            "peer_lower_quartile",
            "peer_upper_quartile",
            "peer_pooled",
            "peer_mean",
            "rank_low",
            "rank_high",
            "rank_of",
            "percentile",
            "probability_above",
            "probability_similar",
            "reliability",
            "good",
        ]
    )
    return comparison(
        **{
            **nothing,
            "id": "plans-per-1000",
            "title": "Plans per 1,000 people aged 0 to 25",
            "theme": "demand",
            "unit": "per 1,000 people aged 0 to 25",
            "polarity": "no judgement",
            "status": "unavailable",
            "note": "The source marks it as unavailable.",
            "peers_used": 0,
            "state": State.NO_FIGURE,
            "flagged": False,
            "sentence": Sentence(
                "compare.no-figure", "No figure for 2024: the source marks it so."
            ),
            "trend": trend(
                direction="cannot tell", sentence="No trend.", points=(point(2024, None),)
            ),
            "caveats": (),
            **changes,
        }
    )
