"""Whether the child's own views, and the parents', are in Section A."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.months import compulsory_age_ends
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.voices import voices
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("A")
    if section is None or section.confidence < UNSURE:
        yield from (not_found(rule, criterion) for criterion in rule.criteria)
        return
    yield _child(subject, rule)
    yield _parents(subject, rule)


def _child(subject: Subject, rule: Rule) -> Suggestion:
    heard = voices(subject)
    count = heard.child_words
    if count >= rule.numbers["child_words"]:
        return verdict(rule, [], count=count)
    reasons = hits_of(subject, rule.lexicons["reasons"], "A")
    if reasons:
        found = [
            finding(
                rule,
                "reason",
                state="look",
                answer=2,
                confidence=0.6,
                quotes=[subject.quote_hit(reasons[0])],
            )
        ]
    elif count:
        found = [
            finding(
                rule,
                "short",
                state="look",
                confidence=0.6,
                count=count,
                quotes=[subject.quote(heard.child[0])],
            )
        ]
    else:
        found = [finding(rule, "no-child", section="A")]
    return verdict(rule, found)


def _parents(subject: Subject, rule: Rule) -> Suggestion:
    criterion = rule.criteria[1]
    heard = voices(subject)
    if heard.parent:
        return verdict(rule, [], met="parents", criterion=criterion)
    born = subject.plan.facts.child.born
    if born is not None and subject.today > compulsory_age_ends(born.day):
        return suggestion(rule, "own-right", state="not-applicable", criterion=criterion)
    mentioned = hits_of(subject, rule.lexicons["parents"], "A")
    if mentioned:
        quote = subject.quote_hit(mentioned[0])
        found = finding(
            rule,
            "parents-mentioned",
            state="look",
            criterion=criterion,
            confidence=0.5,
            quotes=[quote],
        )
    else:
        found = finding(rule, "no-parents", criterion=criterion, section="A")
    return verdict(rule, [found], criterion=criterion)
