"""Words in a section that belong in another: provision or test scores among views or needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding
from goldthread.core.checks.stretches import hits_of, item_at, sentence_at
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE, not_found, verdict
from goldthread.core.checks.voices import first_person
from goldthread.core.framework.rule import Rule


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    letter = rule.sections[0]
    section = subject.plan.section(letter)
    if section is None or section.confidence < UNSURE or section.blank:
        yield not_found(rule)
        return
    findings = list(_strayed(subject, rule, letter))
    many = len(findings) > rule.numbers["many"]
    yield verdict(rule, findings, some="some" if findings else "", answer=0 if many else None)


def _strayed(subject: Subject, rule: Rule, letter: str) -> Iterator[Finding]:
    """One finding a sentence; in Section A what is said in the first person is left alone."""
    told: set[int] = set()
    for key, lexicon in rule.lexicons.items():
        for hit in hits_of(subject, lexicon, letter):
            first, last = sentence_at(subject, hit.start, hit.end)
            own = letter == "A" and first_person(subject.hits.text[first:last]) >= 0
            if first in told or own:
                continue
            told.add(first)
            p = subject.paragraph_at(hit.start)
            item = item_at(subject, p)
            yield finding(
                rule,
                key,
                state="look",
                item=item.id if item else "",
                quotes=[subject.quote_hit(hit), subject.quote(p, first, last)],
            )
