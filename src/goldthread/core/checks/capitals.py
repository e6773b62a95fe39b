"""The words of a document as they stand, once for all checks that look at capital letters."""

from __future__ import annotations

from collections import Counter

from goldthread.core.checks.stretches import stretches
from goldthread.core.checks.subject import Subject

_EDGES = " .,;:()[]{}“”‘’'\"!?…•·–—-/|*"


COUNTED = ("A", "E", "F")
"""Sections of whose words more is asked than whether they occur."""


def tokens(subject: Subject) -> frozenset[str]:
    """Every different word of the document, parted at spaces, with its punctuation."""
    return subject.kept("tokens", lambda: _all_tokens(subject))


def section_tokens(subject: Subject, letter: str) -> Counter[str]:
    """How often each word stands in one section, as `tokens` has them."""
    return subject.kept(("tokens", letter), lambda: Counter(_text(subject, letter).split()))


def _text(subject: Subject, letter: str) -> str:
    text = subject.plan.document.text
    return "\n".join(text[a:b] for a, b in stretches(subject, letter))


def _all_tokens(subject: Subject) -> frozenset[str]:
    plan = subject.plan
    placed = plan.letter_of
    rest = [
        p.text
        for p in plan.document.paragraphs
        if placed.get(p.location.paragraph or 0) not in COUNTED
    ]
    sections = (section_tokens(subject, letter) for letter in COUNTED)
    return frozenset(" ".join(rest).split()).union(*sections)


def cleaned(token: str) -> str:
    """Without punctuation around it and without the possessive ’s."""
    word = token.strip(_EDGES)
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    return word.strip(_EDGES)


def vocabulary(subject: Subject) -> str:
    """The different words of the document in one short string, to ask whether a sign occurs."""
    return subject.kept("vocabulary", lambda: " ".join(tokens(subject)))
