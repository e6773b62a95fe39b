"""England: how every measure spreads over authorities, and one measure over all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.benchmark.cells import MISSING
from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.show import number, shown
from goldthread.core.benchmark.trends import quartiles
from goldthread.core.benchmark.values import PeerResult
from goldthread.core.measures.definition import Measure
from goldthread.core.places import ENGLAND, Authority
from goldthread.core.report import charts
from goldthread.web.answers import edition, page
from goldthread.web.asked import one_of, query, year_of
from goldthread.web.pictures import national_funnel
from goldthread.web.strips import Strip, strip
from goldthread.web.views.measure import how_made, period_of, year_choices

FEWEST = 4
"""With fewer values, quartiles say nothing."""
SORTS = ("name", "-name", "value", "-value", "region", "-region")


@dataclass(frozen=True)
class Spread:
    """One measure over England, as words."""

    measure: Measure
    period: str
    england: str
    authorities: int
    low: str = ""
    middle: str = ""
    high: str = ""
    strip: Strip | None = None
    words: str = ""
    """For words and answers: how many have which."""


@page
def england(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    spreads = [spread_of(benchmark, m) for m in benchmark.measure_ids()]
    themes = [
        (theme, [s for s in spreads if s.measure.theme == theme.id])
        for theme in benchmark.library.themes
    ]
    context = {"themes": [(t, rows) for t, rows in themes if rows], "measures": len(spreads)}
    return render(request, "england.html", context)


@page
def national(request: HttpRequest, benchmark: Benchmark, measure: str) -> HttpResponse:
    """One measure: how it spreads, and every authority's result in a table one can sort."""
    year = year_of(request)
    sort = one_of(request, "sort", SORTS)
    definition = benchmark.measure(measure)
    whole = benchmark.nation(measure, year)
    results = benchmark.results(measure, whole.year)
    drawn = query(year=year, v=edition(benchmark))
    spec = distribution_of(benchmark, measure, whole.year)
    funnel = national_funnel(benchmark, measure, whole.year)
    context = {
        "definition": definition,
        "spread": spread_of(benchmark, measure, whole.year),
        "alt": spec["description"] if spec else "",
        "drawn": drawn,
        "funnel_alt": funnel["description"] if funnel else "",
        "rows": _rows(benchmark, results, definition, sort),
        "heads": _heads(sort, year, definition),
        "years": year_choices(benchmark, measure, whole.year),
        "year": year,
        "made": how_made(benchmark, measure),
        "themes": {t.id: t.title for t in benchmark.library.themes},
        "keep": query(year=year),
    }
    return render(request, "national.html", context)


def spread_of(benchmark: Benchmark, measure_id: str, year: int | None = None) -> Spread:
    measure = benchmark.measure(measure_id)
    whole = benchmark.nation(measure_id, year)
    cell = whole.cells.get(ENGLAND, MISSING)
    nation_value = cell.value
    england = shown(nation_value, measure.unit, measure.decimals, short=True)
    period = period_of(benchmark, measure_id, whole.year)
    if measure.kind in ("words", "answer"):
        return _in_words(benchmark, measure, whole.year, period, cell.text)
    values = [float(v) for v in whole.values]
    england = "–" if nation_value is None else england
    if len(values) < FEWEST:
        return Spread(measure, period, england, len(values))
    quarters = quartiles(values)
    low, middle, high = (shown(q, measure.unit, measure.decimals, short=True) for q in quarters)
    return Spread(measure, period, england, len(values), low, middle, high, strip(values, quarters))


def _in_words(
    benchmark: Benchmark, measure: Measure, year: int, period: str, england: str | None
) -> Spread:
    found = [r.text for r in benchmark.results(measure.id, year) if r.text]
    listed = "; ".join(f"{text}: {n}" for text, n in Counter(found).most_common())
    return Spread(measure, period, england or "–", len(found), words=listed)


def distribution_of(
    benchmark: Benchmark, measure_id: str, year: int | None, narrow: bool = False
) -> dict[str, Any] | None:
    measure = benchmark.measure(measure_id)
    whole = benchmark.nation(measure_id, year)
    values = [float(v) for v in whole.values]
    if measure.kind in ("words", "answer") or len(values) < FEWEST:
        return None
    cell = whole.cells.get(ENGLAND, MISSING)
    return charts.distribution(
        measure.title,
        period_of(benchmark, measure_id, whole.year),
        measure.unit,
        measure.decimals,
        values,
        quartiles(values),
        cell.value,
        narrow,
    )


def _rows(
    benchmark: Benchmark, results: tuple[PeerResult, ...], measure: Measure, sort: str
) -> list[dict[str, object]]:
    by_code = benchmark.library.places.by_code
    ordered = _sorted([(by_code[r.code], r) for r in results], sort)
    return [
        {
            "authority": place,
            "value": r.text or ("" if r.value is None else _shown(measure, r.value)),
            "likely": _likely(measure, r),
            "counted": _counted(r),
            "note": r.note or "",
            "link": f"/authorities/{place.slug}/measures/{measure.id}/",
        }
        for place, r in ordered
    ]


def _sorted(
    rows: list[tuple[Authority, PeerResult]], sort: str
) -> list[tuple[Authority, PeerResult]]:
    """By name, region or result; those without a figure always last."""
    down = sort.startswith("-")
    by = sort.lstrip("-")
    if by == "value":
        known = [row for row in rows if row[1].value is not None]
        known.sort(key=lambda row: row[1].value or 0.0, reverse=down)
        return [*known, *(row for row in rows if row[1].value is None)]
    if by == "region":
        return sorted(rows, key=lambda row: row[0].area.name, reverse=down)
    return sorted(rows, key=lambda row: row[0].name, reverse=down)


def _shown(measure: Measure, value: float) -> str:
    return shown(value, measure.unit, measure.decimals, short=True)


def _likely(measure: Measure, r: PeerResult) -> str:
    if r.low is None or r.high is None:
        return ""
    return f"{number(r.low, measure.decimals)} to {number(r.high, measure.decimals)}"


def _counted(r: PeerResult) -> str:
    if r.numerator is None or r.low is None:
        return ""
    top = number(r.numerator, 0)
    return f"{top} of {number(r.denominator, 0)}" if r.denominator else top


def _heads(sort: str, year: int | None, measure: Measure) -> list[dict[str, str]]:
    """Column heads as links that sort; `state` is the value of aria-sort."""
    heads = []
    for by, title in (("name", "Authority"), ("region", "Region"), ("value", "Result")):
        down = sort == f"-{by}"
        state = "descending" if down else "ascending" if sort == by else "none"
        following = f"-{by}" if sort == by else by
        heads.append(
            {"by": by, "title": title, "state": state, "link": query(year=year, sort=following)}
        )
    return heads
