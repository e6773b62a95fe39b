"""An audit: what is asked of one document, what is still missing, and the signed result.

Source: standard.md, part a, “Scale”, “Grade” and “Versioning”. A signed audit pins its framework
and all it was graded from, so that it can be graded anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from goldthread.core.audit.judgement import CANNOT_DECIDE, Judgement, check_value
from goldthread.core.audit.owning import AuditAgency, own_of
from goldthread.core.audit.signed import Mode, SignedAudit, Subject, SubjectKind
from goldthread.core.audit.themes import asked_in, in_order, theme_name, theme_of
from goldthread.core.framework.applicability import applicable
from goldthread.core.framework.criterion import Criterion, NotApplicable
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import Grade, grade

__all__ = [
    "Blank",
    "Mode",
    "NotReady",
    "Questions",
    "SignedAudit",
    "Subject",
    "SubjectKind",
    "graded",
    "missing",
    "questions",
    "regrade",
    "sign",
]

KINDS: Mapping[SubjectKind, str] = {
    "plan": "a plan",
    "review": "an annual review",
    "advice": "professional advice",
}


@dataclass(frozen=True, slots=True)
class Blank:
    """An audit before anyone answered. `themes`: only these, for a short form; empty means all.
    `agency`: only the questions that it answers when all agencies take part, as when one person
    marks an anchor plan; empty means all."""

    framework_key: str
    subject: Subject
    themes: tuple[str, ...] = ()
    mode: Mode = "blind"
    agency: AuditAgency | Literal[""] = ""


@dataclass(frozen=True)
class Questions:
    """`criteria` are asked; `set_aside` do not apply: id -> reason code. Of a short form: of its
    themes only."""

    criteria: tuple[Criterion, ...]
    set_aside: Mapping[str, NotApplicable]


class NotReady(ValueError):
    """An audit cannot be signed yet. `sentences`: what is wrong, where, what to do, in the order
    of the form."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


def questions(framework: Framework, blank: Blank) -> Questions:
    """What is asked, in the order of reading, and what does not apply to this document.

    A short form asks the questions of its themes and no others: the same questions, so that its
    answers can stand beside those of a whole audit (users.md, row 31).
    Errors: ValueError for another edition, kind of document, theme or profession; LookupError for
    an unknown profile.
    """
    _check_blank(framework, blank)
    about = blank.subject
    found = applicable(
        framework, about.status, about.year, about.age, about.setting, about.profiles
    )
    asked = asked_in(framework, blank.themes)
    if blank.agency:
        asked &= own_of(framework.criteria, blank.agency)
    return Questions(
        in_order(framework, (c for c in found.criteria if c.id in asked)),
        {c: reason for c, reason in found.set_aside.items() if c in asked},
    )


def _check_blank(framework: Framework, blank: Blank) -> None:
    about = blank.subject
    if framework.key != blank.framework_key:
        raise ValueError(f"The audit is by {blank.framework_key}, not by {framework.key}.")
    if framework.subject != about.kind:
        raise ValueError(
            f"{framework.key} is for {KINDS[framework.subject]}, and the document is "
            f"{KINDS[about.kind]}; choose the framework for it."
        )
    professions = [p.id for p in framework.professions]
    if about.profession and about.profession not in professions:
        known = ", ".join(professions) or "none"
        raise ValueError(
            f"{framework.key} has no profession “{about.profession}”; it has: {known}."
        )


