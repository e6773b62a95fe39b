"""Which topics Section A speaks of, and whether it says how the child communicates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Quote, Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.stretches import counted, stretches
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.framework.rule import Rule

COMMUNICATION = "communication"


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("A")
    if section is None or section.confidence < UNSURE or section.blank:
        yield from (not_found(rule, criterion) for criterion in rule.criteria)
        return
    counts = counted(subject, rule.lexicons["topics"], "A")
    yield _communication(counts.get(COMMUNICATION, 0), subject, rule)
    yield _scope(set(counts), rule)


def _communication(count: int, subject: Subject, rule: Rule) -> Suggestion:
    if count >= rule.numbers["communication_terms"]:
        return verdict(rule, [], met="communicates", confidence=0.6)
    if count:
        found = finding(
            rule,
            "communication-thin",
            state="look",
            confidence=0.5,
            quotes=_quotes(subject, rule.lexicons["topics"]),
        )
    else:
        found = finding(rule, "no-communication", section="A")
    return verdict(rule, [found])


def _quotes(subject: Subject, lexicon: str) -> Iterator[Quote]:
    """The one phrase found, where it stands first."""
    terms = [t for t, group in subject.words.lists[lexicon].items() if group == COMMUNICATION]
    for start, end in stretches(subject, "A"):
        for term in terms:
            at = subject.hits.text.find(f" {term.rstrip('*')}", start, end)
            if at >= 0:
                last = at + 1 + len(term.rstrip("*"))
                yield subject.quote(subject.paragraph_at(at + 1), at + 1, last)
                return


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
