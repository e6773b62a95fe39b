"""One suggestion out of a rule's findings, in the same way for every kind of check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goldthread.core.checks.finding import Finding, State, Suggestion
from goldthread.core.checks.saying import suggestion
from goldthread.core.framework.rule import Rule

GRAVITY: dict[State, int] = {
    "mend": 0, "look": 1, "cannot-tell": 2, "met": 3, "not-applicable": 4,
}  # fmt: skip
UNSURE = 0.6
"""Below this confidence a section, or the place of a text, counts as not surely known."""


def verdict(
    rule: Rule,
    findings: Sequence[Finding],
    *,
    met: str = "met",
    some: str = "",
    answer: int | None = None,
    criterion: str = "",
    confidence: float | None = None,
    good: int | None = None,
    total: int | None = None,
    **found: Any,
) -> Suggestion:
    """What the findings come to: the gravest of them, or `says[met]` when there are none.

    `some` is the key of the sentence for the whole, else the gravest finding's reason stands;
    `answer` replaces that of the gravest finding.
    """
    criterion = criterion or rule.criteria[0]
    if not findings:
        return suggestion(
            rule,
            met,
            state="met",
            answer=-1 if answer is None else answer,
            criterion=criterion,
            confidence=confidence,
            good=good,
            total=total,
            **found,
        )
    worst = min(
        findings,
        key=lambda f: (9 if f.answer is None else f.answer, GRAVITY[f.state], -f.confidence),
    )
    given = worst.answer if answer is None else answer
    reason = worst.reason
    if some:
        reason = rule.says[some].format(count=len(findings), good=good, total=total, **found)
    return Suggestion(
        rule.id,
        criterion,
        worst.state,
        given,
        worst.confidence if confidence is None else confidence,
        reason,
        tuple(findings),
        good,
        total,
    )


def not_found(rule: Rule, criterion: str = "", key: str = "no-section", **found: Any) -> Suggestion:
    """The section that the rule reads was not found: never a pass, never a fault of the plan."""
    return suggestion(
        rule, key, state="cannot-tell", criterion=criterion or rule.criteria[0], **found
    )
