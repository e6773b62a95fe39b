"""Who answers what: the questions of one audit, shared among the agencies that take part.

Source: standard.md, part a, “Sampling and moderation”: each agency marks its own rows, trained
parent-carers mark Sections A, E and L; users.md, row 18: the parts are assembled into one audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.core.audit.audit import Questions
from goldthread.core.audit.judgement import Judgement
from goldthread.core.audit.owning import (
    AGENCIES,
    PARENT_CARER_SECTIONS,
    AuditAgency,
    lead_of,
    owner_of,
)
from goldthread.core.audit.themes import theme_of
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework

__all__ = [
    "AGENCIES",
    "PARENT_CARER_SECTIONS",
    "AuditAgency",
    "ThemePage",
    "assembled",
    "lead_of",
    "share",
    "themes_for",
]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One page of the form. `theme`: its letters, “H” for H1 and H2 together; `title`: its name."""

    theme: str
    title: str
    criteria: tuple[Criterion, ...]


def share(
    framework: Framework, questions: Questions, agencies: Iterable[AuditAgency]
) -> Mapping[str, AuditAgency]:
    """Criterion id -> the one agency that answers it, in the order of the questions.

    A question goes to the first of its own agencies that takes part; where none does, and for the
    questions of all, to the lead (`lead_of`). Where parent-carers take part, they answer what
    Sections A, E and L ask of all. An author's own questions (advice) go to the lead as well.
    Errors: ValueError when no agency, or an unknown one, takes part.
    """
    taking_part = tuple(dict.fromkeys(agencies))
    lead = lead_of(taking_part)
    return {c.id: owner_of(c, taking_part, lead) for c in questions.criteria}


def themes_for(
    framework: Framework,
    questions: Questions,
    shared: Mapping[str, AuditAgency],
    agency: AuditAgency,
) -> tuple[ThemePage, ...]:
    """The pages of one agency's part: a theme a page, in the order of reading; H1 and H2 are one
    page. Themes without a question for the agency have none.

    Source of the order: the framework's `themes`.
    """
    pages: dict[str, list[Criterion]] = {theme: [] for theme in framework.themes}
    for criterion in questions.criteria:
        if shared[criterion.id] == agency:
            pages.setdefault(theme_of(framework, criterion.section), []).append(criterion)
    return tuple(
        ThemePage(theme, framework.themes.get(theme, theme), tuple(criteria))
        for theme, criteria in pages.items()
        if criteria
    )


def assembled(parts: Iterable[Iterable[Judgement]]) -> tuple[Judgement, ...]:
    """The judgements of all parts as those of one audit, in the order of criterion ids.

    Errors: ValueError when two parts answer one question.
    """
    found: dict[str, Judgement] = {}
    for part in parts:
        for judgement in part:
            if other := found.get(judgement.criterion):
                raise ValueError(
                    f"{judgement.criterion} is answered twice, by {other.agency} and by "
                    f"{judgement.agency}; decide whose it is and remove the other answer."
                )
            found[judgement.criterion] = judgement
    return tuple(found[criterion] for criterion in sorted(found))
