"""Which reason wins when several parts of one figure are missing."""

from __future__ import annotations

import polars as pl

from goldthread.core.measures.figures import Status

WORST_FIRST = (
    Status.WITHHELD,
    Status.SUPPRESSED,
    Status.UNAVAILABLE,
    Status.LOW,
    Status.NOT_COLLECTED,
    Status.NOT_APPLICABLE,
    Status.TOO_FEW,
    Status.PROVISIONAL,
    Status.OK,
)


def place(status: Status) -> int:
    """0 is the worst."""
    return WORST_FIRST.index(status)


def ranked(status: pl.Expr) -> pl.Expr:
    """Places of statuses, so that the worst of several is their minimum."""
    places = {s.value: i for i, s in enumerate(WORST_FIRST)}
    return status.replace_strict(places, return_dtype=pl.Int32)


def unranked(places: pl.Expr) -> pl.Expr:
    """Statuses from places."""
    names = {i: s.value for i, s in enumerate(WORST_FIRST)}
    return places.replace_strict(names, return_dtype=pl.String)
