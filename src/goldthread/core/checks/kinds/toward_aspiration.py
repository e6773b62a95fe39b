"""Rule 25: does each outcome move toward something in Section A?"""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.linking import thread_of
from goldthread.core.checks.saying import finding, share_answer, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    """By words alone, so it asks a person to look and never answers 0."""
    thread = thread_of(subject)
    outcomes = [n for n in thread.nodes if n.kind == "outcome"]
    wishes = {n.id: n for n in thread.nodes if n.kind == "aspiration"}
    if not outcomes or not wishes:
        key = "no-outcomes" if not outcomes else "no-wishes"
        yield suggestion(rule, key, state="cannot-tell")
        return
    linked = {k.target for k in thread.links if k.source in wishes}
    near = {e.node: e.nearest for e in thread.loose if e.wants == "aspiration"}
    findings = [
        finding(
            rule,
            "apart",
            state="look",
            answer=1,
            quotes=(n.quote, *((wishes[near[n.id]].quote,) if near.get(n.id) in wishes else ())),
            item=n.id,
            id=n.id,
        )
        for n in outcomes
        if n.id not in linked
    ]
    good = len(outcomes) - len(findings)
    answer = min(2, max(1, share_answer(good, len(outcomes), family="coverage")))
    yield suggestion(
        rule,
        "whole",
        state="met" if not findings else "look",
        answer=answer,
        findings=findings,
        good=good,
        total=len(outcomes),
    )
