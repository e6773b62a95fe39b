"""One measure of one authority: the sentence, the pictures, the tables, how it is made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.values import Comparison
from goldthread.core.report import cells, pictures
from goldthread.web.answers import edition, page
from goldthread.web.asked import authority_of, comparator_of, peers_query, query, year_of
from goldthread.web.pictures import drawings
from goldthread.web.rows import row_of
from goldthread.web.views.authority import frame


@page
def measure(request: HttpRequest, benchmark: Benchmark, place: str, measure: str) -> HttpResponse:
    found = authority_of(benchmark, place, request)
    comparator = comparator_of(benchmark, found, request)
    year = year_of(request)
    c = benchmark.compare(found, comparator, measure, year)
    spec = peers_query(benchmark, found, comparator)
    keep = query(peers=spec)
    context = {
        **frame(benchmark, found, comparator),
        "c": c,
        "row": row_of(c, ""),
        "definition": benchmark.measure(measure),
        "keep": keep,
        "here": query(peers=spec, year=year),
        "pictures": drawings(benchmark, c, query(peers=spec, year=year, v=edition(benchmark))),
        "place": cells.place(c) if c.rank_low is not None else "",
        "peers_table": pictures.peers_table(c, found.name),
        "trend_table": pictures.trend_table(c, found.name),
        "years": year_choices(benchmark, measure, c.year),
        "made": how_made(benchmark, measure),
        "missing": _missing(c, found.name),
        "expected": _expected(c),
        **_neighbours(benchmark, measure, f"/authorities/{found.slug}/measures/", keep),
    }
    return render(request, "measure.html", context)


def year_choices(benchmark: Benchmark, measure: str, chosen: int) -> list[dict[str, object]]:
    years = benchmark.years(measure)
    if len(years) < 2:
        return []
    return [
        {"year": y, "period": period_of(benchmark, measure, y), "chosen": y == chosen}
        for y in years
    ]


def period_of(benchmark: Benchmark, measure: str, year: int) -> str:
    """A year as the source names it. Inspections have a date of their own each."""
    if benchmark.measure(measure).period_kind == "inspection":
        return "newest inspection of each"
    cells_then = benchmark.cells[measure][year].values()
    return next((cell.period for cell in cells_then if cell.period), str(year))


def how_made(benchmark: Benchmark, measure_id: str) -> dict[str, object]:
    """Numerator and denominator with their sources, and what is known to be odd."""
    measure = benchmark.measure(measure_id)
    sources = benchmark.library.sources
    terms = [t for t in (measure.numerator, measure.denominator) if t is not None]
    return {
        "numerator": measure.numerator.label,
        "denominator": measure.denominator.label if measure.denominator else "",
        "sources": [
            sources[s] for s in dict.fromkeys(t.source for t in terms) if s in sources
        ],
        "per": f"{measure.scale:,.0f}",
        "withheld": [c.text for c in measure.caveats if c.effect == "withhold"],
        "breaks": measure.breaks,
    }  # fmt: skip


def _missing(c: Comparison, name: str) -> list[tuple[str, str]]:
    """Figures that are not shown, and why."""
    own = [(name, c.note)] if c.note else []
    return [*own, *((p.name, p.note) for p in c.peers if p.note)]


def _expected(c: Comparison) -> str:
    """Where the next value would fall if nothing changed; empty when that is where it is."""
    if c.trend.expected_next is None or c.value is None:
        return ""
    expected = cells.figure(c, c.trend.expected_next)
    return "" if expected == cells.figure(c, c.value) else expected


def _neighbours(benchmark: Benchmark, measure_id: str, above: str, keep: str) -> dict[str, object]:
    """The measures before and after this one."""
    order = benchmark.measure_ids()
    at = order.index(measure_id)
    found: dict[str, object] = {}
    for name, i in (("previous", at - 1), ("next", at + 1)):
        if 0 <= i < len(order):
            title = benchmark.measure(order[i]).title
            found[name] = {"link": f"{above}{order[i]}/{keep}", "title": title}
    return found
