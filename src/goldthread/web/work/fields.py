"""Fields of posted forms as values, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.core.audit.written_dates import NoDate, date_of
from goldthread.records.actions.refusing import WrongField

Posted = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """For the error summary: the field and the sentence."""

    field: str
    sentence: str


def text(posted: Posted, name: str) -> str:
    """What was written, without NUL: no keyboard types it, and PostgreSQL keeps no text with it."""
    return str(posted.get(name, "")).replace("\0", "").strip()


def number(posted: Posted, name: str, sentence: str) -> int | None:
    """A whole number; None for a blank field. Errors: WrongField with `sentence`."""
    said = text(posted, name)
    if not said:
        return None
    digits = said.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise WrongField(name, sentence)
    return int(said)


def day(posted: Posted, name: str, what: str) -> dt.date | None:
    """A date as people write it; None for a blank field. `what`: “The date of the review”.

    Errors: WrongField.
    """
    said = text(posted, name)
    if not said:
        return None
    try:
        return date_of(said)
    except NoDate as error:
        raise WrongField(name, f"{what} must be a date, for example 27/3/2026.") from error


def written(value: dt.date | None) -> str:
    """A date as a form shows it."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""
