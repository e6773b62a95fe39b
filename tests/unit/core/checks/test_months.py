"""Calendar arithmetic against slow, obvious second implementations."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.kinds.school_stage import read_year, stage
from goldthread.core.checks.months import (
    age_on,
    compulsory_age_ends,
    dates_in,
    day_after_months,
)
from goldthread.core.checks.subject import school_year

DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2035, 12, 31))


@given(DAYS, st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_months_are_counted_one_by_one(start: dt.date, months: int) -> None:
    year, month = start.year, start.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    if start.day <= monthrange(year, month)[1]:
        expected = dt.date(year, month, start.day)
    else:
        expected = dt.date(year, month, monthrange(year, month)[1]) + dt.timedelta(days=1)
    assert day_after_months(start, months) == expected


@given(DAYS, st.integers(0, 9000))
@settings(max_examples=200, deadline=None)
def test_age_by_counting_birthdays(born: dt.date, days: int) -> None:
    day, birthdays, when = born + dt.timedelta(days=days), 0, born
    while when < day:
        when += dt.timedelta(days=1)
        leap = (born.month, born.day) == (2, 29) and not _is_leap(when.year)
        birthday = (3, 1) if leap else (born.month, born.day)
        birthdays += (when.month, when.day) == birthday
    assert age_on(born, day) == birthdays


@given(DAYS, st.integers(0, 8000))
@settings(max_examples=100, deadline=None)
def test_school_year_by_walking_from_birth(born: dt.date, days: int) -> None:
    """Every 1 September takes a child one year on; a child reaches Reception in the school year
    (September to August) in which it turns five."""
    day = born + dt.timedelta(days=days)
    septembers = sum(
        (born + dt.timedelta(days=n)).month == 9 and (born + dt.timedelta(days=n)).day == 1
        for n in range(1, days + 1)
    )
    assert school_year(born, day) == septembers - 5


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        # gov.uk school leaving and starting ages: born 31 August 2021 starts Reception in 2025
        ((2021, 8, 31), (2025, 9, 1), 0),
        ((2021, 9, 1), (2025, 9, 1), -1),
        ((2009, 9, 1), (2026, 7, 1), 11),
        ((2010, 8, 31), (2026, 7, 1), 11),
    ],
)
def test_published_year_groups(
    born: tuple[int, int, int], day: tuple[int, int, int], year: int
) -> None:
    assert school_year(dt.date(*born), dt.date(*day)) == year


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        ((2010, 8, 31), (2026, 6, 26)),
        ((2010, 9, 1), (2027, 6, 25)),
        ((2009, 1, 5), (2025, 6, 27)),
        ((2007, 12, 5), (2024, 6, 28)),
    ],
)
def test_compulsory_school_age_ends(born: tuple[int, int, int], ends: tuple[int, int, int]) -> None:
    found = compulsory_age_ends(dt.date(*born))
    assert found == dt.date(*ends)
    assert found.weekday() == 4
    assert (found + dt.timedelta(days=7)).month == 7


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("seen on 3 March 2026", (2026, 3, 3)),
        ("2nd September 2025", (2025, 9, 2)),
        ("27.02.2025", (2025, 2, 27)),
        ("01/01/2015", (2015, 1, 1)),
        ("5/6/26", (2026, 6, 5)),
        ("in February 2024", (2024, 2, 29)),
        ("Sept 2025", (2025, 9, 30)),
        ("in 2024", (2024, 12, 31)),
    ],
)
def test_dates_as_plans_write_them(text: str, day: tuple[int, int, int]) -> None:
    assert [d.day for d in dates_in(text)] == [dt.date(*day)]


@pytest.mark.parametrize("text", ["31 February 2026", "99/99/2026", "room 12", "score 72", "1:1"])
def test_what_is_no_date(text: str) -> None:
    assert [d.day for d in dates_in(text) if d.day.month != 12] == []


@pytest.mark.parametrize(
    ("year", "key_stage"),
    [(-1, "eyfs"), (0, "eyfs"), (1, "ks1"), (2, "ks1"), (3, "ks2"), (6, "ks2"), (7, "ks3"),
     (9, "ks3"), (10, "ks4"), (11, "ks4"), (12, "ks5"), (14, "ks5")],
)  # fmt: skip
def test_key_stages_of_the_national_curriculum(year: int, key_stage: str) -> None:
    assert stage(year) == key_stage


@pytest.mark.parametrize(
    ("text", "year"),
    [("Year 6", 6), ("Reception", 0), ("Nursery", -1), ("Yr 10", 10), ("Oak class", None)],
)
def test_reading_year_groups(text: str, year: int | None) -> None:
    assert read_year(text) == year


def _is_leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29
