"""Words that blame a child or say only what is wrong, and what to say instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import quote_sentence, sentence_at, stretches
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.checks.words import Hit
from goldthread.core.framework.rule import Rule

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "H", "I", "J")
QUOTE_MARKS = {"“": "”", '"': '"', "‘": "’"}


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    if not stretches(subject, *LETTERS):
        yield suggestion(rule, "no-section", state="cannot-tell")
        return
    findings = list(_findings(subject, rule))
    own = [f for f in findings if f.key != "family"]
    many = len(own) >= rule.numbers["many"]
    yield verdict(
        rule, findings, some="some" if own else "", answer=0 if many else None, words=len(own)
    )


def _findings(subject: Subject, rule: Rule) -> Iterator[Finding]:
    lexicon = rule.lexicons["deficit"]
    for start, end in stretches(subject, *LETTERS):
        for hit in subject.hits.within(lexicon, start, end):
            if not _cleared(subject, hit):
                yield _finding(subject, rule, hit)


def _finding(subject: Subject, rule: Rule, hit: Hit) -> Finding:
    word = subject.plan.document.text[hit.start : hit.end]
    quotes = [subject.quote_hit(hit), quote_sentence(subject, hit.start, hit.end)]
    if quotes[0].section == "A" or _in_speech(subject, hit):
        return finding(
            rule,
            "family",
            state="look",
            answer=2,
            confidence=0.3,
            quotes=quotes,
            word=word,
            instead=hit.group,
        )
    return finding(rule, "deficit", state="look", quotes=quotes, word=word, instead=hit.group)


def _cleared(subject: Subject, hit: Hit) -> bool:
    """“Unable to …” beside what the child can do is not a one-sided account."""
    if not hit.term.startswith("unable"):
        return False
    first, last = sentence_at(subject, hit.start, hit.end)
    return " can " in subject.hits.text[first:last]


def _in_speech(subject: Subject, hit: Hit) -> bool:
    """Between quotation marks of its paragraph: words that somebody said."""
    p = subject.paragraph_at(hit.start)
    before, after = p.text[: hit.start - p.start], p.text[hit.end - p.start :]
    for opening, closing in QUOTE_MARKS.items():
        if opening == closing:
            if before.count(opening) % 2 and closing in after:
                return True
        elif before.rfind(opening) > before.rfind(closing) and closing in after:
            return True
    return False
