"""Reading grade of English text (Flesch-Kincaid), and its acronyms.

Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid and others 1975).
Syllables are counted by the hyphenation patterns of British English and, because these leave
short first and last syllables unparted, by groups of vowels: the larger number counts.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

_WORD = re.compile(r"[a-z][a-z']*")
_VOWELS = re.compile(r"[aeiouy]+")
_END = re.compile(r"[.!?](?:\s|$)|\n")
_HYPHENS = pyphen.Pyphen(lang="en_GB")


@lru_cache(maxsize=32768)
def syllables(word: str) -> int:
    """Syllables of a word in lower case, at least 1."""
    groups = len(_VOWELS.findall(word))
    if groups > 1 and word.endswith("e") and not word.endswith(("le", "ee", "ie", "oe", "ye")):
        groups -= 1
    if groups > 1 and word.endswith("ed") and not word.endswith(("ted", "ded")):
        groups -= 1
    if groups > 1 and word.endswith("es") and word[-3] not in "cgszhxi":
        groups -= 1
    if len(word) < 6:
        return max(1, groups)
    return max(1, groups, len(_HYPHENS.positions(word)) + 1)


def grade(text: str) -> tuple[float, int]:
    """(reading grade in US school years, words) of plain lower-case text; (0, 0) without words.

    A line break ends a sentence, because list items and cells have no full stop.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0, 0
    sentences = sum(1 for part in _END.split(text) if len(part) > 2) or 1
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59, len(words)
