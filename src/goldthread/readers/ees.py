"""Is this table an EES data file, and which of its rows can be trusted?

EES is the Department's file format: identifying columns, then one column a series, one row an area,
period and breakdown. What makes a whole file worthless raises `EesError`; what spoils one row
makes a `Refusal`, and the row is left out. Nothing is ever guessed or mended.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from goldthread.core.measures.figures import SYMBOLS
from goldthread.core.measures.source import Source
from goldthread.core.places import Places
from goldthread.readers.figures import GSS, IDENTIFYING, area_of, named, totals

REQUIRED = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
FOR_AUTHORITIES = ("new_la_code", "old_la_code", "la_name")
LEVELS = ("national", "regional", "local authority")
LINE = "line of the file"
"""Column that carries the line number through; no EES column may hold a space."""
NOT_AVAILABLE = frozenset({"x", "z", "not available", ""})
"""How EES writes a place that is unknown or out of scheme: no mistake, and no area of ours."""

NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]+)?")
NEGATIVE = re.compile(r"[-−–][0-9.,]+")
GROUPED = re.compile(r"[0-9]{1,3}([,  ][0-9]{3})+(\.[0-9]+)?")
PERIOD = re.compile(r"[0-9]{4}|[0-9]{6}")


class EesError(ValueError):
    """The file is refused as a whole; one sentence: what is wrong, where, what to do."""


@dataclass(frozen=True)
class Refusal:
    """A row that was left out: its line in the file (the header is line 1), and why."""

    line: int
    area: str
    column: str
    value: str
    why: str


def check_file(table: pl.DataFrame, name: str) -> pl.DataFrame:
    """The table with `LINE`, its identifying columns in lower case, if it is an EES file with
    authorities in it.

    `table` is all text, as `tables.read_table` gives it. Errors: EesError.
    """
    names = {c: c.strip().lower() for c in table.columns}
    table = table.rename({c: n for c, n in names.items() if n in IDENTIFYING and c != n})
    _check_columns(table.columns, name)
    table = table.with_row_index(LINE, offset=2)
    _check_levels(table, name)
    _check_periods(table, name)
    return table


def _check_columns(columns: Collection[str], name: str) -> None:
    plain = [c.strip().lower() for c in columns]
    for needed in (*REQUIRED, *FOR_AUTHORITIES):
        if needed in plain:
            continue
        near = difflib.get_close_matches(needed, set(plain) - IDENTIFYING, n=1, cutoff=0.85)
        if near:
            raise EesError(
                f"{name} has no column “{needed}”, but has “{near[0]}”: correct the heading."
            )
        if needed in FOR_AUTHORITIES:
            raise EesError(
                f"{name} has no column “{needed}”, so it holds no authorities. Download the file "
                "with the level “Local authority”."
            )
        raise EesError(
            f"{name} has no column “{needed}”, which every EES data file has. Choose a data file "
            "from explore-education-statistics.service.gov.uk, not a table made from one."
        )


def _check_levels(table: pl.DataFrame, name: str) -> None:
    levels = table["geographic_level"].str.strip_chars().unique()
    if any(level.lower() == "local authority" for level in levels):
        return
    found = ", ".join(sorted(level for level in levels if level)) or "nothing"
    raise EesError(
        f"{name} has no rows of the level “Local authority” (geographic_level says: {found}). "
        "Download the file with that level."
    )


def _check_periods(table: pl.DataFrame, name: str) -> None:
    period = pl.col("time_period").str.strip_chars()
    pairs = table.select(pl.col(LINE), period, _plain("time_identifier"))
    firsts = pairs.unique(["time_period", "time_identifier"], keep="first", maintain_order=True)
    seen: dict[tuple[int, str], tuple[int, str]] = {}
    for line, period, identifier in firsts.iter_rows():
        if not PERIOD.fullmatch(period):
            raise EesError(
                f"{name}, line {line}: time_period says “{period[:20]}”, which is no period. "
                "Expected four digits (2024) or six (202425)."
            )
        seen.setdefault((len(period), _kind(identifier)), (line, f"{period} {identifier}".strip()))
    if len(seen) > 1:
        (_, one), (line, two), *_ = seen.values()
        raise EesError(
            f"{name} mixes kinds of year: “{one}”, and on line {line} “{two}”. One file holds one "
            "kind; split it, or download it again."
        )


def _kind(identifier: str) -> str:
    """Weeks, months and quarters belong to one kind of year whatever their number."""
    return re.sub(r"\s*(week|q|term)?\s*\d+.*$", "", identifier)


def check_twins(table: pl.DataFrame, source: Source, name: str) -> None:
    """Refuses a file in which two rows are about the same period, area and breakdown.

    `table` comes from `check_file`. Errors: EesError, naming the first.
    """
    keys = [c for c in table.columns if c.strip().lower() in _identifying(source)]
    twins = table.filter(table.select(keys).is_duplicated())
    if twins.is_empty():
        return
    first = twins.row(0, named=True)
    second = twins.filter(pl.all_horizontal(pl.col(k) == first[k] for k in keys)).row(1, named=True)
    about = ", ".join(
        first[k] for k in ("time_period", "la_name", "region_name") if first.get(k)
    ) + "".join(f", {first[k]}" for k in ("breakdown_topic", "breakdown") if first.get(k))
    raise EesError(
        f"{name} has {twins.height:,} rows that repeat another: lines {first[LINE]} and "
        f"{second[LINE]} are both about {about}. Keep one of each, or download the file again."
    )


def _identifying(source: Source) -> frozenset[str]:
    return IDENTIFYING | {c.lower() for c in source.totals}


def check_rows(
    table: pl.DataFrame,
    source: Source,
    places: Places,
    series: Collection[str],
    today: dt.date,
) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The total rows about our areas that hold nothing wrong, and those that do.

    `table` comes from `check_file`; `series` are the source's columns that are read (our names).
    The result keeps `LINE` and the names of `figures.named`.
    Errors: whatever `figures.named` and `figures.totals` raise (FiguresError).
    """
    rows = totals(named(table, source), source)
    rows = rows.filter(_plain("geographic_level").is_in(LEVELS))
    rows = rows.with_columns(area_of(source, places, rows.columns).alias("area"))
    columns = [s.lower() for s in series if s.lower() in rows.columns]
    words = {w.lower() for w in source.words}
    numbers = [c for c in columns if c not in words]
    found = [
        *_strangers(rows, places),
        *_future(rows, source, today),
        *(refusal for column in numbers for refusal in _odd_values(rows, column)),
    ]
    found.sort(key=lambda r: (r.line, r.column))
    bad = {r.line for r in found}
    kept = rows.filter(~pl.col(LINE).is_in(list(bad)) & pl.col("area").is_not_null())
    return kept.drop("area"), tuple(found)


