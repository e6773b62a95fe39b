"""What is derived from a listed plan for case mix: age, phase, kind of plan, setting.

Bands and phases are those of the school system in England: compulsory school age (Education Act
1996 s8), school years counted from the age on 31 August (as the SEN2 return counts age), and the
age to which a plan may be kept (Children and Families Act 2014 s46).
"""

from __future__ import annotations

import datetime as dt

from goldthread.core.audit.listing import AgeBand, Phase, PlanKind, Setting
from goldthread.core.plan.plan import Status

OLDEST = 25
"""Years: a plan may be kept to the end of the school year in which somebody turns 25, so nobody
of 26 has one (Children and Families Act 2014 s46)."""
BANDS: tuple[tuple[int, AgeBand], ...] = (
    (4, "0-4"),
    (10, "5-10"),
    (15, "11-15"),
    (18, "16-18"),
    (OLDEST, "19-25"),
)
"""Highest age of each band."""
_PHASES: tuple[tuple[int, Phase], ...] = (
    (3, "early-years"),
    (10, "primary"),
    (15, "secondary"),
    (OLDEST, "post-16"),
)
"""Highest age on 31 August of each phase: Reception begins at 4, Year 7 at 11, Year 12 at 16."""


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years; somebody born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_band(born: dt.date | None, day: dt.date) -> AgeBand | None:
    """The band on `day`; None when the date of birth is not known, lies ahead or is too far back.

    Example: age_band(date(2015, 6, 1), date(2026, 1, 15)) is "5-10".
    """
    age = -1 if born is None else age_on(born, day)
    return next((band for most, band in BANDS if 0 <= age <= most), None)


def phase_by_age(born: dt.date | None, day: dt.date) -> Phase | None:
    """The phase of those who are taught with their age group; None as in `age_band`."""
    if born is None or born > day:
        return None
    august = dt.date(day.year if day.month >= 9 else day.year - 1, 8, 31)
    age = age_on(born, august)
    return next((phase for most, phase in _PHASES if age <= most), None)


def plan_kind(
    issued: dt.date | None,
    amended: dt.date | None,
    reviewed: dt.date | None,
    transferred: bool,
    day: dt.date,
) -> PlanKind:
    """New, reviewed or transferred: what the plan is as a piece of writing, on `day`.

    - transferred: the list says that it moved in from another authority. Whatever followed, most
      of its words are that authority's.
    - reviewed: it was reviewed or amended at least once since it began.
    - new: neither, and it began within the twelve months before `day`, in which the first review
      is not yet due (Children and Families Act 2014 s44).
    - unknown: anything else, such as an older plan without a date of review.
    """
    if transferred:
        return "transferred"
    if amended is not None or reviewed is not None:
        return "reviewed"
    if issued is not None and year_before(day) <= issued <= day:
        return "new"
    return "unknown"


def year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def setting_kind(said: Setting, numbered: bool, unit: bool, resourced: bool) -> Setting:
    """Where somebody is taught.

    `said`: what the list calls it; `numbered`: has a URN or UKPRN; `unit`, `resourced`: SEN2's two
    indicators, which say more about a school than “school” does. SEN2 gives either a number or a
    kind of setting.
    """
    if said not in ("school", "unknown"):
        return said
    if unit or resourced:
        return "sen-unit" if unit else "resourced-provision"
    return "school" if numbered else said


def status_of(issued: dt.date | None, amended: dt.date | None) -> Status:
    """A list holds plans that were issued: “amended” when issued anew, else “final”."""
    return "amended" if amended else "final" if issued else "unknown"
