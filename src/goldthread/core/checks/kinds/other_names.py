"""Another child's name in this plan."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Finding, Quote, State, Suggestion
from goldthread.core.checks.names import LETTERS, Stranger, in_margins, strangers
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import quote_sentence, stretches
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.framework.rule import Rule

MOST = 5
"""Places shown of one name."""


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    if not stretches(subject, *LETTERS):
        yield suggestion(rule, "no-section", state="cannot-tell")
        return
    if not subject.plan.facts.child.forename:
        yield suggestion(rule, "no-name", state="cannot-tell")
        return
    findings = [_finding(subject, rule, stranger) for stranger in strangers(subject)]
    child = subject.plan.facts.child.forename
    findings += [
        finding(
            rule,
            "margin",
            answer=1,
            confidence=rule.numbers["sure_near"],
            quotes=[Quote(word, paragraph.location)],
            name=word,
            child=child,
        )
        for word, paragraph in in_margins(subject)
    ]
    yield verdict(rule, findings, confidence=None if findings else rule.numbers["sure_met"])


def _finding(subject: Subject, rule: Rule, stranger: Stranger) -> Finding:
    start, end = stranger.places[0]
    word = subject.quote(subject.paragraph_at(start), start, end)
    quotes = [word, quote_sentence(subject, start, end)]
    quotes += [subject.quote(subject.paragraph_at(a), a, b) for a, b in stranger.places[1:MOST]]
    state, answer, confidence = _weigh(rule, stranger, word.section)
    return finding(
        rule,
        stranger.strength,
        state=state,
        answer=answer,
        confidence=confidence,
        quotes=quotes,
        name=stranger.name,
        child=subject.plan.facts.child.forename,
        times=len(stranger.places),
    )


def _weigh(rule: Rule, stranger: Stranger, letter: str) -> tuple[State, int, float]:
    """In Section A many people are rightly named, so there it is only a question."""
    sure = rule.numbers[f"sure_{stranger.strength}"]
    if letter == "A" and stranger.strength != "near":
        return "look", 2, min(sure, rule.numbers["sure_in_a"])
    if stranger.strength == "subject":
        return "mend", 0, sure
    if stranger.strength == "near":
        return "mend", 1, sure
    return ("look", 1, sure) if stranger.strength == "name" else ("look", 2, sure)
