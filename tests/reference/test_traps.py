"""The traps of the data (reference/README.md, by number): each with the real rows it concerns."""

import polars as pl
import pytest

from goldthread.core.measures.figures import Status
from goldthread.core.places import ENGLAND
from tests.reference.test_measures import MEASURES, authorities, figures, library, row, rows

YORKSHIRE = ("370", "371", "372", "373", "380", "381", "382", "383", "384", "810", "811", "812")
YORKSHIRE += ("813", "815", "816")


def shown(measure: str, area: str, year: int) -> bool:
    return row(measure, area, year)["value"] is not None


def printed(source: str, series: str, area: str, year: int) -> dict:
    found = figures(source).filter(
        (pl.col("series") == series) & (pl.col("area") == area) & (pl.col("year") == year)
    )
    return found.to_dicts()[0]


def noted(measure: str, word: str, authority: str = "", year: int = 0) -> bool:
    """Whether a caveat with this word covers the authority and year."""
    for c in MEASURES[measure].caveats:
        here = not c.authorities or not authority or authority in c.authorities
        then = not c.years or not year or year in c.years
        if word in c.text and here and then:
            return True
    return False


@pytest.mark.parametrize("code", ["815", "933", "825", "370", "373"])
def test_trap_1_old_and_new_codes_lead_to_one_authority(code: str):
    """North Yorkshire, Somerset, Buckinghamshire, Barnsley and Sheffield: every year is theirs."""
    have = rows("plans-within-20-weeks").filter(pl.col("area") == code)["year"].to_list()
    assert sorted(have) == [2019, 2020, 2021, 2022, 2023, 2024]


@pytest.mark.parametrize(("code", "first"), [("942", 2024), ("943", 2024), ("940", 2022)])
def test_trap_2_a_split_authority_has_no_figure_before_it_was_formed(code: str, first: int):
    held = rows("plans-per-1000").filter(pl.col("area") == code, pl.col("value").is_not_null())
    assert held["year"].min() >= first - 1


def test_trap_3_yorkshire_new_plans_of_2022_repeat_the_regional_total():
    for code in YORKSHIRE:
        assert printed("sen2-new-plans", "new_ehc_plans", code, 2022)["value"] == 6078
        held = row("new-plans-per-1000", code, 2022)
        assert held["value"] is None
        assert held["status"] == Status.WITHHELD
        assert "repeats the regional total" in held["note"]
        assert shown("new-plans-per-1000", code, 2023)
    assert shown("new-plans-per-1000", "E12000003", 2022)
    assert row("new-plans-per-1000", ENGLAND, 2022)["numerator"] == 66_706


def test_trap_4_residential_total_of_2023_is_doubled_so_the_parts_are_added():
    assert printed("sen2-residential", "res_tot", ENGLAND, 2023)["value"] == 4488
    assert row("in-residential", ENGLAND, 2023)["numerator"] == 2196
    assert row("in-residential", "E12000008", 2023)["numerator"] == 409 + 216
    assert row("in-residential", ENGLAND, 2025)["numerator"] == 2221


@pytest.mark.parametrize("code", ["873", "812", "846", "336"])
def test_trap_5_placements_of_2025_are_not_shown_for_four_authorities(code: str):
    for measure in (m for m in MEASURES.values() if m.theme == "placement"):
        if measure.id != "in-residential":
            assert not shown(measure.id, code, 2025), measure.id
            assert "January 2025" in row(measure.id, code, 2025)["note"]
    assert shown("in-residential", code, 2025)


def test_trap_5_placements_that_the_file_still_prints_are_taken_away():
    assert printed("sen2-caseload", "mainstream_total", "846", 2025)["value"] > 0
    assert printed("sen2-caseload", "mainstream_total", "336", 2025)["value"] > 0


def test_trap_6_reviews_that_are_missing_stay_missing():
    for code in ("890", "919", "879", "870", "317", "936", "320", "212"):
        for measure in ("reviews-held", "reviews-without-meeting", "reviews-amended"):
            assert not shown(measure, code, 2024)
            assert noted(measure, "no figures for 2024", code, 2024)


def test_trap_6_the_number_without_outcome_is_never_used():
    negative = figures("sen2-annual-reviews").filter(
        (pl.col("series") == "no_outcome") & (pl.col("value") < 0)
    )
    assert negative.height >= 4
    used = {
        c for m in MEASURES.values() for t in (m.numerator, m.denominator) if t for c in t.columns
    }
    assert "no_outcome" not in used


