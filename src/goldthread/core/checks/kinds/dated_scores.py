"""Whether scores and reports are dated, and recent enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Quote, Suggestion
from goldthread.core.checks.months import age_on, dates_in, day_after_months
from goldthread.core.checks.saying import finding, share_answer, suggestion
from goldthread.core.checks.stretches import hits_of, item_at, quote_sentence
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.words import Hit
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    yield _scores(subject, rule)
    yield _reports(subject, rule)


def written_on(subject: Subject) -> dt.date:
    """The day the plan speaks of: of this version's issue, else today."""
    dates = subject.plan.facts.dates
    days = [d.day for d in dates if d.role in ("issued", "amended") and d.day <= subject.today]
    return max(days) if days and subject.status != "draft" else subject.today


def oldest(subject: Subject, rule: Rule) -> dt.date:
    """The earliest day that still counts as recent."""
    day = written_on(subject)
    born = subject.plan.facts.child.born
    young = born is not None and age_on(born.day, day) < rule.numbers["young"]
    return day_after_months(day, -int(rule.numbers["young_months" if young else "months"]))


def _scores(subject: Subject, rule: Rule) -> Suggestion:
    section = subject.plan.section("B")
    if section is None or section.confidence < UNSURE or section.blank:
        return not_found(rule)
    hits = hits_of(subject, rule.lexicons["scores"], "B")
    by_place: dict[int, tuple[Hit, Paragraph]] = {}
    for hit in hits:
        p = subject.paragraph_at(hit.start)
        by_place.setdefault(p.start, (hit, p))
    if not by_place:
        return suggestion(rule, "no-scores", state="cannot-tell")
    findings = list(_judge_scores(subject, rule, list(by_place.values())))
    total, good = len(by_place), len(by_place) - len(findings)
    answer = share_answer(good, total, family="coverage")
    return verdict(
        rule, findings, some="some" if findings else "", answer=answer, good=good, total=total
    )


def _judge_scores(
    subject: Subject, rule: Rule, places: list[tuple[Hit, Paragraph]]
) -> Iterator[Finding]:
    since = oldest(subject, rule)
    for hit, paragraph in places:
        days: list[dt.date] = []
        for text in _around(subject, paragraph):
            days += [d.day for d in dates_in(text)]
            if days:
                break
        if days and max(days) >= since:
            continue
        yield _aged(subject, rule, hit, bool(days))


def _aged(subject: Subject, rule: Rule, hit: Hit, dated: bool) -> Finding:
    return finding(
        rule,
        "old-score" if dated else "undated-score",
        state="look",
        quotes=[quote_sentence(subject, hit.start, hit.end)],
        months=_months(subject, rule),
    )


def _around(subject: Subject, paragraph: Paragraph) -> Iterator[str]:
    """Texts whose date may be the score's: its own, its item's, the paragraph before it."""
    yield paragraph.text
    item = item_at(subject, paragraph)
    if item is not None and len(item.paragraphs) > 1:
        yield item.text
    before = subject.paragraph_at(max(0, paragraph.start - 1))
    if before is not paragraph:
        yield before.text


def _months(subject: Subject, rule: Rule) -> int:
    born = subject.plan.facts.child.born
    young = born is not None and age_on(born.day, written_on(subject)) < rule.numbers["young"]
    return int(rule.numbers["young_months" if young else "months"])


def _reports(subject: Subject, rule: Rule) -> Suggestion:
    criterion = rule.criteria[1]
    entries = subject.plan.facts.advice
    if not entries:
        return suggestion(rule, "no-list", state="cannot-tell", criterion=criterion)
    since, agreed = oldest(subject, rule), subject.hits.of(rule.lexicons["agreed"])
    findings = []
    for entry in entries:
        quote = Quote(entry.text, entry.location, "K")
        if entry.day is None:
            findings.append(
                finding(rule, "undated-report", state="look", criterion=criterion, quotes=[quote])
            )
        elif entry.day < since:
            findings.append(
                finding(
                    rule,
                    "old-agreed" if agreed else "old-report",
                    state="look",
                    criterion=criterion,
                    quotes=[quote],
                    answer=2 if agreed else 1,
                    months=_months(subject, rule),
                )
            )
    return verdict(
        rule,
        findings,
        met="fresh",
        criterion=criterion,
        good=len(entries) - len(findings),
        total=len(entries),
    )
