"""Years as publishers print them."""

import polars as pl
import pytest

from goldthread.readers.years import YearError, read_years
from tests.unit.readers.invented import source


def read(printed: str, **changes) -> tuple:
    rows = pl.DataFrame({"series": ["s"], "area": ["701"], "printed": [printed], "value": ["1"]})
    return read_years(rows, source(**changes)).select("year", "period", "provisional").row(0)


@pytest.mark.parametrize(
    ("printed", "kind", "expected"),
    [
        ("2024", "calendar", (2024, "2024", False)),
        ("202425", "academic", (2025, "2024/25", False)),
        ("202425", "january", (2025, "January 2025", False)),
        ("2016", "january", (2016, "January 2016", False)),
        ("199900", "financial", (2000, "1999-00", False)),
        ("2023-24", "financial", (2024, "2023-24", False)),
        ("2024-25 (OT)", "financial", (2025, "2024-25", False)),
        ("2015/16", "academic", (2016, "2015/16", False)),
        ("2025 (prov)", "academic", (2025, "2024/25", True)),
        ("2025", "point", (2025, "2025", False)),
    ],
)
def test_the_key_is_the_year_a_period_ends_in(printed, kind, expected):
    assert read(printed, year_kind=kind) == expected


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("202425", "calendar"), ("202426", "academic"), ("", "calendar"), ("24/25", "academic")],
)
def test_a_year_of_another_kind_is_refused_and_not_guessed(printed, kind):
    with pytest.raises(YearError, match=f"“{printed}” stands where"):
        read(printed, year_kind=kind)


def test_a_year_that_the_source_prints_wrongly_is_read_as_it_means():
    assert read("202425", year_kind="calendar", years={"202425": 2024}) == (2024, "2024", False)


def test_a_series_may_count_years_in_its_own_way():
    assert read("2024", year_kind="academic", year_kinds={"january": ("s",)})[1] == "January 2024"


def test_of_inspections_the_newest_of_each_area_stands_under_one_year():
    rows = pl.DataFrame(
        {
            "series": ["s"] * 4,
            "area": ["701", "701", "702", "703"],
            "printed": ["2019-03-04", "2023-06-05 00:00:00", "2024-01-09", "NaT"],
            "report": [None, None, None, "2022-02-01"],
            "value": ["old", "new", "only", "report"],
        }
    )
    found = read_years(rows, source(year_kind="inspection")).sort("area")
    assert found["value"].to_list() == ["new", "only", "report"]
    assert found["year"].to_list() == [2024, 2024, 2024]
    assert found["period"].to_list() == ["June 2023", "January 2024", "report of February 2022"]
