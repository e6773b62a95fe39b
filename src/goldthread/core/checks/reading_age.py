"""Reading grade of English text (Flesch-Kincaid), and its acronyms.

Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid and others 1975).
Syllables are counted by the hyphenation patterns of British English and, because these leave
short first and last syllables unparted, by groups of vowels: the larger number counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import pyphen

_EDGES = ".,;:()[]{}'\"!?…•·-/|*“”"
_VOWELS = re.compile(r"[aeiouy]+")
_HYPHENS = pyphen.Pyphen(lang="en_GB")


@lru_cache(maxsize=32768)
def syllables(token: str) -> int:
    """Syllables of a word with its punctuation; 0 when it is no word (a number)."""
    word = token.strip(_EDGES).lower()
    if not word or not word[0].isalpha():
        return 0
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
    """(reading grade in US school years, words) of a text; (0, 0) without words.

    A line break ends a sentence, because list items and cells have no full stop.
    """
    sentences = sum(text.count(end) for end in (". ", "! ", "? ", "\n")) + 1
    return grade_of(Counter(text.split()), sentences)


def grade_of(tokens: Mapping[str, int], sentences: int) -> tuple[float, int]:
    """As `grade`, of a text whose words (parted at spaces) and sentences have been counted."""
    counted = [(syllables(token), times) for token, times in tokens.items()]
    words = sum(times for count, times in counted if count)
    if not words:
        return 0.0, 0
    spoken = sum(count * times for count, times in counted)
    return 0.39 * words / sentences + 11.8 * spoken / words - 15.59, words
