"""What a check says: findings with their quotes, and an answer suggested for a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldthread.core.plan.document import Location

State = Literal["mend", "look", "met", "cannot-tell", "not-applicable"]
"""mend: should be put right · look: a person should look · met: what the standard asks is there ·
cannot-tell: the machine cannot see it · not-applicable: the question does not arise."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document, exactly as they stand in one paragraph, and where."""

    text: str
    location: Location
    section: str = ""
    """Letter; empty for the front page or text outside the sections."""
    document: str = ""
    """Name of another document (advice, the earlier version) when it is not the plan."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen in the document.

    `answer` is what this finding alone would suggest for the criterion, 0 to 3, or None (for
    cannot-tell and not-applicable).
    """

    rule: str
    criterion: str
    state: State
    answer: int | None
    confidence: float
    reason: str
    next_step: str
    quotes: tuple[Quote, ...] = ()
    """The first is the one to mark in the document. None only when something is missing."""
    section: str = ""
    item: str = ""
    """Id of the plan's item it is about."""
    key: str = ""
    """Which of the rule's sentences."""
    missing: tuple[str, ...] = ()
    """What an item lacks: what, how much, how often, who; specific, measurable, …"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one rule suggests for one criterion, from the whole document."""

    rule: str
    criterion: str
    state: State
    answer: int | None
    confidence: float
    reason: str
    """One sentence: “7 of 12 timed items say how long and how often.”"""
    findings: tuple[Finding, ...] = ()
    good: int | None = None
    """Items that meet the rule, where items are counted."""
    total: int | None = None
