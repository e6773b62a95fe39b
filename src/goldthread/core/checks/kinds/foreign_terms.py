"""A diagnosis or a school in Sections B or F that nothing else in the plan bears out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.checks.finding import Finding, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.stretches import (
    hits_of,
    quote_sentence,
    sentence_at,
    stretches,
    text_of,
)
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import verdict
from goldthread.core.checks.words import Hit
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.plan import Plan

SMALL = ("the", "at", "in", "from", "st", "st.")
_HAS = re.compile(
    r"\b(?:has|have|had)(?: also| both| been)?(?: an?)?(?: diagnos\w+ (?:of|with))?(?: an?)? $"
    r"|\balso has $|\bdiagnos(?:is of|ed with)(?: an?)? $"
)
_LEADING = re.compile(r"^(?:(?:At|In|From|The) )+")
_BEFORE = re.compile(r"((?:(?:St\.?|[A-Z][\w'’-]+) )+)$")


def check(subject: Subject, rule: Rule) -> Iterable[Suggestion]:
    if not stretches(subject, "B", "F"):
        yield suggestion(rule, "no-section", state="cannot-tell")
        return
    findings = [*_diagnoses(subject, rule), *_schools(subject, rule)]
    sure = 0.6 if subject.advice else 0.4
    yield verdict(
        rule,
        findings,
        met="met" if subject.advice else "met-inside",
        confidence=None if findings else sure,
    )


def _diagnoses(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """With advice: those that no advice names. Without: those that stand in F alone."""
    lexicon = rule.lexicons["diagnoses"]
    elsewhere = {h.group for h in hits_of(subject, lexicon, "C", "I", "K")}
    if subject.advice:
        elsewhere |= {g for plan in subject.advice for g in _groups(subject, plan, lexicon)}
        asked, key = hits_of(subject, lexicon, "B", "F"), "not-in-advice"
    else:
        elsewhere |= {h.group for h in hits_of(subject, lexicon, "A", "B", "D")}
        asked, key = hits_of(subject, lexicon, "F"), "only-in-provision"
    recorded = _recorded(subject, lexicon)
    told: set[str] = set()
    if not subject.advice and recorded:
        for hit in hits_of(subject, lexicon, "B"):
            if hit.group in recorded or hit.group in told or not _has(subject, hit):
                continue
            told.add(hit.group)
            yield _look(subject, rule, "not-recorded", hit, answer=1)
    for hit in asked:
        if hit.group in elsewhere or hit.group in told or _is_expertise(subject, rule, hit):
            continue
        told.add(hit.group)
        yield _look(subject, rule, key, hit)


def _groups(subject: Subject, plan: Plan, lexicon: str) -> set[str]:
    """Diagnoses that one advice report names."""
    text = plan.document.text
    found = subject.kept(
        ("hits", plan.document.digest, len(text)), lambda: subject.words.scan(text)
    )
    return {hit.group for hit in found.of(lexicon)}


def _is_expertise(subject: Subject, rule: Rule, hit: Hit) -> bool:
    """“A teacher of the deaf”, “trained in autism”: it is the adult who knows it."""
    return subject.hits.any(rule.lexicons["expertise"], hit.start - 45, hit.end + 20)


def _recorded(subject: Subject, lexicon: str) -> frozenset[str]:
    """Diagnoses that the front page or the list of advice names; with them all that C and D and
    the views name. Empty when neither of the first two names any."""
    letters = subject.plan.letter_of
    named = {
        h.group
        for h in subject.hits.of(lexicon)
        if letters.get(subject.paragraph_at(h.start).location.paragraph or 0) in (None, "K")
    }
    more = {h.group for h in hits_of(subject, lexicon, "A", "C", "D", "I")}
    return frozenset(named | more) if named else frozenset()


def _has(subject: Subject, hit: Hit) -> bool:
    """“has dyslexia”, “is diagnosed with ADHD”: said of the child as a fact."""
    before = subject.hits.text[max(0, hit.start - 40) : hit.start]
    return _HAS.search(before) is not None


def _look(subject: Subject, rule: Rule, key: str, hit: Hit, answer: int = 2) -> Finding:
    quotes = [subject.quote_hit(hit), quote_sentence(subject, hit.start, hit.end)]
    return finding(rule, key, state="look", answer=answer, quotes=quotes, name=quotes[0].text)


def _schools(subject: Subject, rule: Rule) -> Iterator[Finding]:
    text = subject.plan.document.text
    told: set[str] = set()
    for hit in hits_of(subject, rule.lexicons["schools"], "B", "F"):
        if text[hit.start].islower():
            continue
        match = _BEFORE.search(text, max(0, hit.start - 50), hit.start)
        name = _LEADING.sub("", match[1]).strip() if match else ""
        if name in told or _is_past(subject, rule, hit):
            continue
        told.add(name)
        words = [w for w in name.split() if w.lower() not in SMALL]
        stale = bool(words) and _stale(subject, words, hit)
        if not words or (_known(subject, words) and not stale):
            continue
        p = subject.paragraph_at(hit.start)
        whole = subject.quote(p, hit.start - len(name) - 1, hit.end)
        yield finding(
            rule,
            "stale-school" if stale else "other-school",
            state="look",
            answer=1 if stale else 2,
            name=whole.text,
            quotes=[whole, quote_sentence(subject, hit.start, hit.end)],
        )


def _stale(subject: Subject, words: list[str], hit: Hit) -> bool:
    """“At Oak School Amara works in …”: said of the present, of a school that is not hers now."""
    own = _own_school(subject)
    if not own or any(word.lower() in own for word in words):
        return False
    text = subject.hits.text
    start, end = sentence_at(subject, hit.start, hit.end)
    child = subject.plan.facts.child
    first = re.escape((child.known_as or child.forename).lower()) or "she"
    who = rf"(?:{first}|he|she|they)"
    name = rf"(?:st\.? )?{re.escape(' '.join(words).lower())}"
    after = rf"^at (?:the )?{name} [^,.]*?,? ?{who} (?:is|are|has|have|(?!was)\w+s)\b"
    before = (
        rf"^{who} (?:now |currently )?(?:is (?:at|a pupil at|taught at)|attends|goes to) {name}"
    )
    return bool(re.search(rf"{after}|{before}", text[start:end]))


def _own_school(subject: Subject) -> frozenset[str]:
    """Words of the school that the front page and Section I name."""
    school = subject.plan.facts.child.school
    said = f"{school.value.lower() if school else ''} {text_of(subject, 'I')}".strip()
    return frozenset(word.strip(".,;:()'") for word in said.split())


def _is_past(subject: Subject, rule: Rule, hit: Hit) -> bool:
    """Said of a school the child has left, or of a service that is run from there."""
    before = subject.hits.text[max(0, hit.start - 70) : hit.start]
    return any(word in before for word in subject.words.lists[rule.lexicons["past"]])


def _known(subject: Subject, words: list[str]) -> bool:
    known = subject.kept("schools", lambda: _known_schools(subject))
    return any(word.lower() in known for word in words)


def _known_schools(subject: Subject) -> frozenset[str]:
    """Words of the schools that the front page, Section I, K or the history name."""
    facts = subject.plan.facts
    said = [s.value.lower() for s in (facts.child.school,) if s]
    said += [p.text.lower() for p in subject.plan.front]
    said += [entry.text.lower() for entry in facts.advice]
    said.append(text_of(subject, "A", "I", "K"))
    return frozenset(word.strip(".,;:()'") for text in said for word in text.split())
