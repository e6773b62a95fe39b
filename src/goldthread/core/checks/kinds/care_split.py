"""Rule 38: H1 apart from H2, for those under 18, with adult care named from 18."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of, quote_sentence
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import provision_items
from goldthread.core.framework.rule import Rule

SPLIT, ADULT = "H1-split", "H3-adult"


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    yield _split(subject, rule)
    yield _adult(subject, rule)


def _split(subject: Subject, rule: Rule) -> Suggestion:
    plan = subject.plan
    if plan.section("H") is not None:
        found = finding(rule, "merged", section="H", criterion=SPLIT)
        return suggestion(rule, "merged", state="mend", criterion=SPLIT, findings=(found,))
    if plan.section("H1") is None or plan.section("H2") is None:
        return suggestion(rule, "no-section", state="cannot-tell", criterion=SPLIT)
    findings = [*_too_old(subject, rule), *_overnight(subject, rule)]
    if not findings:
        return suggestion(rule, "apart", state="met", criterion=SPLIT)
    worst = min(findings, key=lambda f: f.answer or 0)
    return suggestion(
        rule, worst.key, state=worst.state, answer=worst.answer, criterion=SPLIT,
        findings=findings, age=subject.age,
    )  # fmt: skip


def _too_old(subject: Subject, rule: Rule) -> Iterator[Finding]:
    items = provision_items(subject, "H1")
    if items and subject.age is not None and subject.age >= rule.numbers["adult"]:
        quotes = [subject.quote(i.paragraphs[0]) for i in items[:2]]
        yield finding(rule, "too-old", criterion=SPLIT, quotes=quotes, age=subject.age)


def _overnight(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for hit in hits_of(subject, rule.lexicons["overnight"], "H1")[:2]:
        yield finding(
            rule, "overnight", state="look", answer=1, criterion=SPLIT,
            quotes=(quote_sentence(subject, hit.start, hit.end),),
        )  # fmt: skip


def _adult(subject: Subject, rule: Rule) -> Suggestion:
    if subject.age is None:
        return suggestion(rule, "no-birth", state="cannot-tell", criterion=ADULT)
    if subject.age < rule.numbers["adult"]:
        return suggestion(rule, "young", state="not-applicable", criterion=ADULT, age=subject.age)
    if hits_of(subject, rule.lexicons["care_act"], "H2", "H", "D"):
        return suggestion(rule, "care-act", state="met", criterion=ADULT)
    found = finding(rule, "no-care-act", section="H2", criterion=ADULT, age=subject.age)
    return suggestion(
        rule, "no-care-act", state="mend", criterion=ADULT, findings=(found,), age=subject.age
    )
