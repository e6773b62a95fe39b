"""What stands around a number: its period behind it, its bound before it."""

from __future__ import annotations

import re

from goldthread.core.checks.wording.amounts import Bound, Duration, Frequency, Group
from goldthread.core.checks.wording.tokens import ADVERBS, TURNS, number_at, unit_at, word_set

_PER = frozenset(("per", "a", "an", "each", "every", "/", "in", "of", "across", "over", "at"))
_BOUND_ENDS = word_set(
    "to than of least most minimum maximum max much approximately approx around about roughly "
    "circa floor a an the . ("
)
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("floor", re.compile(r"(?:at least|no less than|no fewer than|not less than|not fewer than"
                         r"|minimum(?: of)?|a floor of) (?:a |an |the )?$")),
    ("ceiling", re.compile(r"(?:up to|no more than|not more than|maximum(?: of)?|max\.?"
                           r"|at most|as much as) (?:a |an |the )?$")),
    ("about", re.compile(r"(?:approximately|approx\.?|around|about|roughly|circa) (?:a |an )?$")),
)  # fmt: skip


class Endings:
    """A text's tokens, the amounts taken so far, and the ways an amount ends."""

    def __init__(self, low: str, matches: list[re.Match[str]], words: list[str]) -> None:
        self.low = low
        self.at = matches
        """Where the words stand, one match each."""
        self.toks = words
        self.durations: list[Duration] = []
        self.frequencies: list[Frequency] = []
        self.groups: list[Group] = []

    def times(self, i: int, j: int, value: float, bound: Bound = "") -> int:
        """A count that ends before token `j`, with its period if one follows."""
        word = self.toks[j]
        if word in ("in", "out") and number_at(self.toks, j + 1 + (word == "out")):
            return j + 1  # “8 times in 10” measures, it does not recur
        period = self.period(j)
        if period:
            year = period[1] * value if period[1] else None
            self.add_frequency(i, period[2], period[0], year, bound)
            return period[2]
        if value != 1.0 or self.toks[j - 1] in TURNS:
            self.add_frequency(i, j, "course", value, bound)
        return j

    def duration(self, i: int, j: int, minutes: float | None, bound: Bound) -> int:
        toks = self.toks
        k = j + 1 if toks[j] in ("long",) else j
        period = self.period(k)
        start = self.at[i].start()
        year = period[1] if period else None
        self.durations.append(Duration(start, self.at[j - 1].end(), minutes, bound, year))
        if not period:
            return j
        last = self.frequencies[-1] if self.frequencies else None
        times = last.per_year if last and last.unit == "course" else None
        if last and times and period[1] and self.joins(last.end, start):
            self.durations[-1] = self.durations[-1]._replace(per_year=None)
            self.frequencies[-1] = last._replace(unit=period[0], per_year=times * period[1])
        else:
            self.add_frequency(k, period[2], period[0], period[1])
        return period[2]

    def joins(self, end: int, start: int) -> bool:
        """“3 × 45 minutes”, “3 sessions of 45 minutes”: the count belongs to the length."""
        return self.low[end:start].strip() in ("", "of", "x", "×")

    def period(self, j: int) -> tuple[str, float | None, int] | None:
        """“a week”, “per school day”, “each half term”, “weekly”, “in each fortnight”."""
        toks = self.toks
        word = toks[j]
        if word in ADVERBS:
            return (*ADVERBS[word], j + 1)
        if word == "half" and toks[j + 1] == "termly":
            return "half term", 6, j + 2
        if word == "p" and toks[j + 1] == "/":  # “p/w”
            j, word = j + 1, "/"
        if word not in _PER:
            return None
        if toks[j + 1] in ("a", "each", "every", "any", "the", "one"):
            j += 1
        elif word in ("in", "of", "across", "over", "at"):
            return None
        number = number_at(toks, j + 1) if word == "every" else None
        if number:
            unit = unit_at(toks, number[1])
            return (unit[0], unit[1] and unit[1] / (number[0] or 1), unit[2]) if unit else None
        return unit_at(toks, j + 1) or self.far_unit(j)

    def far_unit(self, j: int) -> tuple[str, float | None, int] | None:
        """“in each nursery session”, “every Spanish lesson”."""
        if self.toks[j] in ("each", "every"):
            return unit_at(self.toks, j + 2)
        return None

    def add_frequency(
        self, i: int, j: int, unit: str, year: float | None, bound: Bound = ""
    ) -> None:
        start, end = self.at[i].start(), self.at[j - 1].end()
        self.frequencies.append(Frequency(start, end, unit, year, bound))

    def bound(self, i: int) -> Bound:
        """What stands before a number: “up to”, “at least”, “about”."""
        if i == 0 or self.toks[i - 1] not in _BOUND_ENDS:
            return ""
        start = self.at[i].start()
        before = self.low[max(0, start - 24) : start]
        for bound, pattern in _BOUNDS:
            if pattern.search(before):
                return bound
        return ""