@pytest.mark.parametrize("code", ["838", "201"])
def test_trap_7_all_plans_exceptions_leaves_nothing_to_divide_by(code: str):
    held = row("plans-within-20-weeks-excluding-exceptions", code, 2024)
    assert held["value"] is None
    assert "every new plan was recorded as an exception" in held["note"]
    assert shown("plans-within-20-weeks", code, 2024)


def test_trap_7_lewisham_has_no_timeliness_for_2024():
    assert not shown("plans-within-20-weeks", "209", 2024)
    assert noted("plans-within-20-weeks", "Lewisham", "209", 2024)


@pytest.mark.parametrize("code", ["873", "823"])
def test_trap_8_two_appeal_rates_rest_on_a_wrong_join(code: str):
    for measure, years in (("appeal-rate", (2024, 2025)), ("appeal-rate-old-method", (2024,))):
        for year in years:
            assert row(measure, code, year)["status"] == Status.WITHHELD
            assert "wrong code" in row(measure, code, year)["note"]
    assert shown("appeal-rate-old-method", code, 2022)


def test_trap_8_nottingham_and_nottinghamshire_are_matched_by_name():
    """The file's own codes would swap them: the county has far more decisions than the city."""
    city, county = (row("appeal-rate", c, 2025)["denominator"] for c in ("892", "891"))
    assert county > city


def test_trap_9_the_two_appeal_rates_are_never_one_series():
    new, old = rows("appeal-rate"), rows("appeal-rate-old-method")
    assert sorted(new["year"].unique()) == [2024, 2025]
    assert sorted(old["year"].unique()) == list(range(2014, 2025))
    sources = {MEASURES[m].numerator.source for m in ("appeal-rate", "appeal-rate-old-method")}
    assert len(sources) == 2
    assert noted("appeal-rate-old-method", "caution", year=2023)
    assert noted("appeal-rate", "5.7%", year=2024)


@pytest.mark.parametrize("measure", ["plans-per-1000", "in-residential", "personal-budgets"])
def test_trap_10_the_change_to_person_level_is_a_break_in_january_2023(measure: str):
    assert [b.year for b in MEASURES[measure].breaks] == [2023]


@pytest.mark.parametrize("measure", ["requests-refused", "plans-within-20-weeks", "plans-ended"])
def test_trap_10_the_change_to_person_level_is_a_break_in_2022(measure: str):
    assert [b.year for b in MEASURES[measure].breaks] == [2022]


def test_trap_10_totals_without_parts_give_no_share():
    for code in ("204", "874"):
        assert shown("plans-per-1000", code, 2024)
        assert not shown("in-mainstream", code, 2024)
    for area in (ENGLAND, "E12000007", "E12000006"):
        assert not shown("in-mainstream", area, 2024)
        assert shown("in-mainstream", area, 2025)


def test_trap_11_needs_of_new_plans_are_of_2024():
    assert rows("new-plans-need-autism")["year"].unique().to_list() == [2024]
    assert not shown("new-plans-need-autism", "936", 2024)
    assert noted("need-other", "Down syndrome")


def test_trap_12_names_of_columns_are_matched_without_case():
    for measure, column in (
        ("plans-within-20-weeks-excluding-exceptions", "pc_plans_issued_20_weeks_ex"),
        ("in-alternative-provision", "ap_pru_total_pc"),
    ):
        assert MEASURES[measure].published == column
    assert printed("sen2-timeliness", "pc_plans_issued_20_weeks_ex", ENGLAND, 2024)["value"] == 46.4


def test_trap_13_years_of_every_spelling_and_float_noise():
    assert rows("suspensions-special")["year"].max() == 2024  # printed 2023/24
    assert rows("phonics-plans")["year"].max() == 2025  # printed 2025 (prov)
    assert rows("sen-unit-cost")["year"].max() == 2025  # printed 2024-25 (OT)
    assert row("phonics-plans", ENGLAND, 2025)["value"] == 20
    # Printed 7.7920000000000003E-2, a percentage to two decimals.
    assert row("permanent-exclusions-special", ENGLAND, 2024)["value"] == 0.08


def test_trap_14_the_deprivation_index_says_that_it_cannot_be_compared_with_2019():
    assert row("child-income-deprivation", "211", 2025)["value"] == 0.713
    assert noted("child-income-deprivation", "cannot be compared with the index of 2019")


