"""Sentences of a plan as digests, so that plans can be compared without their text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from goldthread.core.checks.subject import Corpus
from goldthread.core.checks.words import plain
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Plan

SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]?")
FEWEST_WORDS = 8
"""Shorter sentences (“Not applicable.”, labels) are alike in every plan and mean nothing."""
SECTIONS = ("B", "E", "F", "G", "H1", "H2", "H")
PRONOUNS = re.compile(r"\b(?:he|she|they|him|her|them|his|hers|their|theirs)\b")
SPACES = re.compile(r"[^a-z#@]+")


def sentences(plan: Plan) -> Iterator[tuple[Paragraph, int, int]]:
    """(paragraph, start, end) of each sentence of the sections that are written for the child.

    Offsets count in the document's text.
    """
    for section in plan.sections:
        if section.letter in SECTIONS:
            for paragraph in section.paragraphs:
                for match in SENTENCE.finditer(paragraph.text):
                    if match[0].count(" ") >= FEWEST_WORDS - 1:
                        start = paragraph.start + match.start()
                        yield paragraph, start, paragraph.start + match.end()


def masked(plan: Plan, text: str) -> str:
    """The sentence without what differs from child to child: names, pronouns, numbers."""
    low = plain(text)
    child = plan.facts.child
    for name in (child.forename, child.surname, child.known_as):
        if name:
            low = low.replace(plain(name), "@")
    return SPACES.sub(" ", re.sub(r"\d+", "#", PRONOUNS.sub("@", low))).strip()


def digest(plan: Plan, text: str) -> str:
    """16 hex digits of the masked sentence; the text cannot be had back from it."""
    return hashlib.sha256(masked(plan, text).encode()).hexdigest()[:16]


def digests(plan: Plan) -> Iterator[str]:
    """One digest a sentence, repeats included."""
    for paragraph, start, end in sentences(plan):
        yield digest(plan, paragraph.text[start - paragraph.start : end - paragraph.start])


def corpus_of(plans: Iterable[Plan]) -> Corpus:
    """In how many of `plans` each sentence stands."""
    counts: Counter[str] = Counter()
    number = 0
    for plan in plans:
        number += 1
        counts.update(set(digests(plan)))
    return Corpus(dict(counts), number)
