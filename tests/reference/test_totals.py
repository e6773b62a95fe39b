"""England's published totals, and whether the authorities add up to them (reference/SOURCES.md)."""

from functools import cache

import polars as pl
import pytest

from goldthread.content import folder
from goldthread.core.measures.figures import SYMBOLS, Status
from goldthread.core.measures.published import check_published
from goldthread.core.places import ENGLAND
from goldthread.readers import content
from goldthread.readers.figures import figures_of, unknown_symbols, unplaced
from goldthread.readers.library import load_figures, load_library
from goldthread.readers.places import read_places
from goldthread.readers.tables import read_table

REFERENCE = folder("reference")
SOURCES = content.sources(REFERENCE / "sources")
PLACES = read_places(REFERENCE)
CODES = [a.code for a in PLACES.authorities]

PLANS = {
    **{2019: 353_995, 2020: 390_109, 2021: 430_697, 2022: 473_255, 2023: 517_048},
    **{2024: 576_474, 2025: 638_745},
}
IN_20_WEEKS = {2019: 58.7, 2020: 55.6, 2021: 57.9, 2022: 47.7, 2023: 49.1, 2024: 45.9}
REQUESTS = {
    **{2019: 82_329, 2020: 75_951, 2021: 93_302, 2022: 114_482, 2023: 138_242, 2024: 154_489},
}
NEW_PLANS = {
    **{2019: 53_899, 2020: 60_097, 2021: 62_180, 2022: 66_706, 2023: 84_428, 2024: 97_747},
}


@cache
def figures(source: str) -> pl.DataFrame:
    known = SOURCES[source]
    return figures_of(read_table(REFERENCE / known.file), known, PLACES)


def series(source: str, name: str) -> pl.DataFrame:
    return figures(source).filter(pl.col("series") == name)


def england(source: str, name: str) -> dict[int, float]:
    rows = series(source, name).filter(pl.col("area") == ENGLAND)
    return dict(rows.select("year", "value").iter_rows())


def added_up(source: str, name: str) -> dict[int, float]:
    rows = series(source, name).filter(pl.col("area").is_in(CODES))
    return dict(rows.group_by("year").agg(pl.col("value").sum()).iter_rows())


def test_plans_of_england():
    assert england("sen2-caseload", "ehcplans") == PLANS
    assert england("sen2-plan-totals-2026", "number_plans") == {2026: 718_838}
    assert england("sen2-england-2026", "ehcplans") == {2026: 718_838}


def test_authorities_add_up_to_the_plans_of_england():
    assert added_up("sen2-caseload", "ehcplans") == PLANS
    old = {year: n for year, n in PLANS.items() if year > 2018}
    assert added_up("lait", "SEN_CASES_JAN") == england("lait", "SEN_CASES_JAN") == old


def test_in_2026_two_authorities_are_missing_and_the_rest_is_never_made_up():
    totals = series("sen2-plan-totals-2026", "number_plans")
    gone = totals.filter(pl.col("status") != "ok")
    assert sorted(gone["area"]) == ["209", "921"]
    assert gone["value"].to_list() == [None, None]
    assert 718_838 - added_up("sen2-plan-totals-2026", "number_plans")[2026] == 5_698


def test_the_share_within_20_weeks():
    rates = england("sen2-timeliness", "pc_plans_issued_within_20_weeks")
    assert rates == IN_20_WEEKS
    assert england("sen2-england-2026", "pc_plans_issued_within_20_weeks") == {2025: 45.5}


def test_requests_and_new_plans():
    assert england("sen2-requests", "requests_received_in_year") == REQUESTS
    assert england("sen2-new-plans", "new_ehc_plans") == NEW_PLANS


def test_trap_3_new_plans_of_2022_add_up_to_far_too_many():
    """Fifteen authorities carry the region's 6,078; the region's own row is right."""
    rows = series("sen2-new-plans", "new_ehc_plans").filter(pl.col("year") == 2022)
    assert rows.filter(pl.col("value") == 6_078).height == 16
    assert added_up("sen2-new-plans", "new_ehc_plans")[2022] - NEW_PLANS[2022] == 14 * 6_078
    regions = rows.filter(pl.col("area").str.starts_with("E12"))["value"].sum()
    assert regions == NEW_PLANS[2022]


def test_appeals_and_decisions_add_up_in_every_year_of_both_series():
    for name in ("appeals_registered", "appealable_decisions"):
        old = england("tribunal-2014-2024", name)
        assert set(old) == set(range(2014, 2025))
        assert added_up("tribunal-2014-2024", name) == old
    appeals = {2024: 22_276, 2025: 26_977}
    decisions = {2024: 364_912, 2025: 405_735}
    assert added_up("tribunal-2024-2025", "appeals_registered") == appeals
    assert england("tribunal-2024-2025", "appeals_registered") == appeals
    assert added_up("tribunal-2024-2025", "appealable_decisions") == decisions
    assert england("tribunal-2024-2025", "appealable_decisions") == decisions


def test_population():
    assert england("population-0-25", "age_0_25") == {2024: 17_849_967}
    assert added_up("population-0-25", "age_0_25") == {2024: 17_849_967}
    assert england("population-0-25", "age_0_17") == {2024: 12_183_016}
    assert england("population-0-17", "population_estimate")[2024] == 12_183_016
    assert added_up("population-0-17", "population_estimate")[2024] == 12_183_016


