"""Whether the advice is listed with author, role and date, and whether all that is due is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Quote, Suggestion
from goldthread.core.checks.saying import finding, share_answer, suggestion
from goldthread.core.checks.stretches import hits_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Advice


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    entries = subject.plan.facts.advice
    if entries:
        yield _listed(rule, entries)
        yield _complete(subject, rule, entries)
        return
    section = subject.plan.section("K")
    if section is not None and section.blank:
        for criterion in rule.criteria:
            blank = finding(rule, "blank", criterion=criterion, section="K")
            yield verdict(rule, [blank], criterion=criterion)
        return
    key = "no-section" if section is None else "unread"
    for criterion in rule.criteria:
        yield suggestion(rule, key, state="cannot-tell", criterion=criterion)


def _listed(rule: Rule, entries: tuple[Advice, ...]) -> Suggestion:
    findings = [f for entry in entries for f in _entry(rule, entry)]
    wanting = {id(f.quotes[0].location) for f in findings if f.key == "entry"}
    good = len(entries) - len(wanting)
    if not any(entry.appended for entry in entries):
        findings.append(
            finding(rule, "appended", state="look", answer=2, confidence=0.4, section="K")
        )
    some = "some" if wanting else ""
    return verdict(rule, findings, some=some, good=good, total=len(entries))


def _entry(rule: Rule, entry: Advice) -> Iterator[Finding]:
    told = {"author": entry.author, "role": entry.profession, "date": entry.day}
    missing = [rule.says[f"part-{part}"] for part, value in told.items() if not value]
    if entry.profession in ("parents", "yp"):
        missing = [m for m in missing if m == rule.says["part-date"]]
    quote = Quote(entry.text, entry.location, "K")
    if missing:
        yield finding(
            rule,
            "entry",
            state="look",
            answer=1,
            quotes=[quote],
            missing=missing,
            names=", ".join(missing),
        )
    if entry.appended is False:
        yield finding(rule, "not-appended", answer=1, quotes=[quote])


def _complete(subject: Subject, rule: Rule, entries: tuple[Advice, ...]) -> Suggestion:
    criterion = rule.criteria[1]
    have = {entry.profession for entry in entries}
    wanted = list(_wanted(subject, rule))
    accepted = subject.words.lists[rule.lexicons["expected"]]
    lacking = [w for w in wanted if not any(accepted.get(p) == w for p in have)]
    unknown = sum(entry.profession in ("", "other") for entry in entries)
    findings = [
        finding(
            rule,
            "absent",
            state="look" if unknown else "mend",
            answer=1,
            confidence=0.5 if unknown else None,
            criterion=criterion,
            section="K",
            name=rule.says[f"advice-{w}"],
            missing=[w],
        )
        for w in lacking
    ]
    good, total = len(wanted) - len(lacking), len(wanted)
    answer = share_answer(good, total, family="coverage")
    return verdict(
        rule,
        findings,
        met="complete",
        some="partly" if findings else "",
        answer=answer,
        criterion=criterion,
        good=good,
        total=total,
    )


def _wanted(subject: Subject, rule: Rule) -> Iterator[str]:
    """What reg 6(1) asks for, and a qualified teacher where hearing or sight is a need."""
    yield from ("parents", "school", "medical", "ep", "social-care")
    found = {hit.group for hit in hits_of(subject, rule.lexicons["conditions"], "B")}
    yield from (sense for sense in ("hearing", "vision") if sense in found)
