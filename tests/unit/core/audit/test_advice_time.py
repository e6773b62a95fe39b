"""Advice is due within six weeks of the request, counted in days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.audit.advice_time import Timeliness, last_day, timeliness

ASKED = dt.date(2026, 9, 1)
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 1, 1))


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (dt.date(2026, 9, 1), "on time"),
        (dt.date(2026, 10, 13), "on time"),
        (dt.date(2026, 10, 14), "late by 1 day"),
        (dt.date(2026, 10, 30), "late by 17 days"),
        (dt.date(2026, 8, 31), "not known"),
        (None, "not known"),
    ],
)
def test_published_limit_of_six_weeks(received, said):
    assert timeliness(ASKED, received).sentence == said


def test_what_has_not_come_is_waited_for_and_then_overdue():
    assert timeliness(ASKED, None, dt.date(2026, 10, 1)) == Timeliness("waiting", 12)
    assert timeliness(ASKED, None, dt.date(2026, 10, 13)).sentence == "not here yet, 0 days left"
    assert timeliness(ASKED, None, dt.date(2026, 10, 14)).sentence == "not here yet, 1 day over"
    assert timeliness(None, ASKED) == Timeliness("not-known")


@given(DAYS, DAYS)
def test_counting_day_by_day_says_the_same(requested, received):
    late, day = 0, requested
    while day < received:
        day += dt.timedelta(days=1)
        late += (day - requested).days > 42
    found = timeliness(requested, received)
    if received < requested:
        assert found.state == "not-known"
    else:
        assert (found.state, found.days) == (("late", late) if late else ("on-time", 0))
    assert (last_day(requested) - requested).days == 42
