"""Whether Sections C and D describe needs, or say on whose advice there are none."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.months import dates_in
from goldthread.core.checks.saying import finding
from goldthread.core.checks.stretches import hits_of, text_of
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.words import Hit
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    for letter, criterion in zip(rule.sections, rule.criteria, strict=True):
        section = subject.plan.section(letter)
        if section is None or section.confidence < UNSURE:
            yield not_found(rule, criterion, letter=letter)
        elif section.blank:
            blank = finding(rule, "blank", criterion=criterion, section=letter, letter=letter)
            yield verdict(rule, [blank], criterion=criterion)
        else:
            yield _written(subject, rule, letter, criterion)


def _written(subject: Subject, rule: Rule, letter: str, criterion: str) -> Suggestion:
    nils = hits_of(subject, rule.lexicons["nil"], letter)
    if not nils:
        words = len(text_of(subject, letter).split())
        if words >= rule.numbers["fewest_words"]:
            return verdict(
                rule, [], met="described", criterion=criterion, confidence=0.5, letter=letter
            )
        p = next(p for p in subject.plan.by_letter[letter].paragraphs if p.text.strip())
        thin = finding(
            rule,
            "thin",
            state="look",
            criterion=criterion,
            letter=letter,
            quotes=[subject.quote(p)],
        )
        return verdict(rule, [thin], criterion=criterion)
    return verdict(
        rule,
        list(_nil(subject, rule, letter, criterion, nils)),
        met="reasoned",
        criterion=criterion,
        letter=letter,
    )


def _nil(
    subject: Subject, rule: Rule, letter: str, criterion: str, nils: list[Hit]
) -> Iterable[Finding]:
    source = hits_of(subject, rule.lexicons["sources"], letter)
    dated = any(dates_in(text_of(subject, letter)))
    quotes = [subject.quote_hit(nils[0])]
    if any(hit.group == "waiting" for hit in nils):
        yield finding(rule, "waiting", state="look", criterion=criterion, quotes=quotes)
    elif not source:
        yield finding(rule, "no-source", answer=1, criterion=criterion, quotes=quotes)
    elif not dated:
        yield finding(rule, "no-date", state="look", criterion=criterion, quotes=quotes)
