"""Whether each outcome is specific, measurable and time-bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.wording.items import outcome_items, outcome_of, quote_item
from goldthread.core.checks.wording.verdict import listed
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("E")
    items = outcome_items(subject)
    if section is None or section.confidence < UNSURE or not items:
        yield not_found(rule)
        return
    findings = list(_findings(subject, rule))
    good = len(items) - len(findings)
    yield verdict(
        rule,
        findings,
        some="some",
        answer=share_answer(good, len(items), family="coverage"),
        good=good,
        total=len(items),
    )


def _findings(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """One for each outcome that lacks something; a single gap is a thing to look at."""
    for item in outcome_items(subject):
        wording = outcome_of(subject, item)
        if wording.good:
            continue
        asked = [slot for slot in wording.missing if slot != "relevant"]
        key = "one" if len(asked) == 1 else "several"
        yield finding(
            rule,
            key if not wording.marks else "not-change",
            state="look" if len(asked) == 1 else "mend",
            quotes=[quote_item(subject, item)],
            item=item.id,
            missing=wording.missing,
            lacks=listed([rule.says[f"lacks-{slot}"] for slot in asked]),
        )
