"""Finds names of people in a plan who are none of those it is about, by capitals and patterns.

There is no language model here: a name is found because it is on a list of first names, because
it stands where a person stands (“X will …”, “X's needs”), or because it is one letter away from
the child's. What is known (family, authors, schools, programmes, friends named as friends) is
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import combining, normalize

from goldthread.core.checks.capitals import cleaned, tokens
from goldthread.core.checks.stretches import stretches
from goldthread.core.checks.subject import Subject
from goldthread.core.plan.document import Paragraph

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "H", "I", "J")
FIRST_NAMES, CAPITALS, COMMON = "first-names", "capital-words", "common-words"
NEAR, TAILS = "people-near", "name-tails"
_NAME = re.compile(r"[A-Z][^\W\d_]+(?:[-'’][A-Z]?[^\W\d_]+)*")
_AFTER = re.compile(r"(?:(?:['’]s)? (\w+)|['’]s\b)")
_LIST = re.compile(
    r"[,:]?(?: called| named| is| are)? ?\(?"
    r"([A-Z][^\W\d_]+(?:(?:, and |, | and | & | or | )[A-Z][^\W\d_]+){0,4})"
)
Strength = Literal["subject", "name", "near", "perhaps"]
"""subject: a first name that acts or has needs here · name: a first name · near: one letter from
the child's · perhaps: an unknown word that acts like a person."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that does not belong, where it stands first, and how often it stands."""

    name: str
    strength: Strength
    places: tuple[tuple[int, int], ...]


def strangers(subject: Subject) -> tuple[Stranger, ...]:
    """Names of people whom the plan does not introduce, in the order of the text."""
    return subject.kept("strangers", lambda: tuple(_find(subject)))


def _find(subject: Subject) -> Iterator[Stranger]:
    known = known_words(subject)
    found = [s for word in _candidates(subject, known) if (s := _judge(subject, word)) is not None]
    yield from sorted(found, key=lambda s: s.places[0])


def known_words(subject: Subject) -> frozenset[str]:
    """Words in lower case that belong to somebody or something the plan introduces."""
    plan = subject.plan
    facts, child = plan.facts, plan.facts.child
    texts = [child.forename, child.surname, child.known_as]
    texts += [person.name for person in facts.people]
    texts += [f"{entry.author} {entry.text}" for entry in facts.advice]
    texts += [s.value for s in (child.name, child.school, facts.authority, facts.officer) if s]
    texts += [p.text for p in plan.front]
    for letter in ("I", "K"):
        section = plan.section(letter)
        texts += [p.text for p in section.paragraphs] if section else []
    whole = {word for text in texts for word in text.split()}
    parts = {part for word in whole if "-" in word for part in word.split("-")}
    words = {folded(cleaned(word)) for word in whole | parts}
    return frozenset(words | set(_introduced(subject)))


def _introduced(subject: Subject) -> Iterator[str]:
    """“her brother Kuba”, “friends Ava and Mia”, “Mrs Patel”."""
    text, low = subject.plan.document.text, subject.hits.text
    for hit in subject.hits.of(NEAR):
        at = hit.end + (hit.group == "title" and text[hit.end : hit.end + 1] == ".")
        if text[at : at + 12] == low[at : at + 12]:
            continue
        match = _LIST.match(text, at)
        if match:
            words = match[1].replace("-", " ").split()
            yield from (folded(cleaned(w)) for w in words if w[0].isupper())


def in_margins(subject: Subject) -> Iterator[tuple[str, Paragraph]]:
    """First names in running heads and feet that nobody in the plan has."""
    firsts = subject.words.lists[FIRST_NAMES]
    for paragraph in subject.plan.document.margins:
        for token in paragraph.text.split():
            word = cleaned(token)
            low = folded(word)
            if firsts.get(low) == "plain" and word[0].isupper() and low not in known_words(subject):
                yield word, paragraph


@lru_cache(maxsize=16384)
def folded(word: str) -> str:
    """Lower case and without accents: “Zoë” is “zoe”."""
    apart = normalize("NFKD", word.lower())
    return "".join(c for c in apart if not combining(c))


