"""Advice to plan, and version to version, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldthread.core.checks.finding import Quote

Fate = Literal["carried", "softened", "thinned", "moved", "lost", "unsure"]
"""carried: in F (or G) as advised · softened: “will” became “should” · thinned: an amount became
smaller or vague · moved: stands in another section · lost: no match found · unsure: look."""
Turn = Literal["added", "removed", "changed", "moved", "unchanged", "never-updated"]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What became of one recommendation or need of an advice report."""

    kind: Literal["provision", "need", "outcome"]
    advice: Quote
    fate: Fate
    reason: str
    confidence: float
    plan: Quote | None = None
    """Where it is in the plan, or the nearest text."""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One item of an earlier version beside the present one."""

    turn: Turn
    section: str
    reason: str
    before: Quote | None = None
    after: Quote | None = None
