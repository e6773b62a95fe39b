"""Whether the health commissioner agreed Section G, and when."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.months import dates_in
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.wording.items import provision_items
from goldthread.core.checks.wording.verdict import scan
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    section = subject.plan.section("G")
    if section is None or section.confidence < UNSURE:
        yield not_found(rule)
    elif section.blank or not provision_items(subject, "G"):
        yield suggestion(rule, "nothing", state="not-applicable")
    else:
        yield _agreed(subject, rule)


def _agreed(subject: Subject, rule: Rule) -> Suggestion:
    """The agreement may stand in Section G, in the front matter or at the sign-off."""
    plan = subject.plan
    best: tuple[int, Paragraph] | None = None
    places = [*plan.by_letter["G"].paragraphs, *plan.leftover, *plan.front]
    for section in ("J", "K"):
        found = plan.section(section)
        places += found.paragraphs if found else ()
    for p in places:
        level = _level(subject, p)
        if level and (best is None or level > best[0]):
            best = level, p
    if best is None:
        return verdict(rule, [finding(rule, "no-agreement", section="G")])
    level, p = best
    quotes = [subject.quote(p)]
    if level == 3:
        return verdict(rule, [])
    key = "no-date" if level == 2 else "named"
    return verdict(rule, [finding(rule, key, state="look", quotes=quotes)])


def _level(subject: Subject, p: Paragraph) -> int:
    """3: body, agreement and date · 2: body and agreement · 1: body only."""
    groups = {hit.group for hit in scan(p.text, subject.words).of("health-agreement")}
    if "body" not in groups:
        return 0
    if "agreed" not in groups:
        return 1
    return 3 if any(dates_in(p.text)) else 2
