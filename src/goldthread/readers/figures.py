"""A published table as figures: total rows only, areas by DfE code, symbols as status.

Every column is found by name, without case, through the source's aliases; nothing depends on the
order of columns. A value that is no number is never read as nought.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

import polars as pl

from goldthread.core.measures.figures import FIGURES, SYMBOLS, Status
from goldthread.core.measures.source import Source
from goldthread.core.places import ENGLAND, Places
from goldthread.readers.years import YearError, read_years

IDENTIFYING = frozenset(
    (
        *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
        *("region_code", "region_name", "new_la_code", "old_la_code", "la_name"),
        *("breakdown_topic", "breakdown"),
    )
)
"""Columns of an EES file that name a row; the rest are series."""

GSS = "new_la_code"
EPSILON = 1e-9
"""Added before rounding: float noise just below a half must not round down."""


class FiguresError(ValueError):
    """The table is not what its source says; the message says what, where and what to do."""


def figures_of(
    table: pl.DataFrame, source: Source, places: Places, wanted: Collection[str] | None = None
) -> pl.DataFrame:
    """The table's figures, in the FIGURES schema.

    `table` is all text (`tables.read_table`). Series keep the source's name in lower case (layout
    `long`: as printed); `wanted`, any case, limits them. Rows of places that are none of ours
    ("Not available", a district) are left out: `unplaced` lists them. Abolished authorities keep
    their own DfE code.

    Errors: FiguresError when a column or every total row is missing, a year cannot be read, no
    area is known, or two rows give the same figure.
    """
    table = totals(named(table, source), source)
    table = table.with_columns(area_of(source, places, table.columns).alias("area"))
    table = table.filter(pl.col("area").is_not_null())
    if table.is_empty():
        raise FiguresError(
            f"{source.file}: no row is about an authority, a region or England. "
            "Choose the file that has those levels."
        )
    only = None if wanted is None else {w.lower() for w in wanted}
    long = _long(table, source, only) if source.layout == "long" else _tall(table, source, only)
    rows = _valued(_dated(long, source), source)
    _refuse_twins(rows, source)
    return rows.with_columns(
        pl.lit(source.id).alias("source"), pl.lit(source.release).alias("release")
    ).select(pl.col(name).cast(kind) for name, kind in FIGURES.items())


def named(table: pl.DataFrame, source: Source) -> pl.DataFrame:
    """The table with our names: lower case, aliases resolved. Errors: FiguresError."""
    lower = [c.strip().lower() for c in table.columns]
    twice = sorted({c for c in lower if lower.count(c) > 1})
    if twice:
        raise FiguresError(f"{source.file} has the column “{twice[0]}” twice; keep one of them.")
    table = table.rename(dict(zip(table.columns, lower, strict=True)))
    for ours, others in source.aliases.items():
        known = [o.lower() for o in others if o.lower() in table.columns]
        if ours.lower() not in table.columns and known:
            table = table.rename({known[0]: ours.lower()})
    for column in _needed(source):
        if column not in table.columns:
            raise FiguresError(
                f"{source.file} has no column “{column}”, which {source.title} should have. "
                "Check that it is the right file, or add its new name to the aliases in "
                f"sources/{source.id}.yaml."
            )
    return table


def _needed(source: Source) -> list[str]:
    columns = [source.code, source.region, source.level, source.series, source.value]
    columns += [] if source.fixed_year else [source.year]
    columns += [*source.totals, *source.columns, *source.dates.values(), source.published_on]
    return [c.lower() for c in columns if c]


def totals(table: pl.DataFrame, source: Source) -> pl.DataFrame:
    """The total rows of a table from `named`. Errors: FiguresError when there are none."""
    for column, items in source.totals.items():
        kept = table.filter(_plain(column).is_in([i.lower() for i in items]))
        if kept.is_empty():
            raise FiguresError(
                f"{source.file} has no total rows: {column} never says "
                f"“{'” or “'.join(items)}”. Add what it says to sources/{source.id}.yaml."
            )
        table = kept
    return table


def area_of(source: Source, places: Places, columns: Collection[str]) -> pl.Expr:
    """The area of each row: DfE code, GSS code of a region, ENGLAND; null where none is known."""
    if source.code is None:
        return pl.lit(ENGLAND)
    authority = _looked_up(source.code, _authority_codes(source, places))
    if GSS in columns:
        authority = authority.fill_null(_looked_up(GSS, _authority_codes(source, places)))
    if source.level is None:
        return authority
    named_places = _looked_up(source.code, {k.lower(): v for k, v in source.places.items()})
    region = named_places
    if source.region:
        region = region.fill_null(_looked_up(source.region, _region_codes(places)))
    return (
        pl.when(_plain(source.level) == "national")
        .then(pl.lit(ENGLAND))
        .when(_plain(source.level) == "regional")
        .then(region)
        .when(_plain(source.level) == "local authority")
        .then(authority)
    )


def unplaced(table: pl.DataFrame, source: Source, places: Places) -> pl.DataFrame:
    """The total rows that `figures_of` leaves out, because their place is none of ours."""
    table = totals(named(table, source), source)
    return table.filter(area_of(source, places, table.columns).is_null())


def unknown_symbols(table: pl.DataFrame, source: Source, series: Collection[str]) -> list[str]:
    """Texts in number columns that are neither numbers nor known symbols, sorted. They are read
    as unavailable; a person should say what they mean."""
    table = totals(named(table, source), source)
    columns = [source.value.lower()] if source.value else [s.lower() for s in series]
    found = set[str]()
    for column in columns:
        if column not in (w.lower() for w in source.words):
            odd = table.filter(_number(column).is_null())[column].str.strip_chars().unique()
            found |= {v for v in odd if v.lower() not in SYMBOLS}
    return sorted(found)


def _authority_codes(source: Source, places: Places) -> dict[str, str]:
    codes = {k.lower(): v for k, v in source.places.items()}
    for a in places.authorities:
        codes.update({gss.lower(): a.code for gss in a.gss})
    return codes | {a.code: a.code for a in places.authorities}


def _region_codes(places: Places) -> dict[str, str]:
    found = (*places.regions, *places.areas)
    return {r.code.lower(): r.code for r in found} | {r.name.lower(): r.code for r in found}


def _plain(column: str) -> pl.Expr:
    return pl.col(column.lower()).str.strip_chars().str.to_lowercase()


def _looked_up(column: str, mapping: dict[str, str]) -> pl.Expr:
    return _plain(column).replace_strict(mapping, default=None, return_dtype=pl.String)


def _tall(table: pl.DataFrame, source: Source, only: set[str] | None) -> pl.DataFrame:
    """One row a value from a table with one column a series."""
    skip = IDENTIFYING | {c.lower() for c in source.totals} | {"area", source.year.lower()}
    series = [c.lower() for c in source.columns] or [c for c in table.columns if c not in skip]
    series = [s for s in series if only is None or s in only]
    when = pl.lit(str(source.fixed_year)) if source.fixed_year else pl.col(source.year.lower())
    dates = {c.lower(): d.lower() for c, d in source.dates.items()}
    report = pl.col(source.published_on.lower()) if source.published_on else pl.lit(None, pl.String)
    parts = [
        table.select(
            "area",
            (pl.col(dates[s]) if s in dates else when).alias("printed"),
            (report if s not in dates else pl.lit(None, pl.String)).alias("report"),
            pl.lit(s).alias("series"),
            pl.col(s).alias("value"),
        )
        for s in series
    ]
    if not parts:
        empty = dict.fromkeys(("area", "printed", "report", "series", "value"), pl.String)
        return pl.DataFrame(schema=empty)
    return pl.concat(parts)


def _long(table: pl.DataFrame, source: Source, only: set[str] | None) -> pl.DataFrame:
    when = pl.lit(str(source.fixed_year)) if source.fixed_year else pl.col(source.year.lower())
    rows = table.select(
        "area",
        when.alias("printed"),
        pl.col(str(source.series).lower()).str.strip_chars().alias("series"),
        pl.col(str(source.value).lower()).alias("value"),
    )
    if only is None:
        return rows
    return rows.filter(pl.col("series").str.to_lowercase().is_in(list(only)))


def _dated(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    try:
        return read_years(rows, source)
    except YearError as error:
        raise FiguresError(f"{source.file}: {error}") from error


def _number(column: str) -> pl.Expr:
    number = (
        pl.col(column).str.strip_chars().str.replace_all(",", "").cast(pl.Float64, strict=False)
    )
    return pl.when(number.is_finite()).then(number)


def _valued(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Numbers, texts and statuses from what is printed."""
    words = pl.col("series").str.to_lowercase().is_in([w.lower() for w in source.words])
    symbol = _plain("value").replace_strict(
        {k: v.value for k, v in SYMBOLS.items()}, default=None, return_dtype=pl.String
    )
    given = pl.when("provisional").then(pl.lit("provisional")).otherwise(pl.lit("ok"))
    number = _rounded(_number("value"), source)
    return rows.with_columns(
        pl.when(~words).then(number).alias("value"),
        pl.when(words & symbol.is_null()).then(pl.col("value").str.strip_chars()).alias("text"),
        pl.when(pl.when(words).then(symbol.is_null()).otherwise(number.is_not_null()))
        .then(given)
        .otherwise(symbol.fill_null(Status.UNAVAILABLE.value))
        .alias("status"),
    )


def _rounded(number: pl.Expr, source: Source) -> pl.Expr:
    """To the source's decimals, half away from nought, as the Department rounds."""

    def add(expr: pl.Expr, entry: tuple[int, tuple[str, ...]]) -> pl.Expr:
        places, series = entry
        power = 10.0**places
        near = ((number.abs() * power + 0.5 + EPSILON).floor() / power) * number.sign()
        these = pl.lit("*" in series) | pl.col("series").is_in(list(series))
        return pl.when(these).then(near).otherwise(expr)

    return reduce(add, source.decimals.items(), number)


def _refuse_twins(rows: pl.DataFrame, source: Source) -> None:
    keys = ["series", "area", "year"]
    twins = rows.filter(rows.select(keys).is_duplicated()).select(keys).unique().sort(keys)
    if not twins.is_empty():
        series, area, year = twins.row(0)
        raise FiguresError(
            f"{source.file} has more than one total row for {area} in {year} "
            f"(column {series}); keep the right one."
        )
