"""English local authorities: their codes, regions, and what became of those that were abolished.

An authority is known by its three-digit DfE code; GSS codes change with boundaries and spelling of
names differs between publishers, so both only ever lead to the DfE code.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

ENGLAND = "E92000001"
INNER_LONDON = "E13000001"
OUTER_LONDON = "E13000002"

# 26 and 15 plans: any rate or rank of theirs is noise, and drags everybody else's percentile.
TOO_SMALL_FOR_RANKS = frozenset({"201", "420"})


class UnknownPlace(ValueError):
    """Nobody has this name or code. `suggestions` holds up to five near names."""

    def __init__(self, text: str, suggestions: tuple[str, ...]):
        self.text = text
        self.suggestions = suggestions
        near = f" Did you mean {_join(suggestions, 'or')}?" if suggestions else ""
        super().__init__(f"No authority in England is called or coded “{text}”.{near}")


class AbolishedPlace(ValueError):
    """The authority existed once. `successors` are those that took over its area."""

    def __init__(self, authority: Authority, successors: tuple[Authority, ...], date: str):
        self.authority = authority
        self.successors = successors
        names = _join(tuple(f"{s.name} ({s.code})" for s in successors), "and")
        day = dt.date.fromisoformat(date)
        super().__init__(
            f"{authority.name} ({authority.code}) was abolished on {day.day} {day:%B %Y}. "
            f"Its area is now in {names}: use one of those."
        )


@dataclass(frozen=True)
class Region:
    """A region, or Inner or Outer London, as a comparator: `code` is its GSS code."""

    code: str
    name: str


@dataclass(frozen=True)
class Authority:
    """A local authority, current or abolished.

    `code` is the DfE code, `gss` every GSS code it ever had (newest first), `region` one of the
    nine English regions, `area` the same but Inner and Outer London apart.
    """

    code: str
    name: str
    gss: tuple[str, ...]
    region: Region
    area: Region
    kind: str
    current: bool

    @property
    def slug(self) -> str:
        """The name as it stands in a web address."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower().replace("'", "")).strip("-")

    @property
    def ranked(self) -> bool:
        """Whether it may stand in percentiles, ranks and medians."""
        return self.code not in TOO_SMALL_FOR_RANKS


@dataclass(frozen=True)
class Change:
    """One authority's area going to another on a date (ISO): `whole` when all of it went."""

    source: str
    target: str
    date: str
    whole: bool


@dataclass(frozen=True)
class Places:
    """Every authority and region, and the ways between old and new codes."""

    authorities: tuple[Authority, ...]
    changes: tuple[Change, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)
    """Other spellings and codes -> DfE code, in lower case."""

    @cached_property
    def by_code(self) -> dict[str, Authority]:
        return {a.code: a for a in self.authorities}

    @cached_property
    def current(self) -> tuple[Authority, ...]:
        """The authorities of today, in order of name."""
        return tuple(sorted((a for a in self.authorities if a.current), key=lambda a: a.name))

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        return tuple(sorted({a.region for a in self.authorities}, key=lambda r: r.name))

    @cached_property
    def areas(self) -> tuple[Region, ...]:
        return tuple(sorted({a.area for a in self.authorities}, key=lambda r: r.name))

    @cached_property
    def _index(self) -> dict[str, str]:
        index = {key.lower(): code for key, code in self.aliases.items()}
        for a in (*[a for a in self.authorities if not a.current], *self.current):
            index.update({_plain(a.name): a.code, a.slug: a.code, a.code: a.code})
            index.update({gss.lower(): a.code for gss in a.gss})
        return index

    def get(self, text: str) -> Authority:
        """The current authority with this name, slug, DfE code or GSS code, old or new.

        Raises `UnknownPlace` with near names, or `AbolishedPlace` with its successors.
        """
        code = self._index.get(_plain(text)) or self._index.get(text.strip().lower())
        if code is None:
            raise UnknownPlace(text, self.near(text))
        authority = self.by_code[code]
        if authority.current:
            return authority
        raise AbolishedPlace(authority, self.successors(code), self._abolished_on(code))

    def near(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Names of current authorities that look like `text`: those containing it come first."""
        plain = _plain(text)
        names = {_plain(a.name): a.name for a in self.current}
        holding = [n for p, n in names.items() if plain and plain in p]
        close = difflib.get_close_matches(plain, names, n=limit, cutoff=0.6)
        return tuple(dict.fromkeys([*holding, *(names[c] for c in close)]))[:limit]

    def successors(self, code: str) -> tuple[Authority, ...]:
        """The current authorities that an abolished one went into (itself when current)."""
        if self.by_code[code].current:
            return (self.by_code[code],)
        found = [c.target for c in self.changes if c.source == code and c.target != code]
        nested = (s for target in found for s in self.successors(target))
        return tuple(dict.fromkeys(nested))

    def predecessors(self, code: str) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.target == code and c.source != code)

    def formed_on(self, code: str) -> str | None:
        """The ISO date on which the authority came to be, where that is after 2018."""
        dates = [c.date for c in self.predecessors(code)]
        return max(dates) if dates else None

    def summed_predecessors(self, code: str) -> tuple[str, ...]:
        """Codes whose figures add up to the authority's area before it was formed.

        Empty when it has none, or when a part of any predecessor went elsewhere: then its trend
        starts with its first own figures, for a share of a predecessor's figure is an invention.
        """
        changes = self.predecessors(code)
        if not changes or not all(self._went_wholly(c.source, code) for c in changes):
            return ()
        return tuple(c.source for c in changes)

    def _went_wholly(self, source: str, target: str) -> bool:
        gone = [c for c in self.changes if c.source == source and c.target != source]
        return all(c.target == target and c.whole for c in gone)

    def _abolished_on(self, code: str) -> str:
        return max(c.date for c in self.changes if c.source == code)


def _plain(text: str) -> str:
    """A name without case, punctuation and the words that publishers add or leave out."""
    words = re.sub(r"[^a-z0-9 ]+", " ", text.lower().replace("&", " and ").replace("'", "")).split()
    skip = {"council", "city", "county", "borough", "london", "royal", "metropolitan", "of", "the"}
    kept = [w for w in words if w not in skip] or words
    return " ".join(kept)


def _join(names: Iterable[str], word: str) -> str:
    *first, last = list(names)
    return f"{', '.join(first)} {word} {last}" if first else last
