"""What is derived from a listed plan."""

import datetime as dt
from typing import get_args

import pytest

from goldthread.core.audit import casemix
from goldthread.core.audit.listing import Phase, Setting
from goldthread.readers.lists.aliases import load_columns

CENSUS = dt.date(2026, 1, 15)


def slow_age(born, day):
    """Birthdays counted one by one; 29 February falls on 1 March in other years."""
    years = 0
    while True:
        try:
            birthday = born.replace(year=born.year + years + 1)
        except ValueError:
            birthday = dt.date(born.year + years + 1, 3, 1)
        if birthday > day:
            return years
        years += 1


@pytest.mark.parametrize("days", range(0, 26 * 366, 61))
def test_ages_and_bands_agree_with_counting_birthdays(days):
    born = CENSUS - dt.timedelta(days=days)
    age = slow_age(born, CENSUS)
    assert casemix.age_on(born, CENSUS) == age
    low, high = map(int, (casemix.age_band(born, CENSUS) or "26-99").split("-"))
    assert low <= age <= high


def test_nobody_unborn_or_of_26_has_a_band():
    assert casemix.age_band(None, CENSUS) is None
    assert casemix.age_band(CENSUS + dt.timedelta(days=1), CENSUS) is None
    assert casemix.age_band(dt.date(2000, 1, 15), CENSUS) is None
    assert casemix.age_band(dt.date(2000, 1, 16), CENSUS) == "19-25"


@pytest.mark.parametrize(
    ("born", "phase"),
    [
        ((2022, 9, 1), "early-years"),  # would be 4 on the last 31 August a day later
        ((2021, 9, 1), "early-years"),
        ((2021, 8, 31), "primary"),  # Reception
        ((2014, 9, 1), "primary"),  # Year 6
        ((2014, 8, 31), "secondary"),  # Year 7
        ((2009, 9, 1), "secondary"),  # Year 11
        ((2009, 8, 31), "post-16"),  # Year 12
        ((2001, 1, 1), "post-16"),
    ],
)
def test_phases_turn_on_31_august(born, phase):
    assert casemix.phase_by_age(dt.date(*born), CENSUS) == phase


def test_the_phase_changes_on_1_september_for_the_new_school_year():
    born = dt.date(2014, 12, 24)
    assert casemix.phase_by_age(born, dt.date(2026, 8, 31)) == "primary"
    assert casemix.phase_by_age(born, dt.date(2026, 9, 1)) == "secondary"


@pytest.mark.parametrize(
    ("issued", "amended", "reviewed", "moved", "kind"),
    [
        ((2025, 1, 15), None, None, False, "new"),
        ((2025, 1, 14), None, None, False, "unknown"),
        ((2025, 6, 1), None, (2025, 12, 1), False, "reviewed"),
        ((2025, 6, 1), (2025, 12, 1), None, False, "reviewed"),
        ((2019, 6, 1), None, (2025, 12, 1), True, "transferred"),
        (None, None, None, False, "unknown"),
        (None, None, (2025, 12, 1), False, "reviewed"),
    ],
)
def test_kinds_of_plan(issued, amended, reviewed, moved, kind):
    days = [dt.date(*d) if d else None for d in (issued, amended, reviewed)]
    assert casemix.plan_kind(*days, moved, CENSUS) == kind


def test_a_year_before_29_february():
    assert casemix.year_before(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)


@pytest.mark.parametrize(
    ("said", "numbered", "unit", "resourced", "kind"),
    [
        ("unknown", True, False, False, "school"),
        ("unknown", True, True, False, "sen-unit"),
        ("school", True, False, True, "resourced-provision"),
        ("home-educated", False, False, False, "home-educated"),
        ("special-school", True, True, False, "special-school"),
        ("unknown", False, False, False, "unknown"),
        ("school", False, False, False, "school"),
    ],
)
def test_settings(said, numbered, unit, resourced, kind):
    assert casemix.setting_kind(said, numbered, unit, resourced) == kind


def test_status():
    day = dt.date(2025, 1, 1)
    assert casemix.status_of(day, None) == "final"
    assert casemix.status_of(day, day) == "amended"
    assert casemix.status_of(None, None) == "unknown"


def test_codes_in_the_content_are_those_of_the_core():
    codes = load_columns().codes
    assert set(codes["setting"].values()) <= set(get_args(Setting)) - {"unknown"}
    beside = {"college", "special-school", "alternative-provision", "all-through"}
    assert set(codes["phase"].values()) - beside == set(get_args(Phase))
