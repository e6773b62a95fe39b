"""Small files made of real rows of the SEN2 statistics, for tests to bend."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "reference"
Rows = list[list[str]]


@cache
def _real(name: str) -> tuple[tuple[str, ...], ...]:
    with gzip.open(REFERENCE / "sen2_2025" / f"{name}.csv.gz", "rt", encoding="utf-8-sig") as file:
        return tuple(tuple(row) for row in csv.reader(file))


def rows(name: str, periods: tuple[str, ...] = ()) -> Rows:
    """The header and the real total rows of `periods` (all when empty), with the breakdown rows of
    the North East besides."""
    header, *body = _real(name)
    topic, period, region = (
        header.index(c) for c in ("breakdown_topic", "time_period", "region_code")
    )
    totals = {row[topic] for row in body if row[topic].lower().startswith(("all ", "new "))}
    kept = [
        list(row)
        for row in body
        if (not periods or row[period] in periods)
        and (row[topic] in totals or row[region] == "E12000001")
    ]
    return [list(header), *kept]


def text(table: Rows, end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(table)
    return out.getvalue()


def write(path: Path, table: Rows, encoding: str = "utf-8") -> Path:
    path.write_bytes(text(table).encode(encoding))
    return path


def renamed(table: Rows, names: dict[str, str]) -> Rows:
    return [[names.get(h, h) for h in table[0]], *table[1:]]


def changed(table: Rows, column: str, change: Callable[[str], str], **where: str) -> Rows:
    """The table with one column's cells changed, in rows where other columns have these values."""
    header = table[0]
    at = header.index(column)
    found = [list(row) for row in table]
    hits = 0
    for row in found[1:]:
        if all(row[header.index(k)] == v for k, v in where.items()):
            row[at] = change(row[at])
            hits += 1
    assert hits, "no row has those values"
    return found


def line_of(table: Rows, **where: str) -> int:
    """Line in the file of the first row with these values; the header is line 1."""
    header = table[0]
    return next(
        number
        for number, row in enumerate(table[1:], 2)
        if all(row[header.index(k)] == v for k, v in where.items())
    )


def only(table: Rows, keep: Callable[[dict[str, str]], bool]) -> Rows:
    header = table[0]
    return [header, *(r for r in table[1:] if keep(dict(zip(header, r, strict=True))))]
