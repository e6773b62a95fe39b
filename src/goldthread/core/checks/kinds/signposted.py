"""Care provision that only points elsewhere: the local offer, a form, a telephone number."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.checks.wording.items import provision_of, quote_item
from goldthread.core.checks.wording.served import nothing, served
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    for criterion, letters, items in served(subject, rule):
        if items is None:
            yield not_found(rule, criterion, letters=letters)
        elif not items:
            yield nothing(rule, criterion, letters)
        else:
            pointed = [item for item in items if _points(subject, item)]
            findings = [
                finding(rule, "points", criterion=criterion, item=item.id,
                        quotes=[quote_item(subject, item)], answer=1)
                for item in pointed
            ]  # fmt: skip
            yield verdict(
                rule,
                findings,
                criterion=criterion,
                some="some",
                answer=0 if pointed and len(pointed) == len(items) else None,
                good=len(items) - len(pointed),
                total=len(items),
            )


def _points(subject: Subject, item: Item) -> bool:
    """It points elsewhere and gives no amount of its own."""
    wording = provision_of(subject, item)
    return "pointing" in wording.topics and not wording.quantities.frequencies