def _strangers(rows: pl.DataFrame, places: Places) -> Iterator[Refusal]:
    """Rows whose place is neither ours nor marked as unknown by the publisher."""
    for row in rows.filter(pl.col("area").is_null()).iter_rows(named=True):
        level = row["geographic_level"].strip().lower()
        is_region = level == "regional"
        code, name = ("region_code", "region_name") if is_region else ("old_la_code", "la_name")
        printed = str(row.get(code, "")).strip()
        called = str(row.get(name, "")).strip()
        if printed.lower() in NOT_AVAILABLE and called.lower() in NOT_AVAILABLE:
            continue
        kind = "region" if is_region else "authority"
        near = () if is_region else places.near(called, 1) or _near_codes(printed, places)
        did = f" Did you mean {near[0]}?" if near else ""
        yield Refusal(
            line=row[LINE],
            area=called or printed,
            column=code,
            value=printed or str(row.get(GSS, "")).strip(),
            why=f"No {kind} has this code.{did}",
        )


def _near_codes(code: str, places: Places) -> tuple[str, ...]:
    found = difflib.get_close_matches(code, [a.code for a in places.current], n=1, cutoff=0.6)
    return tuple(f"{c} ({places.by_code[c].name})" for c in found)


def _future(rows: pl.DataFrame, source: Source, today: dt.date) -> Iterator[Refusal]:
    """Rows about a period that has not ended (a January census: that has not begun)."""
    for period in rows["time_period"].unique().sort():
        text = period.strip()
        year = source.years.get(text) or (int(text[:4]) + (len(text) == 6))
        if year <= today.year:
            continue
        for row in rows.filter(pl.col("time_period") == period).iter_rows(named=True):
            yield Refusal(
                line=row[LINE],
                area=_area_name(row),
                column="time_period",
                value=text,
                why=f"{year} is in the future, so this cannot be a published figure.",
            )


def _odd_values(rows: pl.DataFrame, column: str) -> Iterator[Refusal]:
    odd = rows.filter(
        ~_plain(column).str.contains(rf"^(?:{NUMBER.pattern})$")
        & ~_plain(column).is_in(list(SYMBOLS))
    )
    for row in odd.iter_rows(named=True):
        value = str(row[column]).strip()
        yield Refusal(
            line=row[LINE],
            area=_area_name(row),
            column=column,
            value=value[:40],
            why=_complaint(value),
        )


def _complaint(value: str) -> str:
    if GROUPED.fullmatch(value):
        return f"Write {re.sub(r'[^0-9.]', '', value)}, without a thousands separator."
    if NEGATIVE.fullmatch(value):
        return "A count or a share cannot be below nought."
    if NUMBER.fullmatch(re.sub(r"[%£]", "", value)):
        return "A unit stands with the number; write the number alone."
    return "This is neither a number nor a symbol that we know."


def _area_name(row: dict[str, object]) -> str:
    for column in ("la_name", "region_name", "country_name"):
        if found := str(row.get(column) or "").strip():
            return found
    return ""


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.to_lowercase()
