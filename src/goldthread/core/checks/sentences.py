"""Sentences of a plan as digests, so that plans can be compared without their text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from goldthread.core.checks.subject import Corpus
from goldthread.core.checks.words import plain
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Plan

SENTENCE = re.compile(r"[^.!?]+(?:(?:[.!?](?=\S)|(?<=\b[A-Z])\.)[^.!?]*)*[.!?]?")
"""A point after an initial (“J.T. will”) ends no sentence."""
FEWEST_WORDS = 8
"""Shorter sentences (“Not applicable.”, labels) are alike in every plan and mean nothing."""
SECTIONS = ("B", "E", "F", "G", "H1", "H2", "H")
NOT_OWN = frozenset(("he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs"))
WORD = re.compile(r"[^\W\d_]+|\d+")


class Sentence(NamedTuple):
    """Offsets count in the document's text."""

    paragraph: Paragraph
    start: int
    end: int
    text: str


def sentences(plan: Plan) -> Iterator[Sentence]:
    """Each sentence of eight words or more in the sections that are written for the child."""
    for section in plan.sections:
        if section.letter in SECTIONS:
            for paragraph in section.paragraphs:
                if paragraph.text.count(" ") >= FEWEST_WORDS - 1:
                    yield from _sentences(paragraph)


def rough_sentences(plan: Plan) -> Counter[str]:
    """Sentences counted without regard to initials and question marks: fast, and never fewer
    repeats than `sentences` has."""
    pieces: list[str] = []
    for section in plan.sections:
        if section.letter in SECTIONS:
            pieces += (
                "\n".join([p.text for p in section.paragraphs]).replace(". ", "\n").split("\n")
            )
    return Counter([p.strip(" .") for p in pieces if p.count(" ") >= FEWEST_WORDS - 1])


def _sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    for match in SENTENCE.finditer(paragraph.text):
        if match[0].count(" ") >= FEWEST_WORDS - 1:
            start = paragraph.start + match.start()
            yield Sentence(paragraph, start, paragraph.start + match.end(), match[0])


def masked(plan: Plan, text: str) -> str:
    """The sentence without what differs from child to child: names, pronouns, numbers."""
    return _masked(text, _own_words(plan))


def digest(plan: Plan, text: str) -> str:
    """16 hex digits of the masked sentence; the text cannot be had back from it."""
    return _digest(text, _own_words(plan))


def digests(plan: Plan) -> Iterator[str]:
    """One digest a sentence, repeats included."""
    own = _own_words(plan)
    for sentence in sentences(plan):
        yield _digest(sentence.text, own)


def corpus_of(plans: Iterable[Plan]) -> Corpus:
    """In how many of `plans` each sentence stands."""
    counts: Counter[str] = Counter()
    number = 0
    for plan in plans:
        number += 1
        counts.update(set(digests(plan)))
    return Corpus(dict(counts), number)


def merged(corpora: Iterable[Corpus]) -> Corpus:
    """Corpora of plans that differ, as one."""
    counts: Counter[str] = Counter()
    number = 0
    for corpus in corpora:
        number += corpus.plans
        counts.update(corpus.sentences)
    return Corpus(dict(counts), number)


def _own_words(plan: Plan) -> frozenset[str]:
    child = plan.facts.child
    names = plain(f"{child.forename} {child.surname} {child.known_as}")
    return NOT_OWN | frozenset(WORD.findall(names))


def _masked(text: str, own: frozenset[str]) -> str:
    words = WORD.findall(plain(text))
    return " ".join(["@" if w in own else "#" if w.isdigit() else w for w in words])


def _digest(text: str, own: frozenset[str]) -> str:
    return hashlib.sha256(_masked(text, own).encode()).hexdigest()[:16]
