"""Whether the plan has been reviewed within twelve months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.kinds.document_status import quote_date
from goldthread.core.checks.months import day_after_months
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import StatedDate


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    if subject.status == "draft":
        yield suggestion(rule, "draft", state="not-applicable")
        return
    start, sure = _anchor(subject)
    if start is None:
        yield suggestion(rule, "no-date", state="cannot-tell")
        return
    last = day_after_months(start.day, int(rule.numbers["months"])) - dt.timedelta(days=1)
    findings = [*_late(subject, rule, start, last, sure), *_said(subject, rule, last)]
    yield verdict(rule, findings, confidence=None if sure else 0.5, last=said(last))


def _anchor(subject: Subject) -> tuple[StatedDate | None, bool]:
    """The day from which twelve months run, and whether it surely is that day: issuing an
    amended plan does not start them again (SEND Code 9.169)."""
    facts = subject.plan.facts
    reviewed = [d for d in facts.dates if d.role == "reviewed" and d.day <= subject.today]
    if reviewed:
        return max(reviewed, key=lambda d: d.day), True
    first = facts.find_date("first_made")
    if first is not None:
        return first, True
    return facts.find_date("issued", "signed", "amended"), False


def _late(
    subject: Subject, rule: Rule, start: StatedDate, last: dt.date, sure: bool
) -> Iterable[Finding]:
    quotes = [quote_date(start)]
    amber = day_after_months(start.day, int(rule.numbers["amber_months"]))
    if subject.today > last and sure:
        yield finding(rule, "overdue", quotes=quotes, last=said(last), start=said(start.day))
    elif subject.today > last:
        yield finding(
            rule,
            "overdue-perhaps",
            state="look",
            quotes=quotes,
            confidence=0.5,
            start=said(start.day),
        )
    elif subject.today >= amber:
        yield finding(rule, "soon", state="look", answer=2, quotes=quotes, last=said(last))
    elif subject.age is not None and subject.age < rule.numbers["young"]:
        consider = day_after_months(start.day, int(rule.numbers["young_months"]))
        if subject.today >= consider:
            yield finding(rule, "young", state="look", answer=2, quotes=quotes, confidence=0.5)


def _said(subject: Subject, rule: Rule, last: dt.date) -> Iterable[Finding]:
    """The review date that the plan itself gives."""
    due = subject.plan.facts.find_date("review_due")
    if due is None:
        return
    if due.day > last and due.exact:
        yield finding(
            rule,
            "due-too-late",
            state="look",
            quotes=[quote_date(due)],
            due=said(due.day),
            last=said(last),
        )
    elif due.day < subject.today:
        yield finding(rule, "due-passed", state="look", quotes=[quote_date(due)], due=said(due.day))


def said(day: dt.date) -> str:
    """“23 November 2026”."""
    return f"{day.day} {day:%B %Y}"
