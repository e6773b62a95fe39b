"""Places and neighbour lists from `reference/la` and `reference/neighbours`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl

from goldthread.core.benchmark.library import NeighbourModel
from goldthread.core.places import (
    INNER_LONDON,
    OUTER_LONDON,
    Authority,
    Change,
    Places,
    Region,
)
from goldthread.readers.tables import TableError, read_table

LONDON_AREAS = {"Inner London": INNER_LONDON, "Outer London": OUTER_LONDON}
WHOLE = frozenset({"merge", "merged", "re-formed"})
"""Kinds of change in which all of the old authority went to the new one."""

MODELS = {
    "dfe": (
        "dfe_statistical_neighbours_2025.csv",
        "DfE, 2025",
        "The Department for Education's own list of the ten most similar authorities, by the "
        "features of places that bear on children's services. Likeness is not mutual: yours may "
        "not name you.",
    ),
    "dfe-2021": (
        "dfe_statistical_neighbours_2021.csv",
        "DfE, 2021",
        "The Department's earlier list, for comparisons with older years. It still names Cumbria, "
        "abolished in 2023, and has no list for Cumberland or for Westmorland and Furness.",
    ),
    "ons": (
        "ons_nearest_neighbours_2025_upper_tier_top20.csv",
        "ONS, 2025",
        "The Office for National Statistics' nearest neighbours, by many features of places, not "
        "of children alone. It gives 20; the nearest ten are used.",
    ),
}


def read_places(folder: Path) -> Places:
    """Every authority, current and abolished, from `folder` (reference/).

    Errors: TableError when a file is absent or does not hold nine regions.
    """
    current = read_table(folder / "la" / "la_reference.csv").rows(named=True)
    history = read_table(folder / "la" / "la_code_history_2017_2025.csv").rows(named=True)
    changes = read_table(folder / "la" / "la_code_changes.csv").rows(named=True)
    codes = _gss_codes(current, history, changes)
    found = [_current(row, codes) for row in current]
    known = {a.code for a in found}
    gone = {r["old_la_code"]: r for r in history if r["old_la_code"] not in known}
    found += [_abolished(row, codes) for row in gone.values()]
    places = Places(tuple(found), _changes(changes), _other_names(folder))
    _check(places)
    return places


def read_models(folder: Path) -> dict[str, NeighbourModel]:
    """The neighbour lists: every list in whole, nearest first, abolished authorities included."""
    return {
        id_: _model(id_, title, note, read_table(folder / "neighbours" / file))
        for id_, (file, title, note) in MODELS.items()
    }


def _gss_codes(
    current: list[dict[str, str]], history: list[dict[str, str]], changes: list[dict[str, str]]
) -> dict[str, tuple[str, ...]]:
    """DfE code -> every GSS code it ever had, newest first."""
    dated: dict[str, dict[str, int]] = defaultdict(dict)
    for row in history:
        dated[row["old_la_code"]][row["new_la_code"]] = int(row["last_year"])
    for row in changes:
        dated[row["from_old_la_code"]].setdefault(row["from_new_la_code"], 0)
        dated[row["to_old_la_code"]].setdefault(row["to_new_la_code"], 1)
    for row in current:
        for column in ("sen2_la_code", "new_la_code"):
            dated[row["old_la_code"]].setdefault(row[column], 2)
        dated[row["old_la_code"]][row["new_la_code_april_2025"]] = 9999
    return {code: tuple(sorted(d, key=lambda g: -d[g])) for code, d in dated.items()}


def _current(row: dict[str, str], codes: dict[str, tuple[str, ...]]) -> Authority:
    region = Region(row["region_code"], row["region_name"])
    london = LONDON_AREAS.get(row["lait_region"])
    area = Region(london, row["lait_region"]) if london else region
    code = row["old_la_code"]
    return Authority(code, row["la_name"], codes[code], region, area, row["la_type"], True)


def _abolished(row: dict[str, str], codes: dict[str, tuple[str, ...]]) -> Authority:
    region = Region(row["region_code"], row["region_name"])
    code = row["old_la_code"]
    return Authority(code, row["la_name"], codes[code], region, region, "abolished", False)


def _changes(rows: list[dict[str, str]]) -> tuple[Change, ...]:
    """Areas that went from one authority to another; mere new codes are no change of area."""
    return tuple(
        Change(
            row["from_old_la_code"],
            row["to_old_la_code"],
            row["effective_date"],
            row["change"] in WHOLE,
        )
        for row in rows
        if row["from_old_la_code"] != row["to_old_la_code"]
    )


def _other_names(folder: Path) -> dict[str, str]:
    rows = read_table(folder / "la" / "other_names.csv").rows(named=True)
    return {row["name"].lower(): row["old_la_code"] for row in rows if row["name"]}


def _check(places: Places) -> None:
    if len(places.regions) != 9 or len(places.areas) != 10:
        raise TableError(
            "la_reference.csv does not give nine regions, with Inner and Outer London apart as "
            f"areas: it gives {len(places.regions)} regions and {len(places.areas)} areas."
        )


def _model(id_: str, title: str, note: str, table: pl.DataFrame) -> NeighbourModel:
    distance = "closeness" if "closeness" in table.columns else "relative_distance"
    rows = table.with_columns(pl.col("rank").cast(pl.Int32)).sort("old_la_code", "rank")
    neighbours: dict[str, list[str]] = defaultdict(list)
    closeness = {}
    columns = ["old_la_code", "neighbour_old_la_code", distance]
    for code, neighbour, close in rows.select(columns).iter_rows():
        neighbours[code].append(neighbour)
        closeness[code, neighbour] = close
    lists = {code: tuple(found) for code, found in neighbours.items()}
    return NeighbourModel(id_, title, note, lists, closeness)
