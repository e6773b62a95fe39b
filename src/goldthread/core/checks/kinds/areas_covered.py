"""Whether each of the four broad areas of need is spoken of in Section B, or said to be nil."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import finding, share_answer
from goldthread.core.checks.stretches import counted, hits_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("B")
    if section is None or section.confidence < UNSURE or section.blank:
        yield not_found(rule)
        return
    headed = {hit.group for hit in hits_of(subject, rule.lexicons["areas"], "B")}
    headed |= set(section.areas) | {item.area for item in section.items}
    if "independence" in headed:  # templates put “physical” and “independence” under one heading
        headed |= {"sensory"} & set(_spoken(subject, rule))
    names = {k.removeprefix("area-"): v for k, v in rule.says.items() if k.startswith("area-")}
    absent = [area for area in names if area not in headed]
    spoken = _spoken(subject, rule) if absent else set()
    good, total = len(names) - len(absent), len(names)
    if not absent:
        yield verdict(rule, [], answer=3, good=good, total=total)
        return
    wholly = [area for area in absent if area not in spoken]
    key, listed = ("areas", wholly) if wholly else ("no-headings", absent)
    answer = share_answer(total - len(wholly), total, family="coverage") if wholly else 2
    found = finding(
        rule,
        key,
        state="look",
        answer=answer,
        section="B",
        missing=listed,
        confidence=None if wholly else 0.4,
        names="; ".join(names[area] for area in listed),
    )
    yield verdict(rule, [found], good=total - len(wholly), total=total)


def _spoken(subject: Subject, rule: Rule) -> set[str]:
    """Areas whose words stand in Section B often enough to say that it speaks of them."""
    counts = counted(subject, rule.lexicons["words"], "B")
    return {area for area, count in counts.items() if count >= rule.numbers["area_words"]}
