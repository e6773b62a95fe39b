"""How documents are laid out: headings, areas, columns, labels. Read from `frameworks/reading`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from goldthread.core.frozen import Content
from goldthread.core.parsing.plain import plain

Names = tuple[str, ...]
StatusName = Literal["amended", "draft", "final"]


class Variants(Content):
    """Headings that mean one section, and how sure we are of it (0 to 1)."""

    letter: str
    sure: float
    begins: Names = ()
    exact: Names = ()


class Headings(Content):
    sections: tuple[Variants, ...]
    extras: Names
    explainers: Names
    banners: Names
    strengths: Names
    needs: Names
    subheadings: Names
    advice: Mapping[str, Names]
    review: Mapping[str, Names]
    others: Names
    author: str
    checker: str


class Area(Content):
    title: str
    names: Names


class Areas(Content):
    areas: Mapping[str, Area]
    prefixes: Names
    suffixes: Names
    shy: Names
    """Names that only count when they stand alone as a heading, never inside a longer one."""
    author: str
    checker: str


class Column(Content):
    role: str
    letter: str = ""
    names: Names


class Columns(Content):
    columns: tuple[Column, ...]
    advice: tuple[Column, ...]
    author: str
    checker: str


class Professions(Content):
    professions: Mapping[str, Names]
    author: str
    checker: str


class Fields(Content):
    fields: Mapping[str, Names]
    siblings_in_text: Names
    author: str
    checker: str


class DateRoles(Content):
    roles: Mapping[str, Names]
    in_text: Mapping[str, Names]
    """Role -> phrases that say it in the text of a section."""
    author: str
    checker: str


class Statuses(Content):
    statuses: Mapping[StatusName, Names]
    title_words: Names
    author: str
    checker: str


class Recognise(Content):
    plan_titles: Names
    review_titles: Names
    advice_titles: Names
    other_titles: Mapping[str, Names]
    support_words: Names
    placeholders: Names
    nil: Names
    nil_begins: Names
    not_items: Names
    strength_verbs: Names
    difficulty_words: Names
    provision_words: Names
    monitor_verbs: Names
    author: str
    checker: str


class Title(NamedTuple):
    """What a heading's words mean: kind is section, extra, explainer, banner, strengths, needs,
    sub or other."""

    kind: str
    letter: str
    sure: float
    words: int
    """How many words of the heading the variant covers."""


class Layouts(Content):
    """All of `frameworks/reading`, with the look-ups made of it."""

    headings: Headings
    areas: Areas
    columns: Columns
    professions: Professions
    fields: Fields
    dates: DateRoles
    status: Statuses
    recognise: Recognise

    @cached_property
    def exact_titles(self) -> dict[str, Title]:
        found: dict[str, Title] = {}
        told = self.headings
        for kind, names in (
            ("sub", told.subheadings), ("banner", told.banners), ("needs", told.needs),
            ("strengths", told.strengths), ("explainer", told.explainers), ("extra", told.extras),
        ):  # fmt: skip
            for name in names:
                key = plain(name)
                found[key] = Title(kind, "", 0.9, len(key.split()))
        for group in sorted(told.sections, key=lambda g: g.sure):
            for name in (*group.exact, *group.begins):
                key = plain(name)
                if found.get(key, _NONE).kind not in ("strengths", "extra", "explainer"):
                    found[key] = Title("section", group.letter, group.sure, len(key.split()))
        return found

    @cached_property
    def openings(self) -> dict[str, tuple[tuple[str, Title], ...]]:
        """First word -> variants that begin with it and match longer headings, longest first."""
        found: dict[str, list[tuple[str, Title]]] = {}
        for group in self.headings.sections:
            for name in group.begins:
                key = plain(name)
                title = Title("section", group.letter, group.sure, len(key.split()))
                found.setdefault(key.split()[0], []).append((key, title))
        return {
            word: tuple(sorted(group, key=lambda pair: -len(pair[0])))
            for word, group in found.items()
        }

    @cached_property
    def letter_names(self) -> dict[str, frozenset[str]]:
        """Letter -> every variant of its title, for confirming a lettered heading."""
        found: dict[str, set[str]] = {}
        for group in self.headings.sections:
            found.setdefault(group.letter, set()).update(map(plain, group.exact + group.begins))
        return {letter: frozenset(names) for letter, names in found.items()}

    def advice_titles(self, kind: str) -> dict[str, Title]:
        """Headings of professional advice or of a review -> section they stand for."""
        found: dict[str, Title] = self._by_kind[kind]
        return found

    @cached_property
    def _by_kind(self) -> dict[str, dict[str, Title]]:
        made: dict[str, dict[str, Title]] = {}
        for kind, told in (("advice", self.headings.advice), ("review", self.headings.review)):
            found = {plain(n): Title("extra", "", 0.9, 1) for n in self.headings.others}
            for letter, names in told.items():
                found |= {plain(n): Title("section", letter, 0.85, len(n.split())) for n in names}
            made[kind] = found
        return made

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Every way to name an area of need -> its id."""
        found: dict[str, str] = {}
        shy = {plain(n) for n in self.areas.shy}
        for area, told in self.areas.areas.items():
            for name in map(plain, told.names):
                found.setdefault(name, area)
                tails = () if name in shy else map(plain, self.areas.suffixes)
                for longer in (f"{name} {tail}" for tail in tails):
                    found.setdefault(longer, area)
        return found

    @cached_property
    def area_prefixes(self) -> tuple[str, ...]:
        return tuple(sorted((plain(n) + " " for n in self.areas.prefixes), key=len, reverse=True))

    @cached_property
    def long_area_names(self) -> tuple[tuple[str, str], ...]:
        """Names of two words and more, which also count inside a longer heading; longest first."""
        pairs = ((n, a) for a, t in self.areas.areas.items() for n in map(plain, t.names))
        return tuple(sorted((p for p in pairs if " " in p[0]), key=lambda p: -len(p[0])))

    @cached_property
    def column_names(self) -> dict[str, tuple[str, str]]:
        """Column heading -> (letter or “”, role)."""
        return _columns(self.columns.columns)

    @cached_property
    def advice_columns(self) -> dict[str, str]:
        return {name: role for name, (_, role) in _columns(self.columns.advice).items()}

    @cached_property
    def profession_names(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """First word -> (“ name ”, profession) of those that begin with it, longest first."""
        found: dict[str, list[tuple[str, str]]] = {}
        for profession, names in self.professions.professions.items():
            for key in map(plain, names):
                found.setdefault(key.split()[0], []).append((f" {key} ", profession))
        return {
            word: tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
            for word, pairs in found.items()
        }

    @cached_property
    def field_names(self) -> dict[str, str]:
        return _by_name(self.fields.fields)

    @cached_property
    def date_roles(self) -> dict[str, str]:
        return _by_name(self.dates.roles)

    @cached_property
    def status_words(self) -> frozenset[str]:
        return frozenset(map(plain, self.status.title_words))

    @cached_property
    def status_names(self) -> tuple[tuple[StatusName, tuple[str, ...]], ...]:
        """Status and its names, each between spaces; the first that matches decides."""
        return tuple(
            (status, tuple(f" {plain(n)} " for n in names))
            for status, names in self.status.statuses.items()
        )

    @cached_property
    def nils(self) -> frozenset[str]:
        return frozenset(plain(n) for n in self.recognise.nil) | {""}

    @cached_property
    def nil_begins(self) -> tuple[str, ...]:
        return tuple(plain(n) + " " for n in self.recognise.nil_begins)

    @cached_property
    def not_items(self) -> tuple[str, ...]:
        return tuple(plain(n) for n in self.recognise.not_items)

    @cached_property
    def strength(self) -> re.Pattern[str]:
        """A sentence that begins with a name or pronoun and a verb of strength."""
        return re.compile(
            rf"^\W*(?:[A-Z][\w’'.\-]*\s+){{1,3}}(?:{_any(self.recognise.strength_verbs)})\b"
        )

    @cached_property
    def difficulty(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self.recognise.difficulty_words)})\b", re.IGNORECASE)

    @cached_property
    def provision(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self.recognise.provision_words)})\b", re.IGNORECASE)

    @cached_property
    def monitors(self) -> re.Pattern[str]:
        """Somebody, in up to six words, who monitors or will review."""
        verbs = _any(self.recognise.monitor_verbs)
        return re.compile(
            rf"^\W*(?:[\w’'\-]+,?\s+){{1,7}}?(?:will\s+)?(?:{verbs})\b", re.IGNORECASE
        )

    @cached_property
    def placeholder_begins(self) -> tuple[str, ...]:
        return tuple(plain(n) for n in self.recognise.placeholders)


_NONE = Title("", "", 0.0, 0)


def _any(names: Names) -> str:
    return "|".join(map(re.escape, names))


def _columns(told: Iterable[Column]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for column in told:
        for name in column.names:
            found.setdefault(plain(name), (column.letter, column.role))
    return found


def _by_name(told: Mapping[str, Names]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, names in told.items():
        for name in names:
            found.setdefault(plain(name), key)
    return found
