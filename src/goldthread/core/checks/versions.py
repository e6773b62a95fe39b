"""Two versions of one plan: what was added, taken away, changed, moved, or never touched."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from goldthread.core.checks.faithful import Change
from goldthread.core.checks.finding import Quote
from goldthread.core.checks.months import age_on, dates_in
from goldthread.core.checks.subject import school_year
from goldthread.core.checks.words import plain
from goldthread.core.plan.plan import Item, Plan

ALIKE = 0.6
"""Likeness (Ratcliff and Obershelp) from which an item is the same one, reworded."""
SHORTLIST = 3
"""How many candidates are compared letter by letter; that is slow."""
SHARED = 0.45
"""Share of all words of two items that must be common before they are compared so."""
NUMBER = re.compile(r"\d+(?:[.:]\d+)*")
YEAR_GROUP = re.compile(r"\byear (\d{1,2})\b")
AGE = re.compile(r"\b(?:aged? (?:of )?(\d{1,2})|(\d{1,2}) years old)\b")
SPACES = re.compile(r"\s+")


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every item of both versions once: in the order of the newer, then what was taken away."""
    pool = _Pool(before.items)
    clock = _Clock(before, after)
    partners: dict[str, _Text] = {}
    new = [_Text.of(item) for item in after.items]
    for text in new:  # word for word first, so that no reworded item takes another's partner
        exact = pool.take_exact(text)
        if exact is not None:
            partners[text.item.id] = exact
    for text in new:
        if text.item.id not in partners:
            like = pool.take_alike(text)
            if like is not None:
                partners[text.item.id] = like
    found = [_change(partners.get(t.item.id), t, clock) for t in new]
    return (*found, *map(_removed, pool.rest()))


def alike(before: Plan, after: Plan) -> float:
    """Share of the newer version's items that stood word for word in the older, 0 to 1."""
    old = {_key(item) for item in before.items}
    new = [_key(item) for item in after.items]
    return sum(key in old for key in new) / len(new) if new else 0.0


class _Text(NamedTuple):
    item: Item
    key: str
    words: frozenset[str]

    @classmethod
    def of(cls, item: Item) -> _Text:
        key = _key(item)
        return cls(item, key, frozenset(key.split()))


class _Pool:
    """Items of the older version that have found no partner yet."""

    def __init__(self, items: Iterable[Item]) -> None:
        texts = [_Text.of(item) for item in items]
        self._left = {text.item.id: text for text in texts}
        self._exact: dict[str, list[_Text]] = defaultdict(list)
        for text in texts:
            self._exact[text.key].append(text)

    def take_exact(self, new: _Text) -> _Text | None:
        same = [t for t in self._exact.get(new.key, ()) if t.item.id in self._left]
        if not same:
            return None
        best = min(same, key=lambda t: (t.item.letter != new.item.letter, t.item.id != new.item.id))
        return self._left.pop(best.item.id)

    def take_alike(self, new: _Text) -> _Text | None:
        """The likest of the same kind: word overlap first, then letter by letter."""
        close = [
            (len(new.words & old.words) / len(new.words | old.words), old)
            for old in self._left.values()
            if old.item.kind == new.item.kind and new.words | old.words
        ]
        close.sort(key=lambda pair: -pair[0])
        for share, old in close[:SHORTLIST]:
            if share >= SHARED and SequenceMatcher(None, old.key, new.key).ratio() >= ALIKE:
                return self._left.pop(old.item.id)
        return None

    def rest(self) -> Iterator[_Text]:
        return iter(self._left.values())


class _Clock:
    """When the newer version was issued, and how old the child was at each."""

    def __init__(self, before: Plan, after: Plan) -> None:
        born = after.facts.child.born or before.facts.child.born
        self.then, self.now = _issued(before), _issued(after)
        self.born: dt.date | None = born.day if born else None

    def stale(self, item: Item) -> str:
        """What in an item that was not changed has passed, in words; empty when nothing has."""
        if self.now is None:
            return ""
        days = [d for d in dates_in(item.text) if d.day.year > 2000]
        if item.kind != "need" and days and max(d.day for d in days) < self.now:
            last = max(days, key=lambda d: d.day)
            return f"It names {item.text[last.start : last.end]}, which has passed"
        return self._outgrown(plain(item.text))

    def _outgrown(self, low: str) -> str:
        if self.born is None or self.then is None or self.now is None or self.then >= self.now:
            return ""
        years = {school_year(self.born, day) for day in (self.then, self.now)}
        ages = {age_on(self.born, day) for day in (self.then, self.now)}
        for found, steps, word in (
            ({int(n) for n in YEAR_GROUP.findall(low)}, years, "Year"),
            ({int(a or b) for a, b in AGE.findall(low)}, ages, "age"),
        ):
            if len(steps) > 1 and min(steps) in found and max(steps) not in found:
                return f"It speaks of {word} {min(steps)}, which is past"
        return ""


def _issued(plan: Plan) -> dt.date | None:
    found = plan.facts.find_date("amended", "issued", "draft")
    return found.day if found else None


def _key(item: Item) -> str:
    return SPACES.sub(" ", plain(item.text)).strip(" .")


def _change(old: _Text | None, new: _Text, clock: _Clock) -> Change:
    item, here = new.item, _quote(new.item)
    if old is None:
        return Change("added", item.letter, "It is new in this version.", None, here)
    there = _quote(old.item)
    how = "" if old.key == new.key else _how(old, new)
    if old.item.letter != item.letter:
        said = f"It moved from Section {old.item.letter} to Section {item.letter}."
        return Change("moved", item.letter, f"{said} {how}".strip(), there, here)
    if how:
        return Change("changed", item.letter, how, there, here)
    stale = clock.stale(item)
    if stale:
        return Change("never-updated", item.letter, f"{stale}, and was not updated.", there, here)
    return Change("unchanged", item.letter, "Word for word as before.", there, here)


def _how(old: _Text, new: _Text) -> str:
    before, now = NUMBER.findall(old.item.text), NUMBER.findall(new.item.text)
    if before != now:
        return "It was reworded, and numbers in it changed: check that this is meant."
    return "It was reworded."


def _removed(old: _Text) -> Change:
    said = "It was in the earlier version and is gone; no like text was found in this one."
    return Change("removed", old.item.letter, said, _quote(old.item), None)


def _quote(item: Item) -> Quote:
    first = item.paragraphs[0]
    return Quote(first.text, first.location, item.letter)
