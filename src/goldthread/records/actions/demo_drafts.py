"""Decisions about invented drafts, what families said, and a conflict of interest."""

from __future__ import annotations

from goldthread.core.audit.gate import Block, blocks
from goldthread.core.audit.signed import Subject
from goldthread.core.demonstration import DemoPaper
from goldthread.records.actions.conflicts import Declared, declare
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.experience import ask_family, take_answers
from goldthread.records.actions.gate import ask_manager, decide, override
from goldthread.records.models import Audit, Document
from goldthread.records.scope import Here, scope

FAMILIES, UNANSWERED = 9, 2
ASKED = "placement"
SILENT = ("prefer-not", "does-not-apply")


def decide_drafts(stage: Stage) -> None:
    """The first is ready, the next let pass, for the third a manager is asked, the fourth is
    blocked; nobody has asked about the others."""
    ready, passed, asked, blocked, *_ = (_draft(stage, number) for number in stage.drafts)
    _decide(stage, *ready)
    _decide(stage, *blocked)
    document, _, found = asked
    with stage.acting(_writer(stage, document)) as writer:
        ask_manager(writer, document.reference, found, stage.demonstration.words.ask_manager)
    document, _, found = passed
    with stage.acting(stage.one("send-manager")) as manager:
        chosen = [block.criterion for block in found]
        override(manager, document.reference, found, chosen, stage.demonstration.words.override)


def _draft(stage: Stage, number: int) -> tuple[Document, DemoPaper, tuple[Block, ...]]:
    document = Document.objects.select_related("plan").get(
        plan__reference=stage.references[number], kind="plan"
    )
    paper = stage.papers[document.reference]
    subject = Subject("plan", "draft", document.plan.year, paper.record.document.age)
    machine = {a.criterion: a for a in paper.record.answers}
    found = blocks(stage.demonstration.plan_framework, machine, {}, subject)
    return document, paper, found


def _writer(stage: Stage, document: Document) -> Here:
    return stage.member(document.plan.writer_id)


def _decide(stage: Stage, document: Document, _paper: DemoPaper, found: tuple[Block, ...]) -> None:
    with stage.acting(_writer(stage, document)) as writer:
        decide(writer, document.reference, found)


def ask_families(stage: Stage) -> None:
    """Families of plans that are audited; two have not answered yet."""
    lead, form = stage.one("quality-lead"), stage.demonstration.form
    rows = Audit.objects.filter(subject="plan").order_by("pk")
    plans = list(dict.fromkeys(rows.values_list("plan__reference", flat=True)))
    for place, plan in enumerate(plans[: FAMILIES + UNANSWERED]):
        who = "young-person" if place % 3 == 2 else "parent-carer"
        with stage.acting(lead):
            token = ask_family(lead, plan, who, form.key)
        if place < FAMILIES:
            _say(stage, token, stage.demonstration.words.families[place])


def _say(stage: Stage, token: str, comment: str) -> None:
    form, rng = stage.demonstration.form, stage.rng
    usual = [a.id for a in form.answers if a.kind in ("good", "poor")]
    answers = {
        question.id: rng.choice(SILENT)
        if rng.random() < 0.05
        else rng.choices(usual, (4, 5, 3, 1))[0]
        for question in form.questions
    }
    with scope(authority=stage.code):
        take_answers(stage.code, token, form, answers, comment)


def declare_conflict(stage: Stage) -> None:
    """An auditor has a sister at one of the schools."""
    auditor = stage.one("auditor")
    school = next(p.listed.urn for p in stage.demonstration.plans[stage.code] if p.listed.urn)
    with stage.acting(auditor):
        said = Declared(urn=school, reason=stage.demonstration.words.conflict)
        declare(auditor, auditor.member or 0, said)