def _candidates(subject: Subject, known: frozenset[str]) -> Iterator[str]:
    lists = subject.words.lists
    firsts, capitals, common = lists[FIRST_NAMES], lists[CAPITALS], lists[COMMON]
    every = tokens(subject)
    seen: set[str] = set()
    for token in every:
        head = token[0]
        if not (head.isupper() or head in "(“‘'\""):
            continue
        word = cleaned(token)
        low = folded(word)
        if word in seen or low in known or low in capitals or low in common or len(word) < 3:
            continue
        seen.add(word)
        if not _NAME.fullmatch(word) or (low not in firsts and (word.isupper() or low in every)):
            continue
        yield word


def _judge(subject: Subject, word: str) -> Stranger | None:
    """What the word's places say of it; None when nothing says that it is a person's name."""
    firsts = subject.words.lists[FIRST_NAMES]
    group = firsts.get(folded(word))
    child = subject.plan.facts.child.forename
    if _short_form(word, child):
        return None
    near = len(child) > 3 and one_apart(word.lower(), child.lower())
    if group is None and not near and word.lower().endswith(_ENDINGS):
        return None
    places = [p for p in _places(subject, word) if not _part_of_title(subject, *p)]
    if not places:
        return None
    acts = [place for place in places if _acts(subject, place[1], wordlike=group != "plain")]
    strength = _strength(group, near, bool(acts), _all_start(subject, places))
    if strength is None:
        return None
    first = acts[:1] or places[:1]
    return Stranger(word, strength, tuple([*first, *(p for p in places if p not in first)]))


_ENDINGS = ("s", "ing", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "phy",
            "ogy", "ful", "ive", "ly", "ed", "ary", "ory", "ure", "able", "ible",
            "ous")  # fmt: skip
"""Endings of English words that first names off the list seldom have."""


def _strength(group: str | None, near: bool, acts: bool, starts: bool) -> Strength | None:
    if near:
        return "near"
    if group == "plain":
        return "subject" if acts else "name"
    if group == "wordlike":
        return "subject" if acts and not starts else None
    return "perhaps" if acts else None


def _places(subject: Subject, word: str) -> Iterator[tuple[int, int]]:
    text = subject.plan.document.text
    for start, end in stretches(subject, *LETTERS):
        at = text.find(word, start, end)
        while at >= 0:
            last = at + len(word)
            if not (at and text[at - 1].isalnum()) and not text[last : last + 1].isalnum():
                yield at, last
            at = text.find(word, last, end)


def _part_of_title(subject: Subject, start: int, end: int) -> bool:
    """Next to a word that makes a place, a programme or a book of it: “Alice Road”."""
    text, tails = subject.plan.document.text, subject.words.lists[TAILS]
    before = text[max(0, start - 24) : start].split()
    after = text[end + 1 : end + 25].split()[:1] if text[end : end + 1] == " " else []
    if after and after[0] and (after[0][0].isupper() or after[0] == "the"):
        return cleaned(after[0]).lower() in tails
    return bool(before) and before[-1].lower() in ("st", "st.", "saint")


def _acts(subject: Subject, end: int, *, wordlike: bool) -> bool:
    """“Tomasz will …”, “Tomasz's needs”; for words that may be no name only the surer verbs."""
    text = subject.plan.document.text
    match = _AFTER.match(text, end)
    if match is None:
        return False
    verbs = subject.words.lists["person-verbs"]
    group = verbs.get((match[1] or "").lower())
    if text[end : end + 2] in ("'s", "’s"):
        return not wordlike or group in ("possession", "sure")
    return group == "sure" or (group == "plain" and not wordlike)


def _all_start(subject: Subject, places: list[tuple[int, int]]) -> bool:
    """Every place is at the start of a sentence, where any word has a capital."""
    text = subject.plan.document.text
    return all(
        at == 0
        or text[max(0, at - 2) : at].rstrip(" ")[-1:] in (".", "\n", "!", "?", "")
        or text[at - 1] in "\n"
        for at, _ in places
    )


def _short_form(word: str, child: str) -> bool:
    low, name = word.lower(), child.lower()
    return (
        bool(name)
        and (name.startswith(low) or low.startswith(name))
        and abs(len(low) - len(name)) > 1
    )


def one_apart(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or exchanged with its neighbour turns a to b."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    swapped = a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
    return a[at + 1 :] == b[at + 1 :] or swapped == b[at:]
