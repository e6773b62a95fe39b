"""Pictures at addresses of their own, so that pages stay quick and browsers keep them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.report import charts
from goldthread.web.answers import FOR_EVER, edition, page, sentence_page
from goldthread.web.asked import authority_of, comparator_of, one_of, value_of, year_of
from goldthread.web.pictures import Spec, national_funnel, spec_of
from goldthread.web.views.compare import chosen_authorities, results_of
from goldthread.web.views.nation import distribution_of
from goldthread.writers.charts import png, svg

NONE_SUCH = "This measure can have no picture of this kind; its page shows what it can have."


@page
def of_authority(
    request: HttpRequest, benchmark: Benchmark, place: str, measure: str, kind: str, ending: str
) -> HttpResponse:
    found = authority_of(benchmark, place, request)
    comparator = comparator_of(benchmark, found, request)
    c = benchmark.compare(found, comparator, measure, year_of(request))
    spec = spec_of(benchmark, c, kind, _narrow(request))
    return _drawn(request, benchmark, spec, ending, f"{found.slug}-{c.id}-{c.year}-{kind}")


@page
def of_nation(
    request: HttpRequest, benchmark: Benchmark, measure: str, kind: str, ending: str
) -> HttpResponse:
    year, narrow = year_of(request), _narrow(request)
    spec: Spec | None
    if kind == "spread":
        spec = distribution_of(benchmark, measure, year, narrow)
    else:
        spec = national_funnel(benchmark, measure, year, narrow)
    return _drawn(request, benchmark, spec, ending, f"england-{measure}-{kind}")


@page
def of_several(request: HttpRequest, benchmark: Benchmark, ending: str) -> HttpResponse:
    chosen = chosen_authorities(benchmark, request)
    measure = benchmark.measure(value_of(request, "measure"))
    period, results, england = results_of(benchmark, measure.id, chosen)
    spec = charts.comparison_plot(
        measure.title, period, measure.unit, measure.decimals, results, england, _narrow(request)
    )
    return _drawn(request, benchmark, spec, ending, f"compare-{measure.id}")


def _narrow(request: HttpRequest) -> bool:
    return one_of(request, "size", ("wide", "narrow")) == "narrow"


def _drawn(
    request: HttpRequest, benchmark: Benchmark, spec: Spec | None, ending: str, name: str
) -> HttpResponse:
    if spec is None:
        return sentence_page(request, NONE_SUCH, 404)
    if ending == "svg":
        response = HttpResponse(svg(spec), content_type="image/svg+xml")
    else:
        response = HttpResponse(png(spec), content_type="image/png")
    if request.GET.get("v") == edition(benchmark):
        response["Cache-Control"] = FOR_EVER
    response["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
    return response
