"""The words of `frameworks/reading/identifiers.yaml`, and the lists of names that checks use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.core.frozen import Content

Terms = tuple[str, ...]


class Labels(Content):
    """What stands near personal data, and the titles that take its place."""

    author: str
    checker: str
    born: Terms
    reference: Terms
    address: Terms
    phone: Terms
    streets: Terms
    titles: Terms
    particles: Terms
    families: Terms
    mothers: Terms
    fathers: Terms
    friends: Terms
    signing: Terms
    schools: Terms
    authorities: Terms
    organisations: Terms
    generic: Terms
    roles: Mapping[str, str]
    """Role or profession id -> title of the pseudonym."""

    def title(self, role: str) -> str:
        return self.roles.get(role, self.roles["other"])


@dataclass(frozen=True)
class Lists:
    """Words by what they say of a capital letter; all in lower case and without accents."""

    labels: Labels
    first_names: Mapping[str, str]
    """First name -> plain or wordlike."""
    plain_words: frozenset[str]
    """Words that have capitals in plans and are no names."""
    tails: frozenset[str]
    """Words that make a place or a programme of the name before them."""
    near: Terms
    """Words for people, beside which names stand: “brother”, “teacher”."""
    verbs: Mapping[str, str]


def one_of(terms: Iterable[str]) -> str:
    """A pattern for any of `terms`, the longest first; spaces may be several."""
    ordered = sorted(set(terms), key=len, reverse=True)
    return "|".join(re.escape(term).replace(r"\ ", r"[ \t]+") for term in ordered)
