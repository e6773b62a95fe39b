"""What is wrong with an edition beyond the shape of its files: names that lead nowhere, ids that
changed their meaning, reviews that are due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldthread.core.framework.criterion import Criterion, Law
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.rule import Rule

CORE = 25
"""The number of core questions of a reference framework."""
SAME = 0.25
"""Least share of words that two questions with one id have in common."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about one file. A fault must be mended; a warning must be known."""

    fault: bool
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def remarks(
    framework: Framework,
    *,
    kinds: Iterable[str],
    today: dt.date,
    base: Framework | None = None,
    others: Sequence[Framework] = (),
) -> tuple[Remark, ...]:
    """Everything to say of one edition, faults first.

    `kinds`: the kinds of check that exist. `base`: the edition it extends. `others`: other
    editions of the same framework, in order.
    """
    found = [
        *_top(framework),
        *_criteria(framework, base, today),
        *_rules(framework, base, set(kinds)),
        *_crosswalk(framework, base),
        *_reused(framework, others),
    ]
    return tuple(sorted(found, key=lambda r: not r.fault))


def _fault(where: str, sentence: str) -> Remark:
    return Remark(True, where, sentence)


def _warning(where: str, sentence: str) -> Remark:
    return Remark(False, where, sentence)


def _top(framework: Framework) -> Iterator[Remark]:
    where = "framework.yaml"
    if framework.role == "local" and not (framework.extends and framework.authority):
        yield _fault(where, "a local framework names its authority and the edition it extends.")
    if framework.grading is None:
        yield _fault(where, "there is no grading; write one, or extend an edition that has it.")
    known = {c.id for c in framework.criteria}
    for cap in framework.grading.caps if framework.grading else ():
        if cap.criterion and cap.criterion not in known and framework.role == "reference":
            yield _fault(where, f"cap {cap.id} names {cap.criterion}, which is no criterion.")
    core = sum(c.core for c in framework.criteria)
    if framework.role == "reference" and core != CORE:
        yield _warning(
            where, f"the core has {core} questions; the national comparison uses {CORE}."
        )
    if not framework.criteria and framework.crosswalk is None:
        yield _warning(where, "this edition has no criteria yet.")


def _criteria(framework: Framework, base: Framework | None, today: dt.date) -> Iterator[Remark]:
    rules = {r.id: r for r in (*(base.rules if base else ()), *framework.rules)}
    stems: dict[str, str] = {}
    for criterion in framework.criteria:
        stem = criterion.id.partition("-")[0]
        if stem in stems:
            yield _fault(_file(criterion), f"{stem} is also {stems[stem]}; give one a new number.")
        stems[stem] = criterion.id
        yield from _names(criterion, framework)
        yield from _looking(criterion, framework, rules)
        yield from _law(criterion, framework)
        if criterion.next_review < today:
            due = f"{criterion.next_review.day} {criterion.next_review:%B %Y}"
            yield _warning(_file(criterion), f"its review was due on {due}.")


def _file(criterion: Criterion) -> str:
    return f"criteria/{criterion.id}.yaml"


def _names(criterion: Criterion, framework: Framework) -> Iterator[Remark]:
    asked = criterion.applies
    reasons = [r for r in (*asked.reasons, asked.otherwise) if r]
    for word, given, known in (
        ("topic", criterion.topics, [t.id for t in framework.topics]),
        ("theme", [criterion.section], framework.themes),
        ("agency", criterion.agencies, framework.agencies),
        ("reason", reasons, framework.not_applicable),
        ("family", [criterion.family], framework.families),
        ("profession", criterion.professions, [p.id for p in framework.professions]),
    ):
        for name in given:
            if name not in known:
                said = f"there is no {word} “{name}”; known: {', '.join(known) or 'none'}."
                yield _fault(_file(criterion), said)


