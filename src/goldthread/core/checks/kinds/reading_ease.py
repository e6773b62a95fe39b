"""Whether the plan can be read by those it is for: reading grade and unexplained acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.checks.capitals import cleaned, section_tokens, tokens
from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.reading_age import grade_of
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import stretches, text_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.framework.rule import Rule

_ACRONYM = re.compile(r"[A-Z]{2,6}")
SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "H", "I", "J")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    yield _outcomes(subject, rule)
    yield _plain(subject, rule)


def graded(subject: Subject, letter: str) -> tuple[float, int]:
    """(reading grade, words) of one section, worked out once; each paragraph ends a sentence."""
    return subject.kept(("grade", letter), lambda: _grade(subject, letter))


def _grade(subject: Subject, letter: str) -> tuple[float, int]:
    text, spans = subject.plan.document.text, stretches(subject, letter)
    ends = sum(text.count(end, a, b) for end in (". ", "! ", "? ", "\n") for a, b in spans)
    return grade_of(section_tokens(subject, letter), ends + max(1, len(spans)))


def _outcomes(subject: Subject, rule: Rule) -> Suggestion:
    value, words = graded(subject, "E")
    if words == 0:
        return not_found(rule)
    if words < rule.numbers["fewest_words"]:
        return suggestion(rule, "too-short", state="cannot-tell")
    limit = rule.numbers["limit_E"]
    found = list(_over(subject, rule, "E", rule.criteria[0], value, limit))
    return verdict(rule, found, met="outcomes-plain", grade=round(value))


def _over(
    subject: Subject, rule: Rule, letter: str, criterion: str, value: float, limit: float
) -> Iterator[Finding]:
    if value <= limit:
        return
    paragraphs = subject.plan.by_letter[letter].paragraphs
    hardest = max(paragraphs, key=lambda p: _hardness(subject.hits.text[p.start : p.end]))
    yield finding(
        rule,
        "grade",
        state="look",
        criterion=criterion,
        answer=1 if value > limit + rule.numbers["far_over"] else 2,
        letter=letter,
        quotes=[subject.quote(hardest)],
        grade=round(value),
        limit=round(limit),
    )


def _hardness(text: str) -> float:
    """Length in words and length of words: enough to choose the paragraph to show."""
    words = text.split()
    return len(text) / len(words) * 3 + len(words) / (1 + text.count(". ")) if words else 0.0


def _plain(subject: Subject, rule: Rule) -> Suggestion:
    criterion = rule.criteria[1]
    found: list[Finding] = []
    for letter in ("A", "F"):
        value, words = graded(subject, letter)
        if words >= rule.numbers["fewest_words"]:
            limit = rule.numbers[f"limit_{letter}"]
            found += _over(subject, rule, letter, criterion, value, limit)
    unexplained = list(_acronyms(subject, rule))
    few = len(unexplained) < rule.numbers["many_acronyms"]
    found += [
        finding(
            rule,
            "acronym",
            state="look",
            criterion=criterion,
            answer=2 if few else 1,
            confidence=0.6,
            word=word,
            quotes=[subject.quote(subject.paragraph_at(at), at, at + len(word))],
        )
        for word, at in unexplained
    ]
    if not text_of(subject, *SECTIONS):
        return not_found(rule, criterion)
    return verdict(rule, found, met="plain", criterion=criterion)


def _acronyms(subject: Subject, rule: Rule) -> Iterator[tuple[str, int]]:
    """(acronym, offset) of those that the document never writes out, where first used."""
    known, text = subject.words.lists[rule.lexicons["known"]], subject.plan.document.text
    words = {cleaned(token) for token in tokens(subject) if token.isupper()}
    for word in sorted(words):
        if not _ACRONYM.fullmatch(word) or word.lower() in known or _explained(word, text):
            continue
        at = _first_use(subject, word)
        if at is not None:
            yield word, at


def _explained(word: str, text: str) -> bool:
    """“Speech and Language Therapist (SALT)” or “SALT (speech and language therapy)”."""
    return f"({word})" in text or f"({word}s)" in text or f"{word} (" in text or f"{word} =" in text


def _first_use(subject: Subject, word: str) -> int | None:
    """Its first place in running text: not in a line that is all in capitals."""
    text = subject.plan.document.text
    pattern = re.compile(rf"\b{word}\b")
    for start, end in stretches(subject, *SECTIONS):
        for match in pattern.finditer(text, start, end):
            if not subject.paragraph_at(match.start()).text.isupper():
                return match.start()
    return None
