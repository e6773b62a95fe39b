"""Texts made comparable: small letters, no punctuation, single spaces."""

from __future__ import annotations

import re

_TURNED = str.maketrans({"’": None, "'": None, "‘": None, "&": " and "})
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """“The child’s needs & views:” -> “the childs needs and views”."""
    if "’" in text or "'" in text or "&" in text or "‘" in text:
        text = text.translate(_TURNED)
    return " ".join(_WORD.findall(text.lower()))


def words(text: str) -> int:
    """How many words, roughly: stretches between spaces."""
    return len(text.split())
