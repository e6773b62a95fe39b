"""Counts with their intervals, ready to look up by measure, year and area."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from goldthread.core.measures.definition import Measure
from goldthread.core.measures.figures import Status
from goldthread.core.stats import byar_array, wilson_array


class Cell(NamedTuple):
    """One measure of one area in one year. `value`, `low`, `high` are in shown units."""

    period: str
    numerator: float | None
    denominator: float | None
    value: float | None
    text: str | None
    status: str
    note: str | None
    release: str
    """The edition that the numerator is from."""
    low: float | None
    high: float | None

    @property
    def known(self) -> bool:
        return self.value is not None


Years = dict[int, dict[str, Cell]]
"""Year -> area -> cell, newest year first."""

MISSING = Cell("", None, None, None, None, Status.NOT_COLLECTED, None, "", None, None)


def missing_words(cell: Cell, wording: dict[str, str]) -> str:
    """Why there is no figure, as a sentence."""
    return cell.note or wording.get(f"note.{cell.status}", wording["note.missing"])


def cells_of(counts: pl.DataFrame, measures: dict[str, Measure]) -> dict[str, Years]:
    """Every measure's cells. `counts` has the COUNTS schema; only the cell `all` is read."""
    found: dict[str, Years] = {}
    for key, rows in (
        counts.filter(pl.col("cell") == "all").partition_by("measure", as_dict=True).items()
    ):
        measure = measures.get(str(key[0]))
        if measure is not None:
            found[measure.id] = _years(rows, measure)
    return found


def _years(rows: pl.DataFrame, measure: Measure) -> Years:
    low, high = bounds(measure, rows["numerator"].to_numpy(), rows["denominator"].to_numpy())
    rows = rows.with_columns(
        pl.Series("low", low).fill_nan(None), pl.Series("high", high).fill_nan(None)
    )
    columns = ["year", "area", *Cell._fields]
    years: Years = {}
    for year, area, *cell in rows.sort("year", descending=True).select(columns).iter_rows():
        years.setdefault(year, {})[area] = Cell(*cell)
    return years


def bounds(
    measure: Measure, numerator: np.ndarray, denominator: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """95 % limits in shown units: Wilson for a proportion, Byar for a rate, NaN where none."""
    y, n = np.asarray(numerator, float), np.asarray(denominator, float)
    low, high = np.full(len(y), np.nan), np.full(len(y), np.nan)
    usable = np.isfinite(y) & np.isfinite(n) & (n > 0) & (y >= 0)
    if not measure.counted or not usable.any():
        return low, high
    if measure.interval == "wilson":
        low[usable], high[usable] = wilson_array(y[usable], n[usable])
    else:
        least, most = byar_array(y[usable])
        low[usable], high[usable] = least / n[usable], most / n[usable]
    return low * measure.scale, high * measure.scale
