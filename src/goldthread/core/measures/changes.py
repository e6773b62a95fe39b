"""What differs between two tables of counts, or of figures: which cells, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from goldthread.core.places import ENGLAND

KEYS = ["measure", "area", "year"]
SIDE = {"period": pl.String, "value": pl.Float64, "text": pl.String, "status": pl.String}
NEAR = 1e-9
"""Relative: float noise is no change."""

ROWS = {
    "measure": pl.String,
    "area": pl.String,
    "year": pl.Int32,
    "period": pl.String,
    "change": pl.String,
    "before": pl.Float64,
    "after": pl.Float64,
    "text_before": pl.String,
    "text_after": pl.String,
    "status_before": pl.String,
    "status_after": pl.String,
}
"""One row a cell that differs. `change` is added, removed or changed; values are in shown units."""


@dataclass(frozen=True)
class Moved:
    """One cell before and after; None where it had no number."""

    area: str
    year: int
    period: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class MeasureChange:
    """What became of one measure. `added`, `removed` and `changed` count cells (area and year)."""

    measure: str
    added: int
    removed: int
    changed: int
    years_added: tuple[int, ...]
    """Years that had no cell before, newest first."""
    years_removed: tuple[int, ...]
    england: tuple[Moved, ...]
    """England's cells that differ, newest first."""
    moved_most: tuple[Moved, ...]
    """The authorities' changed numbers, the largest difference first."""


@dataclass(frozen=True)
class Changes:
    """Every cell that differs (schema ROWS) and the same by measure, most cells first."""

    rows: pl.DataFrame
    measures: tuple[MeasureChange, ...]

    @property
    def cells(self) -> int:
        return self.rows.height


def changes(before: pl.DataFrame, after: pl.DataFrame, most: int = 5) -> Changes:
    """The difference between two tables of one schema, COUNTS or FIGURES (a figure's measure is
    then written `source: series`). `most` limits `moved_most`.

    A cell is an area and year of a measure. It is changed when its number, words or status
    differ; a symbol that became a number is a change from None, never from nought.
    """
    one, two = _cells(before), _cells(after)
    both = one.join(two, on=KEYS, how="full", suffix="_after", coalesce=True)
    rows = (
        both.with_columns(_kind().alias("change"))
        .filter(pl.col("change").is_not_null())
        .select(
            *KEYS,
            pl.coalesce("period_after", "period").alias("period"),
            "change",
            pl.col("value").alias("before"),
            pl.col("value_after").alias("after"),
            pl.col("text").alias("text_before"),
            pl.col("text_after"),
            pl.col("status").alias("status_before"),
            pl.col("status_after"),
        )
        .select(pl.col(name).cast(kind) for name, kind in ROWS.items())
        .sort("measure", "year", "area", descending=[False, True, False])
    )
    found = [
        _measure(str(name), group, one, two, most)
        for (name,), group in rows.group_by("measure", maintain_order=True)
    ]
    found.sort(key=lambda m: (-(m.added + m.removed + m.changed), m.measure))
    return Changes(rows, tuple(found))


def _cells(table: pl.DataFrame) -> pl.DataFrame:
    """Keys, what is said of each, and `there`, to tell an absent cell from an empty one."""
    if "measure" not in table.columns:
        table = table.with_columns((pl.col("source") + ": " + pl.col("series")).alias("measure"))
    if "cell" in table.columns:
        table = table.filter(pl.col("cell") == "all")
    return table.select(
        "measure",
        "area",
        pl.col("year").cast(pl.Int32),
        *(pl.col(name).cast(kind) for name, kind in SIDE.items()),
        pl.lit(True).alias("there"),
    ).unique(KEYS, keep="last", maintain_order=True)


def _kind() -> pl.Expr:
    apart = (pl.col("value") - pl.col("value_after")).abs() > NEAR * pl.max_horizontal(
        pl.col("value").abs(), pl.col("value_after").abs(), pl.lit(1.0)
    )
    same = (
        ~apart.fill_null(pl.col("value").is_null() != pl.col("value_after").is_null())
        & pl.col("text").eq_missing(pl.col("text_after"))
        & pl.col("status").eq_missing(pl.col("status_after"))
    )
    return (
        pl.when(pl.col("there").is_null())
        .then(pl.lit("added"))
        .when(pl.col("there_after").is_null())
        .then(pl.lit("removed"))
        .when(~same)
        .then(pl.lit("changed"))
    )


def _measure(
    name: str, rows: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame, most: int
) -> MeasureChange:
    tally = dict(rows["change"].value_counts().iter_rows())
    old, new = (_years(table, name) for table in (before, after))
    authorities = rows.filter(
        (pl.col("area").str.len_chars() == 3) & (pl.col("change") == "changed")
    )
    moved = authorities.filter((pl.col("after") - pl.col("before")).is_not_null()).sort(
        (pl.col("after") - pl.col("before")).abs(), "area", descending=[True, False]
    )
    return MeasureChange(
        measure=name,
        added=tally.get("added", 0),
        removed=tally.get("removed", 0),
        changed=tally.get("changed", 0),
        years_added=tuple(sorted(new - old, reverse=True)),
        years_removed=tuple(sorted(old - new, reverse=True)),
        england=_moved(rows.filter(pl.col("area") == ENGLAND)),
        moved_most=_moved(moved.head(most)),
    )


def _years(table: pl.DataFrame, name: str) -> set[int]:
    return set(table.filter(pl.col("measure") == name)["year"])


def _moved(rows: pl.DataFrame) -> tuple[Moved, ...]:
    return tuple(
        Moved(*row) for row in rows.select("area", "year", "period", "before", "after").iter_rows()
    )
