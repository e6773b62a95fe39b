"""Rule 43: two amounts or ratios for one service and one subject."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.linking import features_of, spans_of
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import provision_items, quantities_of, quote_item
from goldthread.core.checks.wording.quantities import Quantities, amount
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    items = provision_items(subject, "F", "G", "H1", "H2", "H")
    if not items:
        yield suggestion(rule, "nothing", state="cannot-tell")
        return
    findings = list(_clashes(subject, rule, items))
    if findings:
        key = "some-one" if len(findings) == 1 else "some"
        yield suggestion(rule, key, state="look", findings=findings, total=len(findings))
    else:
        yield suggestion(rule, "met", state="met")


def _clashes(subject: Subject, rule: Rule, items: Sequence[Item]) -> Iterator[Finding]:
    stems = {i.id: features_of(subject, spans_of(i)).stems for i in items}
    by_id = {i.id: i for i in items}
    for one, other in sorted(_alike(stems, rule.numbers["alike"])):
        said = _differ(quantities_of(subject, by_id[one]), quantities_of(subject, by_id[other]))
        if said:
            yield _clash(subject, rule, by_id[one], by_id[other], said)
    yield from _totals(subject, rule, items)


def _clash(subject: Subject, rule: Rule, one: Item, other: Item, key: str) -> Finding:
    quotes = (quote_item(subject, one), quote_item(subject, other))
    return finding(
        rule, key, state="look", answer=1, quotes=quotes, item=one.id, one=one.id, other=other.id
    )


def _alike(stems: dict[str, frozenset[str]], share: float) -> set[tuple[str, str]]:
    """Pairs of which `share` of all their words are common to both.

    Two such texts have one of their rarest words in common, so only those are compared.
    """
    counts = Counter(s for found in stems.values() for s in found)
    order = {id_: n for n, id_ in enumerate(stems)}
    having: dict[str, list[str]] = defaultdict(list)
    pairs = set()
    for id_, mine in stems.items():
        rarest = sorted(mine, key=lambda s: (counts[s], s))
        for stem in rarest[: len(mine) - int(share * len(mine)) + 1]:
            for other in having[stem]:
                theirs = stems[other]
                if len(mine & theirs) >= share * len(mine | theirs):
                    pairs.add((other, id_) if order[other] < order[id_] else (id_, other))
            having[stem].append(id_)
    return pairs


def _differ(first: Quantities, second: Quantities) -> str:
    """Key of the sentence that says how two amounts differ; empty when they agree."""
    sizes = {g.size for g in first.groups}, {g.size for g in second.groups}
    if sizes[0] and sizes[1] and not sizes[0] & sizes[1]:
        return "clash-group"
    a, b = amount(first).minutes_per_year, amount(second).minutes_per_year
    if a is not None and b is not None and abs(a - b) > 0.05 * max(a, b):
        return "clash"
    return ""


def _totals(subject: Subject, rule: Rule, items: Sequence[Item]) -> Iterator[Finding]:
    """Two weekly totals of one role, each more than a few hours: “15 hours”, “20 hours”."""
    by_role: dict[str, list[tuple[Item, float]]] = defaultdict(list)
    for item in items:
        found = quantities_of(subject, item).totals
        totals = [t.minutes * t.per_year for t in found if t.minutes and t.per_year]
        if totals and max(totals) >= rule.numbers["big_total"]:
            for role in {h.group for h in subject.hits_in(rule.lexicons["roles"], item)}:
                by_role[role].append((item, max(totals)))
    for same in by_role.values():
        for (one, a), (other, b) in combinations(same[: int(rule.numbers["most_alike"])], 2):
            if abs(a - b) > 0.05 * max(a, b):
                yield _clash(subject, rule, one, other, "clash-total")
