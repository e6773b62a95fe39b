"""Rule 34: what educates or trains belongs in F, wherever the therapist is employed."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import hits_of, quote_sentence
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.words import Hit
from goldthread.core.framework.rule import Rule

CARE = ("G", "H1", "H2", "H")
TOLD = ("A", "B", "E")
DELIVERED = (" will ", "sessions", "minutes", "hours", "programme", "weekly", "to provide",
             "support from")  # fmt: skip
AMOUNTS = (" minutes", " hour", "-minute", " sessions", " times a week")
"""In A, B and E only provision that gives an amount: a need may well be told with a therapist."""


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    misplaced = list(_therapy(subject, rule))
    in_f = bool(hits_of(subject, rule.lexicons["educating"], "F"))
    transport = [
        finding(
            rule,
            "transport",
            state="look",
            answer=1,
            quotes=(quote_sentence(subject, h.start, h.end),),
        )
        for h in hits_of(subject, rule.lexicons["transport"], "F")[:2]
    ]
    if misplaced:
        gravest = min(f.answer or 0 for f in misplaced)
        answer = 1 if in_f else gravest
        yield suggestion(
            rule,
            "misplaced-whole",
            state="look" if gravest else "mend",
            answer=answer,
            total=len(misplaced),
            findings=[*misplaced, *transport],
        )
    elif transport:
        yield suggestion(rule, "transport", state="look", answer=1, findings=transport)
    elif subject.plan.section("F") is None:
        yield suggestion(rule, "no-section", state="cannot-tell")
    else:
        yield suggestion(rule, "met", state="met")


def _therapy(subject: Subject, rule: Rule) -> Iterator[Finding]:
    seen: set[int] = set()
    for letter in (*CARE, *TOLD):
        for hit in hits_of(subject, rule.lexicons["educating"], letter):
            quote = quote_sentence(subject, hit.start, hit.end)
            place = quote.location.paragraph or 0
            if place in seen or not _delivered(subject, rule, hit, letter):
                continue
            seen.add(place)
            care = letter in CARE
            yield finding(
                rule,
                "misplaced" if care else "told",
                state="mend" if care else "look",
                answer=0 if care else 1,
                quotes=(quote,),
                letter=letter,
                words=subject.plan.document.text[hit.start : hit.end],
            )


def _delivered(subject: Subject, rule: Rule, hit: Hit, letter: str) -> bool:
    """Advice that is only quoted (“advice from the speech and language therapist”) is no
    provision, nor is a medical act."""
    paragraph = subject.paragraph_at(hit.start)
    if subject.has(rule.lexicons["medical"], paragraph):
        return False
    low = subject.hits.text[paragraph.start : paragraph.end]
    if "advice from" in low or "agreed by" in low or low[:3] == "no ":
        return False
    if letter in TOLD:
        return " will " in low and any(word in low for word in AMOUNTS)
    return any(word in low for word in DELIVERED)
