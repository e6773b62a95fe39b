"""Until when the writer of a plan, or of advice, may reply to a signed audit of it.

Source: users.md, row 54: feedback and right of reply, to writer and adviser.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_REPLY = 4000
SHORTEST_REPLY = 10
"""Characters."""


@dataclass(frozen=True, slots=True)
class Window:
    """`since`: when the audit was signed, or last changed by moderation; `until`: the last day,
    None where there is no end."""

    since: dt.datetime
    until: dt.date | None

    def open_on(self, day: dt.date) -> bool:
        """Whether a reply may still be given."""
        return self.until is None or day <= self.until


def window(
    signed_at: dt.datetime, changed_at: Iterable[dt.datetime], days: int, zone: dt.tzinfo
) -> Window:
    """The days for a reply, from signing, and anew from each moderation that changed the audit.

    `days`: 0 for no end; `zone`: in which a day begins.
    """
    since = max([signed_at, *changed_at])
    if not days:
        return Window(since, None)
    return Window(since, since.astimezone(zone).date() + dt.timedelta(days=days))
