"""Whether each outcome says by when, and whether the dates differ and reach far enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.months import dates_in, day_after_months
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.wording.items import outcome_items, outcome_of, quote_item
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Item


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("E")
    items = outcome_items(subject)
    if section is None or section.confidence < UNSURE or not items:
        yield not_found(rule)
        return
    undated = [item for item in items if not outcome_of(subject, item).when]
    findings = [
        finding(rule, "undated", item=item.id, quotes=[quote_item(subject, item)])
        for item in undated
    ]
    good, total = len(items) - len(undated), len(items)
    answer = share_answer(good, total, family="coverage")
    if not undated:
        findings = list(_spread(subject, rule, items))
        answer = min([answer, *(f.answer for f in findings if f.answer is not None)])
    some = "some" if undated else ""
    yield verdict(rule, findings, some=some, answer=answer, good=good, total=total)


def _spread(subject: Subject, rule: Rule, items: Sequence[Item]) -> Iterable[Finding]:
    """Dates that are all the same, or all within a year: amber."""
    if len(items) < rule.numbers["fewest"]:
        return
    said = [" ".join(outcome_of(subject, item).when.lower().split()) for item in items]
    quotes = [quote_item(subject, items[0])]
    if len(set(said)) == 1:
        yield finding(rule, "same", state="look", section="E", quotes=quotes, when=said[0])
        return
    days = [next((d.day for d in dates_in(words)), None) for words in said]
    limit = day_after_months(subject.today, int(rule.numbers["months"]))
    if all(day is not None and day < limit for day in days):
        yield finding(rule, "short", state="look", section="E", quotes=quotes)
