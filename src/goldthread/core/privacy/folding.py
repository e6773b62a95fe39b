"""Text as it is compared: without accents, hidden signs and curly quotes, but with its capitals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

_ALIKE = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae",
          "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "`": "'",
          "´": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
          "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "",
          "\u200e": "", "\u200f": "", "\u2028": "\n", "\u2029": "\n"}  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """`text` as compared; `at[n]` is the offset in the original of its character n."""

    text: str
    at: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the original, with accents that hang on its last letter."""
        return self.at[start], self.at[end]


def fold(text: str) -> Folded:
    """`at` has one entry more than `text` has characters: the end."""
    if text.isascii():
        return Folded(text, tuple(range(len(text) + 1)))
    parts: list[str] = []
    at: list[int] = []
    for offset, char in enumerate(text):
        plain = char if char.isascii() else _folded(char)
        parts.append(plain)
        at += [offset] * len(plain)
    return Folded("".join(parts), (*at, len(text)))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    return "".join(_ALIKE.get(c, c) for c in normalize("NFKD", char) if not combining(c))


def folded(text: str) -> str:
    """`fold` without the offsets, in lower case."""
    return fold(text).text.lower()
