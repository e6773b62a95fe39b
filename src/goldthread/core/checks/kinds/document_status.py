"""Whether the plan says what it is: status, date, version, and who signed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Quote, Suggestion
from goldthread.core.checks.months import dates_in
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.checks.words import plain
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import StatedDate

ISSUED = ("amended", "issued", "signed")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    findings = [*_missing(subject, rule), *_clashing(subject, rule), *_marks(subject, rule)]
    yield verdict(rule, findings, some="some" if len(findings) > 1 else "")


def _missing(subject: Subject, rule: Rule) -> Iterator[Finding]:
    facts = subject.plan.facts
    if facts.status == "unknown":
        yield finding(rule, "no-status", answer=1)
    if facts.find_date(*ISSUED, "draft") is None:
        yield finding(rule, "no-date", answer=1)
    if subject.status in ("final", "amended") and facts.officer is None:
        yield finding(rule, "no-officer", answer=1)
    if facts.version is None:
        yield finding(rule, "no-version", state="look", answer=2, confidence=0.4)


def _clashing(subject: Subject, rule: Rule) -> Iterator[Finding]:
    facts = subject.plan.facts
    issued = facts.find_date(*ISSUED)
    if issued is None:
        return
    if issued.day > subject.today and subject.status != "draft":
        yield finding(rule, "future", state="look", quotes=[quote_date(issued)])
    dated = [entry for entry in facts.advice if entry.day is not None]
    latest = max(dated, key=lambda entry: entry.day or issued.day, default=None)
    if latest is not None and latest.day is not None and latest.day > issued.day:
        advice = Quote(latest.text, latest.location, "K")
        yield finding(rule, "advice-later", answer=1, quotes=[quote_date(issued), advice])


def _marks(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Words that mark a draft, on the front page or in the margins of a plan that is final."""
    facts = subject.plan.facts
    if subject.status not in ("final", "amended"):
        return
    if facts.status == "draft" and facts.status_said is not None:
        said = facts.status_said
        yield finding(rule, "draft-said", answer=1, quotes=[Quote(said.quote, said.location)])
        return
    terms = subject.words.lists.get(rule.lexicons["draft"], {})
    for paragraph in (*subject.plan.front, *subject.plan.document.margins):
        low = plain(paragraph.text)
        term = next((t for t in terms if t in low), "")
        if term and _is_mark(low, rule):
            at = low.index(term)
            words = paragraph.text[at : at + len(term)]
            yield finding(rule, "draft-mark", answer=1, quotes=[Quote(words, paragraph.location)])
            return


def _is_mark(low: str, rule: Rule) -> bool:
    """Not a line of dates (“Draft issued: 3 March 2026”), nor a list to tick (“Draft / Final”)."""
    short = len(low) <= rule.numbers["longest_mark"]
    return (
        short and not any(w in low for w in ("final", "date", "issued")) and not any(dates_in(low))
    )


def quote_date(date: StatedDate) -> Quote:
    return Quote(date.quote, date.location)
