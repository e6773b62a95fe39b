"""Sums of predecessors, for authorities that were made of whole older ones.

Shares of an authority that was split are never guessed: its successors start with their own first
figures (`Places.summed_predecessors`).
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from goldthread.core.measures.figures import Status
from goldthread.core.measures.worst import place
from goldthread.core.places import Authority, Places

SIDES = ["measure", "side", "year"]


def with_predecessors(
    parts: pl.DataFrame, measures: Collection[str], places: Places, note: str
) -> pl.DataFrame:
    """`parts` (measure, side, area, year, value, rank, …), and rows for the years before a merger.

    Only for `measures`, which must be made from counts; a year in which the authority has a row of
    its own is left alone. `note` says so to readers, with {date} and {names}.
    """
    sums = [
        _summed(parts, measures, places, authority, note)
        for authority in places.current
        if places.summed_predecessors(authority.code)
    ]
    return pl.concat([parts, *sums])


def _summed(
    parts: pl.DataFrame, measures: Collection[str], places: Places, into: Authority, note: str
) -> pl.DataFrame:
    before = places.summed_predecessors(into.code)
    names = " and ".join(places.by_code[c].name for c in before)
    own = parts.filter(pl.col("area") == into.code).select(SIDES)
    old = parts.filter(
        pl.col("area").is_in(before), pl.col("measure").is_in(list(measures)), pl.col("year") > 0
    ).join(own, on=SIDES, how="anti")
    all_there = pl.len() == len(before)
    rank = pl.when(all_there).then(pl.col("rank").min())
    return (
        old.group_by(SIDES)
        .agg(
            pl.when(all_there & pl.col("value").is_not_null().all())
            .then(pl.col("value").sum())
            .alias("value"),
            rank.otherwise(pl.lit(place(Status.NOT_COLLECTED), pl.Int32)).alias("rank"),
            pl.col("negative").any(),
            pl.col("text").first(),
            pl.col("period").first(),
            pl.col("release").last(),
        )
        .with_columns(
            pl.lit(into.code).alias("area"),
            pl.lit(note.format(date=places.formed_on(into.code), names=names)).alias("sum_note"),
        )
        .select(parts.columns)
    )
