"""Names of people and places that stand in the text but in no field of the front page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goldthread.core.privacy.identifiers import Span
from goldthread.core.privacy.wording import Lists, one_of

_NAME = r"[A-Z][^\W\d_]*(?:['-][A-Z]?[^\W\d_]+)*"
_PARTICLE = r"(?:(?:de|da|do|dos|van|von|der|den|al|el|ap|bin|ni|nic|la|le|di) )?"
_FULL = rf"{_NAME}(?:[ \t]{_PARTICLE}{_NAME}){{0,2}}"
_INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\.[ \t]?){{1,3}}{_PARTICLE}[A-Z][^\W\d_]+(?:['-]\w+)*")
_WORD = re.compile(_NAME)
_START = re.compile(r"(?:^|[.!?:•·|\n“\"]\s*)$")
_NO_NAMES = ("ed", "ing", "tion", "ment", "ments", "ness", "ity", "al", "ies", "omes")
"""Ends of words after the letter of a section: “E. Desired outcomes”."""
_ADDRESSED = re.compile(r"(?i:mr|mrs|ms|mx|dr|prof)\b")
"""Titles after which any word is a name: “Mrs Wood”; not so “Nurse Practitioner”."""
_MONTHS = frozenset({"april", "may", "june", "august"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name that a pattern found, and what it says of its bearer."""

    name: str
    role: str


def trimmed(name: str, titles: Sequence[str]) -> list[str]:
    """The words of a name without its titles."""
    words = [w.strip(',;:()"') for w in name.split()]
    return [w for w in words if w and w.lower().rstrip(".") not in titles]


def find_people(text: str, lists: Lists) -> list[Found]:
    """People and places that folded `text` names, as far as patterns are sure."""
    low = lower_words(text)
    found = [*_titled(text, lists, low), *_initialled(text, lists, low), *_kin(text, lists, low)]
    found += [*_signed(text, lists, low), *_first_names(text, lists, low), *_places(text, lists)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=8)
def lower_words(text: str) -> frozenset[str]:
    """Words that stand in lower case somewhere: with a capital they may begin a sentence."""
    return frozenset(re.findall(r"(?<![\w'])[a-z]{2,}", text))


def _ordinary(word: str, lists: Lists, low: frozenset[str]) -> bool:
    key = word.lower()
    if key in lists.first_names:
        return False
    return key in low or key in lists.plain_words or key in lists.tails


def _cut(name: str, lists: Lists, low: frozenset[str]) -> str:
    """A run of capitalised words up to the first that is no name."""
    kept: list[str] = []
    for word in name.split():
        if _ordinary(word, lists, low):
            break
        kept.append(word)
    return " ".join(kept)


@lru_cache(maxsize=16)
def _patterns(titles: tuple[str, ...], signing: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    title = one_of(titles)
    return (
        re.compile(
            rf"\b(?i:{title})\b\.?(?: (?:and|&) (?i:{title})\b\.?)?[ \t]+"
            rf"((?:[A-Z]\.?[ \t]){{0,3}}{_FULL})"
        ),
        re.compile(
            rf"\b(?i:{one_of(signing)})\b[ \t]*:?[ \t]*\n?((?:[A-Z]\.?[ \t]){{0,3}}{_FULL})"
        ),
    )


def _titled(text: str, lists: Lists, low: frozenset[str]) -> Iterator[Found]:
    pattern, _ = _patterns(lists.labels.titles, lists.labels.signing)
    for match in pattern.finditer(text):
        first, *rest = match[1].split(" ", 1)
        name = _cut(match[1], lists, low)
        if not name and _ADDRESSED.match(match[0]):
            name = first if not rest or len(first.strip(".")) > 1 else match[1]
        if name:
            yield Found(name, "person")


def _signed(text: str, lists: Lists, low: frozenset[str]) -> Iterator[Found]:
    _, pattern = _patterns(lists.labels.titles, lists.labels.signing)
    for match in pattern.finditer(text):
        name = _cut(match[1], lists, low)
        if " " in name or name.lower() in lists.first_names:
            yield Found(name, "person")


def _initialled(text: str, lists: Lists, low: frozenset[str]) -> Iterator[Found]:
    for match in _INITIALS.finditer(text):
        last = match[0].replace(".", " ").split()[-1]
        begins = not match.start() or text[match.start() - 1] == "\n"
        heading = begins and match[0][0] <= "K" and last.endswith(_NO_NAMES)
        if not heading and not _ordinary(last, lists, low):
            yield Found(match[0], "person")


@lru_cache(maxsize=4)
def _kin_pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?i:{one_of(terms)})\b['s]{{0,2}}[,:]?[ \t]?(?:called |named |is |are )?\(?"
        rf"({_NAME}(?:(?:, and |, | and | & | or ){_NAME}){{0,5}})"
    )


