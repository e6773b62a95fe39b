"""Pages about the figures and the service: measures, data, methods, accessibility, privacy, API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.benchmark.engine import Benchmark
from goldthread.web.answers import page


@page
def measures(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    found = [benchmark.measure(m) for m in benchmark.measure_ids()]
    themes = [(t, [m for m in found if m.theme == t.id]) for t in benchmark.library.themes]
    context = {"themes": [(t, rows) for t, rows in themes if rows], "count": len(found)}
    return render(request, "measures.html", context)


@page
def data(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    """Where the figures come from, what is odd about them, and what is missing."""
    library = benchmark.library
    used: dict[str, list[object]] = {}
    for m in library.measures.values():
        for term in (m.numerator, m.denominator):
            if term is not None and m not in used.setdefault(term.source, []):
                used[term.source].append(m)
    sources = [(s, used.get(s.id, [])) for s in library.sources.values()]
    silent = [m for m in library.measures.values() if m.id not in benchmark.cells]
    context = {"sources": sources, "silent": silent, "digest": library.digest[:12]}
    return render(request, "data.html", context)


def plain(template: str) -> object:
    """A page that is the same for everybody and says nothing of one authority."""

    @page
    def show(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
        return render(request, template, {"measures": len(benchmark.measure_ids())})

    return show


methods = plain("methods.html")
accessibility = plain("accessibility.html")
privacy = plain("privacy.html")
api = plain("api.html")
