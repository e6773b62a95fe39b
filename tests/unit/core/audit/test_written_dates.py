"""Dates as cells write them."""

import datetime as dt

import pytest

from goldthread.core.audit.written_dates import NoDate, date_of

DAY = dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04", "2026-3-4", "2026/03/04", "2026-03-04T09:30:00", "2026-03-04 00:00:00",
        "04/03/2026", "4/3/2026", "04-03-26", "4.3.26", "04/03/2026 00:00", "4 March 2026",
        "4th March 2026", "04-Mar-2026", "4-Mar-26", "04 mar 26", "2026-Mar-04 00:00:00", "46085",
        "46085.0", "46085.5",
    ],
)  # fmt: skip
def test_one_day_in_many_hands(text):
    assert date_of(text) == DAY


def test_excel_counts_from_its_own_day_nought():
    assert date_of("36526") == dt.date(2000, 1, 1)  # Microsoft: DATEVALUE("2000-01-01") is 36526
    assert date_of("45292") == dt.date(2024, 1, 1)


def test_month_first_where_the_mapping_says_so():
    assert date_of("03/04/2026", "month-first") == DAY
    assert date_of("2026-03-04", "month-first") == DAY


def test_years_of_two_figures():
    assert date_of("01/02/07") == dt.date(2007, 2, 1)
    assert date_of("01/02/99") == dt.date(1999, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "31/02/2026", "13/13/2026", "12/25/2026", "2026-02-30", "4 Marble 2026",
        "4 Mar", "123456", "1234", "4/3", "99999", "4 March 202", "0/1/2026", "2026-Mar-2026",
        "4 September2 2026",
    ],
)  # fmt: skip
def test_no_dates(text):
    with pytest.raises(NoDate):
        date_of(text)
