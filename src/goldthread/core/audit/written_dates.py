"""A date as a cell of a list says it: words, figures in any usual order, or Excel's own number."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

Order = Literal["day-first", "month-first"]
"""How figures such as 03/04/2026 are read; a year of four figures in front settles it."""

_EXCEL_DAY_NOUGHT = dt.date(1899, 12, 30)
_EXCEL = range(20_000, 80_000)
"""Excel's numbers of days that are taken for dates: October 1954 to January 2119."""
_CENTURY = 70
"""Years of two figures: 70 to 99 are the 1900s. Nobody with a plan was born before 1970."""
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?")
_WORDS = re.compile(r"(?:(\d{4})|(\d{1,2})(?:st|nd|rd|th)?)[-/., ]*([A-Za-z]{3,9})[-/., ]*"
                    r"(\d{4}|\d{1,2})(?: .*)?")  # fmt: skip
_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december")  # fmt: skip


class NoDate(ValueError):
    """The cell holds something that is no date."""


@lru_cache(maxsize=65_536)
def date_of(text: str, order: Order = "day-first") -> dt.date:
    """The day that `text`, without blanks at its ends, says; a time after it is passed over.

    Reads 2026-01-15, 2026-Jan-15 00:00:00, 15/01/2026, 15.1.26, 15 January 2026 and 46037.
    Errors: NoDate, also for 31 February and where day and month cannot stand in `order`.
    """
    try:
        return _found(text, order)
    except (ValueError, OverflowError) as error:
        raise NoDate(text) from error


def _found(text: str, order: Order) -> dt.date:
    if m := _ISO.fullmatch(text):
        return dt.date(int(m[1]), int(m[2]), int(m[3]))
    if m := _FIGURES.fullmatch(text):
        first, second = int(m[1]), int(m[2])
        day, month = (first, second) if order == "day-first" else (second, first)
        return dt.date(_year(m[3]), month, day)
    if m := _WORDS.fullmatch(text):
        return _worded(m)
    if (m := _NUMBER.fullmatch(text)) and int(m[1]) in _EXCEL:
        return _EXCEL_DAY_NOUGHT + dt.timedelta(days=int(m[1]))
    raise NoDate(text)


def _worded(m: re.Match[str]) -> dt.date:
    """“15 Jan 2026”, or the year first as COLLECT exports it: “2026-Jan-15”."""
    month = _month(m[3].lower())
    if m[1]:
        if len(m[4]) > 2:
            raise NoDate(m[0])
        return dt.date(int(m[1]), month, int(m[4]))
    if len(m[4]) == 1:
        raise NoDate(m[0])
    return dt.date(_year(m[4]), month, int(m[2]))


def _month(word: str) -> int:
    number = _MONTHS.index(word[:3]) + 1
    if not (_FULL[number - 1].startswith(word) or word == "sept"):
        raise NoDate(word)
    return number


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else year + (1900 if year >= _CENTURY else 2000)
