"""What a check looks at: the plan, and all that it is held against."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from goldthread.core.checks.finding import Quote
from goldthread.core.checks.words import Hit, Hits, Words
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item, Plan, Status

Value = TypeVar("Value")


@dataclass(frozen=True)
class Corpus:
    """What is known of other plans, without their text: in how many of them a sentence stands.

    Keys are digests of sentences (`checks/kinds/boilerplate.py` makes them); no child is in it.
    """

    sentences: Mapping[str, int] = field(default_factory=dict)
    plans: int = 0


@dataclass(frozen=True)
class Subject:
    """One document under check on one day."""

    plan: Plan
    words: Words
    today: dt.date
    status: Status
    """As told by whoever asks, else as the document says, else “unknown”."""
    advice: tuple[Plan, ...] = ()
    previous: Plan | None = None
    corpus: Corpus | None = None
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def hits(self) -> Hits:
        """Lexicon terms in `plan.document.text`, found once for all checks."""
        return self.words.scan(self.plan.document.text)

    def kept(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """`make()` the first time, then the same value: for what several checks need."""
        if key not in self._kept:
            self._kept[key] = make()
        found: Value = self._kept[key]
        return found

    def hits_in(self, lexicon: str, where: Item | Paragraph) -> list[Hit]:
        """Terms of `lexicon` in an item or paragraph; offsets count in the document's text."""
        if isinstance(where, Paragraph):
            return self.hits.within(lexicon, where.start, where.end)
        found = [self.hits.within(lexicon, p.start, p.end) for p in where.paragraphs]
        return [hit for hits in found for hit in hits]

    def has(self, lexicon: str, where: Item | Paragraph) -> bool:
        paragraphs = (where,) if isinstance(where, Paragraph) else where.paragraphs
        return any(self.hits.any(lexicon, p.start, p.end) for p in paragraphs)

    def quote(
        self, paragraph: Paragraph, start: int | None = None, end: int | None = None
    ) -> Quote:
        """Words of `paragraph` between two offsets in the document's text; all of it by default."""
        first = 0 if start is None else start - paragraph.start
        last = len(paragraph.text) if end is None else end - paragraph.start
        letter = self.plan.letter_of.get(paragraph.location.paragraph or 0, "")
        return Quote(paragraph.text[first:last], paragraph.location, letter)

    def quote_hit(self, hit: Hit) -> Quote:
        return self.quote(self.paragraph_at(hit.start), hit.start, hit.end)

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph in which an offset of the document's text lies."""
        paragraphs = self.plan.document.paragraphs
        return paragraphs[bisect_right(self._starts, offset) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.plan.document.paragraphs]

    # --- The child, on that day ---------------------------------------------------------------

    @cached_property
    def age(self) -> int | None:
        """Whole years on the day of the check; None when no date of birth was found."""
        born = self.plan.facts.child.born
        if born is None:
            return None
        had = (self.today.month, self.today.day) >= (born.day.month, born.day.day)
        return self.today.year - born.day.year - (0 if had else 1)

    @cached_property
    def year(self) -> int | None:
        """School year by date of birth (Reception is 0, earlier is negative), on that day."""
        born = self.plan.facts.child.born
        return None if born is None else school_year(born.day, self.today)


def school_year(born: dt.date, day: dt.date) -> int:
    """National Curriculum year on `day` of a child born on `born`, taught with its age group.

    A school year runs from 1 September; a child starts Reception (0) in the school year in which
    it turns five: year = start of the school year - start of the birth's school year - 5.
    """
    return _school_year_start(day) - _school_year_start(born) - 5


def _school_year_start(day: dt.date) -> int:
    return day.year if day.month >= 9 else day.year - 1
