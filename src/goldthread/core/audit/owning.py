"""Whose a question is: each agency marks its own, and one leads for those of all.

Source: standard.md, part a, “Sampling and moderation”.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from goldthread.core.framework.criterion import Criterion

AuditAgency = Literal["education", "health", "social-care", "parent-carer"]
AGENCIES: tuple[AuditAgency, ...] = ("education", "health", "social-care", "parent-carer")
PARENT_CARER_SECTIONS = ("A", "E", "L")


def lead_of(agencies: Iterable[AuditAgency]) -> AuditAgency:
    """Education where it takes part, else the first agency of professionals, else parent-carers.

    Errors: ValueError when no agency, or an unknown one, takes part.
    """
    taking_part = tuple(agencies)
    if not taking_part:
        raise ValueError("No agency takes part; choose at least one.")
    for agency in taking_part:
        if agency not in AGENCIES:
            raise ValueError(f"“{agency}” is no agency; known: {', '.join(AGENCIES)}.")
    if "education" in taking_part:
        return "education"
    return next((a for a in taking_part if a != "parent-carer"), "parent-carer")


def owner_of(
    criterion: Criterion, taking_part: tuple[AuditAgency, ...], lead: AuditAgency
) -> AuditAgency:
    """The one agency of those `taking_part` that answers a question."""
    of_all = "all" in criterion.agencies
    if "parent-carer" in taking_part and of_all and criterion.section in PARENT_CARER_SECTIONS:
        return "parent-carer"
    for agency in criterion.agencies:
        for other in taking_part:
            if agency == other:
                return other
    return lead


def own_of(criteria: Iterable[Criterion], agency: AuditAgency) -> frozenset[str]:
    """Ids of the questions that an agency answers when all agencies take part."""
    lead = lead_of(AGENCIES)
    return frozenset(c.id for c in criteria if owner_of(c, AGENCIES, lead) == agency)
