"""Do the authorities add up to the file's own totals?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from goldthread.core.measures.source import Source
from goldthread.core.places import ENGLAND, Places
from goldthread.readers.import_report import Sum

SMALLEST = 0.5
"""Counts are whole; less than half of one is float noise."""


def check_sums(figures: pl.DataFrame, source: Source, places: Places) -> tuple[int, list[Sum]]:
    """How many totals were checked, and those that the authorities' figures do not add up to.

    For each column of `source.sums` and year: authorities against England, and against each region
    whose row is there. `figures` has the schema FIGURES, of this source alone.
    """
    areas = _areas(places)
    checked, off = 0, list[Sum]()
    for column in (c.lower() for c in source.sums):
        rows = figures.filter(pl.col("series") == column)
        for (year,), group in rows.group_by("year", maintain_order=True):
            cells = {r["area"]: r for r in group.iter_rows(named=True)}
            for found in _totals(column, int(str(year)), cells, areas):
                checked += 1
                if abs(found.difference) >= SMALLEST:
                    off.append(_explained(found, source, places))
    off.sort(key=lambda s: (s.column, -s.year, s.area != "England", s.area))
    return checked, off


def _areas(places: Places) -> dict[str, frozenset[str]]:
    """Area -> codes of its authorities, abolished ones too."""
    everyone = places.authorities
    found = {ENGLAND: frozenset(a.code for a in everyone)}
    for region in (*places.regions, *places.areas):
        inside = (a.code for a in everyone if region.code in (a.region.code, a.area.code))
        found[region.code] = frozenset(inside)
    return found


def _totals(
    column: str,
    year: int,
    cells: Mapping[str, Mapping[str, object]],
    areas: Mapping[str, frozenset[str]],
) -> Iterator[Sum]:
    for area, members in areas.items():
        total = cells.get(area, {}).get("value")
        inside = [cells[code] for code in members if code in cells]
        numbers = [v for c in inside if isinstance(v := c["value"], float)]
        if not isinstance(total, float) or not numbers:
            continue
        added = sum(numbers)
        yield Sum(
            column=column,
            year=year,
            area=area,
            total=total,
            authorities=added,
            difference=added - total,
            symbols=tuple(sorted(str(c["area"]) for c in inside if c["value"] is None)),
        )


def _explained(found: Sum, source: Source, places: Places) -> Sum:
    known = {k.lower(): v for k, v in source.sums_except.items()}
    why = known.get(f"{found.column}@{found.year}") or known.get(found.column, "")
    names = tuple(places.by_code[code].name for code in found.symbols)
    regions = {r.code: r.name for r in (*places.regions, *places.areas)}
    area = regions.get(found.area, "England")
    return found.model_copy(update={"area": area, "symbols": names, "explained": why.strip()})
