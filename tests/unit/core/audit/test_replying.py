"""Until when somebody may reply."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from goldthread.core.audit.replying import window

LONDON = ZoneInfo("Europe/London")
SIGNED = dt.datetime(2026, 10, 24, 22, 30, tzinfo=dt.UTC)
"""23:30 in London, on the night before the clocks go back."""


def test_the_days_run_from_the_day_of_signing_where_people_live():
    found = window(SIGNED, [], 15, LONDON)
    assert (found.since, found.until) == (SIGNED, dt.date(2026, 11, 8))
    assert found.open_on(dt.date(2026, 11, 8))
    assert not found.open_on(dt.date(2026, 11, 9))
    late = window(SIGNED + dt.timedelta(hours=1), [], 15, LONDON)
    assert late.until == dt.date(2026, 11, 9)


def test_a_change_begins_them_anew():
    changes = [SIGNED + dt.timedelta(days=days) for days in (20, 4)]
    found = window(SIGNED, changes, 10, LONDON)
    assert (found.since, found.until) == (changes[0], dt.date(2026, 11, 23))


def test_without_days_there_is_no_end():
    found = window(SIGNED, [], 0, LONDON)
    assert found.until is None
    assert found.open_on(dt.date(2199, 1, 1))
