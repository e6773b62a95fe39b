"""Which items of provision a criterion is about."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.checks.finding import Suggestion
from goldthread.core.checks.saying import suggestion
from goldthread.core.checks.subject import Subject
from goldthread.core.checks.verdict import UNSURE
from goldthread.core.checks.wording.items import NIL, provision_items, provision_of
from goldthread.core.framework.rule import Rule
from goldthread.core.plan.document import Paragraph
from goldthread.core.plan.plan import Item

LETTERS = {"F": ("F",), "G": ("G",), "H": ("H1", "H2", "H")}
THERAPY = "F9-therapy"
SETTING = "F10-setting"


def served(subject: Subject, rule: Rule) -> Iterator[tuple[str, str, tuple[Item, ...] | None]]:
    """(criterion, its sections in words, its items) for each criterion of a rule; None for the
    items when no such section was found with certainty."""
    for criterion in rule.criteria:
        letters = LETTERS[criterion[0]]
        sections = [s for x in letters if (s := subject.plan.section(x))]
        named = " or ".join(letters[:2])
        if not any(s.confidence >= UNSURE and not s.blank for s in sections):
            yield criterion, named, None
        else:
            yield criterion, named, _chosen(subject, criterion, letters)


def _chosen(subject: Subject, criterion: str, letters: tuple[str, ...]) -> tuple[Item, ...]:
    items = provision_items(subject, *letters)
    if criterion == THERAPY:
        return tuple(i for i in items if "therapy" in provision_of(subject, i).topics)
    if criterion == SETTING:
        return tuple(i for i in items if _setting(subject, i))
    return items


def _setting(subject: Subject, item: Item) -> bool:
    """It is about equipment, a group or a ratio."""
    wording = provision_of(subject, item)
    grouped = bool(wording.quantities.groups) or any(m.key == "group" for m in wording.marks)
    return grouped or wording.form == "equipment"


def nothing(subject: Subject, rule: Rule, criterion: str, letters: str) -> Suggestion:
    """The sections are there and hold no such item. That is no answer where there must be some, or
    where the text is not said to be a nil."""
    apart = criterion in (THERAPY, SETTING)
    said = any(subject.has(NIL, p) for p in paragraphs_of(subject, *LETTERS[criterion[0]]))
    fine = apart or (said and criterion[0] != "F")
    return suggestion(
        rule,
        "none",
        state="not-applicable" if fine else "cannot-tell",
        criterion=criterion,
        letters=letters,
    )


def paragraphs_of(subject: Subject, *letters: str) -> list[Paragraph]:
    """All paragraphs of those sections."""
    found = (subject.plan.section(letter) for letter in letters)
    return [p for section in found if section for p in section.paragraphs]
