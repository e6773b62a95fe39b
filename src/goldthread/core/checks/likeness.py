"""How alike two short texts are: by the subjects they are about, then by the rare words they share.

Likeness finds candidates; it cannot tell that nothing is there (tech-documents: AUC .42), so a
text that is like nothing is never called missing on this alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from goldthread.core.checks.words import plain

WORD = re.compile(r"[a-z][a-z'-]{2,}")
STEM = 6
"""Letters of a word that count: “reading” and “readers” share their first ones."""
SUBJECTS, RARE = 0.6, 0.4
"""Weights of the two halves of likeness."""


class Features(NamedTuple):
    """Subjects (groups of the lexicon “domains”) and stems of a text."""

    subjects: frozenset[str]
    stems: frozenset[str]


class Subjects:
    """The lexicon of subjects, ready to look words up."""

    def __init__(self, terms: Mapping[str, str], common: Iterable[str]) -> None:
        self._phrases = [(t.rstrip("*"), g) for t, g in terms.items() if " " in t]
        self._whole = {t: g for t, g in terms.items() if " " not in t and not t.endswith("*")}
        self._starts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for term, group in terms.items():
            if " " not in term and term.endswith("*"):
                self._starts[term[:3]].append((term[:-1], group))
        self._common = frozenset(common)

    def features(self, text: str) -> Features:
        low = plain(text)
        words = set(WORD.findall(low))
        subjects = {g for phrase, g in self._phrases if phrase in low}
        for word in words:
            if word in self._whole:
                subjects.add(self._whole[word])
            for start, group in self._starts.get(word[:3], ()):
                if word.startswith(start):
                    subjects.add(group)
        stems = frozenset(w[:STEM] for w in words if w not in self._common)
        return Features(frozenset(subjects), stems)


class Likeness:
    """Compares texts of one plan: words that all of them use count for little."""

    def __init__(self, texts: Iterable[Features]) -> None:
        texts = tuple(texts)
        counts = Counter(stem for f in texts for stem in f.stems)
        self._weight = {s: math.log((1 + len(texts)) / n) for s, n in counts.items()}
        groups = Counter(g for f in texts for g in f.subjects)
        self._group = {g: math.log((2 + len(texts)) / n) for g, n in groups.items()}

    def __call__(self, one: Features, other: Features) -> float:
        """0 (nothing shared) to 1."""
        subjects = _cosine(one.subjects, other.subjects, self._group)
        return SUBJECTS * subjects + RARE * _cosine(one.stems, other.stems, self._weight)


def _cosine(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    shared = one & other
    if not shared:
        return 0.0
    above = sum(weight.get(s, 1.0) for s in shared)
    first = sum(weight.get(s, 1.0) for s in one)
    second = sum(weight.get(s, 1.0) for s in other)
    return above / math.sqrt(first * second) if first and second else 0.0
