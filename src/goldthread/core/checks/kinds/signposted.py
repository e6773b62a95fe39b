"""Care provision that only points elsewhere: the local offer, a form, a telephone number."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.checks.wording.items import provision_of
from goldthread.core.checks.wording.served import LETTERS, nothing, paragraphs_of, served
from goldthread.core.checks.wording.verdict import scan, topics
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item

POINTS = "pointing"


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    """Text in which no item could be told apart may point elsewhere as well, and often does."""
    for criterion, letters, items in served(subject, rule):
        loose = [] if items is None else _loose(subject, *LETTERS[criterion[0]])
        if items is None:
            yield not_found(rule, criterion, letters=letters)
        elif not items and not loose:
            yield nothing(subject, rule, criterion, letters)
        else:
            yield _counted(subject, rule, criterion, items, loose)


def _counted(
    subject: Subject,
    rule: Rule,
    criterion: str,
    items: tuple[Item, ...],
    loose: list[Paragraph],
) -> Suggestion:
    pointed = [item for item in items if _points(subject, item)]
    places = [(item.id, item.paragraphs[0]) for item in pointed] + [("", p) for p in loose]
    findings = [
        finding(rule, "points", criterion=criterion, item=item, answer=1, quotes=[subject.quote(p)])
        for item, p in places
    ]
    total = len(items) + len(loose)
    return verdict(
        rule,
        findings,
        criterion=criterion,
        some="some",
        answer=0 if len(findings) == total else None,
        good=total - len(findings),
        total=total,
    )


def _points(subject: Subject, item: Item) -> bool:
    """It points elsewhere and gives no amount of its own."""
    wording = provision_of(subject, item)
    return POINTS in wording.topics and not wording.quantities.frequencies


def _loose(subject: Subject, *letters: str) -> list[Paragraph]:
    """Paragraphs outside the items that point elsewhere."""
    inside = {
        p.location.paragraph for item in subject.plan.items_of(*letters) for p in item.paragraphs
    }
    return [
        p
        for p in paragraphs_of(subject, *letters)
        if p.location.paragraph not in inside and POINTS in topics(scan(p.text, subject.words))
    ]
