"""Whether “no social care needs” rests on advice, and not on “not known to this service”."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.stretches import hits_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("D")
    if section is None or section.confidence < UNSURE:
        yield not_found(rule)
        return
    yield verdict(rule, list(_findings(subject, rule)))


def _findings(subject: Subject, rule: Rule) -> Iterable[Finding]:
    unknown = hits_of(subject, rule.lexicons["not_known"], "D")
    advised = _advised(subject, rule)
    if unknown:
        key = "not-known-advised" if advised else "not-known"
        yield finding(
            rule, key, state="look" if advised else "mend", quotes=[subject.quote_hit(unknown[0])]
        )
    elif not advised:
        blank = subject.plan.by_letter["D"].blank
        yield finding(
            rule, "blank" if blank else "no-advice", section="D", state="mend" if blank else "look"
        )


def _advised(subject: Subject, rule: Rule) -> bool:
    """Section K lists advice from social care, or Section D itself names its author."""
    words = rule.lexicons["care_advice"]
    listed = any(entry.profession == "social-care" for entry in subject.plan.facts.advice)
    return listed or bool(hits_of(subject, words, "D", "K"))
