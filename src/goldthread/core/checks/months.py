"""Calendar months as the law counts them, and dates as plans write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
_WRITTEN = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)? +)?(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*\.?,? +(20\d\d|19\d\d)\b"
    r"|\b(\d{1,2})[./-](\d{1,2})[./-](20\d\d|19\d\d|\d\d)\b"
    r"|\b(20\d\d|19\d\d)\b",
    re.IGNORECASE,
)


def day_after_months(start: dt.date, months: int) -> dt.date:
    """The first day after a period of so many calendar months that begins with `start`.

    Twelve months beginning with 29 February end on 28 February, so the day after is 1 March; a
    period that begins on the 31st ends with a shorter month (Dodds v Walker [1981] 1 WLR 1027).
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    try:
        return dt.date(year, month + 1, start.day)
    except ValueError:  # that month has no such day
        year, month = divmod(index + 1, 12)
        return dt.date(year, month + 1, 1)


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years; somebody born on 29 February is a year older from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def compulsory_age_ends(born: dt.date) -> dt.date:
    """The last Friday of June in the school year (from 1 September) in which the child turns 16.

    Source: Education Act 1996 s8 and the School Leaving Date Order 1997, as ipsea.org.uk says.
    """
    turns = born.year + 16
    june = dt.date(turns + (1 if born.month >= 9 else 0), 6, 30)
    return june - dt.timedelta(days=(june.weekday() - 4) % 7)


@dataclass(frozen=True, slots=True)
class Written:
    """A date written in a text: offsets in that text and its last possible day."""

    start: int
    end: int
    day: dt.date


def dates_in(text: str) -> Iterator[Written]:
    """Dates of `text`; “March 2026” counts as its last day and “2026” as 31 December."""
    for match in _WRITTEN.finditer(text):
        day = _day_of(match)
        if day is not None:
            yield Written(match.start(), match.end(), day)


def _day_of(match: re.Match[str]) -> dt.date | None:
    day, month, year, number, month_number, short_year, bare_year = match.groups()
    if bare_year:
        return dt.date(int(bare_year), 12, 31)
    try:
        if number:
            full = int(short_year) + (2000 if len(short_year) == 2 else 0)
            return dt.date(full, int(month_number), int(number))
        index = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month.lower()[:3]))
        if day:
            return dt.date(int(year), index, int(day))
        return day_after_months(dt.date(int(year), index, 1), 1) - dt.timedelta(days=1)
    except ValueError:
        return None
