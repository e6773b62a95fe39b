"""Rules 12 and 35: needs and recommendations of the advice, in the plan or not."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.advice_match import recommendations
from goldthread.core.checks.faithful import Recommendation
from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, share_answer, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.framework.rule import Rule

KINDS = {"B": "need", "F": "provision"}
"""Section that a rule looks at -> the kind of advice it follows."""
GOOD = ("carried", "moved", "unsure")
"""Unsure is no fault: it asks for a look."""


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    if not subject.advice:
        yield suggestion(rule, "no-advice", state="cannot-tell")
        return
    found = [r for r in recommendations(subject) if r.kind == KINDS[rule.sections[0]]]
    if not found:
        yield suggestion(rule, "nothing", state="cannot-tell")
        return
    findings = [f for r in found for f in _finding(rule, r)]
    good = sum(r.fate in GOOD for r in found)
    answer = share_answer(good, len(found), family="coverage")
    mend = any(f.state == "mend" for f in findings)
    if mend or any(r.fate == "lost" for r in found):
        answer = min(answer, 1)
    yield suggestion(
        rule,
        "whole",
        state="met" if not findings else "mend" if mend else "look",
        answer=answer if findings else min(answer, 2),
        findings=findings,
        good=good,
        total=len(found),
    )


def _finding(rule: Rule, found: Recommendation) -> Iterator[Finding]:
    """A lost one shows the advice first, then the nearest text; others the plan's text first."""
    if found.fate == "carried":
        return
    lost = found.fate == "lost"
    sure = found.fate in ("thinned", "softened") or (lost and found.kind == "provision")
    here = () if found.plan is None else (found.plan,)
    yield finding(
        rule,
        found.fate,
        state="mend" if sure else "look",
        answer=0 if lost else 1,
        quotes=(found.advice, *here) if lost else (*here, found.advice),
        section=rule.sections[0] if lost or found.plan is None else found.plan.section,
        item="" if lost else found.item,
        confidence=found.confidence,
        detail=found.reason,
        report=found.advice.document,
    )
