"""Whether it is clear who speaks in Section A, and how their views were found out."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.months import compulsory_age_ends, dates_in
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of, text_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.voices import voices
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("A")
    if section is None or section.confidence < UNSURE or section.blank:
        yield from (not_found(rule, criterion) for criterion in rule.criteria)
        return
    yield _method(subject, rule)
    yield _rights(subject, rule)


def _method(subject: Subject, rule: Rule) -> Suggestion:
    hits = hits_of(subject, rule.lexicons["method"], "A")
    how = [hit for hit in hits if hit.group == "how"]
    if how and any(dates_in(text_of(subject, "A"))):
        return verdict(rule, [])
    if how:
        found = finding(
            rule,
            "undated",
            state="look",
            answer=2,
            confidence=0.5,
            quotes=[subject.quote_hit(how[0])],
        )
    elif hits:
        found = finding(
            rule, "speaker-only", state="look", confidence=0.5, quotes=[subject.quote_hit(hits[0])]
        )
    elif voices(subject).first_person:
        quote = subject.quote(voices(subject).first_person[0])
        found = finding(rule, "first-person", answer=1, quotes=[quote])
    else:
        found = finding(rule, "no-method", state="look", answer=1, section="A")
    return verdict(rule, [found])


def _rights(subject: Subject, rule: Rule) -> Suggestion:
    criterion = rule.criteria[1]
    born = subject.plan.facts.child.born
    if born is None:
        return suggestion(rule, "no-birth", state="cannot-tell", criterion=criterion)
    if subject.today <= compulsory_age_ends(born.day):
        return suggestion(rule, "too-young", state="not-applicable", criterion=criterion)
    heard = voices(subject)
    capacity = subject.hits.of(rule.lexicons["capacity"])
    if capacity and heard.child:
        return verdict(rule, [], met="rights", criterion=criterion)
    if heard.child:
        found = finding(
            rule, "no-capacity", state="look", criterion=criterion, confidence=0.5, section="A"
        )
    else:
        quotes = [subject.quote(p) for p in heard.parent[:1]]
        found = finding(
            rule,
            "parents-only",
            criterion=criterion,
            quotes=quotes,
            section="A",
            answer=1 if capacity else 0,
        )
    return verdict(rule, [found], criterion=criterion)
