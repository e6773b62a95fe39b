"""One authority: what stands out, then every measure by theme, beside chosen peers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.benchmark.comparators import ComparatorError
from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.standout import StandsOut
from goldthread.core.benchmark.values import Comparator, Comparison, State
from goldthread.core.measures.definition import Theme
from goldthread.core.places import Authority
from goldthread.web.answers import page
from goldthread.web.asked import (
    Elsewhere,
    authority_of,
    comparator_of,
    peers_query,
    query,
    spec_of,
    values_of,
)
from goldthread.web.rows import Row, row_of
from goldthread.web.views.find import by_region

JUDGED = ("Clearly on the favourable side", "Clearly on the unfavourable side")
"""Both are said when either has something: an empty one is a finding too."""
ANOTHER_YEAR = "A further year of figures would help to tell."


@dataclass(frozen=True)
class Peer:
    authority: Authority
    closeness: str


@dataclass(frozen=True)
class Choice:
    """One comparator that can be chosen."""

    spec: str
    title: str
    chosen: bool


@page
def authority(request: HttpRequest, benchmark: Benchmark, place: str) -> HttpResponse:
    found = authority_of(benchmark, place, request)
    comparator = comparator_of(benchmark, found, request)
    comparisons = benchmark.compare_many(found, comparator)
    keep = query(peers=peers_query(benchmark, found, comparator))
    rows = {c.id: row_of(c, f"/authorities/{found.slug}/measures/{c.id}/{keep}")
            for c in comparisons}  # fmt: skip
    out = benchmark.stands_out(comparisons)
    context = {
        **frame(benchmark, found, comparator),
        "keep": keep,
        "nothing": not _any_clear(out),
        "groups": _groups(out, rows),
        "note": out.note,
        "themes": _themes(benchmark.library, comparisons, rows),
        "measures": len(comparisons),
        "formed": _formed(benchmark.library, found),
    }
    return render(request, "authority.html", context)


@page
def group(request: HttpRequest, benchmark: Benchmark, place: str) -> HttpResponse:
    """Choosing an own group by ticking boxes; leads back to where one came from."""
    found = authority_of(benchmark, place, request)
    ticked = values_of(request.GET, "peer", 200)
    measure = request.GET.get("measure", "")
    error = ""
    if "peer" in request.GET or "go" in request.GET:
        try:
            made = benchmark.comparator(found, f"own:{','.join(ticked)}")
        except ComparatorError as refusal:
            error = str(refusal)
        else:
            below = f"measures/{benchmark.measure(measure).id}/" if measure else ""
            target = f"/authorities/{found.slug}/{below}{query(peers=spec_of(made))}"
            raise Elsewhere(target)
    others = [
        (region, [a for a in rows if a.code != found.code and a.ranked])
        for region, rows in by_region(benchmark.library.places)
    ]
    context = {"authority": found, "regions": others, "ticked": ticked, "error": error,
               "measure": measure[:100]}  # fmt: skip
    return render(request, "group.html", context, status=400 if error else 200)


def frame(benchmark: Benchmark, found: Authority, comparator: Comparator) -> dict[str, object]:
    """What every page about an authority beside peers shows."""
    library = benchmark.library
    return {
        "authority": found,
        "comparator": comparator,
        "choices": choices(benchmark, found, comparator),
        "own_group": comparator.id.startswith("own:"),
        "spec": spec_of(comparator),
        "peers": _peers(library, found, comparator),
        "model": library.models.get(comparator.id),
    }


def choices(benchmark: Benchmark, found: Authority, comparator: Comparator) -> list[Choice]:
    """The comparators that this authority can have, in the order offered."""
    wanted = [*benchmark.library.models, "region", "england"]
    made = []
    for spec in wanted:
        try:
            title = benchmark.comparator(found, spec).title
        except ComparatorError:
            continue
        made.append(Choice(spec, title, spec == comparator.id))
    if comparator.id.startswith("own:"):
        made.append(Choice(spec_of(comparator), comparator.title, True))
    return made


def _peers(library: Library, found: Authority, comparator: Comparator) -> list[Peer]:
    model = library.models.get(comparator.id)
    near = model.closeness if model else {}
    by_code = library.places.by_code
    return [Peer(by_code[p], near.get((found.code, p), "")) for p in comparator.peers]


def _any_clear(found: StandsOut) -> bool:
    return bool(found.favourable or found.unfavourable or found.different)


def _groups(found: StandsOut, rows: dict[str, Row]) -> list[dict[str, object]]:
    titled: tuple[tuple[str, tuple[Comparison, ...]], ...] = (
        (JUDGED[0], found.favourable),
        (JUDGED[1], found.unfavourable),
        ("Clearly different, where neither way is better", found.different),
    )
    if not _any_clear(found):
        titled = ()
    groups: list[dict[str, object]] = [
        {"title": title, "rows": [(rows[c.id], "") for c in chosen]}
        for title, chosen in titled
        if chosen or title in JUDGED
    ]
    if found.cannot_tell:
        unsure = [(rows[c.id], _would_tell(c)) for c in found.cannot_tell]
        groups.append({"title": "Cannot be told yet", "rows": unsure})
    return groups


def _would_tell(c: Comparison) -> str:
    """The engine's sentence says what would settle it only where too few were counted."""
    return "" if c.state is State.CANNOT_TELL else ANOTHER_YEAR


def _themes(
    library: Library, comparisons: tuple[Comparison, ...], rows: dict[str, Row]
) -> list[tuple[Theme, list[Row]]]:
    grouped = [(t, [rows[c.id] for c in comparisons if c.theme == t.id]) for t in library.themes]
    return [(theme, chosen) for theme, chosen in grouped if chosen]


def _formed(library: Library, found: Authority) -> str:
    """Since when a young authority exists, and from what it was made."""
    date = library.places.formed_on(found.code)
    if date is None:
        return ""
    names = dict.fromkeys(
        library.places.by_code[c.source].name for c in library.places.predecessors(found.code)
    )
    return f"{found.name} was formed on {_day(date)} from {' and '.join(names)}."


def _day(iso: str) -> str:
    import datetime as dt

    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
