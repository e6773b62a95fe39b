"""Measures, and the sources that they are made from."""

import difflib
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from goldthread.api.answers import Format, answer, get
from goldthread.api.errors import Refused
from goldthread.api.schemas import MeasureDetail, Measures, Sources
from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.measures.definition import Measure
from goldthread.core.report.record import source_record
from goldthread.readers.shared import get_benchmark

COLUMNS = [
    "id", "title", "theme", "why", "kind", "unit", "decimals", "period_kind", "polarity",
    "interval", "sources", "years",
]  # fmt: skip
SOURCE_COLUMNS = [
    "id", "title", "publisher", "licence", "attribution", "release", "published", "as_at", "link",
]  # fmt: skip


def register(api: NinjaAPI) -> None:
    get(api, "/measures", Measures)(measures)
    get(api, "/measures/{id}", MeasureDetail, (404,))(measure)
    get(api, "/sources", Sources)(sources)


def measures(request: HttpRequest, format: Format | None = None) -> HttpResponse:
    """All measures with figures, in the order of the themes."""
    benchmark = get_benchmark()
    found = [_summary(benchmark, benchmark.measure(m)) for m in benchmark.measure_ids()]
    return answer(request, {"items": found}, lambda: [_row(s) for s in found], COLUMNS, format)


def measure(request: HttpRequest, id: str, format: Format | None = None) -> HttpResponse:
    """One measure's whole definition, as its file has it."""
    benchmark = get_benchmark()
    found = find_measure(benchmark, id)
    summary = _summary(benchmark, found)
    body = {**found.model_dump(mode="json"), **summary}
    return answer(request, body, lambda: [_row(summary)], COLUMNS, format)


def sources(request: HttpRequest, format: Format | None = None) -> HttpResponse:
    """The published files that everything here is made from, with their licences."""
    library = get_benchmark().library
    found = [source_record(s) for s in library.sources.values()]
    body = {"digest": library.digest, "items": found}
    return answer(request, body, lambda: found, SOURCE_COLUMNS, format)


def find_measure(benchmark: Benchmark, id: str) -> Measure:
    """The measure with figures, or a refusal that suggests near ids."""
    if id in benchmark.cells and id in benchmark.library.measures:
        return benchmark.library.measures[id]
    near = tuple(difflib.get_close_matches(id[:100], benchmark.measure_ids(), n=3, cutoff=0.5))
    hint = f" Did you mean {' or '.join(near)}?" if near else " /api/v1/measures lists them all."
    raise Refused(404, "unknown-measure", f"No measure is called “{id[:100]}”.{hint}", near)


def _summary(benchmark: Benchmark, measure: Measure) -> dict[str, Any]:
    terms = [t for t in (measure.numerator, measure.denominator) if t is not None]
    return {
        "id": measure.id,
        "title": measure.title,
        "theme": measure.theme,
        "why": measure.why,
        "kind": measure.kind,
        "unit": measure.unit,
        "decimals": measure.decimals,
        "period_kind": measure.period_kind,
        "polarity": measure.polarity,
        "interval": measure.interval,
        "sources": list(dict.fromkeys(t.source for t in terms)),
        "years": list(benchmark.years(measure.id)),
    }


def _row(summary: dict[str, Any]) -> dict[str, Any]:
    return {
        **summary,
        "sources": " ".join(summary["sources"]),
        "years": " ".join(map(str, summary["years"])),
    }
