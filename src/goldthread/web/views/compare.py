"""Two to ten authorities side by side."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.benchmark.cells import MISSING, Cell
from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.show import number, shown
from goldthread.core.benchmark.values import PeerResult
from goldthread.core.measures.definition import Measure
from goldthread.core.places import ENGLAND, AbolishedPlace, Authority, UnknownPlace
from goldthread.core.report import charts
from goldthread.web.answers import edition, page
from goldthread.web.asked import Unreadable, value_of, values_of
from goldthread.web.pictures import Drawing
from goldthread.web.views.find import by_region
from goldthread.web.views.measure import period_of

FEWEST, MOST = 2, 10


@dataclass(frozen=True)
class Shown:
    """One cell of the table: whose, and what."""

    who: str
    value: str
    likely: str
    note: str


@page
def compare(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    """The table, or the form to choose with what is wrong said above it."""
    asked = values_of(request.GET, "a", 200)
    choosing = "choose" in request.GET
    error = ""
    chosen: list[Authority] = []
    try:
        chosen = _found(benchmark, asked)
        if not choosing and asked:
            chosen = checked(chosen)
    except (Unreadable, UnknownPlace, AbolishedPlace) as wrong:
        error = str(wrong)
    if choosing or error or not asked:
        return _choose(request, benchmark, chosen, error)
    measure = value_of(request, "measure")
    return _table(request, benchmark, chosen, measure)


def chosen_authorities(benchmark: Benchmark, request: HttpRequest) -> list[Authority]:
    return checked(_found(benchmark, values_of(request.GET, "a", 200)))


def checked(chosen: list[Authority]) -> list[Authority]:
    """The same, or a sentence about how many there are."""
    if not FEWEST <= len(chosen) <= MOST:
        raise Unreadable(
            f"Choose from {FEWEST} to {MOST} different authorities; {len(chosen)} "
            f"{'is' if len(chosen) == 1 else 'are'} chosen."
        )
    return chosen


def results_of(
    benchmark: Benchmark, measure_id: str, chosen: list[Authority]
) -> tuple[str, list[PeerResult], float | None]:
    """Period, the chosen authorities' newest results, and England's."""
    whole = benchmark.nation(measure_id)
    wanted = {a.code for a in chosen}
    results = [r for r in benchmark.results(measure_id, whole.year) if r.code in wanted]
    return period_of(benchmark, measure_id, whole.year), results, _england(whole.cells).value


def _england(cells: dict[str, Cell]) -> Cell:
    return cells.get(ENGLAND, MISSING)


def _found(benchmark: Benchmark, asked: list[str]) -> list[Authority]:
    return list(dict.fromkeys(benchmark.library.places.get(text[:100]) for text in asked))


def _choose(
    request: HttpRequest, benchmark: Benchmark, chosen: list[Authority], error: str
) -> HttpResponse:
    context = {
        "regions": by_region(benchmark.library.places),
        "ticked": [a.code for a in chosen],
        "error": error,
        "measure": value_of(request, "measure"),
    }
    return render(request, "compare_choose.html", context, status=400 if error else 200)


def _table(
    request: HttpRequest, benchmark: Benchmark, chosen: list[Authority], measure: str
) -> HttpResponse:
    ids = [benchmark.measure(measure).id] if measure else list(benchmark.measure_ids())
    rows = [(benchmark.measure(m), *_cells(benchmark, m, chosen)) for m in ids]
    themes = [(t, [r for r in rows if r[0].theme == t.id]) for t in benchmark.library.themes]
    named = [("a", a.slug) for a in chosen]
    context = {
        "chosen": [(a, _without(chosen, a, measure)) for a in chosen],
        "authorities": benchmark.library.places.current,
        "themes": [(t, found) for t, found in themes if found],
        "measure": measure,
        "measures": [benchmark.measure(m) for m in benchmark.measure_ids()],
        "address": f"/compare/?{urlencode(named)}",
        "full": len(chosen) == MOST,
        "picture": _picture(benchmark, ids[0], chosen, named) if measure else None,
    }
    return render(request, "compare.html", context)


def _cells(
    benchmark: Benchmark, measure_id: str, chosen: list[Authority]
) -> tuple[str, list[Shown], Shown]:
    measure = benchmark.measure(measure_id)
    whole = benchmark.nation(measure_id)
    cells = [_shown(measure, a.name, whole.cells.get(a.code, MISSING)) for a in chosen]
    period = period_of(benchmark, measure_id, whole.year)
    return period, cells, _shown(measure, "England", _england(whole.cells))


def _shown(measure: Measure, who: str, cell: Cell) -> Shown:
    if cell.text:
        return Shown(who, cell.text, "", "")
    if cell.value is None:
        return Shown(who, "no figure", "", cell.note or "")
    value = shown(cell.value, measure.unit, measure.decimals, short=True)
    if cell.low is None or cell.high is None:
        return Shown(who, value, "", "")
    low, high = number(cell.low, measure.decimals), number(cell.high, measure.decimals)
    return Shown(who, value, f"{low} to {high}", "")


def _without(chosen: list[Authority], gone: Authority, measure: str) -> str:
    """The address of the same table without one authority."""
    rest = [("a", a.slug) for a in chosen if a != gone]
    return f"/compare/?{urlencode([*rest, *([('measure', measure)] if measure else [])])}"


def _picture(
    benchmark: Benchmark, measure_id: str, chosen: list[Authority], named: list[tuple[str, str]]
) -> Drawing | None:
    measure = benchmark.measure(measure_id)
    period, results, england = results_of(benchmark, measure_id, chosen)
    if measure.kind in ("words", "answer") or not any(r.value is not None for r in results):
        return None
    spec = charts.comparison_plot(
        measure.title, period, measure.unit, measure.decimals, results, england
    )
    asked = urlencode([*named, ("measure", measure_id), ("v", edition(benchmark))])
    return Drawing("compare", "/compare/picture", f"?{asked}", spec["description"])
