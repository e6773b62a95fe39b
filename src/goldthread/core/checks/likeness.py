"""How alike two short texts are: by the subjects they are about, then by the rare words they share.

Likeness finds candidates; it cannot tell that nothing is there (docs/explanation/golden-thread.md),
so a text that is like nothing is never called missing on this alone.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from goldthread.core.checks.words import plain

POINTS = '.,;:()[]!?"·•/…'
STEM = 6
"""Letters of a word that count: “reading” and “readers” share their first ones."""
LEAST = 3
"""Letters of the shortest word that counts."""
SUBJECTS, RARE = 0.6, 0.4
"""Weights of the two halves of likeness."""
EVERYWHERE, MANY, FEW = 0.1, 20, 5
"""A word in more than this share of so many texts, and in more than a few, tells nothing."""
MOST_KNOWN = 20_000
"""Words remembered between texts; a language has fewer that matter."""

Key = TypeVar("Key", bound=Hashable)


def bare(low: str) -> str:
    """A plain text (`words.plain`) with spaces for points and for “'s”; as long as it was."""
    for point in POINTS:
        low = low.replace(point, " ")
    return low.replace("'s ", "   ")


class Features(NamedTuple):
    """Subjects (groups of the lexicon “domains”) and stems of a text."""

    subjects: frozenset[str]
    stems: frozenset[str]


class Subjects:
    """The lexicon of subjects, ready to look words up."""

    def __init__(self, terms: Mapping[str, str], common: Iterable[str]) -> None:
        self._phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._starts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._whole: dict[str, str] = {}
        for term, group in terms.items():
            key = plain(term.rstrip("*"))
            if " " in key:
                self._phrases[key.split(" ", 1)[0]].append((key, group))
            elif term.endswith("*"):
                self._starts[key[:3]].append((key, group))
            else:
                self._whole[key] = group
        self._common = frozenset(common)
        self._stems: dict[str, str] = {}
        self._telling: dict[str, tuple[str, ...]] = {}
        self._telling_words: set[str] = set()

    def features(self, text: str) -> Features:
        return self.read(bare(plain(text)))

    def read(self, low: str) -> Features:
        """Of a text that is bare already."""
        words = set(low.split())
        try:
            stems = set(map(self._stems.__getitem__, words))
        except KeyError:
            self._learn(words)
            stems = set(map(self._stems.__getitem__, words))
        subjects: set[str] = set()
        for word in words & self._telling_words:
            subjects.update(self._telling[word])
            for phrase, group in self._phrases.get(word, ()):
                if phrase in low:
                    subjects.add(group)
        stems.discard("")
        return Features(frozenset(subjects), frozenset(stems))

    def _learn(self, words: Iterable[str]) -> None:
        """Looks words up, once in the life of the process: stem and subjects of each."""
        if len(self._stems) > MOST_KNOWN:
            self._stems.clear()
            self._telling.clear()
            self._telling_words.clear()
        for word in words:
            found = {g for start, g in self._starts.get(word[:3], ()) if word.startswith(start)}
            if word in self._whole:
                found.add(self._whole[word])
            if found or word in self._phrases:
                self._telling[word] = tuple(sorted(found))
                self._telling_words.add(word)
            common = word in self._common or len(word) < LEAST or not word[0].isalpha()
            self._stems[word] = "" if common else _stem(word)


def _stem(word: str) -> str:
    """“turns” and “turn”, “reading” and “reader” become one; crude, and the same for both sides."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:STEM]


class _Vector(NamedTuple):
    subjects: frozenset[str]
    subjects_norm: float
    stems: frozenset[str]
    stems_norm: float


class Likeness(Generic[Key]):
    """Compares the texts of one plan: words that all of them use count for little.

    `sides` say of what kind each text is, for `near`; without them all are of one.
    """

    def __init__(
        self, texts: Mapping[Key, Features], sides: Mapping[Key, str] | None = None
    ) -> None:
        counts = Counter(chain.from_iterable([f.stems for f in texts.values()]))
        groups = Counter(chain.from_iterable([f.subjects for f in texts.values()]))
        log, size = math.log, len(texts)
        most = max(EVERYWHERE * size, FEW) if size >= MANY else size
        self._stems = {s: log((1 + size) / n) for s, n in counts.items() if n <= most}
        self._groups = {g: log((2 + size) / n) for g, n in groups.items()}
        self._counted = set(self._stems)
        self._vectors = {key: self._vector(f) for key, f in texts.items()}
        self._sides = sides or {}
        self._indexes: dict[str, dict[str, list[Key]]] = {}

    def __call__(self, one: Key, other: Key) -> float:
        """0 (nothing shared) to 1. Errors: KeyError for a key it was not made with."""
        a, b = self._vectors[one], self._vectors[other]
        likeness = 0.0
        shared = a.subjects & b.subjects
        if shared:
            norm = a.subjects_norm * b.subjects_norm
            likeness += SUBJECTS * sum(map(self._groups.__getitem__, shared)) / norm
        common = a.stems & b.stems
        if common:
            norm = a.stems_norm * b.stems_norm
            likeness += RARE * sum(map(self._stems.__getitem__, common)) / norm
        return likeness

    def covered(self, one: Key, other: Key) -> float:
        """Share of the rare words of `one` that stand in `other`, 0 to 1: is it the same text?"""
        mine, theirs = self._vectors[one].stems, self._vectors[other].stems
        every = sum(map(self._stems.__getitem__, mine))
        return sum(map(self._stems.__getitem__, mine & theirs)) / every if every else 0.0

    def near(self, one: Key, side: str = "") -> dict[Key, float]:
        """Likeness of every text of `side` that shares anything with `one`: the same numbers as
        comparing each, in a fraction of the time."""
        index = self._indexes.get(side)
        if index is None:
            index = self._indexes[side] = self._index(side)
        mine, vectors = self._vectors[one], self._vectors
        found: dict[Key, float] = {}
        for group in mine.subjects:
            weight = SUBJECTS * self._groups[group] / mine.subjects_norm
            for key in index.get(f"#{group}", ()):
                found[key] = found.get(key, 0.0) + weight / vectors[key].subjects_norm
        for stem in mine.stems:
            weight = RARE * self._stems[stem] / mine.stems_norm
            for key in index.get(stem, ()):
                found[key] = found.get(key, 0.0) + weight / vectors[key].stems_norm
        found.pop(one, None)
        return found

    def _index(self, side: str) -> dict[str, list[Key]]:
        """Stem, or “#” and subject -> texts of one side that have it."""
        found: dict[str, list[Key]] = defaultdict(list)
        for key, vector in self._vectors.items():
            if self._sides.get(key, "") == side:
                for stem in vector.stems:
                    found[stem].append(key)
                for group in vector.subjects:
                    found[f"#{group}"].append(key)
        return dict(found)

    def _vector(self, text: Features) -> _Vector:
        stems = text.stems & self._counted
        stems_norm = math.sqrt(sum(map(self._stems.__getitem__, stems)))
        subjects_norm = math.sqrt(sum(map(self._groups.__getitem__, text.subjects)))
        return _Vector(text.subjects, subjects_norm or 1.0, stems, stems_norm or 1.0)
