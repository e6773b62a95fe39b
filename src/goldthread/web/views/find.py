"""Finding an authority: by typing its name or code, or from the list."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.places import Authority, Places, UnknownPlace
from goldthread.web.answers import page
from goldthread.web.asked import value_of

SEVERAL = 20
NOTHING_TYPED = "Type the name or code of an authority"


@page
def home(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    """The first page: the search, and every authority by region."""
    return render(request, "find.html", _context(benchmark))


@page
def search(request: HttpRequest, benchmark: Benchmark) -> HttpResponse:
    """An exact name or code goes straight there. Several that contain the words are listed (200);
    none is an error with near names (404); an abolished authority says where it went (410)."""
    text = value_of(request, "q")
    if not text:
        context = {**_context(benchmark), "error": NOTHING_TYPED}
        return render(request, "find.html", context, status=400)
    places = benchmark.library.places
    try:
        return HttpResponseRedirect(f"/authorities/{places.get(text).slug}/")
    except UnknownPlace:
        found = holding(places, text)
        if not found:
            raise
    if len(found) == 1:
        return HttpResponseRedirect(f"/authorities/{found[0].slug}/")
    return render(request, "several_places.html", {"text": text, "found": found})


def holding(places: Places, text: str) -> list[Authority]:
    """Authorities with the typed words in their name."""
    wanted = text.lower()
    return [a for a in places.current if wanted in a.name.lower()][:SEVERAL]


def by_region(places: Places) -> list[tuple[str, list[Authority]]]:
    ordered = sorted(places.current, key=lambda a: (a.region.name, a.name))
    return [(name, list(rows)) for name, rows in groupby(ordered, key=lambda a: a.region.name)]


def _context(benchmark: Benchmark) -> dict[str, object]:
    places = benchmark.library.places
    return {
        "regions": by_region(places),
        "authorities": places.current,
        "measures": len(benchmark.measure_ids()),
    }
