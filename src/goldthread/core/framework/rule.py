"""What a machine rule is: one YAML file of `frameworks/ehc-ref/<edition>/rules/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from goldthread.core.framework.criterion import CriterionId, Law, RuleId
from goldthread.core.frozen import Content, Slug


class Rule(Content):
    """One machine check: which kind of check, with which words and numbers, saying what."""

    id: RuleId
    title: str
    """A noun phrase: “Duration and frequency of timed items”."""
    looks_at: str
    """One sentence for people: what the machine does."""
    blind_to: str
    """One sentence for people: what it cannot see or often gets wrong."""
    kind: Slug
    """Module of `core/checks/kinds`, with hyphens for underscores."""
    criteria: tuple[CriterionId, ...] = Field(min_length=1)
    law: tuple[Law, ...] = ()
    sections: tuple[str, ...] = ()
    documents: tuple[Literal["plan", "advice", "review"], ...] = ("plan",)
    lexicons: Mapping[str, Slug] = Field(default_factory=dict)
    """What the check calls it -> the lexicon's id."""
    numbers: Mapping[str, float] = Field(default_factory=dict)
    """Thresholds by name."""
    confidence: float = Field(ge=0, le=1)
    """How sure a flag of this rule is when nothing says otherwise."""
    says: Mapping[str, str]
    """Finding's key -> the reason in plain English, with {places} for what was found."""
    next: Mapping[str, str]
    """Finding's key -> the suggested next step; the key “default” serves the rest."""
    valid_from: str = "2026.1"
    author: str
    checker: str = "none yet"