def _kin(text: str, lists: Lists, low: frozenset[str]) -> Iterator[Found]:
    labels = lists.labels
    groups = (
        (labels.families, "sibling"), (labels.mothers, "mother"), (labels.fathers, "father"),
        (labels.friends, "friend"), (lists.near, "person"),
    )  # fmt: skip
    for terms, role in groups:
        for match in _kin_pattern(terms).finditer(text):
            names = re.split(r", and |, | and | & | or ", match[1])
            yield from (Found(n, role) for n in names if len(n) > 1 and _cut(n, lists, low))


def _first_names(text: str, lists: Lists, low: frozenset[str]) -> Iterator[Found]:
    """“Charlotte” anywhere, with the surname that follows it."""
    for match in re.finditer(_FULL, text):
        words = match[0].split()
        for n, word in enumerate(words):
            key = word.lower()
            if lists.first_names.get(key) != "plain" or (word.isupper() and len(word) > 1):
                continue
            if _names_a_place(text, match, words, n, lists):
                continue
            yield Found(_cut(" ".join(words[n:]), lists, low) or word, "person")
            break


def _names_a_place(text: str, match: re.Match[str], words: list[str], n: int, lists: Lists) -> bool:
    before = words[n - 1] if n else text[max(0, match.start() - 6) : match.start()].strip()
    after = words[n + 1].lower() if n + 1 < len(words) else ""
    return before.lower().endswith(("st", "st.", "saint")) or after in lists.tails


def _places(text: str, lists: Lists) -> Iterator[Found]:
    labels = lists.labels
    groups = ((labels.schools, "school-name"), (labels.authorities, "authority-name"),
              (labels.organisations, "organisation-name"))  # fmt: skip
    generic = frozenset(labels.generic)
    for tails, role in groups:
        for match in _place_pattern(tails).finditer(text):
            words = match[0].split()
            while words and words[0].lower().strip(",") in generic:
                words.pop(0)
            if any(w.lower() not in generic for w in words) and len(words) > 1:
                yield Found(" ".join(words), role)


@lru_cache(maxsize=8)
def _place_pattern(tails: tuple[str, ...]) -> re.Pattern[str]:
    capital = r"[A-Z][\w'-]*\.?"
    joint = r"(?:[ ](?:of|and|&|the|upon)(?: the)?[ ]|,?[ ])"
    titled = "|".join(re.escape(t.title().replace("'S", "'s")).replace(r"\ ", "[ ]") for t in tails)
    return re.compile(rf"(?<![\w'-]){capital}(?:{joint}{capital}){{0,6}}?{joint}"
                      rf"(?:{titled}|NHS Trust)\b"
                      r"(?:[ ](?:School|College|Academy|Council))?")  # fmt: skip


def to_look_at(text: str, lists: Lists) -> Iterator[Span]:
    """Words that may be names: a name that is also a word, or a word that no list knows.

    Where a sentence begins every word has a capital: there only what goes on as people do.
    """
    low = lower_words(text)
    for match in _WORD.finditer(text):
        word = match[0]
        key = word.lower().removesuffix("'s")
        wordlike = lists.first_names.get(key) == "wordlike"
        if word.isupper() or (not wordlike and (len(key) < 3 or key in low)):
            continue
        begins = _START.search(text[max(0, match.start() - 4) : match.start()])
        if begins and not _like_a_person(text, match.end(), lists):
            continue
        if key in _MONTHS and re.match(r" ?\d", text[match.end() : match.end() + 2]):
            continue
        if key in lists.first_names or not _ordinary(key, lists, low):
            yield Span(*match.span(), "may be a name", "", "look at this")


def _like_a_person(text: str, end: int, lists: Lists) -> bool:
    """“Mark will …”, “Hope Marsh”: a verb of people or another capital follows."""
    after = re.match(r" (?:([a-z]+)|[A-Z][a-z])", text[end : end + 20])
    return after is not None and (after[1] is None or after[1] in lists.verbs)


def named(names: Iterable[str], text: str) -> Iterator[Span]:
    """Where `names` that only may be people's stand in folded `text`."""
    for name in names:
        for match in re.finditer(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text):
            yield Span(*match.span(), "may be a name", "", "look at this")