def _looking(
    criterion: Criterion, framework: Framework, rules: dict[str, Rule]
) -> Iterator[Remark]:
    for name in criterion.rules:
        rule = rules.get(name)
        if rule is None:
            yield _fault(_file(criterion), f"there is no rule {name}; write it or take it out.")
        elif rule in framework.rules and criterion.id not in rule.criteria:
            said = (
                f"names rule {name}, which does not name it; add it to {name}.yaml, or take it out."
            )
            yield _warning(_file(criterion), said)
    for example in (*criterion.examples.passing, *criterion.examples.failing):
        for name in example.rules:
            if name not in criterion.rules:
                said = f"an example names rule {name}, which is none of its rules."
                yield _fault(_file(criterion), said)


def _law(criterion: Criterion, framework: Framework) -> Iterator[Remark]:
    for law in criterion.law:
        source = next((s for s in framework.sources if law.source.startswith(f"{s.title},")), None)
        if source is None:
            continue
        told = _names_one_of(law, source.confirmed)
        doubted = _names_one_of(law, source.unconfirmed)
        if law.confirmed and doubted and not told:
            said = f"{law.source} is said to be confirmed; framework.yaml says that it is not."
            yield _warning(_file(criterion), said)
        if not law.confirmed and told and not doubted:
            said = f"{law.source} is said to be unconfirmed; framework.yaml says that it is."
            yield _warning(_file(criterion), said)


def _names_one_of(law: Law, numbers: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![\w.]){re.escape(n)}(?![\d])", law.source) for n in numbers)


def _rules(framework: Framework, base: Framework | None, kinds: set[str]) -> Iterator[Remark]:
    criteria = {c.id: c for c in framework.criteria}
    lexicons = {x.id for f in (framework, base) if f for x in f.lexicons}
    for rule in framework.rules:
        where = f"rules/{rule.id}.yaml"
        if rule.kind not in kinds:
            yield _fault(where, f"there is no kind of check “{rule.kind}” in core/checks/kinds.")
        for name in rule.criteria:
            if name not in criteria:
                yield _fault(where, f"there is no criterion {name}.")
            elif rule.id not in criteria[name].rules:
                yield _fault(where, f"serves {name}, which does not name it among its rules.")
        for name in rule.lexicons.values():
            if name not in lexicons:
                yield _fault(where, f"there is no lexicon “{name}”.")


def _crosswalk(framework: Framework, base: Framework | None) -> Iterator[Remark]:
    walk, where = framework.crosswalk, "crosswalk.yaml"
    if walk is None:
        return
    if base is None or walk.reference != base.key:
        yield _fault(where, f"maps onto {walk.reference}; the framework extends another edition.")
        return
    known = {c.id for c in base.criteria}
    own = {c.id for c in framework.criteria}
    for item in walk.items:
        for link in item.links:
            if link.to not in known:
                yield _fault(where, f"{item.id}: {base.key} has no criterion {link.to}.")
        if "-" in item.id and item.id not in own:
            yield _fault(where, f"{item.id} is no criterion of {framework.key}.")
    for name in sorted(own - {item.id for item in walk.items}):
        yield _warning(where, f"does not mention {name}; say what it maps to, or that it is local.")


def _reused(framework: Framework, others: Sequence[Framework]) -> Iterator[Remark]:
    """Ids that mean something else than in another edition: ids are never reused."""
    for other in others:
        theirs = {c.id.partition("-")[0]: c for c in other.criteria}
        for criterion in framework.criteria:
            before = theirs.get(criterion.id.partition("-")[0])
            if before and not same_meaning(criterion, before):
                yield _fault(
                    _file(criterion),
                    f"in {other.key} {before.id} asks “{before.question}”; "
                    "an id is never given another meaning, so take a new number.",
                )


def same_meaning(one: Criterion, other: Criterion) -> bool:
    """Whether two questions of one number may be the same question reworded: same id and section,
    and a quarter or more of their words in common."""
    if (one.id, one.section) != (other.id, other.section):
        return False
    here, there = _words(one.question), _words(other.question)
    return len(here & there) >= SAME * len(here | there)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))
