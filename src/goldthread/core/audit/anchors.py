"""Anchor plans: invented plans that every auditor marks, with the answers agreed beforehand.

One YAML file and one text each, in `samples/anchors/<edition>/<id>/`. Source: methods, d.1, d.2 and
d.6. The agreed answers are content like any other: each has its reason, and what a reason quotes
must stand in the plan or in the standard.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from goldthread.core.audit.audit import Blank, Questions, graded, questions
from goldthread.core.audit.judgement import Judgement, Value, check_value
from goldthread.core.audit.owning import AuditAgency
from goldthread.core.audit.signed import Subject
from goldthread.core.framework.applicability import Setting
from goldthread.core.framework.criterion import Criterion, CriterionId, DocumentStatus
from goldthread.core.framework.framework import Framework, Key
from goldthread.core.framework.grade import Compliance, Grade
from goldthread.core.framework.scale import BandId
from goldthread.core.frozen import Content, Slug

POINTERS = re.compile(
    r"Sections? [A-K]|\b(in|of|from|and) [B-K]\b|\bH[12]\b|\b[FG][0-9]\b"
    r"|Outcomes? [0-9]|Needs? [0-9]"
)
"""Ways in which a reason points to a place of the plan without quoting it."""
AS_OF = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Agreed answers belong to nobody and to no moment; a judgement wants one."""


class Agreed(Content):
    """The agreed answer to one question.

    `also`: other answers that say the same by the standard's own words (“2” and “no such need” for
    a nil) and count as the same; `arguable`: what a careful reader might give as well, which counts
    as what it is, one apart.
    """

    answer: Value
    reason: str = Field(min_length=20)
    """One or two sentences that quote the plan, or point to the place, and the descriptor."""
    also: tuple[Value, ...] = ()
    arguable: tuple[Value, ...] = ()


class AnchorFacts(Content):
    """What decides which questions apply, as of the day on which the plan is marked."""

    status: DocumentStatus
    year: int = Field(ge=-2, le=15)
    age: int = Field(ge=0, le=25)
    setting: Setting = ""
    profiles: tuple[Slug, ...] = ()


class AgreedGrade(Content):
    """What the agreed answers come to; written down so that a change shows in a review."""

    index: float = Field(ge=0, le=100)
    compliance: Compliance
    band: BandId
    capped: BandId


class Anchor(Content):
    """`anchor.yaml`. Title and kind are shown before marking, so they say nothing of quality."""

    id: Slug
    title: str
    kind: str
    framework: Key
    as_at: dt.date
    """The day that the marker thinks of as today: ages and reviews are counted to it."""
    facts: AnchorFacts
    teaches: str
    """Shown after marking: what this plan is there to teach."""
    answers: Mapping[CriterionId, Agreed]
    grade: AgreedGrade
    author: str
    checker: str = "none yet"
    next_review: dt.date
    valid_from: dt.date
    valid_to: dt.date | None = None
    source: str


@dataclass(frozen=True)
class AnchorParagraph:
    """One paragraph of the plan. `number` from 1; `section`: its letter, empty outside of all."""

    number: int
    section: str
    text: str
    heading: bool = False
    bullet: str = ""


@dataclass(frozen=True)
class AnchorPlan:
    """An anchor with its plan. `text`: the file as written; `titles`: letter -> its heading, in
    the order of the plan; `paragraphs`: the text as it was read."""

    anchor: Anchor
    text: str
    titles: Mapping[str, str]
    paragraphs: tuple[AnchorParagraph, ...]

    @property
    def id(self) -> str:
        return self.anchor.id

    @property
    def words(self) -> int:
        return sum(len(p.text.split()) for p in self.paragraphs)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what makes two markings comparable: the plan's words, the questions that its
        facts ask, and the agreed answers. A reason may be worded better without voiding marks."""
        said = {
            "framework": self.anchor.framework,
            "as_at": self.anchor.as_at.isoformat(),
            "facts": self.anchor.facts.model_dump(mode="json"),
            "text": self.text,
            "answers": {
                c: [a.answer, sorted(map(str, a.also))] for c, a in self.anchor.answers.items()
            },
        }
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def blank_of(anchor: Anchor, agency: AuditAgency | Literal[""] = "") -> Blank:
    """The audit of this anchor, blind, of one agency's questions or of all."""
    facts = anchor.facts
    about = Subject("plan", facts.status, facts.year, facts.age, facts.setting, facts.profiles)
    return Blank(anchor.framework, about, agency=agency)


