"""The words of a document as they stand, once for all checks that look at capital letters."""

from __future__ import annotations

from goldthread.core.checks.subject import Subject

_EDGES = " .,;:()[]{}“”‘’'\"!?…•·–—-/|*"


def tokens(subject: Subject) -> frozenset[str]:
    """Every different word of the document, parted at spaces, with its punctuation."""
    return subject.kept("tokens", lambda: frozenset(subject.plan.document.text.split()))


def cleaned(token: str) -> str:
    """Without punctuation around it and without the possessive ’s."""
    word = token.strip(_EDGES)
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    return word.strip(_EDGES)


def vocabulary(subject: Subject) -> str:
    """The different words of the document in one short string, to ask whether a sign occurs."""
    return subject.kept("vocabulary", lambda: " ".join(tokens(subject)))
