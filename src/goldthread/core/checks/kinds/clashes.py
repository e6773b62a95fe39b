"""Rule 43: two amounts or ratios for one service and one subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.linking import subjects_of
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import provision_items, quantities_of, quote_item
from goldthread.core.checks.wording.quantities import amount
from goldthread.core.checks.words import plain
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    items = provision_items(subject, "F", "G", "H1", "H2", "H")
    if len(items) < 2:
        yield suggestion(rule, "too-few", state="met" if items else "cannot-tell")
        return
    findings = list(_clashes(subject, rule, items))
    if findings:
        yield suggestion(rule, "some", state="look", findings=findings, total=len(findings))
    else:
        yield suggestion(rule, "met", state="met")


def _clashes(subject: Subject, rule: Rule, items: tuple[Item, ...]) -> Iterator[Finding]:
    """Pairs of one role whose other words are nearly the same and whose amounts differ."""
    features = subjects_of(subject.words).features
    by_role: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_role[_role(subject, rule, item)].append(item)
    for role, same in by_role.items():
        if not role or len(same) > rule.numbers["most_alike"]:
            continue
        for one, other in combinations(same, 2):
            a, b = features(one.text).stems, features(other.text).stems
            if len(a & b) < rule.numbers["alike"] * max(1, len(a | b)):
                continue
            if _differ(subject, one, other):
                yield finding(
                    rule, "clash", state="look", answer=1,
                    quotes=(quote_item(subject, one), quote_item(subject, other)),
                    item=one.id, role=role, one=one.id, other=other.id,
                )  # fmt: skip


def _role(subject: Subject, rule: Rule, item: Item) -> str:
    low = plain(item.text)
    return next((r for r in subject.words.lists[rule.lexicons["roles"]] if r in low), "")


def _differ(subject: Subject, one: Item, other: Item) -> bool:
    first, second = quantities_of(subject, one), quantities_of(subject, other)
    sizes = {g.size for g in first.groups}, {g.size for g in second.groups}
    if sizes[0] and sizes[1] and not sizes[0] & sizes[1]:
        return True
    a, b = amount(first).minutes_per_year, amount(second).minutes_per_year
    return a is not None and b is not None and abs(a - b) > 0.05 * max(a, b)