def agreed_grade(framework: Framework, anchor: Anchor) -> Grade:
    """The grade of the agreed answers, by the software and never by whoever agreed them."""
    asked = questions(framework, blank_of(anchor))
    given = (
        Judgement(criterion, agreed.answer, "agreed", "all", AS_OF)
        for criterion, agreed in anchor.answers.items()
    )
    return graded(framework, (), asked, given, None)


def faults_of(framework: Framework, plan: AnchorPlan) -> tuple[str, ...]:
    """All that is wrong with an anchor, a sentence each; none when it may be used."""
    anchor = plan.anchor
    if framework.key != anchor.framework:
        return (f"{anchor.id}: it is for {anchor.framework}, not for {framework.key}.",)
    asked = questions(framework, blank_of(anchor))
    found = [*_unasked(anchor, asked)]
    for criterion in asked.criteria:
        if agreed := anchor.answers.get(criterion.id):
            found += _faults_of_answer(framework, plan, criterion, agreed)
    if not found:
        found += _faults_of_grade(framework, anchor)
    return tuple(f"{anchor.id}: {fault}" for fault in found)


def _unasked(anchor: Anchor, asked: Questions) -> Iterator[str]:
    ids = {c.id for c in asked.criteria}
    for criterion in asked.criteria:
        if criterion.id not in anchor.answers:
            yield f"{criterion.id} has no agreed answer; add one with its reason."
    for stray in sorted(anchor.answers.keys() - ids):
        yield f"{stray} is not asked of this plan; remove its answer."


def _faults_of_answer(
    framework: Framework, plan: AnchorPlan, criterion: Criterion, agreed: Agreed
) -> Iterator[str]:
    others = (*agreed.also, *agreed.arguable)
    for value in (agreed.answer, *others):
        try:
            check_value(value, criterion, framework)
        except ValueError as error:
            yield str(error)
    if agreed.answer in others or len(set(others)) < len(others):
        yield f"{criterion.id}: one answer is given twice; keep it once."
    text, standard = _plain(plan.text), _plain(" ".join(_standard(framework, criterion)))
    quotes = quotes_in(agreed.reason)
    for quote in quotes:
        if _plain(quote) not in text and _plain(quote) not in standard:
            yield (
                f"{criterion.id}: “{quote}” stands neither in the plan nor in the standard; quote "
                "it exactly."
            )
    if not any(_plain(q) in text for q in quotes) and not POINTERS.search(agreed.reason):
        yield f"{criterion.id}: the reason quotes nothing and points to no place of the plan."


def _standard(framework: Framework, criterion: Criterion) -> Iterator[str]:
    """What the standard says of a question, which a reason may quote as well."""
    yield criterion.question
    yield criterion.why
    yield from criterion.descriptors.values()
    yield from criterion.look_for
    yield from framework.families.get(criterion.family, {}).values()


def _faults_of_grade(framework: Framework, anchor: Anchor) -> Iterator[str]:
    found, said = agreed_grade(framework, anchor), anchor.grade
    worked_out = (found.index, found.compliance, found.band, found.capped)
    if worked_out != (said.index, said.compliance, said.band, said.capped):
        yield (
            f"the grade of the agreed answers is index {found.index}, {found.compliance}, "
            f"{found.band}, after caps {found.capped}; write that."
        )


def quotes_in(reason: str) -> tuple[str, ...]:
    """The stretches between “ and ”, the outer ones where one stands in another."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(reason):
        if sign == "“":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif sign == "”" and depth:
            depth -= 1
            if not depth:
                found.append(reason[start:place])
    return tuple(found)


def _plain(text: str) -> str:
    """Without what a quotation may change: spaces, capitals, the stop at its end, cell borders."""
    return " ".join(text.casefold().split()).strip(" .,;:")