def test_trap_15_two_inspection_frameworks_are_never_merged():
    new, old = MEASURES["inspection-outcome"], MEASURES["written-statement-required"]
    assert new.numerator.source != old.numerator.source
    assert noted("inspection-outcome", "Slough", "871")
    words = set(rows("inspection-outcome").drop_nulls("text")["text"])
    assert words == {
        "Typically positive experiences and outcomes",
        "Inconsistent experiences and outcomes",
        "Widespread and/or systemic failings",
    }
    used = {c for m in MEASURES.values() for c in m.numerator.columns}
    assert "text_mentions_priority_action_plan" not in used


def test_trap_16_no_current_authority_has_an_abolished_neighbour():
    current = {a.code for a in library().places.current}
    model = library().models["dfe"]
    assert all(set(n) <= current for code, n in model.neighbours.items() if code in current)


def test_trap_17_the_two_smallest_are_named_beside_every_count():
    ranked = [a.code for a in library().places.current if a.ranked]
    assert not {"201", "420"} & set(ranked)
    for measure in (m for m in MEASURES.values() if m.counted):
        if measure.id != "plans-within-20-weeks-excluding-exceptions":
            assert noted(measure.id, "one child moves the figure", "201"), measure.id


def test_newham_in_january_2025_is_not_shown():
    """1,199 plans between 2,705 a year before and 3,639 a year after: not in the list of traps."""
    assert [printed("sen2-caseload", "ehcplans", "316", y)["value"] for y in (2024, 2025)] == [
        2705,
        1199,
    ]
    assert not shown("plans-per-1000", "316", 2025)
    assert not shown("plans-growth", "316", 2025)
    assert shown("plans-growth", "316", 2024)


def test_west_berkshire_made_no_requests_in_2022_is_not_believed():
    assert printed("sen2-requests", "requests_received_in_year", "869", 2022)["value"] == 0
    assert not shown("requests-per-1000", "869", 2022)
    assert not shown("requests-refused", "869", 2022)
    assert not shown("requests-growth", "869", 2023)


def test_isle_of_wight_of_2024_contradicts_itself():
    """74 requests and 8 assessments beside 187 new plans."""
    assert printed("sen2-assessments", "assess_in_year", "921", 2024)["value"] == 8
    assert printed("sen2-new-plans", "new_ehc_plans", "921", 2024)["value"] == 187
    assert not shown("requests-per-1000", "921", 2024)
    assert noted("plans-within-20-weeks", "incomplete", "921", 2024)


@pytest.mark.parametrize(("code", "year"), [("921", 2024), ("879", 2023)])
def test_a_single_ended_plan_among_thousands_is_not_believed(code: str, year: int):
    assert printed("sen2-ceased", "total_ceased", code, year)["value"] == 1
    assert not shown("plans-ended", code, year)
    assert not shown("plans-moved-away", code, year)


@pytest.mark.parametrize(("code", "year"), [("816", 2022), ("940", 2021), ("839", 2020)])
def test_spending_of_nought_is_not_spending(code: str, year: int):
    assert printed("high-needs-spend", "Total", code, year)["value"] == 0
    assert not shown("high-needs-spend-per-head", code, year)


def test_plans_dated_by_their_newest_version_have_no_age():
    """Hertfordshire held 4,000 plans in 2019 and dates 252 of them back so far in 2025."""
    assert printed("sen2-plan-ages", "years_5_and_over", "919", 2025)["value"] == 252
    assert printed("sen2-caseload", "ehcplans", "919", 2019)["value"] > 4000
    for code in ("919", "384", "874"):
        assert not shown("plans-in-place-five-years", code, 2025)


def test_no_withheld_figure_is_printed_under_another_measure_of_the_same_count():
    """January 2026 of Lewisham and Isle of Wight is never worked out from England's total."""
    for code in ("209", "921"):
        assert row("plans-per-1000", code, 2026)["value"] is None
        assert row("plans-growth", code, 2026)["value"] is None
    assert row("plans-per-1000", ENGLAND, 2026)["numerator"] == 718_838


def test_every_authority_is_counted_in_january_2025():
    assert authorities("plans-per-1000", 2025).height == 153
    assert row("plans-per-1000", ENGLAND, 2025)["numerator"] == 638_745
