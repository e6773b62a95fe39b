"""Whether Section E sets out outcomes, and not more than anyone can work towards."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.wording.items import outcome_items, quote_item
from goldthread.core.checks.words import plain
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("E")
    if section is None or section.confidence < UNSURE:
        yield not_found(rule)
        return
    instead = subject.words.lists[rule.lexicons["instead"]]
    items = [i for i in outcome_items(subject) if plain(i.text).strip(" .") not in instead]
    if not items:
        key = "blank" if section.blank else "none"
        quotes = [subject.quote(p) for p in section.paragraphs if p.text.strip()][:1]
        yield verdict(rule, [finding(rule, key, section="E", quotes=quotes)])
        return
    many = [
        finding(rule, "many", state="look", answer=2, section="E", count=len(items),
                quotes=[quote_item(subject, items[-1])])
    ] if len(items) > rule.numbers["most"] else []  # fmt: skip
    yield verdict(rule, many, count=len(items))
