"""Vague and weak words in items of provision that nothing beside them makes plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.checks.wording.items import provision_of, quote_part, special_school
from goldthread.core.checks.wording.served import nothing, served
from goldthread.core.checks.wording.verdict import Mark
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item

FLEX = "F7-flex"
_MEND = frozenset(("high", "ceiling", "delegating"))
_FLEXIBLE = frozenset(("ceiling",))


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    """The rule's own sentences say which kinds of word it is about: `says` has a key for each."""
    for criterion, letters, items in served(subject, rule):
        if items is None:
            yield not_found(rule, criterion, letters=letters)
        elif not items:
            yield nothing(subject, rule, criterion, letters)
        else:
            yield _counted(subject, rule, criterion, items)


def _counted(subject: Subject, rule: Rule, criterion: str, items: Sequence[Item]) -> Suggestion:
    keys = _FLEXIBLE if criterion == FLEX else frozenset(rule.says)
    findings = list(_findings(subject, rule, criterion, items, keys))
    good = len(items) - len({f.item for f in findings if f.answer != 2})
    answer = share_answer(good, len(items), family="slots") if findings else None
    if criterion == FLEX and findings:
        answer = min(answer or 0, 1)
    if rule.numbers.get("any_fails") and findings:
        answer = 0 if good < len(items) * rule.numbers["any_fails"] else 1
    return verdict(
        rule,
        findings,
        met="met-flex" if criterion == FLEX else "met",
        criterion=criterion,
        some="some",
        answer=answer,
        good=good,
        total=len(items),
    )


def _findings(
    subject: Subject, rule: Rule, criterion: str, items: Sequence[Item], keys: frozenset[str]
) -> Iterator[Finding]:
    """One an item and kind of word, quoting the first of them and naming the rest."""
    lenient = special_school(subject) and "high" in keys
    for item in items:
        wording = provision_of(subject, item)
        by_key: dict[str, list[Mark]] = {}
        for mark in wording.marks:
            if mark.key in keys:
                by_key.setdefault(mark.key, []).append(mark)
        for key, marks in by_key.items():
            quotes = [quote_part(subject, item, m.start, m.end) for m in marks]
            state: State = "mend" if key in _MEND and not lenient else "look"
            yield finding(
                rule,
                key,
                state=state,
                answer=2 if state == "look" and wording.good else -1,
                criterion=criterion,
                quotes=quotes,
                item=item.id,
                missing=wording.missing,
                words="”, “".join(dict.fromkeys(q.text for q in quotes)),
            )
