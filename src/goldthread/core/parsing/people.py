"""Names: the child's own, and those of the people around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goldthread.core.parsing.dates import find_dates
from goldthread.core.parsing.fields import Pair
from goldthread.core.parsing.labels import is_nothing, is_placeholder
from goldthread.core.parsing.layouts import Layouts
from goldthread.core.parsing.plain import plain
from goldthread.core.parsing.status import ticked
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Advice, Child, Person, Stated, StatedDate

_TITLE_NAME = re.compile(
    r"\b(?:plan|ehcp|advice|report|profile|review)\s+(?:for|of|on|about)\s*:?\s+"
    r"((?:[A-ZÀ-Þ][\w’'\-]+)(?:\s+[A-ZÀ-Þ][\w’'\-]+){1,3})",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Master|Prof(?:essor)?)\.?\s+", re.IGNORECASE)
_KNOWN_AS = re.compile(
    r"[(\[“\"]?\s*(?:known as|likes to be called|called|preferred name:?)\s+[“\"']?"
    r"([A-ZÀ-Þ][\w’'\-]+)[”\"']?\s*[)\]”\"]?",
    re.IGNORECASE,
)
_CUTS = re.compile(r"\s*(?:\n|;|,|/|\s&\s|\sand\s|\s\+\s)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]|\s+[–—-]\s+.*$")
_YEAR = re.compile(
    r"\b(?:(?:year|yr|y)\s?\d{1,2}|reception|nursery|pre-?school|year\s+(?:one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|thirteen))\b",
    re.IGNORECASE,
)
_NAMELIKE = re.compile(r"^[^\W\d_][\w’'.\-]*(?:\s+[^\W\d_(][\w’'.\-]*){0,5}$")
_NOT_NAMES = frozenset(
    ("yes", "no", "none", "unknown", "as", "above", "mother", "father", "parent", "parents",
     "carer", "both", "same", "school", "the", "see", "not", "applicable", "local", "authority")
)  # fmt: skip
_PARTICLES = frozenset(
    ("st", "de", "da", "di", "del", "della", "dos", "du", "la", "le", "van", "von", "der", "den",
     "al", "el", "bin", "binti", "bint", "ben", "abu", "ní", "ó", "mac", "nic", "ap", "ter", "ten")
)  # fmt: skip
_PRONOUNS = {"she": "she", "her": "she", "female": "she", "girl": "she", "woman": "she", "f": "she",
             "he": "he", "him": "he", "male": "he", "boy": "he", "man": "he", "m": "he",
             "they": "they", "them": "they", "nonbinary": "they", "non": "they"}  # fmt: skip


def child_of(pairs: list[Pair], lines: list[Paragraph], layouts: Layouts) -> Child:
    """What the labelled fields say of the child; its name from a title where no field has it.

    `lines`: front page and running heads.
    """
    first = _firsts(pairs, layouts)
    name = _name(first, lines)
    known_as = _tidy(first["known_as"].value) if "known_as" in first else ""
    if not known_as and name is not None:
        called = _KNOWN_AS.search(first["name"].value) if "name" in first else None
        known_as = called[1] if called else ""
    forename, surname = _two(name.value) if name else ("", "")
    if "forename" in first:
        forename = _tidy(first["forename"].value).split(" ")[0]
    if "surname" in first:
        surname = _tidy(first["surname"].value)
    return Child(
        name=name,
        forename=forename,
        surname=surname,
        known_as=known_as,
        born=_born(pairs),
        pronoun=_pronoun(first),
        school=_school(first),
        year_group=_year_group(first),
    )


def _firsts(pairs: list[Pair], layouts: Layouts) -> dict[str, Pair]:
    """The first pair of each field that says something."""
    first: dict[str, Pair] = {}
    for pair in pairs:
        value = pair.value.strip()
        if not pair.field or pair.field in first or not value:
            continue
        if is_nothing(value, layouts) or is_placeholder(value, layouts):
            continue
        if pair.field == "name" and not _is_name(value):
            continue
        first[pair.field] = pair
    return first


def _is_name(value: str) -> bool:
    name = _tidy(value)
    return bool(_NAMELIKE.match(name)) and not set(plain(name).split()) & _NOT_NAMES


def _name(first: dict[str, Pair], lines: list[Paragraph]) -> Stated | None:
    if "name" in first:
        pair = first["name"]
        return Stated(_tidy(pair.value), pair.quote, pair.location)
    if "forename" in first and "surname" in first:
        pair = first["forename"]
        whole = f"{_tidy(pair.value)} {_tidy(first['surname'].value).title()}"
        return Stated(whole, pair.quote, pair.location, 0.95)
    for p in lines:
        found = _TITLE_NAME.search(p.text)
        if found is not None and found[1][0].isupper():
            name = " ".join(t for t in found[1].split() if t[0].isupper())
            if " " in name and not set(plain(name).split()) & _NOT_NAMES:
                return Stated(name, p.text, p.location, 0.7)
    if "forename" in first:
        pair = first["forename"]
        return Stated(_tidy(pair.value), pair.quote, pair.location, 0.6)
    return None


def _tidy(value: str) -> str:
    """“OKAFOR, Amara (known as Ama)” -> “Amara OKAFOR”."""
    line = _HONORIFIC.sub("", _ASIDE.sub("", value.split("\n")[0]).strip(' .“”"'))
    last, comma, given = line.partition(",")
    if comma and given.strip() and " " not in last.strip():
        line = f"{given.strip()} {last.strip()}"
    return " ".join(line.split())


def _two(name: str) -> tuple[str, str]:
    """(forename, surname), the surname with what belongs before it: “St. Clair”, “van Dijk”."""
    tokens = name.split()
    if len(tokens) < 2:
        return name, ""
    first = len(tokens) - 1
    while first > 1 and tokens[first - 1].lower().strip(".") in _PARTICLES:
        first -= 1
    return tokens[0], " ".join(tokens[first:])


def _born(pairs: list[Pair]) -> StatedDate | None:
    for pair in pairs:
        if pair.field == "born" or pair.role == "born":
            dates = find_dates(pair.value)
            if dates:
                found = dates[0]
                return StatedDate("born", found.day, pair.quote, pair.location, found.exact)
    return None


def _pronoun(first: dict[str, Pair]) -> str:
    for field in ("pronouns", "sex"):
        if field not in first:
            continue
        value = first[field].value
        chosen = ticked(value)
        tokens = plain(value if chosen is None else chosen).split()
        said = dict.fromkeys(_PRONOUNS[t] for t in tokens if t in _PRONOUNS)
        if len(said) == 1:
            return next(iter(said))
        if field == "pronouns" and said:
            return "they"
    return ""


def _school(first: dict[str, Pair]) -> Stated | None:
    if "school" not in first:
        return None
    pair = first["school"]
    name = pair.value.split("\n")[0]
    year = _YEAR.search(name)
    if year is not None and name[: year.start()].rstrip()[-1:] in (",", ";", "(", "–", "-", "·"):
        name = name[: year.start()]
    name = name.strip(" ,;–-(·")
    return Stated(name, pair.quote, pair.location) if name else None


def _year_group(first: dict[str, Pair]) -> Stated | None:
    for field in ("year_group", "school"):
        if field in first:
            pair = first[field]
            found = _YEAR.search(pair.value)
            if found is not None:
                return Stated(found[0], pair.quote, pair.location)
            if field == "year_group":
                bare = pair.value.strip()
                value = f"Year {bare}" if bare.isdigit() else bare
                return Stated(value, pair.quote, pair.location, 0.8)
    return None


def people_of(
    pairs: list[Pair], child: Child, advice: tuple[Advice, ...], layouts: Layouts
) -> tuple[Person, ...]:
    """The child, then everybody whom fields and Section K name, each name once."""
    found: dict[str, Person] = {}
    if child.name is not None:
        found[plain(child.name.value)] = Person(child.name.value, "child", child.name.location)
    for pair in pairs:
        if pair.field in ("parent", "sibling", "officer"):
            for name in names_in(pair.value, layouts):
                found.setdefault(plain(name), Person(name, pair.field, pair.location))
    for entry in advice:
        if entry.author:
            role = {"parents": "parent", "yp": "child"}.get(entry.profession, entry.profession)
            person = Person(entry.author, role or "other", entry.location)
            found.setdefault(plain(entry.author), person)
    return tuple(found.values())


def names_in(value: str, layouts: Layouts) -> Iterator[str]:
    """Names in a value that may list several with brackets, roles and dates beside them."""
    for piece in _CUTS.split(_ASIDE.sub("", value) if "\n" not in value else value):
        name = _ASIDE.sub("", piece).strip(" .:")
        if not name or any(c.isdigit() for c in name) or is_placeholder(piece, layouts):
            continue
        tokens = plain(_HONORIFIC.sub("", name)).split()
        if not tokens or len(tokens) > 5 or set(tokens) & _NOT_NAMES:
            continue
        if name[:1].isupper():
            yield name


def in_place_of(child: Child, other: Child) -> Child:
    """`child` with what it lacks taken from `other`."""
    lacking = {
        key: getattr(other, key)
        for key in ("name", "forename", "surname", "known_as", "born", "pronoun", "school",
                    "year_group")
        if not getattr(child, key) and getattr(other, key)
    }  # fmt: skip
    return replace(child, **lacking) if lacking else child
