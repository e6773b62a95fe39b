"""Outcomes that are a service, somebody else's work or a wish, not a change for the child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.outcome_share import outcome_share
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import outcome_items, outcome_of, quote_item, quote_part
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    yield outcome_share(subject, rule, _findings)


def _findings(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for item in outcome_items(subject):
        wording = outcome_of(subject, item)
        if not wording.marks:
            continue
        mark = wording.marks[0]
        quote = quote_part(subject, item, mark.start, mark.end)
        yield finding(
            rule,
            mark.key,
            quotes=[quote, quote_item(subject, item)],
            item=item.id,
            words=quote.text,
        )
