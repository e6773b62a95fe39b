"""Files to take away: the one-file report, workbook, CSV and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.values import Comparator, Comparison
from goldthread.core.places import Authority
from goldthread.core.report.record import ROW, document, tidy_rows
from goldthread.core.report.report import authority_report, measures_report
from goldthread.web.answers import page
from goldthread.web.asked import authority_of, comparator_of, year_of
from goldthread.writers.csv import csv_text
from goldthread.writers.html import html
from goldthread.writers.json import json_text
from goldthread.writers.xlsx import xlsx

TYPES = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@page
def of_authority(
    request: HttpRequest, benchmark: Benchmark, place: str, ending: str
) -> HttpResponse:
    """Every measure's newest year."""
    found = authority_of(benchmark, place, request)
    comparator = comparator_of(benchmark, found, request)
    comparisons = benchmark.compare_many(found, comparator)
    out = benchmark.stands_out(comparisons)
    if ending == "html":
        report = authority_report(found, comparator, comparisons, out, benchmark.library)
        return _file(html(report), ending, f"{found.slug}-report")
    if ending == "xlsx":
        report = authority_report(found, comparator, comparisons, out, benchmark.library)
        standing = (*out.favourable, *out.unfavourable, *out.different)
        made = xlsx(report, found, comparisons, standing, benchmark.library)
        return _file(made, ending, f"{found.slug}-comparison")
    return _plain(benchmark, found, comparator, comparisons, ending, f"{found.slug}-comparison")


@page
def of_measure(
    request: HttpRequest, benchmark: Benchmark, place: str, measure: str, ending: str
) -> HttpResponse:
    found = authority_of(benchmark, place, request)
    comparator = comparator_of(benchmark, found, request)
    chosen = (benchmark.compare(found, comparator, measure, year_of(request)),)
    name = f"{found.slug}-{chosen[0].id}-{chosen[0].year}"
    if ending == "xlsx":
        report = measures_report(found, comparator, chosen, benchmark.library)
        drawn = [c for c in chosen if c.value is not None and c.text is None]
        return _file(xlsx(report, found, chosen, drawn, benchmark.library), ending, name)
    return _plain(benchmark, found, comparator, chosen, ending, name)


@page
def of_nation(request: HttpRequest, benchmark: Benchmark, measure: str) -> HttpResponse:
    """One measure over all authorities."""
    whole = benchmark.nation(measure, year_of(request))
    rows = [
        {
            "measure_id": measure,
            "measure": whole.measure.title,
            "unit": whole.measure.unit,
            "year": whole.year,
            **{name: getattr(r, name) for name in NATION[4:]},
        }
        for r in benchmark.results(measure, whole.year)
    ]
    return _file(csv_text(rows, NATION), "csv", f"england-{measure}-{whole.year}")


NATION = [
    "measure_id", "measure", "unit", "year", "code", "name", "value", "low", "high", "text",
    "numerator", "denominator", "status", "note",
]  # fmt: skip


def _plain(
    benchmark: Benchmark,
    found: Authority,
    comparator: Comparator,
    comparisons: Sequence[Comparison],
    ending: str,
    name: str,
) -> HttpResponse:
    if ending == "json":
        made = json_text(document(found, comparator, comparisons, benchmark.library))
    else:
        made = csv_text(tidy_rows(found, comparisons), ROW)
    return _file(made, ending, name)


def _file(made: str | bytes, ending: str, name: str) -> HttpResponse:
    # With a byte-order mark, for Excel reads a CSV without one as Windows-1252.
    data = (
        made.encode("utf-8-sig" if ending == "csv" else "utf-8") if isinstance(made, str) else made
    )
    response = HttpResponse(data, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
