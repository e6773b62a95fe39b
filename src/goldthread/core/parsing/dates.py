"""Dates as plans write them. Day first; what was filled in is said (`exact`)."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    r"\b(?:"
    r"(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s*(?:of\s+|-)?" + _MONTH.format("m1") +
    r"[,\s'’-]*(?P<y1>(?:19|20)\d\d|\d\d)(?!\d|st|nd|rd|th)"
    r"|" + _MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)\b"
    r"|" + _MONTH.format("m3") + r"[,\s'’-]*(?P<y3>(?:19|20)\d\d|\d\d)(?!\d|st|nd|rd|th|:|\s*%)\b"
    r"|(?P<y4>(?:19|20)\d\d)-(?P<n4>\d\d)-(?P<d4>\d\d)\b"
    r"|(?P<d5>\d{1,2})\s?[./-]\s?(?P<n5>\d{1,2})\s?[./-]\s?(?P<y5>(?:19|20)\d\d|\d\d)(?![\d./-]\d)\b"
    r")",
    re.IGNORECASE,
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


class Dated(NamedTuple):
    """A date in a text: offsets, the day, and False for `exact` when a part was filled in."""

    start: int
    end: int
    day: dt.date
    exact: bool


def find_dates(text: str) -> list[Dated]:
    """The dates of `text`, in order.

    “March 2026” and “July 16” (a month and two figures are read as month and year) count as the
    month's last day and are not exact; nor is a figure date whose month can only stand second
    (01/25/2015). Impossible dates are left out.
    """
    if _DIGIT.search(text) is None:
        return []
    found = []
    for match in _DATE.finditer(text):
        value = _value(match)
        if value is not None:
            found.append(Dated(match.start(), match.end(), *value))
    return found


def _value(m: re.Match[str]) -> tuple[dt.date, bool] | None:
    try:
        if m["m1"]:
            return dt.date(_year(m["y1"]), _month(m["m1"]), int(m["d1"])), True
        if m["m2"]:
            return dt.date(_year(m["y2"]), _month(m["m2"]), int(m["d2"])), True
        if m["m3"]:
            return month_end(_year(m["y3"]), _month(m["m3"])), False
        if m["y4"]:
            return dt.date(int(m["y4"]), int(m["n4"]), int(m["d4"])), True
        return _figures(int(m["d5"]), int(m["n5"]), _year(m["y5"]))
    except ValueError:
        return None


def _figures(day: int, month: int, year: int) -> tuple[dt.date, bool]:
    if month > 12 >= day:
        return dt.date(year, day, month), False
    return dt.date(year, month, day), True


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _year(written: str) -> int:
    """Two figures are this century's."""
    return int(written) + (2000 if len(written) == 2 else 0)


def month_end(year: int, month: int) -> dt.date:
    """The month's last day."""
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)
