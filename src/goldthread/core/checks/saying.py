"""Puts a rule's sentences around what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from goldthread.core.checks.finding import Finding, Quote, State, Suggestion
from goldthread.core.framework.rule import Rule

ANSWERS: dict[State, int | None] = {
    "mend": 0, "look": 1, "met": 2, "cannot-tell": None, "not-applicable": None,
}  # fmt: skip


def finding(
    rule: Rule,
    key: str,
    *,
    state: State = "mend",
    answer: int | None = -1,
    criterion: str = "",
    quotes: Iterable[Quote] = (),
    section: str = "",
    item: str = "",
    confidence: float | None = None,
    missing: Sequence[str] = (),
    **found: Any,
) -> Finding:
    """A finding in the rule's words: `says[key]` with `found` put in.

    `answer` and `confidence` are those of the state and the rule unless given; the criterion is
    the rule's first. Errors: KeyError when the rule has no sentence of that key.
    """
    quotes = tuple(quotes)
    return Finding(
        rule=rule.id,
        criterion=criterion or rule.criteria[0],
        state=state,
        answer=ANSWERS[state] if answer == -1 else answer,
        confidence=rule.confidence if confidence is None else confidence,
        reason=rule.says[key].format(**found),
        next_step=_next(rule, key).format(**found),
        quotes=quotes,
        section=section or (quotes[0].section if quotes else ""),
        item=item,
        key=key,
        missing=tuple(missing),
    )


def suggestion(
    rule: Rule,
    key: str,
    *,
    state: State,
    answer: int | None = -1,
    criterion: str = "",
    confidence: float | None = None,
    findings: Iterable[Finding] = (),
    good: int | None = None,
    total: int | None = None,
    **found: Any,
) -> Suggestion:
    """The rule's answer for a criterion, `says[key]` being its one sentence."""
    return Suggestion(
        rule=rule.id,
        criterion=criterion or rule.criteria[0],
        state=state,
        answer=ANSWERS[state] if answer == -1 else answer,
        confidence=rule.confidence if confidence is None else confidence,
        reason=rule.says[key].format(good=good, total=total, **found),
        findings=tuple(findings),
        good=good,
        total=total,
    )


def share_answer(good: int, total: int, *, family: str) -> int:
    """0-3 by the descriptor families of standard.md: c coverage, s slots.

    coverage: under 50 % 0, to 84 % 1, from 85 % 2, all 3; slots: under 40 % 0, to 74 % 1, from
    75 % 2, from 95 % 3. Errors: ValueError when there is nothing to count.
    """
    if total < 1:
        raise ValueError("nothing to count")
    share = good / total
    low, middle, high = (0.4, 0.75, 0.95) if family == "slots" else (0.5, 0.85, 1.0)
    return sum(share >= bound for bound in (low, middle, high))


def _next(rule: Rule, key: str) -> str:
    return rule.next.get(key) or rule.next.get("default", "")
