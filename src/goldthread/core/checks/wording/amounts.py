"""Amounts as values: how long, how often, with how many, and what it comes to."""

from __future__ import annotations

from typing import Literal, NamedTuple

from goldthread.core.checks.wording.tokens import SCHOOL_DAYS, YEAR_WEEKS

Bound = Literal["", "ceiling", "floor", "about", "range"]


class Duration(NamedTuple):
    """How long: minutes, or None for days and nights; `per_year` when it is said per period."""

    start: int
    end: int
    minutes: float | None
    bound: Bound = ""
    per_year: float | None = None


class Frequency(NamedTuple):
    """How often. `unit` is day, week, fortnight, month, half term, term, year, moment (every
    lesson, each transition) or course (a count of sessions with no period)."""

    start: int
    end: int
    unit: str
    per_year: float | None
    bound: Bound = ""


class Group(NamedTuple):
    """With how many: the largest size, 1 for one-to-one; `ratio` as adults:pupils when said."""

    start: int
    end: int
    size: float
    ratio: str = ""


class Amount(NamedTuple):
    """What it comes to; None where it cannot be worked out."""

    minutes_per_week: float | None
    minutes_per_year: float | None
    times_per_year: float | None
    minutes_each: float | None
    bound: Bound = ""


class Quantities(NamedTuple):
    """All amounts in one text, each with its offsets, in order."""

    durations: tuple[Duration, ...] = ()
    frequencies: tuple[Frequency, ...] = ()
    groups: tuple[Group, ...] = ()
    whole_time: tuple[tuple[int, int], ...] = ()
    """“throughout the school day”, “all 32.5 hours”: no minutes needed."""

    @property
    def ceilings(self) -> tuple[Duration | Frequency, ...]:
        """“Up to”, “around” and wide ranges on times; none when a floor stands beside them."""
        timed: list[Duration | Frequency] = []
        timed += [d for d in self.durations if d.bound]
        timed += [f for f in self.frequencies if f.bound]
        if not timed or any(x.bound == "floor" for x in timed):
            return ()
        return tuple(x for x in timed if x.bound != "about")

    @property
    def totals(self) -> tuple[Duration, ...]:
        """Durations said per period: “6 hours a term”."""
        return tuple(d for d in self.durations if d.per_year is not None)


def amount(found: Quantities) -> Amount:
    """Minutes a week and a year, of 38 school weeks: the total said, else length times frequency.

    Of several totals the largest counts: a smaller one is a part (“6 hours a term: 1 hour …”).
    """
    each = [d for d in found.durations if d.per_year is None and d.minutes]
    often = [f for f in found.frequencies if f.per_year]
    times = often[0].per_year if often else None
    days = [f.per_year for f in found.frequencies if f.unit == "week" and f.per_year]
    totals = [
        d.minutes * (days[0] if d.per_year == SCHOOL_DAYS and days else d.per_year)
        for d in found.totals
        if d.minutes and d.per_year
    ]
    year = max(totals, default=None)
    if year is None and each and times:
        year = (each[0].minutes or 0) * times
    bounds: list[Bound] = [d.bound for d in found.durations] + [f.bound for f in found.frequencies]
    said: list[Bound] = [b for b in bounds if b]
    week = None if year is None else year / YEAR_WEEKS
    return Amount(week, year, times, each[0].minutes if each else None, said[0] if said else "")


def totals_agree(found: Quantities) -> bool | None:
    """Whether the total said fits length times frequency to a tenth; None when only one is said.

    “45 minutes × 36 = 27 hours” agrees.
    """
    ends = [d.end for d in found.totals]
    parts = amount(
        found._replace(
            durations=tuple(d for d in found.durations if d.per_year is None),
            frequencies=tuple(
                f for f in found.frequencies if not any(0 <= f.start - end <= 1 for end in ends)
            ),
        )
    )
    whole = max(
        (d.minutes * d.per_year for d in found.totals if d.minutes and d.per_year), default=None
    )
    if whole is None or parts.minutes_per_year is None:
        return None
    return abs(whole - parts.minutes_per_year) <= whole / 10
