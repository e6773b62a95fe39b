"""Whether each outcome is specific, measurable and time-bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.outcome_share import outcome_share
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import outcome_items, outcome_of, quote_item
from goldthread.core.checks.wording.verdict import listed
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    yield outcome_share(subject, rule, _findings)


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
