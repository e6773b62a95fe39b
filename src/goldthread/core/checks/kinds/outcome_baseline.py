"""Whether each outcome says where the child starts from."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.wording.items import outcome_items, outcome_of, quote_item
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("E")
    items = outcome_items(subject)
    if section is None or section.confidence < UNSURE or not items:
        yield not_found(rule)
        return
    without = [item for item in items if not outcome_of(subject, item).baseline]
    findings = [
        finding(rule, "no-start", state="look", item=item.id, quotes=[quote_item(subject, item)])
        for item in without
    ]
    good = len(items) - len(without)
    yield verdict(
        rule,
        findings,
        some="some",
        answer=share_answer(good, len(items), family="coverage"),
        good=good,
        total=len(items),
    )
