"""What somebody's marks of an anchor plan say beside the agreed ones: to learn from, never a rank.

Source: methods, d.2 (probability of the agreed grade) and d.6 (drift).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from goldthread.core.audit.anchors import Agreed, Anchor
from goldthread.core.audit.judgement import Value
from goldthread.core.audit.themes import theme_of
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.stats import wilson
from goldthread.core.stats.results import Interval

Verdict = Literal["same", "stricter", "kinder", "other"]
"""other: a number against “does not apply” or “cannot decide”, or two reasons."""
QUARTER = 91
"""Days after which an anchor is due again (methods, d.6: each quarter)."""
FEWEST = 10
"""Marks below which no share is named."""


@dataclass(frozen=True)
class Compared:
    """One question: the marker's own answer beside the agreed one."""

    criterion: Criterion
    theme: str
    own: Value
    agreed: Agreed
    verdict: Verdict

    @property
    def adjacent(self) -> bool:
        """Numbers that are one apart."""
        own, agreed = self.own, self.agreed.answer
        return isinstance(own, int) and isinstance(agreed, int) and abs(own - agreed) == 1

    @property
    def arguable(self) -> bool:
        """Not the agreed answer, and one that the agreed reason itself can see."""
        return self.own in self.agreed.arguable


@dataclass(frozen=True)
class Tallied:
    """How many marks were the same, stricter, kinder or otherwise; `adjacent`: one apart."""

    n: int = 0
    same: int = 0
    adjacent: int = 0
    stricter: int = 0
    kinder: int = 0
    other: int = 0

    @property
    def different(self) -> int:
        return self.n - self.same

    @property
    def share(self) -> float | None:
        """Of marks that are the agreed one, 0 to 1; None below FEWEST marks."""
        return self.same / self.n if self.n >= FEWEST else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's for the share. Marks of one plan are not independent, so it is the narrowest
        that can be claimed."""
        return wilson(self.same, self.n) if self.n >= FEWEST else None

    def __add__(self, other: Tallied) -> Tallied:
        return Tallied(
            self.n + other.n, self.same + other.same, self.adjacent + other.adjacent,
            self.stricter + other.stricter, self.kinder + other.kinder, self.other + other.other,
        )  # fmt: skip


def verdict_of(own: Value, agreed: Agreed) -> Verdict:
    """How an answer stands to the agreed one; an answer in `also` is the same."""
    if own == agreed.answer or own in agreed.also:
        return "same"
    if isinstance(own, int) and isinstance(agreed.answer, int):
        return "stricter" if own < agreed.answer else "kinder"
    return "other"


def compare(
    framework: Framework, anchor: Anchor, asked: Sequence[Criterion], given: Mapping[str, Value]
) -> tuple[Compared, ...]:
    """Each question that was asked and answered beside the agreed answer, in the order asked.

    Errors: KeyError for a question without an agreed answer.
    """
    return tuple(
        Compared(
            criterion,
            theme_of(framework, criterion.section),
            given[criterion.id],
            anchor.answers[criterion.id],
            verdict_of(given[criterion.id], anchor.answers[criterion.id]),
        )
        for criterion in asked
        if criterion.id in given
    )


def tally(compared: Iterable[Compared]) -> Tallied:
    """The marks of one or more plans counted."""
    lines = tuple(compared)
    by = Counter(line.verdict for line in lines)
    return Tallied(
        len(lines), by["same"], sum(line.adjacent for line in lines),
        by["stricter"], by["kinder"], by["other"],
    )  # fmt: skip


def mostly(compared: Iterable[Compared]) -> str:
    """The theme in which at least two and more than half of the differing marks stand, or “”."""
    themes = Counter(line.theme for line in compared if line.verdict != "same")
    if not themes:
        return ""
    theme, most = themes.most_common(1)[0]
    return theme if most >= 2 and most * 2 > sum(themes.values()) else ""


def sentences(framework: Framework, compared: Sequence[Compared]) -> tuple[str, ...]:
    """The finding in a few kind and plain sentences, for the person whose marks they are."""
    found = tally(compared)
    if not found.n:
        return ("None of the questions was answered, so there is nothing to compare.",)
    said = [f"You gave the agreed answer to {found.same} of {found.n} questions."]
    if not found.different:
        return (*said, "There is nothing to put beside it but the reasons, which may still differ.")
    said.append(_others(framework, compared, found))
    arguable = sum(line.arguable for line in compared)
    if arguable:
        said.append(
            f"{_number(arguable)} of them a careful reader might give as well; the reason says why "
            "the other was agreed."
        )
    return tuple(said)


def _others(framework: Framework, compared: Sequence[Compared], found: Tallied) -> str:
    ways = [
        (found.stricter, "stricter"),
        (found.kinder, "kinder"),
        (found.other, "a different kind of answer (does not apply, or cannot decide)"),
    ]
    parts = [f"{count} {'was' if count == 1 else 'were'} {way}" for count, way in ways if count]
    theme = mostly(compared)
    where = f", mostly in {framework.themes.get(theme, theme)} ({theme})" if theme else ""
    whose = "The other one" if found.different == 1 else f"Of the other {found.different}"
    if found.different == 1:
        way = next(way for count, way in ways if count)
        return f"{whose} was {way}{_apart(found)}."
    return f"{whose}, {_listed(parts)}{where}{_apart(found)}."


def _apart(found: Tallied) -> str:
    """“, one step apart”, when all that can be counted in steps are."""
    numbers = found.stricter + found.kinder
    if numbers and found.adjacent == numbers and not found.other:
        return ", one step apart" if numbers == 1 else ", all of them one step apart"
    return ""


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _number(count: int) -> str:
    return ("One", "Two", "Three", "Four", "Five")[count - 1] if count <= 5 else str(count)


def chance(found: Tallied) -> str:
    """How often the agreed answer was given, with how sure that is."""
    share, interval = found.share, found.interval
    if share is None or interval is None:
        more = FEWEST - found.n
        return (
            f"{found.n} marks are too few to say how often you give the agreed answer; about "
            f"{more} more would do."
        )
    return (
        f"On these marks you give the agreed answer about {share:.0%} of the time (likely "
        f"{interval.low:.0%} to {interval.high:.0%}, {found.n} marks)."
    )


def due_on(last: dt.date) -> dt.date:
    """The day from which an anchor may be marked again."""
    return last + dt.timedelta(days=QUARTER)
