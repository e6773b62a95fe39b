"""Which topics Section A speaks of, and whether it says how the child communicates."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.stretches import hits_of, quotes_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.words import Hit
from goldthread.core.framework.rule import Rule

COMMUNICATION = "communication"


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("A")
    if section is None or section.confidence < UNSURE or section.blank:
        yield from (not_found(rule, criterion) for criterion in rule.criteria)
        return
    hits = hits_of(subject, rule.lexicons["topics"], "A")
    yield _communication([h for h in hits if h.group == COMMUNICATION], subject, rule)
    yield _scope({h.group for h in hits} - {COMMUNICATION}, rule)


def _communication(hits: list[Hit], subject: Subject, rule: Rule) -> Suggestion:
    if len(hits) >= rule.numbers["communication_terms"]:
        return verdict(rule, [], met="communicates", confidence=0.6)
    if hits:
        found = finding(
            rule,
            "communication-thin",
            state="look",
            confidence=0.5,
            quotes=quotes_of(subject, hits),
        )
    else:
        found = finding(rule, "no-communication", section="A")
    return verdict(rule, [found])


def _scope(covered: set[str], rule: Rule) -> Suggestion:
    criterion = rule.criteria[1]
    topics = [key.removeprefix("topic-") for key in rule.says if key.startswith("topic-")]
    missing = [topic for topic in topics if topic not in covered]
    good, total = len(topics) - len(missing), len(topics)
    answer = share_answer(good, total, family="coverage")
    if not missing:
        return verdict(
            rule,
            [],
            met="all-topics",
            criterion=criterion,
            answer=answer,
            confidence=0.6,
            good=good,
            total=total,
        )
    names = ", ".join(rule.says[f"topic-{topic}"] for topic in missing)
    found = finding(
        rule,
        "topics",
        state="look",
        answer=answer,
        criterion=criterion,
        section="A",
        good=good,
        total=total,
        names=names,
        missing=missing,
    )
    return verdict(rule, [found], criterion=criterion, good=good, total=total)
