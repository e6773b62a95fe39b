"""How publishers print years, as a key (the year a period ends in) and a label for readers."""

from __future__ import annotations

import re

import polars as pl

from goldthread.core.measures.source import Source, YearKind

FOUR = re.compile(r"(\d{4})")
SIX = re.compile(r"(\d{4})(\d{2})")
SPAN = re.compile(r"(\d{4})[/-](\d{2})(?:\d{2})?")
PROVISIONAL = re.compile(r"\((?:prov|p|provisional)\)", re.IGNORECASE)
SUFFIX = re.compile(r"\s*\([^)]*\)\s*$")
MONTHS = {
    **{1: "January", 2: "February", 3: "March", 4: "April", 5: "May", 6: "June"},
    **{7: "July", 8: "August", 9: "September", 10: "October", 11: "November", 12: "December"},
}


class YearError(ValueError):
    """A printed year that cannot be read; the message says what was expected."""


def read_years(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    """`rows` (series, area, printed, report, value) with `year`, `period` and `provisional`.

    For the year kind `inspection` only each area's newest row with a value is kept.
    Errors: YearError.
    """
    if source.year_kind == "inspection":
        return _newest(rows)
    kinds = {s: kind for kind, series in source.year_kinds.items() for s in series}
    pairs = rows.select("series", "printed").unique()
    found = [
        (series, printed, *_year(printed, kinds.get(series, source.year_kind), source.years))
        for series, printed in pairs.iter_rows()
    ]
    table = pl.DataFrame(
        found,
        schema={
            "series": pl.String,
            "printed": pl.String,
            "year": pl.Int32,
            "period": pl.String,
            "provisional": pl.Boolean,
        },
        orient="row",
    )
    return rows.join(table, on=["series", "printed"], how="left", maintain_order="left")


def _year(printed: str, kind: YearKind, meant: dict[str, int]) -> tuple[int, str, bool]:
    text = SUFFIX.sub("", printed.strip())
    key = meant.get(text) or _key(text, kind)
    return key, label(key, kind), bool(PROVISIONAL.search(printed))


def _key(text: str, kind: YearKind) -> int:
    if match := FOUR.fullmatch(text):
        return int(match[1])
    match = SIX.fullmatch(text) or SPAN.fullmatch(text)
    spans = kind in ("academic", "financial", "january")
    if match and spans and (int(match[1]) + 1) % 100 == int(match[2]):
        return int(match[1]) + 1
    wanted = "two years in a row such as 202425" if spans else "a year such as 2024"
    raise YearError(f"“{text}” stands where {wanted} should be; correct the year column.")


def label(key: int, kind: YearKind) -> str:
    """The year as readers know it: 2024, 2023/24, 2023-24 or January 2024."""
    if kind == "academic":
        return f"{key - 1}/{key % 100:02d}"
    if kind == "financial":
        return f"{key - 1}-{key % 100:02d}"
    return f"January {key}" if kind == "january" else str(key)


def _date(column: str) -> pl.Expr:
    return pl.col(column).str.extract(r"^\s*(\d{4}-\d{2}-\d{2})").str.to_date(strict=False)


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Each area's newest row, labelled with its month; all under the newest year of any."""
    date, report = _date("printed"), _date("report")
    rows = rows.with_columns(
        pl.coalesce(date, report).alias("date"),
        pl.when(date.is_null()).then(pl.lit("report of ")).otherwise(pl.lit("")).alias("what"),
    ).filter(pl.col("date").is_not_null())
    rows = rows.sort("date", maintain_order=True).unique(
        ["series", "area"], keep="last", maintain_order=True
    )
    month = pl.col("date").dt.month().replace_strict(MONTHS)
    return rows.with_columns(
        pl.col("date").dt.year().max().cast(pl.Int32).alias("year"),
        (pl.col("what") + month + " " + pl.col("date").dt.year().cast(pl.String)).alias("period"),
        pl.lit(False).alias("provisional"),
    )
