"""A plan's age counts from its last date; its review is due twelve months after the last one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.audit.plan_age import plan_age

TODAY = dt.date(2026, 11, 24)
DAYS = st.none() | st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("issued", "amended", "reviewed", "said"),
    [
        (None, None, None, "not known"),
        (dt.date(2026, 11, 1), None, None, "0 months"),
        (dt.date(2025, 11, 24), None, None, "12 months, review due soon"),
        (dt.date(2025, 11, 23), None, None, "12 months, review overdue"),
        (dt.date(2020, 1, 1), None, dt.date(2026, 10, 24), "1 month"),
        (
            dt.date(2020, 1, 1),
            dt.date(2026, 11, 1),
            dt.date(2025, 1, 1),
            "0 months, review overdue",
        ),
        (dt.date(2099, 1, 1), None, None, "not known"),
        (None, dt.date(2026, 1, 24), None, "10 months"),
    ],
)
def test_examples(issued, amended, reviewed, said):
    assert plan_age(issued, amended, reviewed, TODAY).sentence == said


@given(DAYS, DAYS, DAYS, st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_months_and_the_year_as_another_calendar_counts_them(issued, amended, reviewed, today):
    found = plan_age(issued, amended, reviewed, today)
    known = [d for d in (issued, amended, reviewed) if d and d <= today]
    assert (found.months is None) == (not known)
    if known:
        since = max(known)
        whole = (today.year - since.year) * 12 + today.month - since.month
        assert found.months == whole - (today.day < since.day)
    counted = [d for d in (issued, reviewed) if d and d <= today]
    if not counted:
        assert found.review == ""
        return
    last, day = max(counted), today
    while day > last and (day.month, day.day) != (last.month, last.day):
        day -= dt.timedelta(days=1)
    anniversaries = today.year - last.year - ((today.month, today.day) < (last.month, last.day))
    if (last.month, last.day) != (2, 29):
        past = anniversaries > 1 or (anniversaries == 1 and day < today)
        assert (found.review == "overdue") == past
