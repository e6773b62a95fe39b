"""What a template or a draft left behind, and length out of proportion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.checks.capitals import vocabulary
from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of, sentence_at
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.framework.rule import Rule

BRACKETS = re.compile(
    r"\[([^\[\]\n]{2,80})\]|«[^»\n]{1,60}»|\{\{[^{}\n]{1,60}\}\}|<<[^<>\n]{1,60}>>"
)
CROSSES = re.compile(r"\b(?:X{2,}|[XY]{3,}|xx+)\b|_{4,}|\.{6,}")
OPENERS = ("[", "«", "{{", "<<")
CROSS_SIGNS = ("XX", "xx", "____", "......")
LETTERS = ("B", "C", "D", "E", "F", "G", "H1", "H2", "H")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    yield _length(subject, rule)
    criterion = rule.criteria[1]
    findings = [
        *_placeholders(subject, rule),
        *_phrases(subject, rule),
        *_tracked(subject, rule),
        *_nameless(subject, rule),
    ]
    some = "some" if len(findings) > 1 else ""
    many = sum(f.state == "mend" for f in findings) >= rule.numbers["many"]
    yield verdict(
        rule, findings, met="finished", some=some, criterion=criterion, answer=0 if many else None
    )


def _length(subject: Subject, rule: Rule) -> Suggestion:
    pages, words = subject.plan.document.pages, len(subject.plan.document.text) // 6
    counted = pages if pages is not None else words // int(rule.numbers["words_a_page"])
    if counted > rule.numbers["pages"]:
        found = finding(rule, "long", state="look", confidence=0.5, pages=counted)
        return verdict(rule, [found])
    if pages is None and not words:
        return suggestion(rule, "no-length", state="cannot-tell")
    return verdict(rule, [], pages=counted, confidence=0.5)


def _placeholders(subject: Subject, rule: Rule) -> Iterator[Finding]:
    text = subject.plan.document.text
    words, seen = subject.words.lists[rule.lexicons["blanks"]], vocabulary(subject)
    if any(sign in seen for sign in OPENERS):
        for match in BRACKETS.finditer(text):
            inside = match[1]
            if inside is None or _is_blank(inside, words):
                yield _left(subject, rule, match)
    if any(sign in seen for sign in CROSS_SIGNS):
        for match in CROSSES.finditer(text):
            yield _left(subject, rule, match)


def _is_blank(inside: str, words: dict[str, str]) -> bool:
    low = inside.lower().strip()
    return low.split()[0] in words if low else True


def _left(subject: Subject, rule: Rule, match: re.Match[str]) -> Finding:
    p = subject.paragraph_at(match.start())
    return finding(
        rule,
        "placeholder",
        criterion=rule.criteria[1],
        answer=1,
        quotes=[subject.quote(p, match.start(), match.end())],
    )


def _phrases(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for hit in subject.hits.of(rule.lexicons["template"]):
        yield finding(
            rule, "template", criterion=rule.criteria[1], answer=1, quotes=[subject.quote_hit(hit)]
        )


def _tracked(subject: Subject, rule: Rule) -> Iterator[Finding]:
    count = subject.plan.document.tracked_changes
    if not count:
        return
    final = subject.status == "final"
    marked = (p for p in subject.plan.document.paragraphs if p.before is not None)
    quotes = [subject.quote(p) for p in marked if p.text.strip()][:1]
    yield finding(
        rule,
        "tracked",
        criterion=rule.criteria[1],
        count=count,
        quotes=quotes,
        state="mend" if final else "look",
        answer=1 if final else 2,
    )


def _nameless(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """“The child” in a sentence that also has the name: a sentence out of a template."""
    child = subject.plan.facts.child
    names = {n.lower() for n in (child.forename, child.known_as) if n}
    if not names:
        return
    hits = hits_of(subject, rule.lexicons["nameless"], *LETTERS)
    for hit in hits[: int(rule.numbers["most_nameless"])]:
        first, last = sentence_at(subject, hit.start, hit.end)
        if any(name in subject.hits.text[first:last] for name in names):
            yield finding(
                rule,
                "nameless",
                state="look",
                answer=2,
                criterion=rule.criteria[1],
                confidence=0.4,
                quotes=[subject.quote_hit(hit)],
            )
