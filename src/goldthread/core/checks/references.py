"""Items that name one another: “(Outcome 2)”, “meets Need 3”, “E1”, or that share one numbering."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldthread.core.plan.plan import Item, ItemKind

_SAID = re.compile(
    r"(?:\b(need|outcome|aim|target|objective|provision)s?[ .:#-]*"
    r"|\b(h[12](?=\.)|[b-h])[ .:#-]*|(?<![\w.]))(\d{1,2}(?:\.\d{1,2})?)\b",
    re.IGNORECASE,
)
_WORDS: dict[str, ItemKind] = {
    "need": "need", "outcome": "outcome", "aim": "outcome", "target": "outcome",
    "objective": "outcome", "provision": "provision",
}  # fmt: skip
_LETTERS: dict[str, ItemKind] = {
    "B": "need", "C": "need", "D": "need", "E": "outcome", "F": "provision", "G": "provision",
    "H": "provision", "H1": "provision", "H2": "provision",
}  # fmt: skip
_LABEL = re.compile(r"\b(need|outcome|aim|target|objective|provision)s?\b[^\d]{0,3}(\d{1,2})\b",
                    re.IGNORECASE)  # fmt: skip
_AGREE = 0.8
"""Share of all numbers that both kinds must have for their numbering to be one series."""
_FEWEST = 2


class Named(NamedTuple):
    """What one item says of another: its kind and section when said, and its number."""

    kind: ItemKind | None
    letter: str
    number: str


def named(items: Sequence[Item], others: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """(id of an item, id of the other that it names), all `others` being of one kind."""
    if not others:
        return
    numbers = _numbers(others)
    kind = others[0].kind
    for item in items:
        for said in references(item):
            if said.kind is not None and said.kind != kind:
                continue
            if said.kind is None and kind != _usual(item):
                continue
            for other in numbers.get(said.number, ()):
                if other.letter.startswith(said.letter) and other.id != item.id:
                    yield item.id, other.id


def references(item: Item) -> Iterator[Named]:
    """What `item.links` name; in “Outcomes 1 and 3” the word counts for both numbers."""
    for link in item.links:
        kind: ItemKind | None = None
        letter = ""
        for word, section, number in _SAID.findall(link):
            if word:
                kind, letter = _WORDS[word.lower()], ""
            elif section:
                letter = section.upper()
                kind = _LETTERS[letter]
            yield Named(kind, letter, number)


def same_series(ones: Sequence[Item], others: Sequence[Item]) -> list[tuple[str, str]]:
    """Pairs of one number, when nearly all numbers stand on both sides: Need 1, Outcome 1, …

    Only numbers with a word count (“Need 3”): “3.” is the list's own. Empty when the numbers do
    not agree, or fewer than two do.
    """
    first, second = _labels(ones), _labels(others)
    both = first.keys() & second.keys()
    if len(both) < _FEWEST or len(both) < _AGREE * len(first.keys() | second.keys()):
        return []
    return [(a, b) for number in sorted(both) for a in first[number] for b in second[number]]


def _labels(items: Sequence[Item]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for item in items:
        label = _LABEL.search(item.number)
        if label and _WORDS[label[1].lower()] == item.kind:
            found[int(label[2])].append(item.id)
    return found


def _numbers(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Number -> items: as the document numbers them, else by their order in the section."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        said = re.search(r"\d+(?:\.\d+)?", item.number)
        found[said[0] if said else re.split(r"[A-Z.]", item.id)[-1]].append(item)
    return found


def _usual(item: Item) -> ItemKind:
    """What a bare number most likely names: provision its outcome, an outcome its need."""
    return "need" if item.kind == "outcome" else "outcome"
