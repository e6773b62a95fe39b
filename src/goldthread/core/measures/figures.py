"""Figures and counts as tables: the two narrow shapes that everything published passes through.

A *figure* is one cell of a published file. A *count* is one measure of one area and year, made
from figures; audits will become counts too, so one engine compares both.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Status(StrEnum):
    """Why a value is there or not. Only `ok` and `provisional` carry a number."""

    OK = "ok"
    PROVISIONAL = "provisional"
    NOT_APPLICABLE = "not applicable"
    UNAVAILABLE = "unavailable"
    SUPPRESSED = "suppressed"
    LOW = "low"
    """Rounds to nought but is not nought."""
    WITHHELD = "not shown"
    """The source prints a number that is known to be wrong; the note says why."""
    TOO_FEW = "too few"
    """The denominator is nought: there is nothing to take a share of."""
    NOT_COLLECTED = "not collected"
    """The area has no row for that year."""


SYMBOLS = {
    "z": Status.NOT_APPLICABLE,
    "x": Status.UNAVAILABLE,
    "c": Status.SUPPRESSED,
    "~": Status.SUPPRESSED,
    "*": Status.SUPPRESSED,
    "low": Status.LOW,
    "k": Status.LOW,
    ":": Status.UNAVAILABLE,
    "..": Status.UNAVAILABLE,
    "-": Status.UNAVAILABLE,
    "n/a": Status.NOT_APPLICABLE,
    "no data": Status.UNAVAILABLE,
    "na": Status.UNAVAILABLE,
    "not returned": Status.UNAVAILABLE,
    "u": Status.UNAVAILABLE,
    "": Status.UNAVAILABLE,
}
"""DfE symbols (and MoJ's), in lower case. A symbol is never nought."""

FIGURES = {
    "source": pl.String,
    "release": pl.String,
    "series": pl.String,
    "area": pl.String,
    "year": pl.Int32,
    "period": pl.String,
    "value": pl.Float64,
    "text": pl.String,
    "status": pl.String,
}
"""`area`: DfE code, GSS code of a region, E13000001/2 for Inner/Outer London, or ENGLAND.
`period` is the year as the source prints it. `text` is set for words only."""

COUNTS = {
    "measure": pl.String,
    "release": pl.String,
    "area": pl.String,
    "year": pl.Int32,
    "period": pl.String,
    "cell": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "text": pl.String,
    "status": pl.String,
    "note": pl.String,
}
"""`cell` is the case-mix cell: `all` for published figures. `value` is in shown units. A row whose
status carries no number has null numerator, denominator and value, and a note to show instead."""


def empty_figures() -> pl.DataFrame:
    return pl.DataFrame(schema=FIGURES)
