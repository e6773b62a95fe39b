"""Which figures a caveat touches, as rows to join on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from goldthread.core.measures.definition import Caveat, Measure
from goldthread.core.places import ENGLAND, Places

MARKS = {
    "measure": pl.String,
    "area": pl.String,
    "year": pl.Int32,
    "withheld": pl.String,
    "noted": pl.String,
    "explained": pl.String,
}
"""`withheld` is the text of the first caveat that takes the figure away; `noted` are the texts of
the others, joined; `explained` those of them that are about this place in this year, and so may say
why there is no figure."""


SPREAD = {
    "measure": pl.String,
    "area": pl.String,
    "only": pl.Int32,
    "order": pl.Int32,
    "here": pl.Boolean,
    "effect": pl.String,
    "said": pl.String,
}


def marks(measures: Iterable[Measure], cells: pl.DataFrame, places: Places) -> pl.DataFrame:
    """The caveats of particular areas or years, spread over the `cells` they touch.

    `cells` has measure, area and year, unique. Caveats about every figure of a measure stand on
    its page instead. Result: one row a touched cell, schema MARKS.
    """
    rows = [row for m in measures for row in _rows(m, places)]
    table = pl.DataFrame(rows, schema=SPREAD, orient="row")
    touched = cells.join(table, on=["measure", "area"]).filter(
        pl.col("only").is_null() | (pl.col("only") == pl.col("year"))
    )
    said = pl.col("said")
    note = pl.col("effect") == "note"
    return (
        touched.sort("measure", "area", "year", "order")
        .group_by("measure", "area", "year", maintain_order=True)
        .agg(
            said.filter(pl.col("effect") == "withhold").first().alias("withheld"),
            said.filter(note).str.join(" ").alias("noted"),
            said.filter(note & pl.col("here")).str.join(" ").alias("explained"),
        )
        .with_columns(
            pl.when(pl.col(name) != "").then(name).alias(name) for name in ("noted", "explained")
        )
        .select(pl.col(name).cast(kind) for name, kind in MARKS.items())
    )


Row = tuple[str, str, int | None, int, bool, str, str]


def _rows(measure: Measure, places: Places) -> Iterator[Row]:
    for order, caveat in enumerate(measure.caveats):
        if caveat.general and caveat.effect == "note":
            continue
        here = bool(caveat.years and (caveat.authorities or caveat.regions))
        for area in _areas(caveat, places):
            for year in caveat.years or (None,):
                yield measure.id, area, year, order, here, caveat.effect, caveat.text


def _areas(caveat: Caveat, places: Places) -> Iterator[str]:
    if "authority" in caveat.levels:
        for a in places.authorities:
            in_region = {a.region.code, a.area.code} & set(caveat.regions)
            everyone = not (caveat.authorities or caveat.regions)
            if everyone or in_region or a.code in caveat.authorities:
                yield a.code
    if "region" in caveat.levels:
        every = (r.code for r in {*places.regions, *places.areas})
        yield from caveat.regions or sorted(every)
    if "england" in caveat.levels:
        yield ENGLAND
