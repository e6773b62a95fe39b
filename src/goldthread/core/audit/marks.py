"""The marks by which auditors are compared: each person's own answer, before anybody changed it.

An own answer is the first one where it was changed after the machine was seen, and never what a
panel decided later: agreement after moderation says nothing of auditors.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from goldthread.core.audit.judgement import CANNOT_DECIDE, Value

Drawn = Literal["random", "chosen", "anchor"]
"""random: drawn by chance, so that it stands for all plans; chosen: a theme, a risk, a draft; an
invented anchor plan, which every auditor marks."""


class Mark(NamedTuple):
    """One person's own answer to one question of one document.

    `document`: the same text where the same document was marked; `audit`: its reference; `second`:
    of the blind second audit; `by`: the member; `seen`: the machine's suggestion was shown before
    the first answer; `machine`: what it suggested, None where it gave no number; `state`: the
    machine's state, empty where it did not look; `on`: the day of signing.
    """

    document: str
    audit: str
    second: bool
    drawn: Drawn
    criterion: str
    by: int
    agency: str
    value: Value
    seen: bool = False
    machine: int | None = None
    state: str = ""
    on: dt.date = dt.date.min


class Pair(NamedTuple):
    """Two people's own answers to one question of one document, the first auditor's first."""

    document: str
    criterion: str
    first: Value
    second: Value
    audits: tuple[str, str]
    people: tuple[int, int]


@dataclass(frozen=True)
class Pairs:
    """`blind`: pairs that count. `seen`: pairs left out because one of the two had the machine's
    suggestion before answering; `own`: left out because one person gave both answers."""

    blind: tuple[Pair, ...] = ()
    seen: int = 0
    own: int = 0

    @property
    def documents(self) -> int:
        return len({pair.document for pair in self.blind})


def is_number(value: Value) -> bool:
    """0 to 3, and not a reason why the question does not apply, nor “cannot decide”."""
    return isinstance(value, int)


def kind_of(value: Value) -> Literal["number", "not-applicable", "cannot-decide"]:
    """What sort of answer it is."""
    if is_number(value):
        return "number"
    return "cannot-decide" if value == CANNOT_DECIDE else "not-applicable"


def pairs_of(marks: Iterable[Mark]) -> Pairs:
    """The answers of second audits beside those of the first audits of the same documents.

    Anchor plans are left out: they are everybody's, and have pages of their own.
    """
    first: dict[tuple[str, str], Mark] = {}
    second: dict[tuple[str, str], Mark] = {}
    for mark in marks:
        if mark.drawn != "anchor" or mark.second:
            held = second if mark.second else first
            held.setdefault((mark.document, mark.criterion), mark)
    both = [(first[key], second[key]) for key in sorted(first.keys() & second.keys())]
    apart = [(a, b) for a, b in both if a.by != b.by]
    blind = [(a, b) for a, b in apart if not (a.seen or b.seen)]
    return Pairs(tuple(_pair(a, b) for a, b in blind), len(apart) - len(blind),
                 len(both) - len(apart))  # fmt: skip


def _pair(first: Mark, second: Mark) -> Pair:
    return Pair(
        first.document, first.criterion, first.value, second.value,
        (first.audit, second.audit), (first.by, second.by),
    )  # fmt: skip


def by_criterion(pairs: Iterable[Pair]) -> Mapping[str, tuple[Pair, ...]]:
    """Criterion -> its pairs."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.criterion].append(pair)
    return {criterion: tuple(rows) for criterion, rows in found.items()}


def quarter_of(day: dt.date) -> tuple[int, int]:
    """(2026, 4) for a day of the last quarter of 2026."""
    return day.year, (day.month + 2) // 3
