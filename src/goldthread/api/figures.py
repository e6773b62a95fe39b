"""Counts, and comparisons made from them."""

from functools import lru_cache
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Query

from goldthread.api.answers import Format, answer, get
from goldthread.api.errors import Refused
from goldthread.api.measures import find_measure
from goldthread.api.schemas import Comparisons, Counts
from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.places import ENGLAND, AbolishedPlace, Places
from goldthread.core.report.record import ROW, clean, document, tidy_rows
from goldthread.readers.shared import get_benchmark

COLUMNS = [
    "measure", "area", "level", "name", "year", "period", "numerator", "denominator", "value",
    "text", "status", "note", "release",
]  # fmt: skip
LARGEST_PAGE = 1000
Level = Annotated[
    Literal["authority", "region", "england"] | None, Field(description="Kind of area.")
]
MeasureId = Annotated[str | None, Field(max_length=200, description="A measure's id.")]
MeasureIds = Annotated[
    list[str], Query(max_length=200, description="A measure's id; may be repeated.")
]
Place = Annotated[str, Field(max_length=200, description="Name, DfE code or GSS code, old or new.")]
Peers = Annotated[
    str,
    Field(
        max_length=1000,
        description="dfe, dfe-2021, ons, region, england, or 3 to 20 codes with commas between.",
    ),
]
Year = Annotated[
    int | None,
    Field(ge=1900, le=2200, description="The year in which the measure's period ends."),
]
Page = Annotated[int, Field(ge=1, le=1_000_000)]
Size = Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="Rows on a page.")]


def register(api: NinjaAPI) -> None:
    get(api, "/counts", Counts, (404,))(counts)
    get(api, "/comparisons", Comparisons, (400, 404))(comparisons)


def counts(
    request: HttpRequest,
    measure: MeasureId = None,
    authority: Place | None = None,
    year: Year = None,
    level: Level = None,
    page: Page = 1,
    size: Size = 100,
    format: Format | None = None,
) -> HttpResponse:
    """Numerators, denominators and results of every measure, area and year.

    Ordered by measure, newest year, area; in pages of `size` (at most 1,000). `authority` may be an
    abolished one: counts keep its old figures.
    """
    benchmark = get_benchmark()
    found = _filtered(benchmark, measure, authority, year, level)
    shown = found.slice((page - 1) * size, size)
    items = [{k: clean(v) for k, v in row.items()} for row in shown.iter_rows(named=True)]
    pages = -(-found.height // size)
    following = _next_page(request, page) if page < pages else None
    body = {
        "total": found.height,
        "page": page,
        "pages": pages,
        "size": size,
        "next": following,
        "items": items,
    }
    response = answer(request, body, lambda: items, COLUMNS, format)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def comparisons(
    request: HttpRequest,
    authority: Place,
    peers: Peers = "dfe",
    measure: MeasureIds = [],  # noqa: B006 - never changed
    year: Year = None,
    format: Format | None = None,
) -> HttpResponse:
    """One authority beside its peers, with what can honestly be said of each measure.

    `peers` is dfe, dfe-2021, ons, region, england, or 3 to 20 codes with commas between. `measure`
    may be repeated; without it, all. Without `year`, the newest of each measure. CSV has one row
    for each measure and area.
    """
    benchmark = get_benchmark()
    place = benchmark.library.places.get(authority)
    comparator = benchmark.comparator(place, peers)
    wanted = [find_measure(benchmark, m).id for m in dict.fromkeys(measure)]
    if year is None:
        found = benchmark.compare_many(place, comparator, wanted or None)
    else:
        ids = wanted or _with_figures_for(benchmark, year)
        found = tuple(benchmark.compare(place, comparator, m, year) for m in ids)
    body = document(place, comparator, found, benchmark.library)
    return answer(request, body, lambda: tidy_rows(place, found), ROW, format)


def _with_figures_for(benchmark: Benchmark, year: int) -> list[str]:
    ids = [m for m in benchmark.measure_ids() if year in benchmark.years(m)]
    if not ids:
        raise Refused(404, "no-figures-for-year", f"No measure has figures for {year}.")
    return ids


def _filtered(
    benchmark: Benchmark,
    measure: str | None,
    authority: str | None,
    year: int | None,
    level: str | None,
) -> pl.DataFrame:
    wanted: dict[str, Any] = {}
    if measure is not None:
        wanted["measure"] = find_measure(benchmark, measure).id
    if authority is not None:
        wanted["area"] = _area(benchmark.library.places, authority)
    if year is not None:
        wanted["year"] = year
    if level is not None:
        wanted["level"] = level
    rows = _ordered(benchmark)
    return rows.filter(*(pl.col(name) == value for name, value in wanted.items()))


def _area(places: Places, text: str) -> str:
    try:
        return places.get(text).code
    except AbolishedPlace as error:
        return error.authority.code


@lru_cache(maxsize=2)
def _ordered(benchmark: Benchmark) -> pl.DataFrame:
    """All counts with level and name, in the order shown. Kept for as long as the benchmark is."""
    places = benchmark.library.places
    names = {
        **{r.code: r.name for r in (*places.regions, *places.areas)},
        **{a.code: a.name for a in places.authorities},
        ENGLAND: "England",
    }
    area = pl.col("area")
    level = (
        pl.when(area == ENGLAND)
        .then(pl.lit("england"))
        .when(area.str.starts_with("E1"))
        .then(pl.lit("region"))
        .otherwise(pl.lit("authority"))
    )
    return (
        benchmark.library.counts.with_columns(
            level=level, name=area.replace_strict(names, default=None, return_dtype=pl.String)
        )
        .sort(["measure", "year", "area"], descending=[False, True, False])
        .select(COLUMNS)
    )


def _next_page(request: HttpRequest, page: int) -> str:
    given = [(k, v) for k, v in request.GET.items() if k != "page"]
    return f"{request.path}?{urlencode([*given, ('page', page + 1)])}"
