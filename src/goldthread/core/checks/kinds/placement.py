"""Rule 40: Section I by status: blank in a draft, name and type in a final plan, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.saying import finding, suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.words import plain
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph

STATE, TYPE, CLEAN = "I1-state", "I2-type", "I3-clean"
NAMED = re.compile(
    r"\b[A-Z][\w'’-]+(?: (?:of|the|and|&|[A-Z][\w'’.-]*))* "
    r"(?:School|Academy|College|Nursery|Centre|Pre-?school|Primary|Infants?|Juniors?|High)\b"
)


def check(subject: Subject, rule: Rule) -> Iterator[Suggestion]:
    section = subject.plan.section("I")
    if section is None:
        for criterion in rule.criteria:
            yield suggestion(rule, "no-section", state="cannot-tell", criterion=criterion)
        return
    found = _Found(subject, rule, section.paragraphs)
    yield _draft(rule, found) if subject.status == "draft" else _final(subject, rule, found)
    yield _type(subject, rule, found)
    yield _clean(rule, found)


class _Found:
    """What Section I says."""

    def __init__(self, subject: Subject, rule: Rule, paragraphs: tuple[Paragraph, ...]) -> None:
        self.quotes = tuple(subject.quote(p) for p in paragraphs if p.text.strip())
        text = " ".join(q.text for q in self.quotes)
        low = plain(text)
        lists = subject.words.lists
        groups = lists[rule.lexicons["placement"]]
        self.groups = {g for term, g in groups.items() if _stands(term, low)}
        self.name = NAMED.search(text)
        told = plain(NAMED.sub(" ", text))
        types = lists[rule.lexicons["types"]]
        self.type = next((t for t in types if t in (low if t.startswith("special") else told)), "")
        self.blank = not text.strip() or "blank" in self.groups
        self.text = text


def _stands(term: str, low: str) -> bool:
    at = low.find(term)
    if at < 0:
        return False
    before, after = low[at - 1 : at], low[at + len(term) : at + len(term) + 1]
    return not term[0].isalnum() or not (before.isalnum() or after.isalnum())


def _draft(rule: Rule, found: _Found) -> Suggestion:
    if found.blank or not (found.name or found.type):
        return suggestion(rule, "draft-blank", state="met", criterion=STATE)
    fault = finding(rule, "draft-named", criterion=STATE, quotes=found.quotes[:1], section="I")
    return suggestion(rule, "draft-named", state="mend", criterion=STATE, findings=(fault,))


def _final(subject: Subject, rule: Rule, found: _Found) -> Suggestion:
    if "s61" in found.groups:
        return suggestion(rule, "s61", state="met", criterion=STATE)
    if "waiting" in found.groups or found.blank:
        key = "waiting" if found.quotes else "blank"
        state: State = "mend" if subject.status != "unknown" else "look"
        fault = finding(
            rule, key, state=state, criterion=STATE, quotes=found.quotes[:1], section="I",
            answer=0 if state == "mend" else 1,
        )  # fmt: skip
        return suggestion(
            rule, key, state=state, answer=fault.answer, criterion=STATE, findings=(fault,)
        )
    if found.name or found.type:
        return suggestion(rule, "final-named", state="met", criterion=STATE)
    fault = finding(rule, "unclear", state="look", criterion=STATE, quotes=found.quotes[:1])
    return suggestion(rule, "unclear", state="look", criterion=STATE, findings=(fault,))


def _type(subject: Subject, rule: Rule, found: _Found) -> Suggestion:
    if subject.status == "draft" or "s61" in found.groups:
        return suggestion(rule, "type-not-asked", state="not-applicable", criterion=TYPE)
    if found.type:
        return suggestion(rule, "typed", state="met", criterion=TYPE, type=found.type)
    fault = finding(rule, "no-type", answer=0, criterion=TYPE, quotes=found.quotes[:1], section="I")
    return suggestion(rule, "no-type", state="mend", answer=0, criterion=TYPE, findings=(fault,))


def _clean(rule: Rule, found: _Found) -> Suggestion:
    extra = found.groups & {"preference", "cost", "transport"}
    if not extra:
        return suggestion(rule, "clean", state="met", criterion=CLEAN)
    if "condition" in found.groups:
        fault = finding(
            rule, "condition", state="look", answer=2, criterion=CLEAN, quotes=found.quotes[:1]
        )
        return suggestion(
            rule, "condition", state="look", answer=2, criterion=CLEAN, findings=(fault,)
        )
    answer = 0 if len(extra) > 1 else 1
    words = " and ".join(sorted(extra))
    fault = _extra(rule, found, words, answer)
    return suggestion(
        rule, "extra", state="mend", answer=answer, criterion=CLEAN, findings=(fault,), words=words
    )


def _extra(rule: Rule, found: _Found, words: str, answer: int) -> Finding:
    return finding(
        rule, "extra", answer=answer, criterion=CLEAN, quotes=found.quotes[:2], words=words,
        section="I",
    )  # fmt: skip
