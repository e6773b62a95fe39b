"""Rule 36: text that stands in many plans, several times in this one, or unchanged for years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from goldthread.core.checks.finding import Finding, Quote, State, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.sentences import digest, masked, sentences
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.versions import alike
from goldthread.core.framework.rule import Rule

PERSONAL, AMBITION, CONCISE = "F11-personal", "GT4-ambition", "L3-concise"


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    repeated = list(_repeated(subject, rule))
    shared = list(_shared(subject, rule))
    findings = [*repeated, *shared]
    answer = 2 if not findings else 1
    state: State = "met" if not findings else "mend"
    yield suggestion(
        rule, "met" if not findings else "some", state=state, answer=answer,
        criterion=PERSONAL, findings=findings, total=len(findings),
    )  # fmt: skip
    yield suggestion(
        rule, "met" if not repeated else "some", state="met" if not repeated else "mend",
        answer=2 if not repeated else 1, criterion=CONCISE, total=len(repeated),
    )  # fmt: skip
    yield _ambition(subject, rule)


def _repeated(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """The same sentence in the same section, or under several areas of need."""
    places: dict[str, list[Quote]] = defaultdict(list)
    for paragraph, start, end in sentences(subject.plan):
        text = paragraph.text[start - paragraph.start : end - paragraph.start]
        places[masked(subject.plan, text)].append(subject.quote(paragraph, start, end))
    for quotes in places.values():
        if len(quotes) >= rule.numbers["times_here"]:
            yield finding(
                rule, "repeated", answer=1, criterion=PERSONAL, quotes=quotes[:3],
                times=len(quotes),
            )  # fmt: skip


def _shared(subject: Subject, rule: Rule) -> Iterator[Finding]:
    if subject.corpus is None:
        return
    seen: set[str] = set()
    for paragraph, start, end in sentences(subject.plan):
        text = paragraph.text[start - paragraph.start : end - paragraph.start]
        key = digest(subject.plan, text)
        count = subject.corpus.sentences.get(key, 0)
        if count >= rule.numbers["other_plans"] and key not in seen:
            seen.add(key)
            yield finding(
                rule, "shared", answer=1, criterion=PERSONAL,
                quotes=(subject.quote(paragraph, start, end),), plans=count,
            )  # fmt: skip


def _ambition(subject: Subject, rule: Rule) -> Suggestion:
    if subject.previous is None:
        return suggestion(rule, "no-previous", state="cannot-tell", criterion=AMBITION)
    share = alike(subject.previous, subject.plan)
    if share <= rule.numbers["near_identical"]:
        return suggestion(rule, "moved-on", state="met", criterion=AMBITION, share=f"{share:.0%}")
    found = finding(rule, "stale", criterion=AMBITION, section="E", share=f"{share:.0%}")
    return suggestion(
        rule, "stale", state="mend", criterion=AMBITION, findings=(found,), share=f"{share:.0%}"
    )