def test_high_needs_blocks():
    for name in ("high_needs_block_gross", "high_needs_block_net"):
        assert added_up("dsg-allocations", name) == england("dsg-allocations", name)
    assert england("dsg-allocations", "high_needs_block_gross")[2024] == pytest.approx(
        9.95e9, abs=5e6
    )


def test_authorities_of_each_year_are_those_that_existed():
    """Trap 2: 152, 151, 151, 152, 152, 153, 153 rows."""
    rows = series("sen2-caseload", "ehcplans").filter(pl.col("area").is_in(CODES))
    found = dict(rows.group_by("year").len().iter_rows())
    assert found == dict(zip(PLANS, (152, 151, 151, 152, 152, 153, 153), strict=True))
    years = {c: set(rows.filter(pl.col("area") == c)["year"]) for c in ("909", "942", "835", "838")}
    assert years == {
        "909": set(range(2019, 2024)),
        "942": {2024, 2025},
        "835": {2019},
        "838": set(range(2020, 2026)),
    }


@pytest.mark.parametrize("source", SOURCES)
def test_every_row_finds_its_place_and_every_symbol_is_known(source):
    known = SOURCES[source]
    table = read_table(REFERENCE / known.file)
    assert unplaced(table, known, PLACES).is_empty()
    names = [] if known.value else sorted(set(figures(source)["series"]))
    assert unknown_symbols(table, known, names) == []


@pytest.mark.parametrize("source", SOURCES)
def test_no_symbol_becomes_a_number(source):
    """As many symbols in the file's total rows as figures without a number, and no nought more."""
    found = figures(source)
    assert (
        found.filter(pl.col("status").is_in(["ok", "provisional"]), pl.col("value").is_null())[
            "text"
        ].null_count()
        == 0
    )
    assert (
        found.filter(~pl.col("status").is_in(["ok", "provisional"]))["value"].drop_nulls().len()
        == 0
    )
    assert found["value"].is_nan().sum() == 0


def test_symbols_of_one_file_counted_by_hand():
    """The total rows of requests, cell by cell, read by nothing but Python."""
    table = read_table(REFERENCE / SOURCES["sen2-requests"].file)
    rows = table.filter(pl.col("breakdown") == "All requests for EHC needs assessments").to_dicts()
    cells = [v for row in rows for v in list(row.values())[12:]]
    found = figures("sen2-requests")
    assert len(cells) == found.height
    assert sum(v.lower() in SYMBOLS for v in cells) == found["value"].null_count()
    assert sum(v == "0" for v in cells) == found.filter(pl.col("value") == 0).height
    assert set(found.filter(pl.col("value").is_null())["status"]) == {Status.UNAVAILABLE}


@pytest.mark.parametrize("source", [s.id for s in SOURCES.values() if s.sums])
def test_columns_that_should_add_up_do_or_say_why(source):
    known = SOURCES[source]
    for name in known.sums:
        rows = series(source, name.lower())
        assert not rows.is_empty(), f"{source} has no column {name}"
        for year, total in england(source, name.lower()).items():
            of_year = rows.filter(pl.col("area").is_in(CODES), pl.col("year") == year)
            missing = total is None or of_year["value"].null_count()
            excused = {name, f"{name}@{year}"} & set(known.sums_except)
            if not missing and not excused:
                assert of_year["value"].sum() == total, (source, name, year)


def test_our_results_are_the_printed_ones():
    """All measures at once; the two exceptions are explained by caveats of their measure."""
    library = load_library(REFERENCE)
    read = load_figures(REFERENCE, library.measures, SOURCES, PLACES)
    off = check_published(library.counts, read, library.measures)
    assert set(off["measure"]) <= {"decisions-within-six-weeks"}
    assert set(off["year"]) <= {2023, 2024}
    assert (off["ours"] > off["printed"]).all()


def test_trap_12_the_release_of_2026_is_read_under_the_old_names():
    """Its total row, its capitals and its column for what was the same."""
    known = SOURCES["sen2-timeliness"]
    table = read_table(REFERENCE / known.file).filter(
        pl.col("breakdown_topic") == "All EHC plans issued"
    )
    newer = table.with_columns(
        pl.lit("All EHC plans").alias("breakdown_topic"), pl.lit("All EHC plans").alias("breakdown")
    ).rename({c: c.lower() for c in table.columns})
    assert figures_of(newer, known, PLACES).equals(figures("sen2-timeliness"))
    requests = SOURCES["sen2-requests"].totals["breakdown_topic"]
    assert "All requests for an EHC needs assessment" in requests
    assert "All reviews of EHC plans" in SOURCES["sen2-annual-reviews"].totals["breakdown"]


def test_trap_13_decimals_are_those_of_the_source_s_own_dictionary():
    table = read_table(REFERENCE / "lait" / "lait_data_dictionary_sen.csv")
    decimals = SOURCES["lait"].decimals
    kinds = {s: kind for kind, names in SOURCES["lait"].year_kinds.items() for s in names}
    own = {
        "Annual - January": "january",
        "Financial Year": "financial",
        "Calendar Year": "calendar",
    }
    for name, dps, kind in table.select("Measure_short", "dps", "Year_Type").iter_rows():
        given = next((d for d, names in reversed(decimals.items()) if name in names), 1)
        assert given == int(dps or 1), name
        assert kinds.get(name) == own.get(kind), name
    assert list(decimals) == [1, 0, 2]