def missing(framework: Framework, blank: Blank, judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """Ids of the questions that nobody answered yet, in the order of reading."""
    answered = {j.criterion for j in judgements}
    return tuple(c.id for c in questions(framework, blank).criteria if c.id not in answered)


def sign(
    framework: Framework,
    blank: Blank,
    judgements: Iterable[Judgement],
    by: str,
    at: dt.datetime,
    quantified: float | None = None,
) -> SignedAudit:
    """The audit with its grade, for which `by` answers.

    Errors: NotReady with all that keeps it from being signed; ValueError for a time without a
    zone or a share outside 0 to 1; as `questions`.
    """
    given = tuple(sorted(judgements, key=lambda j: j.criterion))
    asked = questions(framework, blank)
    if at.utcoffset() is None:
        raise ValueError("The time of signing needs its time zone.")
    if quantified is not None and not 0 <= quantified <= 1:
        raise ValueError(f"The quantified share must be between 0 and 1, not {quantified:g}.")
    if faults := tuple(_faults(framework, asked, given)):
        raise NotReady(faults)
    return SignedAudit(
        framework=framework.key,
        subject=blank.subject,
        themes=blank.themes,
        mode=blank.mode,
        judgements=given,
        set_aside=asked.set_aside,
        quantified=None if quantified is None else float(quantified),
        grade=graded(framework, blank.themes, asked, given, quantified, blank.agency),
        by=by,
        at=at,
        agency=blank.agency,
    )


def _faults(framework: Framework, asked: Questions, given: tuple[Judgement, ...]) -> Iterator[str]:
    """All that keeps an audit from being signed, in the order of the form."""
    if not asked.criteria:
        yield "No question of these themes applies to this document; choose other themes."
    yield from _unanswered(framework, asked, given)
    known = {c.id for c in asked.criteria}
    times = Counter(j.criterion for j in given)
    for stray in sorted(times.keys() - known):
        yield f"{stray} is not asked of this document; remove its answer."
    for criterion in asked.criteria:
        if times[criterion.id] > 1:
            yield f"{criterion.id} is answered {times[criterion.id]} times; keep one answer."
    for criterion in asked.criteria:
        for judgement in given:
            if judgement.criterion == criterion.id:
                yield from _unfounded(framework, criterion, judgement)


def _unanswered(
    framework: Framework, asked: Questions, given: tuple[Judgement, ...]
) -> Iterator[str]:
    """One sentence for each theme with questions that nobody answered."""
    answered = {j.criterion for j in given}
    left: dict[str, list[str]] = {}
    for criterion in asked.criteria:
        if criterion.id not in answered:
            left.setdefault(theme_of(framework, criterion.section), []).append(criterion.id)
    for theme, ids in left.items():
        count = "1 question is" if len(ids) == 1 else f"{len(ids)} questions are"
        yield f"{theme_name(framework, theme)}: {count} not answered yet: {', '.join(ids)}."


def _unfounded(framework: Framework, criterion: Criterion, judgement: Judgement) -> Iterator[str]:
    """What an answer lacks before somebody can answer for it."""
    try:
        check_value(judgement.value, criterion, framework)
    except ValueError as error:
        yield str(error)
        return
    said = judgement.comment.strip()
    if judgement.value == CANNOT_DECIDE and not said:
        yield f"{criterion.id} cannot be decided: say in a comment what was not there to see."
    if criterion.gate and judgement.value in (0, 1) and not (said or judgement.evidence):
        yield (
            f"{criterion.id} is a {criterion.gate} gate answered {judgement.value}: mark the words "
            "it rests on, or say why in a comment."
        )


def graded(
    framework: Framework,
    themes: tuple[str, ...],
    asked: Questions,
    judgements: Iterable[Judgement],
    quantified: float | None,
    agency: str = "",
) -> Grade:
    """The grade of these answers; a question without one counts as undecided.

    A short form, of some themes or of one agency, has its index and themes, and never a band:
    bands and caps were set for all questions together, and a part of them may be the easy part or
    the hard one.
    """
    answers = {j.criterion: j.value for j in judgements}
    if not (themes or agency):
        return grade(
            framework, answers, quantified=quantified, set_aside=asked.set_aside, complete=True
        )
    ids = {c.id for c in asked.criteria} | asked.set_aside.keys()
    part = framework.model_copy(
        update={"criteria": tuple(c for c in framework.criteria if c.id in ids)}
    )
    found = grade(part, answers, set_aside=asked.set_aside, complete=True)
    return replace(
        found,
        band=None,
        capped=None,
        caps=(),
        why_not_higher=(),
        why_ungraded=_why_no_band(framework, themes, agency),
    )


def _why_no_band(framework: Framework, themes: tuple[str, ...], agency: str) -> str:
    if agency:
        name = framework.agencies.get(agency, agency.replace("-", " "))
        return (
            f"This form asks only what {name} answers when all agencies take part. It has an index "
            "for each theme and no band, because a band needs the questions of all."
        )
    names = ", ".join(theme_name(framework, theme) for theme in themes)
    return (
        f"This short form asks of {names} only. It has an index for each theme and no band, "
        "because a band needs the questions of all themes."
    )


def regrade(framework: Framework, signed: SignedAudit) -> Grade:
    """The grade of a signed audit by this edition of its framework, from its own answers.

    By the same edition it is the grade that was signed. By another, a question that it no longer
    has is left out, and one that is new to it counts as undecided: ids are never reused.
    Errors: ValueError for another framework, or an answer that this edition does not have.
    """
    if framework.id != signed.framework.split("@", maxsplit=1)[0]:
        raise ValueError(
            f"The audit was signed by {signed.framework}; {framework.key} is another framework."
        )
    blank = Blank(framework.key, signed.subject, signed.themes, signed.mode, signed.agency)
    asked = questions(framework, blank)
    known = {c.id for c in asked.criteria}
    kept = [j for j in signed.judgements if j.criterion in known]
    return graded(framework, signed.themes, asked, kept, signed.quantified, signed.agency)
