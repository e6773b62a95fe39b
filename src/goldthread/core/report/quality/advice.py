"""Professional advice: whether it came in six weeks, beside how good it is, and never as one.

Regulation 8(1) gives six weeks; its exceptions (8(2)) are for a person to judge, so these figures
say how often advice was later, and not whose fault that was.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from goldthread.core.audit.advice_time import timeliness
from goldthread.core.report.quality.figures import Figure, rate
from goldthread.core.report.quality.floor import Group, Held, held_back

PROFESSION = "profession"


class Piece(NamedTuple):
    """One request for advice: who was asked, when, and when it came; None where that is not known.

    `author`: a membership's number.
    """

    profession: str
    requested_on: dt.date | None
    dated_on: dt.date | None
    author: int | None = None


@dataclass(frozen=True)
class Timed:
    """Requests of one profession. `in_time`: of those that came or should have come by now."""

    profession: str
    in_time: Figure
    late: int
    overdue: int
    waiting: int
    not_known: int


def timed(pieces: Iterable[Piece], today: dt.date) -> tuple[dict[str, Timed], Held]:
    """Profession -> its requests; and which professions are not shown by themselves.

    What is not here yet and overdue is late as well; what has days left counts nowhere yet.
    """
    states: dict[str, Counter[str]] = {}
    people: dict[str, set[int | None]] = {}
    for piece in pieces:
        found = timeliness(piece.requested_on, piece.dated_on, today)
        states.setdefault(piece.profession, Counter())[found.state] += 1
        if found.state in ("on-time", "late", "overdue"):
            people.setdefault(piece.profession, set()).add(piece.author)
    rows = {profession: _timed(profession, state) for profession, state in states.items()}
    sizes: dict[tuple[str, ...], int] = {
        (profession,): row.in_time.n for profession, row in rows.items()
    }
    one = {Group(PROFESSION, p) for p, who in people.items() if len(who) == 1 and None not in who}
    return rows, held_back(sizes, (PROFESSION,), one)


def _timed(profession: str, state: Mapping[str, int]) -> Timed:
    on_time, late, overdue = (state.get(s, 0) for s in ("on-time", "late", "overdue"))
    return Timed(
        profession, rate(on_time, on_time + late + overdue), late, overdue,
        state.get("waiting", 0), state.get("not-known", 0),
    )  # fmt: skip


def whole(pieces: Iterable[Piece], today: dt.date) -> Timed:
    """All professions together."""
    states: Counter[str] = Counter(
        timeliness(p.requested_on, p.dated_on, today).state for p in pieces
    )
    return _timed("", states)
