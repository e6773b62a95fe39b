"""Invents a child, with school, family and the dates of the plan."""

from __future__ import annotations

import datetime as dt
from random import Random

from goldthread.simulation.plans.sample import Child
from goldthread.simulation.plans.stock import Stock

YEARS = {
    "e": (-2, -1, 0),
    "p": (1, 2, 3, 4, 5, 6),
    "s": (7, 8, 9, 10, 11),
    "a": (12, 13, 14, 16, 18),
}
"""School years (as `Child.year`) by age group."""


def invent_child(rng: Random, stock: Stock, today: dt.date, age: str = "") -> Child:
    """A child of age group `age` (any when empty) on `today`."""
    age = age or rng.choice("epppsssaa")
    year = rng.choice(YEARS[age])
    names = stock.names
    pronoun = rng.choices(("she", "he", "they"), (9, 9, 2))[0]
    return Child(
        forename=rng.choice(names["forenames"][pronoun]),
        surname=rng.choice(names["surnames"]),
        pronoun=pronoun,
        born=_born(rng, school_year(today) - 5 - year),
        year=year,
        year_group=year_label(year),
        age=age,
        level="low" if rng.random() < 0.2 else "high",
        school=rng.choice(names["schools"][age]),
        old_school=rng.choice(names["old_schools"][age]),
        setting_type=rng.choice(names["types"][age]),
        authority=rng.choice(names["authorities"]),
        board=rng.choice(names["boards"]),
        mother=rng.choice(names["mothers"]),
        father=rng.choice(names["fathers"]),
    )


def school_year(day: dt.date) -> int:
    """The calendar year in which the school year of `day` began."""
    return day.year if day.month >= 9 else day.year - 1


def _born(rng: Random, school_year_of_birth: int) -> dt.date:
    first = dt.date(school_year_of_birth, 9, 1)
    return first + dt.timedelta(days=rng.randrange(365))


def year_label(year: int) -> str:
    if year < 0:
        return "Nursery"
    if year == 0:
        return "Reception"
    return f"Year {year}" if year <= 13 else "College"


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def past_school_age(born: dt.date, day: dt.date) -> bool:
    """After the last Friday of June in the school year of turning 16."""
    last = dt.date(school_year(born) + 17, 6, 30)
    while last.weekday() != 4:
        last -= dt.timedelta(days=1)
    return day > last


def invent_dates(rng: Random, status: str, today: dt.date, young: bool) -> dict[str, dt.date]:
    """Dates of a sound plan by role: advice, parent_told, told, issued, first_made, reviewed …

    `issued` is the date of a draft for a draft. All lie before `today`; the next review does not.
    `young`: under five, when reviews are due more often (Code 9.178).
    """

    def before(day: dt.date, least: int, most: int) -> dt.date:
        return day - dt.timedelta(days=rng.randint(least, most))

    issued = before(today, 5, 40) if status == "draft" else before(today, 30, 80 if young else 200)
    dates = {
        "issued": issued,
        "told": before(issued, 30, 60),
        "parent_told": before(issued, 30, 60),
        "advice": before(issued, 70, 110),
        "agreed": before(issued, 8, 20),
    }
    if status == "amended":
        dates["reviewed"] = before(issued, 25, 70)
        dates["first_made"] = before(issued, 420, 1200)
    elif status == "final":
        dates["first_made"] = issued
    start = dates.get("reviewed", issued)
    dates["review_due"] = start + dt.timedelta(days=364)
    return dates


MOVES = (
    (0, "to Reception"),
    (1, "to Year 1"),
    (7, "to secondary school, Year 7,"),
    (12, "to post-16 education, Year 12,"),
    (14, "to college or work"),
)


def next_move(child: Child, today: dt.date) -> str:
    """The next move between phases, as words: “to Year 7 in September 2029”."""
    begun = school_year(today)
    for year, words in MOVES:
        if child.year < year:
            return f"{words} in September {begun + year - child.year}"
    return f"to adult life, when the course ends in July {begun + 2}"
