"""Whether professional advice came in time.

Whoever is asked for advice must give it within six weeks of the request (SEND Regulations 2014,
regulation 8(1)). The regulation's own exceptions (8(2)) are for a person to judge, so “late” says
how many days, and not whose fault.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

WEEKS = 6


@dataclass(frozen=True, slots=True)
class Timeliness:
    """`days`: late by so many; for “waiting” and “overdue”, from today to the last day in time."""

    state: Literal["on-time", "late", "waiting", "overdue", "not-known"]
    days: int = 0

    @property
    def sentence(self) -> str:
        if self.state == "late":
            return f"late by {_days(self.days)}"
        if self.state == "waiting":
            return f"not here yet, {_days(self.days)} left"
        if self.state == "overdue":
            return f"not here yet, {_days(self.days)} over"
        return "on time" if self.state == "on-time" else "not known"


def last_day(requested: dt.date) -> dt.date:
    """The last day on which advice is in time: six weeks after the request."""
    return requested + dt.timedelta(weeks=WEEKS)


def timeliness(
    requested: dt.date | None, received: dt.date | None, today: dt.date | None = None
) -> Timeliness:
    """Of one piece of advice. `today`: for advice that has not come, so that it may be overdue.

    Advice dated before it was asked for (given for something else, or a slip) is not known.
    """
    if requested is None:
        return Timeliness("not-known")
    last = last_day(requested)
    if received is None:
        if today is None:
            return Timeliness("not-known")
        left = (last - today).days
        return Timeliness("waiting", left) if left >= 0 else Timeliness("overdue", -left)
    if received < requested:
        return Timeliness("not-known")
    late = (received - last).days
    return Timeliness("late", late) if late > 0 else Timeliness("on-time")


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
