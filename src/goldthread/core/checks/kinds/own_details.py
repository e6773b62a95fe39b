"""Whether pronouns, dates of birth and ages in the plan are this child's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.checks.capitals import tokens
from goldthread.core.checks.finding import Finding, Quote, Suggestion
from goldthread.core.checks.months import age_on, dates_in
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import quote_sentence, sentence_at, stretches, text_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import StatedDate

PRONOUNS = {"he": ("he", "him", "his", "himself"), "she": ("she", "her", "hers", "herself")}
SECTIONS = ("B", "C", "D", "E", "F", "G", "H1", "H2", "H")
MOST = 5
OLDEST = 26
"""Years: no plan is for anybody of this age (Children and Families Act 2014, s46)."""
_BIRTH = re.compile(
    r"\W*(?:date of birth|d\.?o\.?b\b|born\b)(?!.*\b(?:mother|father|parent|carer))", re.I
)
_WORDS = {who: re.compile(rf"\b(?:{'|'.join(words)})\b") for who, words in PRONOUNS.items()}
_STATED = re.compile(r"(?:\bis|\bare|,|^)(?: now| currently)?(?: an?)?(?: aged)? ?(\d{1,2})$")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    child = subject.plan.facts.child
    if child.born is None and not child.pronoun and not stretches(subject, *SECTIONS):
        yield suggestion(rule, "nothing", state="cannot-tell")
        return
    findings = [*_births(subject, rule), *_pronouns(subject, rule), *_ages(subject, rule)]
    if not findings and (child.born is None or not child.pronoun):
        yield suggestion(rule, "part-only", state="cannot-tell")
        return
    yield verdict(rule, findings)


def _births(subject: Subject, rule: Rule) -> Iterator[Finding]:
    born = [d for d in subject.plan.facts.dates if d.role == "born"]
    if subject.plan.facts.child.born is not None:
        born.insert(0, subject.plan.facts.child.born)
    born += list(_labelled(subject)) if born else []
    if len({d.day for d in born}) > 1:
        first = born[0]
        other = next(d for d in born if d.day != first.day)
        yield finding(
            rule, "two-births", quotes=[Quote(d.quote, d.location) for d in (first, other)]
        )
    if born and born[0].day > subject.today:
        yield finding(rule, "unborn", quotes=[Quote(born[0].quote, born[0].location)])


def _labelled(subject: Subject) -> Iterator[StatedDate]:
    """Dates beside or after the words “Date of birth” outside the sections: forms ask more than
    once. Not those of a parent, and of nobody older than a plan can be for."""
    places = (*subject.plan.front, *subject.plan.leftover)
    for number, p in enumerate(places):
        if not _BIRTH.match(p.text):
            continue
        for place in places[number : number + 2]:
            found = next(dates_in(place.text), None)
            if found and age_on(found.day, subject.today) < OLDEST:
                said = place.text[found.start : found.end]
                yield StatedDate("born", found.day, said, place.location)
            if found:
                break


def _pronouns(subject: Subject, rule: Rule) -> Iterator[Finding]:
    recorded = subject.plan.facts.child.pronoun
    other = {"she": "he", "he": "she"}.get(recorded)
    if other and not _count(subject, other):
        return
    counts = {who: _count(subject, who) for who in PRONOUNS}
    total = sum(counts.values())
    wrong = _wrong(recorded, counts)
    share = rule.numbers["share"]
    if not wrong or sum(counts[w] for w in wrong) <= share * total:
        return
    places = [place for who in wrong for place in _own(subject, rule, who)]
    if not places or len(places) <= share * total:
        return
    key = "pronouns" if recorded in PRONOUNS else "they" if recorded == "they" else "mixed"
    sure = recorded in PRONOUNS
    quotes = [
        quote
        for at, end in places[:MOST]
        for quote in (
            subject.quote(subject.paragraph_at(at), at, end),
            quote_sentence(subject, at, end),
        )
    ]
    yield finding(
        rule,
        key,
        state="mend" if sure else "look",
        quotes=quotes,
        count=len(places),
        total=total,
        answer=1,
        confidence=None if sure else 0.4,
        recorded=recorded,
        child=subject.plan.facts.child.forename or "this child",
    )


def _wrong(recorded: str, counts: dict[str, int]) -> list[str]:
    """Which pronouns should not be there; with none recorded, the rarer of the two."""
    if recorded == "they":
        return [who for who in PRONOUNS if counts[who]]
    if recorded in PRONOUNS:
        return [who for who in PRONOUNS if who != recorded and counts[who]]
    rare = min(PRONOUNS, key=lambda who: counts[who])
    return [rare] if counts[rare] else []


def _count(subject: Subject, who: str) -> int:
    """How often the pronoun stands in B to H, counted fast: between spaces."""
    forms = {form for word in PRONOUNS[who] for form in (word, word.capitalize())}
    if not forms & tokens(subject):
        return 0
    text = text_of(subject, *SECTIONS)
    return sum(text.count(f" {word} ") for word in PRONOUNS[who])


def _own(subject: Subject, rule: Rule, who: str) -> Iterator[tuple[int, int]]:
    """Places of a pronoun in whose sentence, and the one before, nobody else is named."""
    text = subject.hits.text
    for a, b in stretches(subject, *SECTIONS):
        for match in _WORDS[who].finditer(text, a, b):
            first, _ = sentence_at(subject, match.start(), match.end())
            paragraph = subject.paragraph_at(first)
            before = first
            if first > paragraph.start:
                before, _ = sentence_at(subject, first - 2, first - 1)
            if not subject.hits.any(rule.lexicons["others"], before, match.start()):
                yield match.span()


def _ages(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """“is 7 years old”, “a 7-year-old girl”: an age now that the date of birth does not give."""
    born = subject.plan.facts.child.born
    if born is None:
        return
    days = [e.day for e in subject.plan.facts.advice if e.day]
    days += [d.day for d in subject.plan.facts.dates if d.role in ("issued", "draft", "amended")]
    earliest = min([*days, subject.today])
    low, high = age_on(born.day, earliest), age_on(born.day, subject.today)
    for hit in subject.hits.of(rule.lexicons["ages"]):
        age = _age_said(subject, rule, hit.start, hit.end)
        if age is not None and not low <= age <= high:
            yield finding(
                rule,
                "age",
                state="look",
                confidence=0.6,
                said=age,
                age=high,
                quotes=[quote_sentence(subject, hit.start, hit.end)],
            )


def _age_said(subject: Subject, rule: Rule, start: int, end: int) -> int | None:
    """The age in a sentence about the child in the present; None for siblings, levels, the past."""
    if subject.plan.letter_of.get(subject.paragraph_at(start).location.paragraph or 0) is None:
        return None
    text = subject.hits.text
    first, _ = sentence_at(subject, start, end)
    match = _STATED.search(text[first:start].rstrip(" -"))
    others, levels = rule.lexicons["others"], rule.lexicons["levels"]
    if match is None or any(subject.hits.any(x, first, end + 20) for x in (others, levels)):
        return None
    return int(match[1])
