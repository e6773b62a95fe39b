"""Needs that are only a label: a diagnosis or an area, with no effect on the child."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item

_REFERENCE = re.compile(r"\bneeds? \(?[a-z]?\d+(?:\.\d+)*\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("B")
    if section is None or section.confidence < UNSURE or not section.items:
        yield not_found(rule)
        return
    effects = subject.words.lists[rule.lexicons["effects"]]
    bare = [item for item in section.items if _bare(subject, rule, item, effects)]
    total, good = len(section.items), len(section.items) - len(bare)
    findings = [
        finding(rule, "label", item=item.id, quotes=[subject.quote(item.paragraphs[0])], answer=1)
        for item in bare
    ]
    mostly = 0 if bare and len(bare) > total * rule.numbers["most"] else None
    yield verdict(
        rule, findings, some="some" if bare else "", answer=mostly, good=good, total=total
    )


def _bare(subject: Subject, rule: Rule, item: Item, effects: dict[str, str]) -> bool:
    words = item.text.split()
    if len(words) >= rule.numbers["short"]:
        return False
    labels = any(subject.has(rule.lexicons[key], item) for key in ("diagnoses", "areas"))
    return labels and not any(
        match[0] in effects
        for p in item.paragraphs
        for match in _WORD.finditer(_without_labels(subject, rule, p))
    )


def _without_labels(subject: Subject, rule: Rule, p: Paragraph) -> str:
    """Its text without “Need 5” and the names of conditions: “moderate” in one says no degree."""
    text = subject.hits.text[p.start : p.end]
    for hit in reversed(subject.hits.within(rule.lexicons["diagnoses"], p.start, p.end)):
        text = text[: hit.start - p.start] + " " + text[hit.end - p.start :]
    return _REFERENCE.sub(" ", text)
