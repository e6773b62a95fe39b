"""What families say of a plan and how it was made: a dial of its own, never part of the grade.

The form is content (`frameworks/experience/<edition>.yaml`). Law, quality and experience are
separate dials (users.md, “Design consequences”, b): a lawful plan may be a poor experience, and a
happy family does not make a plan lawful.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from goldthread.core.frozen import Content, Slug
from goldthread.core.stats import wilson
from goldthread.core.stats.results import Interval

Respondent = Literal["parent-carer", "young-person"]
NEVER_BLENDED = "This is what the family said; it is no part of the grade."


class ExperienceAnswer(Content):
    """One answer that may be ticked. `kind`: “good” and “poor” count; the others do not."""

    id: Slug
    words: str
    kind: Literal["good", "poor", "silent", "does-not-apply"]


class ExperienceQuestion(Content):
    id: Slug
    short: str
    """A few words for lists and charts, in which the family is “we”."""
    words: str
    """As parents and carers are asked."""
    young_words: str
    """As a child or young person is asked."""
    source: str
    confirmed: bool
    """Whether the source was read, or quoted by a page that was read."""
    family_visible: bool = True
    """Whether its results are shown to families."""


class ExperienceForm(Content):
    """One edition of the form."""

    id: Slug
    edition: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]+$")]
    state: Literal["draft", "published"] = "draft"
    title: str
    intro: str
    young_intro: str
    answers: tuple[ExperienceAnswer, ...] = Field(min_length=3)
    questions: tuple[ExperienceQuestion, ...] = Field(min_length=1)
    least_answered: float = Field(gt=0, le=1)
    """Share of the questions that apply below which one reply has no figure."""
    least_replies: int = Field(ge=1)
    """Below this many answers nothing is said of all families."""
    well_from: float = Field(gt=0, le=1)
    """Share of good answers from which a reply counts as going well over all."""
    author: str
    checker: str = "none yet"
    next_review: dt.date

    @model_validator(mode="after")
    def _each_once(self) -> ExperienceForm:
        for what, ids in (
            ("question", [q.id for q in self.questions]),
            ("answer", [a.id for a in self.answers]),
        ):
            twice = next((i for i in ids if ids.count(i) > 1), None)
            if twice:
                raise ValueError(f"{what} “{twice}” is there twice; remove one")
        return self

    @property
    def key(self) -> str:
        """“family-experience@2026.1”."""
        return f"{self.id}@{self.edition}"


@dataclass(frozen=True, slots=True)
class Experience:
    """One reply. `good` of `answered` questions went well, of `of` that apply; `share` is their
    ratio, 0 to 1, None when too few were answered."""

    share: float | None
    good: int
    answered: int
    of: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What all families said to one question, or over all (`question` empty).

    All figures are None below the form's least number of replies; `interval`: 95% Wilson limits.
    """

    question: str
    short: str
    good: int | None
    answered: int | None
    share: float | None
    interval: Interval | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Replies:
    """All replies to one form. A family is one reply, so over all each counts once."""

    replies: int | None
    """None below the least number."""
    overall: Result
    questions: tuple[Result, ...]


def asked(form: ExperienceForm, who: Respondent) -> tuple[tuple[str, str], ...]:
    """Id and words of each question, as this respondent is asked."""
    return tuple(
        (q.id, q.young_words if who == "young-person" else q.words) for q in form.questions
    )


def dial(form: ExperienceForm, answers: Mapping[str, str]) -> Experience:
    """One reply as a dial. `answers`: question -> answer id; a question left out is unanswered.

    Errors: ValueError for a question or an answer that the form does not have.
    """
    kinds = _kinds(form, answers)
    of = len(form.questions) - sum(kind == "does-not-apply" for kind in kinds.values())
    good = sum(kind == "good" for kind in kinds.values())
    answered = good + sum(kind == "poor" for kind in kinds.values())
    enough = answered > 0 and answered >= form.least_answered * of
    return Experience(
        share=good / answered if enough else None,
        good=good,
        answered=answered,
        of=of,
        sentences=tuple(_sentences(form, kinds, answered, of, enough)),
    )


def _kinds(form: ExperienceForm, answers: Mapping[str, str]) -> dict[str, str]:
    """Question -> kind of its answer, of those that were given."""
    known = {a.id: a.kind for a in form.answers}
    asked_ids = {q.id for q in form.questions}
    for question, answer in answers.items():
        if question not in asked_ids:
            raise ValueError(f"{form.key} has no question “{question}”.")
        if answer not in known:
            raise ValueError(f"{question} has no answer “{answer}”; choose {', '.join(known)}.")
    return {question: known[answer] for question, answer in answers.items()}


def _sentences(
    form: ExperienceForm, kinds: Mapping[str, str], answered: int, of: int, enough: bool
) -> Iterable[str]:
    if not of:
        yield "None of the questions applies to this family."
    elif not enough:
        yield f"{answered} of the {of} questions that apply were answered: too few for a figure."
    else:
        good = sum(kind == "good" for kind in kinds.values())
        yield f"{good} of {answered} answers say that it went well ({of} questions apply)."
    poor = [q.short for q in form.questions if kinds.get(q.id) == "poor"]
    if poor:
        yield f"What did not go well: {'; '.join(poor)}."
    yield NEVER_BLENDED


def together(form: ExperienceForm, replies: Iterable[Mapping[str, str]]) -> Replies:
    """What all families said, question by question and over all.

    Over all: the share of replies in which at least `well_from` of the answers are good, because
    one family's answers are not independent of one another and must not be pooled as if they were
    (methods.md, 3a.1). No figure rests on fewer than `least_replies`.
    Errors: ValueError for a question or an answer that the form does not have.
    """
    given = [dict(reply) for reply in replies]
    kinds = [_kinds(form, reply) for reply in given]
    shares = [share for reply in given if (share := dial(form, reply).share) is not None]
    well = sum(share >= form.well_from for share in shares)
    return Replies(
        replies=len(given) if len(given) >= form.least_replies else None,
        overall=_result(form, "", "Over all", well, len(shares)),
        questions=tuple(
            _result(form, q.id, q.short, *_counts(kind.get(q.id) for kind in kinds))
            for q in form.questions
        ),
    )


def _counts(kinds: Iterable[str | None]) -> tuple[int, int]:
    """Good answers, and answers that count."""
    counted = [kind for kind in kinds if kind in ("good", "poor")]
    return counted.count("good"), len(counted)


def _result(form: ExperienceForm, question: str, short: str, good: int, answered: int) -> Result:
    if answered < form.least_replies:
        why = f"{short}: fewer than {form.least_replies} families answered, so there is no figure."
        return Result(question, short, None, None, None, None, why)
    interval = wilson(good, answered)
    sentence = (
        f"{short}: {good} of {answered} families ({good / answered:.0%}, "
        f"likely {100 * interval.low:.0f} to {100 * interval.high:.0f})."
    )
    return Result(question, short, good, answered, good / answered, interval, sentence)
