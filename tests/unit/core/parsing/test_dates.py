"""Dates and words of the school calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from goldthread.core.parsing.calendar import birthday, find_points, year_ends
from goldthread.core.parsing.dates import find_dates, month_end

BORN = dt.date(2018, 5, 4)


@pytest.mark.parametrize(("text", "day", "exact"), [
    ("on 1 September 2014.", (2014, 9, 1), True),
    ("on 1st September 2014", (2014, 9, 1), True),
    ("1st of Sept. 2014", (2014, 9, 1), True),
    ("27.02.2025", (2025, 2, 27), True),
    ("01/02/2015", (2015, 2, 1), True),
    ("1-2-15", (2015, 2, 1), True),
    ("2026-05-01", (2026, 5, 1), True),
    ("March 3, 2026", (2026, 3, 3), True),
    ("03-Mar-26", (2026, 3, 3), True),
    ("February 2024", (2024, 2, 29), False),
    ("July 16", (2016, 7, 31), False),
    ("01/25/2015", (2015, 1, 25), False),
])  # fmt: skip
def test_one_date(text: str, day: tuple[int, int, int], exact: bool) -> None:
    (found,) = find_dates(text)
    assert (found.day, found.exact) == (dt.date(*day), exact)
    assert text[found.start : found.end].strip(" .") != ""


@pytest.mark.parametrize("text", [
    "", "no date", "31/02/2025", "32 May 2025", "May", "in 4 of 5 talks", "may 16th pupils",
    "1.2.3", "45/60/99", "version 10.1.20a", "UPN 12/2018/00000",
])  # fmt: skip
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_several_dates_stand_in_order_where_they_are_written() -> None:
    text = "Draft 3 March 2026, final 01/05/2026 and July 2027."
    found = find_dates(text)
    assert [text[d.start : d.end] for d in found] == ["3 March 2026", "01/05/2026", "July 2027"]


def test_every_day_of_a_leap_year_in_every_form() -> None:
    day = dt.date(2024, 1, 1)
    while day.year == 2024:
        for form in ("%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%Y-%m-%d", "%d %b %Y"):
            (found,) = find_dates(f"on {day.strftime(form)} it was")
            assert (found.day, found.exact) == (day, True)
        assert month_end(day.year, day.month) >= day
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(("text", "kind", "day"), [
    ("by the end of Year 2", "year", (2025, 7, 31)),
    ("by the end of Key Stage 2", "stage", (2029, 7, 31)),
    ("end of KS1", "stage", (2025, 7, 31)),
    ("end of Reception", "phase", (2023, 7, 31)),
    ("by age 19", "age", (2037, 5, 4)),
    ("by her 11th birthday", "age", (2029, 5, 4)),
    ("in the summer term 2027", "term", (2027, 7, 31)),
    ("autumn term of 2026", "term", (2026, 12, 31)),
    ("the academic year 2026-27", "school-year", (2027, 7, 31)),
])  # fmt: skip
def test_points_of_the_school_calendar(text: str, kind: str, day: tuple[int, int, int]) -> None:
    (found,) = find_points(text, BORN)
    assert (found.kind, found.day) == (kind, dt.date(*day))


def test_without_a_date_of_birth_a_school_year_is_known_but_not_its_day() -> None:
    (found,) = find_points("by the end of Year 6")
    assert (found.kind, found.day) == ("year", None)
    (term,) = find_points("by the end of the summer term", BORN)
    assert term.day is None


def test_children_born_on_31_august_and_1_september_are_a_year_apart() -> None:
    assert year_ends(6, dt.date(2018, 8, 31)) == dt.date(2029, 7, 31)
    assert year_ends(6, dt.date(2018, 9, 1)) == dt.date(2030, 7, 31)
    assert birthday(19, dt.date(2008, 2, 29)) == dt.date(2027, 3, 1)
    assert find_points("within 2 years, 30 minutes, year 3 months") == []
