"""Reads the words by which personal data is found."""

from __future__ import annotations

from functools import lru_cache

from goldthread.content import folder
from goldthread.core.privacy.folding import folded
from goldthread.core.privacy.wording import Labels, Lists
from goldthread.readers import content
from goldthread.readers.frameworks import shared_framework


@lru_cache(maxsize=1)
def shared_lists() -> Lists:
    """Labels, first names and common words, kept. Errors: ContentError."""
    path = folder("frameworks") / "reading" / "identifiers.yaml"
    labels: Labels = content.valid(path, Labels, content.read_yaml(path))
    lexicons = {x.id: x for x in shared_framework().lexicons}

    def words(key: str) -> dict[str, str]:
        lexicon = lexicons[key]
        found = {folded(term): "" for term in lexicon.terms}
        return found | {folded(t): g for g, terms in lexicon.groups.items() for t in terms}

    plain = {w for key in ("capital-words", "common-words", "acronyms-known") for w in words(key)}
    near = tuple(t for t, group in words("people-near").items() if group == "near")
    return Lists(labels, words("first-names"), frozenset(plain), frozenset(words("name-tails")),
                 near, words("person-verbs"))  # fmt: skip
