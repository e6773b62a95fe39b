"""Whether each outcome says where the child starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.outcome_share import outcome_share
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import outcome_items, outcome_of, quote_item
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    yield outcome_share(subject, rule, _findings)


def _findings(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for item in outcome_items(subject):
        if not outcome_of(subject, item).baseline:
            quotes = [quote_item(subject, item)]
            yield finding(rule, "no-start", state="look", item=item.id, quotes=quotes)
