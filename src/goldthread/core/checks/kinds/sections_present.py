"""Whether each section that the law asks for is there, labelled, and says something."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, verdict
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import LETTERS, Section

NEEDED = ("A", "B", "E", "F")
"""A plan cannot do without words in these; the others may say that there is nothing."""


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    plan = subject.plan
    seen = sum(letter in plan.by_letter for letter in LETTERS) + ("H" in plan.by_letter)
    if seen < rule.numbers["fewest_sections"]:
        yield suggestion(rule, "unreadable", state="cannot-tell", seen=seen)
        return
    findings = [f for letter in LETTERS for f in _of_letter(subject, rule, letter)]
    if "H" in plan.by_letter:
        findings.append(_undivided(plan.by_letter["H"], rule))
    wanting = {f.section for f in findings}
    good = sum(letter in plan.by_letter and letter not in wanting for letter in LETTERS)
    some = "some" if findings else ""
    names = ", ".join(sorted(wanting)) or "none"
    result = verdict(rule, findings, some=some, good=good, total=len(LETTERS), names=names)
    if findings and all(f.key in ("unsure", "missing-unsure") for f in findings):
        yield suggestion(
            rule,
            "some",
            state="cannot-tell",
            findings=findings,
            names=names,
            good=good,
            total=len(LETTERS),
            count=len(findings),
        )
        return
    yield result


def _of_letter(subject: Subject, rule: Rule, letter: str) -> Iterable[Finding]:
    section = subject.plan.section(letter)
    if section is None:
        if not (letter in ("H1", "H2") and "H" in subject.plan.by_letter):
            yield _missing(subject, rule, letter)
    elif section.confidence < UNSURE:
        yield finding(
            rule,
            "unsure",
            state="look",
            section=letter,
            letter=letter,
            title=section.title,
            confidence=1 - section.confidence,
        )
    elif section.blank:
        yield from _blank(subject, rule, letter)


def _missing(subject: Subject, rule: Rule, letter: str) -> Finding:
    plan = subject.plan
    if letter == "K" and plan.facts.advice:
        return finding(rule, "advice-unlabelled", state="look", section=letter)
    loose = sum(len(p.text) for p in plan.leftover) > rule.numbers["leftover_characters"]
    doubtful = loose or plan.family == "unknown" or plan.document.kind == "scan"
    if doubtful:
        return finding(
            rule, "missing-unsure", state="look", section=letter, letter=letter, confidence=0.5
        )
    return finding(rule, "missing", section=letter, letter=letter)


def _blank(subject: Subject, rule: Rule, letter: str) -> Iterable[Finding]:
    if letter in NEEDED:
        yield finding(rule, "blank", section=letter, letter=letter)
    elif letter == "I":
        if subject.status == "unknown":
            yield finding(rule, "placement-blank", state="look", answer=2, section="I")
        elif subject.status != "draft":
            yield finding(rule, "placement-blank", answer=1, section="I")
    elif letter == "J":
        yield finding(rule, "budget-blank", state="look", answer=2, section="J", confidence=0.5)
    elif letter == "K" and subject.plan.facts.advice:
        yield finding(rule, "advice-unlabelled", state="look", section="K")
    else:
        yield finding(rule, "blank-no-nil", answer=1, section=letter, letter=letter)


def _undivided(section: Section, rule: Rule) -> Finding:
    return finding(rule, "undivided", answer=1, section="H", title=section.title)
