"""Invented places and sources for the tests of readers."""

import polars as pl

from goldthread.core.measures.source import Source
from goldthread.core.places import Authority, Change, Places, Region

NORTH = Region("E12000001", "North East")
LONDON = Region("E12000007", "London")
INNER = Region("E13000001", "Inner London")


def authority(code: str, name: str, **changes) -> Authority:
    values = {"gss": (f"E09000{code}",), "region": NORTH, "area": NORTH, "kind": "UA"}
    return Authority(code=code, name=name, **{"current": True, **values, **changes})


def places() -> Places:
    """Two authorities, one in Inner London, and one (711) merged from two whole ones in 2022."""
    return Places(
        (
            authority("701", "Northmere", gss=("E08000901", "E08000900")),
            authority("702", "Southmere", region=LONDON, area=INNER),
            authority("711", "Westmere"),
            authority("708", "West Old", current=False, kind="abolished"),
            authority("709", "Mere Old", current=False, kind="abolished"),
        ),
        (
            Change("708", "711", "2022-04-01", True),
            Change("709", "711", "2022-04-01", True),
        ),
    )


def source(**changes) -> Source:
    values = {
        "id": "invented",
        "title": "Invented plans",
        "publisher": "Nobody",
        "licence": "none",
        "attribution": "none",
        "release": "Edition 1",
        "file": "invented.csv",
        "layout": "ees",
    }
    return Source(**{**values, **changes})


def table(*rows: dict, **columns: str) -> pl.DataFrame:
    """An EES table: each row is given by what differs from a row about Northmere in 2024."""
    usual = {
        "time_period": "2024",
        "geographic_level": "Local authority",
        "region_code": "",
        "new_la_code": "",
        "old_la_code": "701",
        "plans": "10",
    }
    return pl.DataFrame([{**usual, **columns, **row} for row in rows])
