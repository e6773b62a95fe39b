"""Tables as figures: areas, totals, symbols, and refusals."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.measures.figures import FIGURES, SYMBOLS, Status
from goldthread.core.places import ENGLAND
from goldthread.readers.figures import FiguresError, figures_of, unknown_symbols, unplaced
from tests.unit.readers.invented import places, source, table

PLACES = places()


def read(rows: pl.DataFrame, wanted=None, **changes) -> pl.DataFrame:
    return figures_of(rows, source(**changes), PLACES, wanted)


def test_the_schema_is_the_one_contract():
    found = read(table({}))
    assert dict(found.schema) == FIGURES
    assert found.row(0) == (
        *("invented", "Edition 1", "plans", "701", 2024, "2024"),
        *(10.0, None, "ok"),
    )


@pytest.mark.parametrize(
    ("row", "area"),
    [
        ({"old_la_code": "701"}, "701"),
        ({"old_la_code": "", "new_la_code": "E08000901"}, "701"),
        ({"old_la_code": "", "new_la_code": "e08000900 "}, "701"),
        ({"old_la_code": "708"}, "708"),
        ({"old_la_code": "702", "new_la_code": "E08000901"}, "702"),
        ({"geographic_level": "National", "old_la_code": ""}, ENGLAND),
        (
            {"geographic_level": "Regional", "old_la_code": "", "region_code": "E12000001"},
            "E12000001",
        ),
        ({"geographic_level": "Regional", "old_la_code": "", "region_code": "london"}, "E12000007"),
        (
            {"geographic_level": "Regional", "old_la_code": "", "region_code": "Inner London"},
            "E13000001",
        ),
        ({"geographic_level": "LOCAL AUTHORITY "}, "701"),
    ],
)
def test_an_area_is_found_by_its_code_whatever_the_publisher_uses(row, area):
    assert read(table(row))["area"].to_list() == [area]


def test_places_as_printed_are_content():
    rows = table({"geographic_level": "Regional", "old_la_code": "987"})
    assert read(rows, region=None, places={"987": "E13000001"})["area"].to_list() == ["E13000001"]


def test_rows_of_no_place_are_left_out_and_can_be_listed():
    rows = table({}, {"old_la_code": "z", "plans": "3"}, {"geographic_level": "Ward", "plans": "4"})
    assert read(rows)["value"].to_list() == [10.0]
    assert unplaced(rows, source(), PLACES)["plans"].to_list() == ["3", "4"]


def test_a_file_without_our_levels_is_refused():
    with pytest.raises(FiguresError, match="no row is about an authority, a region or England"):
        read(table({"geographic_level": "School"}))


def test_only_total_rows_are_read_whatever_a_release_calls_them():
    rows = table(
        {"breakdown": "All plans", "plans": "10"},
        {"breakdown": "age 10", "plans": "4"},
        breakdown="",
    )
    totals = {"breakdown": ("Every plan", "ALL PLANS")}
    assert read(rows, totals=totals)["value"].to_list() == [10.0]
    with pytest.raises(FiguresError, match="breakdown never says “Total”"):
        read(rows, totals={"breakdown": ("Total",)})


def test_columns_are_found_without_case_and_through_aliases():
    rows = table({}).rename({"plans": "Number_Plans", "time_period": "Time_Period"})
    found = read(rows, aliases={"ehcplans": ("number_plans",)})
    assert found["series"].to_list() == ["ehcplans"]


def test_a_missing_column_is_named():
    with pytest.raises(FiguresError, match="has no column “time_period”"):
        read(table({}).drop("time_period"))


def test_two_spellings_of_one_column_are_refused():
    with pytest.raises(FiguresError, match="has the column “plans” twice"):
        read(table({}).with_columns(pl.lit("1").alias("Plans")))


def test_two_rows_for_one_figure_are_refused():
    with pytest.raises(FiguresError, match="more than one total row for 701 in 2024"):
        read(table({}, {"plans": "11"}))


def test_a_year_that_cannot_be_read_names_the_file():
    with pytest.raises(FiguresError, match=r"invented.csv: “20x4” stands where"):
        read(table({"time_period": "20x4"}))


@pytest.mark.parametrize("symbol", [*SYMBOLS, "X", " z ", "NA", "No Data", "?", "inf", "nan"])
def test_a_symbol_is_never_nought(symbol):
    found = read(table({"plans": symbol})).row(0, named=True)
    assert found["value"] is None
    assert found["status"] == SYMBOLS.get(symbol.strip().lower(), Status.UNAVAILABLE)


def test_an_unknown_symbol_can_be_listed():
    rows = table({"plans": "?"}, {"old_la_code": "702", "plans": "x"})
    assert unknown_symbols(rows, source(), ["plans"]) == ["?"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [("0", 0.0), ("1,071", 1071.0), (" 83.221", 83.221), ("7.792E-2", 0.07792), ("-1.5", -1.5)],
)
def test_a_number_is_read_as_it_stands(printed, value):
    assert read(table({"plans": printed}))["value"].to_list() == [value]


def test_words_are_kept_as_words_and_symbols_among_them_are_not():
    rows = table({"plans": "Recruiting"}, {"old_la_code": "702", "plans": "n/a"})
    found = read(rows, words=("plans",)).sort("area")
    assert found["text"].to_list() == ["Recruiting", None]
    assert found["value"].to_list() == [None, None]
    assert found["status"].to_list() == ["ok", "not applicable"]


def test_a_provisional_number_says_so():
    rows = table({"time_period": "2025 (prov)"})
    assert read(rows, year_kind="academic")["status"].to_list() == ["provisional"]


LONG = {"layout": "long", "series": "measure", "value": "plans", "region": None}


def test_a_long_file_names_its_series_in_a_column():
    rows = table({"measure": "Total"}, {"measure": "State", "plans": "x"}, measure="")
    found = read(rows, **LONG)
    assert found["series"].to_list() == ["Total", "State"]
    assert read(rows, wanted=["TOTAL"], **LONG)["series"].to_list() == ["Total"]


def test_a_file_about_england_alone_needs_no_code():
    rows = table({"measure": "plans"}, measure="")
    found = read(rows, code=None, level=None, **LONG)
    assert found["area"].to_list() == [ENGLAND]


def test_a_file_without_years_has_a_fixed_one():
    rows = table({}).drop("time_period")
    assert read(rows, fixed_year=2025, year_kind="point", layout="wide", columns=("plans",))[
        "year"
    ].to_list() == [2025]


@pytest.mark.parametrize(
    ("printed", "decimals", "rounded"),
    [
        ("1.0999999999999999", 1, 1.1),
        ("2.25", 1, 2.3),
        ("-2.25", 1, -2.3),
        ("0.28499999999999998", 2, 0.29),
        ("1234.5", 0, 1235.0),
    ],
)
def test_float_noise_is_rounded_away_from_nought(printed, decimals, rounded):
    found = read(table({"plans": printed}), decimals={1: ("*",), decimals: ("plans",)})
    assert found["value"].to_list() == [rounded]


def test_numbers_are_left_alone_without_decimals_of_the_source():
    assert read(table({"plans": "1.0999999999999999"}))["value"].to_list() == [1.0999999999999999]


@given(
    st.lists(st.sampled_from(["x", "z", "0", "7", "1.5", "", "no data"]), min_size=1, max_size=5)
)
def test_reading_agrees_with_a_slow_reader(values):
    rows = table(*({"time_period": str(2015 + i), "plans": v} for i, v in enumerate(values)))
    found = read(rows).sort("year")["value"].to_list()
    assert found == [float(v) if v.replace(".", "").isdigit() else None for v in values]


def test_nothing_wanted_is_no_figures_and_no_error():
    found = read(table({}), wanted=["other"])
    assert found.is_empty()
    assert dict(found.schema) == FIGURES
