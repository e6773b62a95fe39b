"""Whether Section B also says what the child can do."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.stretches import hits_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("B")
    if section is None or section.confidence < UNSURE or section.blank:
        yield not_found(rule)
        return
    strong, hard = _sentences(subject, rule)
    if strong >= max(1.0, hard * rule.numbers["least_share"]):
        yield verdict(rule, [], strong=strong, hard=hard)
    elif strong:
        yield verdict(
            rule, [finding(rule, "few", state="look", section="B", strong=strong, hard=hard)]
        )
    else:
        yield verdict(rule, [finding(rule, "none", section="B")])


def _sentences(subject: Subject, rule: Rule) -> tuple[int, int]:
    """How many sentences of Section B name a strength, and how many a difficulty."""
    found: dict[str, set[int]] = {"strength": set(), "difficulty": set()}
    text = subject.plan.document.text
    for hit in hits_of(subject, rule.lexicons["balance"], "B"):
        found[hit.group].add(max(text.rfind(". ", 0, hit.start), text.rfind("\n", 0, hit.start)))
    return len(found["strength"]), len(found["difficulty"])
