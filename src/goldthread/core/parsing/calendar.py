"""When “by the end of Key Stage 2” is: words of the school calendar, with a date of birth."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_POINT = re.compile(
    r"\b(?:"
    r"(?:year|yr|y)\s?(?P<year>\d{1,2})\b(?!\s*(?:months?|weeks?|old))"
    r"|(?:key\s?stage|ks)\s?(?P<stage>[1-5])\b"
    r"|(?P<named>reception|nursery|early years|foundation stage|primary (?:school|phase)|"
    r"secondary (?:school|phase)|infant school|junior school|sixth form)\b"
    r"|(?P<term>autumn|spring|summer)\s+term(?:\s+(?:of\s+)?(?P<term_year>20\d\d))?"
    r"|(?:school|academic)\s+year\s+(?P<from>20\d\d)\s?[-/–]\s?(?P<to>\d{2,4})"
    r"|(?:age[d]?|turns|is|reaches)\s+(?:of\s+)?(?P<age>\d{1,2})\b(?!\s*(?:%|per|times|out|minutes|of\b))"
    r"|(?P<birthday>\d{1,2})(?:st|nd|rd|th)\s+birthday"
    r")",
    re.IGNORECASE,
)
_LAST_YEAR = {
    "1": 2, "2": 6, "3": 9, "4": 11, "5": 13, "reception": 0, "nursery": -1, "early years": 0,
    "foundation stage": 0, "primary school": 6, "primary phase": 6, "secondary school": 11,
    "secondary phase": 11, "infant school": 2, "junior school": 6, "sixth form": 13,
}  # fmt: skip
"""Key stage or phase -> the school year with which it ends (Education Act 2002 s82, as used)."""
_TERM_ENDS = {"autumn": (12, 31), "spring": (4, 15), "summer": (7, 31)}


class Point(NamedTuple):
    """Words of the calendar in a text, and the day by which that time is over."""

    start: int
    end: int
    kind: str
    """year · stage · phase · term · school-year · age."""
    day: dt.date | None
    """None when it cannot be told without what was not given (date of birth, year of a term)."""


def find_points(text: str, born: dt.date | None = None) -> list[Point]:
    """“Year 6”, “Key Stage 2”, “summer term 2027”, “age 19” in `text`, in order.

    School years count as over on 31 July; terms on 31 December, 15 April, 31 July (rounded).
    """
    return [_point(match, born) for match in _POINT.finditer(text)]


def _point(m: re.Match[str], born: dt.date | None) -> Point:
    kind, day = _resolved(m, born)
    return Point(m.start(), m.end(), kind, day)


def _resolved(m: re.Match[str], born: dt.date | None) -> tuple[str, dt.date | None]:
    if m["year"]:
        return "year", year_ends(int(m["year"]), born)
    if m["stage"]:
        return "stage", year_ends(_LAST_YEAR[m["stage"]], born)
    if m["named"]:
        return "phase", year_ends(_LAST_YEAR[m["named"].lower()], born)
    if m["term"]:
        year = m["term_year"]
        ends = _TERM_ENDS[m["term"].lower()]
        return "term", dt.date(int(year), *ends) if year else None
    if m["from"]:
        return "school-year", dt.date(int(m["from"]) + 1, 7, 31)
    return "age", birthday(int(m["age"] or m["birthday"]), born)


def year_ends(year: int, born: dt.date | None) -> dt.date | None:
    """31 July of the school year `year` (Reception is 0) of a child taught with its age group."""
    if born is None or not -2 <= year <= 20:
        return None
    start = born.year if born.month >= 9 else born.year - 1
    return dt.date(start + 5 + year + 1, 7, 31)


def birthday(age: int, born: dt.date | None) -> dt.date | None:
    """The day on which somebody born on `born` turns `age`; 1 March for those of 29 February."""
    if born is None or not 0 < age <= 30:
        return None
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)
