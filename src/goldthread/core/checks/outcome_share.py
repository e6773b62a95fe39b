"""How many outcomes meet a rule, for every rule that goes through them one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.wording.items import outcome_items
from goldthread.core.framework.rule import Rule


def outcome_share(
    subject: Subject, rule: Rule, find: Callable[[Subject, Rule], Iterable[Finding]]
) -> Suggestion:
    """Coverage of Section E's outcomes; `find` gives at most one finding an outcome."""
    section = subject.plan.section("E")
    items = outcome_items(subject)
    if section is None or section.confidence < UNSURE or not items:
        return not_found(rule)
    findings = list(find(subject, rule))
    good = len(items) - len(findings)
    answer = share_answer(good, len(items), family="coverage")
    return verdict(rule, findings, some="some", answer=answer, good=good, total=len(items))
