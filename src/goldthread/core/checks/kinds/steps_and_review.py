"""Whether the plan says who watches progress, by which steps and when, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import not_found, verdict
from goldthread.core.checks.wording.items import outcome_of, provision_of
from goldthread.core.checks.wording.verdict import scan, topics
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph

STEPS = ("monitor", "steps", "review")
_PARTS = {"steps": "steps", "review": "review", "progress": "monitor"}


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("E")
    if section is None or section.blank:
        for criterion in rule.criteria:
            yield not_found(rule, criterion)
        return
    found = _groups(subject)
    steps, forward = rule.criteria
    absent = [group for group in STEPS if group not in found]
    findings = [
        finding(rule, f"no-{group}", state="look", section="E", criterion=steps) for group in absent
    ]
    whole = None if not absent else 0 if len(absent) == len(STEPS) else 1
    yield verdict(rule, findings, criterion=steps, answer=whole)
    ahead = [] if "transition" in found else [
        finding(rule, "no-transition", state="look", section="E", criterion=forward)
    ]  # fmt: skip
    yield verdict(rule, ahead, met="met-next", criterion=forward)


def _groups(subject: Subject) -> frozenset[str]:
    """Which of the four the plan says, in an item, a column of its own or between the items."""
    found: set[str] = set()
    judged: set[int | None] = set()
    for item in subject.plan.items_of("E", "F", "G"):
        found |= {group for part, group in _PARTS.items() if item.parts.get(part, "").strip()}
        wording = outcome_of(subject, item) if item.letter == "E" else provision_of(subject, item)
        found |= wording.topics
        judged |= {p.location.paragraph for p in item.paragraphs}
    for p in _paragraphs(subject):
        if found >= {*STEPS, "transition"}:
            break
        if p.location.paragraph not in judged:
            found |= topics(scan(p.text, subject.words))
    return frozenset(found)


def _paragraphs(subject: Subject) -> Iterator[Paragraph]:
    for letter in ("E", "F", "G"):
        section = subject.plan.section(letter)
        yield from section.paragraphs if section else ()
    yield from subject.plan.leftover
