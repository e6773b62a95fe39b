"""How invented auditors answer: near what the machine suggested, and not always with it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from goldthread.core.audit.audit import questions
from goldthread.core.audit.sharing import share
from goldthread.core.demonstration import DemoPaper
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.report.check_record import AnswerRecord, ParagraphRecord
from goldthread.records.actions.answers import Given, save_answer
from goldthread.records.actions.audits import finish_part, sign_audit
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.queries.audits import AnswerRow, AuditRow, get_audit
from goldthread.records.scope import Here

UNDECIDED = "cannot-decide"
WAVERS, GIVES_UP = 0.22, 0.02
"""Shares of answers that depart from the machine's by one, and that cannot be decided."""
COMMENTS, QUOTES = 0.12, 0.3
"""Shares of answers with a comment, and with words of the document."""
ALONE = ((3, 2), (2, 6), (1, 3), (0, 1))
"""Answer and weight, where the machine had none."""
LONGEST = 240
SECONDS = (15, 110)


def answer_part(
    stage: Stage, audit: AuditRow, here: Here, agency: str, share_done: float = 1.0
) -> None:
    """Answers a part, or the first share of it; a whole part is finished too."""
    framework = framework_of(stage, audit)
    asked = _asked(framework, audit, agency)
    wanted = asked[: max(1, round(len(asked) * share_done))]
    paper = stage.papers.get(audit.document_reference)
    rng = _pen(stage, audit)
    with stage.acting(here):
        for criterion in wanted:
            given = _given(stage, rng, criterion, audit.document_reference, paper)
            save_answer(here, audit, agency, given, AnswerRow(criterion.id))
        if share_done >= 1:
            finish_part(here, audit, agency, [criterion.id for criterion in asked])


def sign(stage: Stage, audit: AuditRow) -> None:
    """The lead auditor signs."""
    lead = next(part for part in audit.parts if part.lead)
    here = stage.member(lead.auditor)
    with stage.acting(here):
        now = get_audit(here, audit.reference)
        sign_audit(here, now, framework_of(stage, audit))


def framework_of(stage: Stage, audit: AuditRow) -> Framework:
    if audit.blank.subject.kind == "advice":
        return stage.demonstration.advice_framework
    return stage.demonstration.plan_framework


def _asked(framework: Framework, audit: AuditRow, agency: str) -> list[Criterion]:
    every = questions(framework, audit.blank)
    shared = share(framework, every, audit.agencies)  # type: ignore[arg-type]
    return [c for c in every.criteria if shared[c.id] == agency]


def _pen(stage: Stage, audit: AuditRow) -> Random:
    """Of the audit's own, so that a second auditor wavers elsewhere than the first."""
    return Random(f"{stage.demonstration.seed}/{audit.id}")  # noqa: S311 - invention, not secrecy


def _given(
    stage: Stage, rng: Random, criterion: Criterion, document: str, paper: DemoPaper | None
) -> Given:
    machine = _machine(criterion, paper)
    value = _value(rng, criterion, machine)
    must = value == UNDECIDED or (bool(criterion.gate) and value in ("0", "1"))
    comments = stage.demonstration.words.comments[value]
    evidence = _evidence(rng, criterion, document, paper) if rng.random() < QUOTES else None
    return Given(
        criterion=criterion.id,
        value=value,
        comment=rng.choice(comments) if must or rng.random() < COMMENTS else "",
        evidence=(evidence,) if evidence else (),
        seconds=rng.randint(*SECONDS),
        machine={"value": machine.answer, "state": machine.state} if machine else {},
    )


def _machine(criterion: Criterion, paper: DemoPaper | None) -> AnswerRecord | None:
    if paper is None:
        return None
    return next((a for a in paper.record.answers if a.criterion == criterion.id), None)


def _value(rng: Random, criterion: Criterion, machine: AnswerRecord | None) -> str:
    if rng.random() < GIVES_UP:
        return UNDECIDED
    if machine is None or machine.answer is None:
        values, weights = zip(*ALONE, strict=True)
        near = rng.choices(values, weights)[0]
    else:
        near = machine.answer + (rng.choice((-1, 1)) if rng.random() < WAVERS else 0)
    return str(min(max(near, 0), max(int(value) for value in criterion.descriptors)))


def _evidence(
    rng: Random, criterion: Criterion, document: str, paper: DemoPaper | None
) -> Mapping[str, Any] | None:
    """A paragraph of the question's own section, quoted from its beginning to a whole word."""
    if paper is None:
        return None
    held = [p for p in paper.record.paragraphs if _tells(p, criterion)]
    if not held:
        return None
    paragraph = rng.choice(held)
    end = len(paragraph.text)
    if end > LONGEST:
        end = paragraph.text.rfind(" ", 0, LONGEST)
    return {
        "document": document, "paragraph": paragraph.number, "start": 0, "end": end,
        "quote": paragraph.text[:end], "section": paragraph.section,
    }  # fmt: skip


def _tells(paragraph: ParagraphRecord, criterion: Criterion) -> bool:
    mine = paragraph.section.startswith(criterion.section) or criterion.section not in "ABCDEFGHIJK"
    return mine and len(paragraph.text) > 40
