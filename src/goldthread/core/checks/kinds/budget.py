"""Rule 41: a direct payment with the need, the outcome and the provision it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.linking import subjects_of
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of, text_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.wording.items import provision_items
from goldthread.core.framework.rule import Rule

NONE = re.compile(r"\bno (?:personal )?(?:budget|direct payment)|not (?:asked|requested)|\bnone\b"
                  r"|not applicable|\bn/a\b|declined")  # fmt: skip
WHY = re.compile(r"\b(?:outcome|need|section [efgh])")


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    section = subject.plan.section("J")
    low = text_of(subject, "J")
    if section is None:
        yield suggestion(rule, "no-section", state="cannot-tell")
    elif section.blank or NONE.search(low) or not hits_of(subject, rule.lexicons["payment"], "J"):
        yield suggestion(rule, "no-budget", state="not-applicable")
    else:
        yield _payment(subject, rule, low)


def _payment(subject: Subject, rule: Rule, low: str) -> Suggestion:
    hit = hits_of(subject, rule.lexicons["payment"], "J")[0]
    quote = subject.quote(subject.paragraph_at(hit.start))
    if not WHY.search(low):
        found = finding(rule, "no-why", quotes=(quote,))
        return suggestion(rule, "no-why", state="mend", findings=(found,))
    features = subjects_of(subject.words).features
    mine = features(low)
    elsewhere = [
        i for i in provision_items(subject, "F", "G", "H1", "H2", "H")
        if len(features(i.text).stems & mine.stems) >= rule.numbers["shared_words"]
    ]  # fmt: skip
    if elsewhere or re.search(r"\b(?:in|section) (?:f|g|h1|h2)\b", low):
        return suggestion(rule, "met", state="met")
    found = finding(rule, "not-in-plan", state="look", quotes=(quote,))
    return suggestion(rule, "not-in-plan", state="look", findings=(found,))
