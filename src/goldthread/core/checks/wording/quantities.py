"""The quantity grammar: how long, how often, in what group, as one pass over an item's words.

Source: standard.md part d, from SEND Code 2015 9.69F (“type, hours and frequency”).
"""

from __future__ import annotations

import re

from goldthread.core.checks.wording.amounts import (
    Amount,
    Duration,
    Frequency,
    Group,
    Quantities,
    amount,
    totals_agree,
)
from goldthread.core.checks.wording.scanning import Scan
from goldthread.core.checks.wording.tokens import Tokens, tokens

__all__ = (
    "Amount", "Duration", "Frequency", "Group", "Quantities", "amount", "quantities",
    "totals_agree",
)  # fmt: skip
_WHOLE = re.compile(
    r"throughout (?:the |each |every |his |her |their )?(?:whole |entire )?"
    r"(?:(?:school|nursery|college|full) )?(?:day|week|session)"
    r"|at all times|full[- ]time|\ball day\b|(?:whole|entire|full)(?: of the| of every)?"
    r"(?: [\d.]+[- ]hours?)?(?: (?:school|nursery|college))? (?:day|week)"
    r"|\ball (?:of )?(?:the )?[\d.]+ hours|during (?:the )?(?:whole|entire) "
)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[.:](\d\d))? ?([ap]m)? ?(?:to|-|until|till) ?(\d{1,2})(?:[.:](\d\d))? ?([ap]m)\b"
)


def quantities(low: str, found: Tokens | None = None) -> Quantities:
    """The amounts in a plain text (`words.plain`), whose offsets are those of the text itself.

    `found` are its tokens, where they are known already.
    """
    scan = Scan(low, *(found or tokens(low)))
    scan.run()
    if "pm" in low or "am" in low:
        scan.durations += _clock_times(low)
    return Quantities(
        tuple(scan.durations),
        tuple(scan.frequencies),
        tuple(scan.groups),
        tuple(m.span() for m in _WHOLE.finditer(low)) if _may_be_whole(low) else (),
    )


def _clock_times(low: str) -> list[Duration]:
    """“from 10am to 10.45am” lasts 45 minutes."""
    found = []
    for m in _CLOCK.finditer(low):
        first, last = int(m[1]) % 12 * 60 + int(m[2] or 0), int(m[4]) % 12 * 60 + int(m[5] or 0)
        half_days = 720 * ((m[6] == "pm") - ((m[3] or m[6]) == "pm"))
        minutes = (last - first + half_days) % 1440
        found.append(Duration(m.start(), m.end(), float(minutes)))
    return found


def _may_be_whole(low: str) -> bool:
    """Cheap to ask; the pattern itself would cost a fifth of the judgement."""
    return (
        "all " in low or "whole" in low or "full" in low or "throughout" in low or "entire" in low
    )
