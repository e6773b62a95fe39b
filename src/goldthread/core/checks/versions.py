"""Two versions of one plan: what was added, taken away, changed, moved, or never touched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from goldthread.core.checks.faithful import Change
from goldthread.core.checks.finding import Quote
from goldthread.core.checks.words import plain
from goldthread.core.plan.plan import Item, Plan

ALIKE = 0.6
"""Likeness (Ratcliff and Obershelp) from which an item is the same one, reworded."""
YEAR = re.compile(r"\b(20\d\d)\b")
SPACES = re.compile(r"\s+")


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every item of both versions once: in the order of the newer, then what was taken away."""
    pool = _Pool(before.items)
    found = []
    for item in after.items:
        exact = pool.take_exact(item)
        old = exact or pool.take_alike(item)
        found.append(_change(old, item, after))
    found += [_removed(item) for item in pool.rest()]
    return tuple(found)


def alike(before: Plan, after: Plan) -> float:
    """Share of the newer version's items that stood word for word in the older, 0 to 1."""
    old = {_key(item) for item in before.items}
    new = [item for item in after.items if _key(item)]
    return sum(_key(item) in old for item in new) / len(new) if new else 0.0


class _Pool:
    """Items of the older version that have found no partner yet."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._left = {item.id: item for item in items}
        self._exact: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            self._exact[_key(item)].append(item)

    def take_exact(self, item: Item) -> Item | None:
        same = [i for i in self._exact[_key(item)] if i.id in self._left]
        same.sort(key=lambda i: i.letter != item.letter)
        return self._left.pop(same[0].id) if same else None

    def take_alike(self, item: Item) -> Item | None:
        """The likest of the same kind; word overlap first, because the exact measure is slow."""
        words = set(_key(item).split())
        close = [
            (len(words & other) / max(1, len(words | other)), i)
            for i in self._left.values()
            if i.kind == item.kind and (other := set(_key(i).split()))
        ]
        for share, candidate in sorted(close, key=lambda pair: -pair[0])[:3]:
            if share < 0.25:
                break
            if SequenceMatcher(None, _key(candidate), _key(item)).ratio() >= ALIKE:
                return self._left.pop(candidate.id)
        return None

    def rest(self) -> Iterator[Item]:
        return iter(self._left.values())


def _key(item: Item) -> str:
    return SPACES.sub(" ", plain(item.text)).strip(" .")


def _change(old: Item | None, new: Item, after: Plan) -> Change:
    if old is None:
        return Change("added", new.letter, "It is new in this version.", None, _quote(new))
    if old.letter != new.letter:
        said = f"It moved from Section {old.letter} to Section {new.letter}."
        return Change("moved", new.letter, said, _quote(old), _quote(new))
    if _key(old) != _key(new):
        return Change("changed", new.letter, _how(old, new), _quote(old), _quote(new))
    stale = _stale(new, after)
    if stale:
        said = f"It names {stale}, which has passed, and was not updated."
        return Change("never-updated", new.letter, said, _quote(old), _quote(new))
    return Change("unchanged", new.letter, "Word for word as before.", _quote(old), _quote(new))


def _how(old: Item, new: Item) -> str:
    before, now = re.findall(r"\d+", old.text), re.findall(r"\d+", new.text)
    if before != now:
        return "It was reworded, and numbers in it changed: check that this is meant."
    return "It was reworded."


def _stale(item: Item, after: Plan) -> str:
    """A year in the item that is over on the day this version was issued."""
    issued = after.facts.find_date("amended", "issued", "final", "draft")
    day = issued.day if issued else None
    years = [int(year) for year in YEAR.findall(item.text)]
    if day is None or not years or max(years) >= day.year:
        return ""
    return str(max(years))


def _removed(item: Item) -> Change:
    said = "It was in the earlier version and is gone; no like text was found in this one."
    return Change("removed", item.letter, said, _quote(item), None)


def _quote(item: Item) -> Quote:
    return Quote(item.paragraphs[0].text, item.paragraphs[0].location, item.letter)
