"""Whether each item of provision says what, for how long and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.checks.wording.items import provision_of, quote_item
from goldthread.core.checks.wording.served import nothing, served
from goldthread.core.checks.wording.verdict import listed
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item

AMOUNTS = ("what", "how much", "how often")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    """One suggestion a criterion; therapy items of Section F count for their own one as well."""
    for criterion, letters, items in served(subject, rule):
        if items is None:
            yield not_found(rule, criterion, letters=letters)
        elif items:
            yield _counted(subject, rule, criterion, items)
        else:
            yield nothing(subject, rule, criterion, letters)


def _counted(subject: Subject, rule: Rule, criterion: str, items: Sequence[Item]) -> Suggestion:
    findings = list(_findings(subject, rule, criterion, items))
    good = len(items) - len(findings)
    return verdict(
        rule,
        findings,
        criterion=criterion,
        some="some",
        answer=share_answer(good, len(items), family="slots"),
        good=good,
        total=len(items),
    )


def _findings(
    subject: Subject, rule: Rule, criterion: str, items: Sequence[Item]
) -> Iterator[Finding]:
    for item in items:
        wording = provision_of(subject, item)
        lacks = [slot for slot in wording.missing if slot in AMOUNTS]
        if not lacks:
            continue
        ceiling = next((m for m in wording.marks if m.key == "ceiling"), None)
        key = "ceiling" if ceiling and lacks == ["how much"] else wording.form
        yield finding(
            rule,
            key if key in rule.says else "timed",
            criterion=criterion,
            quotes=[quote_item(subject, item)],
            item=item.id,
            missing=wording.missing,
            lacks=listed([rule.says[f"lacks-{slot.replace(' ', '-')}"] for slot in lacks]),
        )
