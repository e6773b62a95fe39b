"""Samples of the demonstration: drawn, allotted, and some of their audits answered and signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.http import urlencode

from goldthread.core.demonstration import Demonstration
from goldthread.core.framework.framework import Framework
from goldthread.records.actions.allotting import allot_sample
from goldthread.records.actions.demo_answers import answer_part, sign
from goldthread.records.actions.demo_plans import add_papers
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.samples import DrawAsked, draw_sample
from goldthread.records.models import Audit
from goldthread.records.queries.allotting import AllotAsked, auditors, preview
from goldthread.records.queries.audits import AuditRow, get_audit
from goldthread.records.queries.frames import FrameAsked, choose, frame_of
from goldthread.records.queries.samples import SampleView, get_sample
from goldthread.records.scope import Here

DRAWN, THEMATIC, ADVICE = 24, 6, 6
PROFESSIONALS = ("education", "health", "social-care")
WITH_FAMILIES = 12
"""Lines of the random sample in which parent carers answer too."""
SIGNED, UNDER_WAY, COMPARED = 8, 8, 3
"""Its audits that are signed and begun, and second audits that are signed."""
DUE = dt.timedelta(days=28)


def audit_samples(stage: Stage) -> None:
    """A random sample of plans, one on a theme, and a random one of advice."""
    _random(stage)
    _thematic(stage)
    _advice(stage)


def _random(stage: Stage) -> None:
    frame = FrameAsked(fresh=12, keys=("phase",))
    asked = DrawAsked(
        frame, size=DRAWN,
        address=_address(subject="plan", mode="random", fresh="12", key="phase", size=str(DRAWN)),
    )  # fmt: skip
    sample = _draw(stage, asked)
    drawn = [stage.number_of(line.reference) for line in _view(stage, sample).to_audit]
    add_papers(stage, [n for n in drawn if n not in stage.numbers_with_papers])
    plan = stage.demonstration.plan_framework
    _allot(stage, sample, plan, (*PROFESSIONALS, "parent-carer"), WITH_FAMILIES, 0.25)
    _allot(stage, sample, plan, PROFESSIONALS, DRAWN, 0.1)
    audits = _audits(stage, sample)
    first = [audit for audit in audits if audit.purpose != "double"]
    second = [audit for audit in audits if audit.purpose == "double"]
    for audit in (*first[:SIGNED], *second[:COMPARED]):
        _answer_all(stage, audit)
        sign(stage, audit)
    ready, *begun = first[SIGNED : SIGNED + UNDER_WAY]
    _answer_all(stage, ready)
    for place, audit in enumerate(begun, 1):
        _answer_some(stage, audit, place / (len(begun) + 1))


def _thematic(stage: Stage) -> None:
    words = stage.demonstration.words
    asked = DrawAsked(
        FrameAsked(with_document=True), "thematic", words.why_theme, ("F",), THEMATIC,
        address=_address(
            subject="plan", mode="thematic", theme="F", document="yes", size=str(THEMATIC)
        ),
    )  # fmt: skip
    sample = _draw(stage, asked)
    _allot(stage, sample, stage.demonstration.plan_framework, ("education",), THEMATIC, 0.0)
    for audit in _audits(stage, sample)[:2]:
        _answer_all(stage, audit)
        sign(stage, audit)


def _advice(stage: Stage) -> None:
    asked = DrawAsked(
        FrameAsked(subject="advice"), size=ADVICE,
        address=_address(subject="advice", mode="random", size=str(ADVICE)),
    )  # fmt: skip
    sample = _draw(stage, asked)
    _allot(stage, sample, stage.demonstration.advice_framework, ("education",), ADVICE, 0.0)
    for audit in _audits(stage, sample)[: ADVICE - 1]:
        _answer_all(stage, audit)
        sign(stage, audit)


def _address(**fields: str) -> str:
    """The steps' query, with which the page draws such a sample again."""
    return urlencode(fields)


def _draw(stage: Stage, asked: DrawAsked) -> str:
    lead, today = stage.one("quality-lead"), stage.demonstration.today
    with stage.acting(lead):
        frame = frame_of(choose(lead, asked.frame, today), asked.frame)
        size = min(asked.size, len(frame.lines))
        return draw_sample(lead, replace(asked, seen=frame.digest, size=size), today)


def _view(stage: Stage, sample: str) -> SampleView:
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        return get_sample(lead, sample)


def _allot(
    stage: Stage, sample: str, framework: Framework, agencies: Sequence[str], number: int,
    double: float,
) -> None:  # fmt: skip
    """As the page does: everybody takes what they have room for this month."""
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        most = {a.member: a.room for a in auditors(lead) if a.member != lead.member}
        due = _due(stage.demonstration)
        asked = AllotAsked(tuple(agencies), due, number, double, most)
        seen = preview(lead, get_sample(lead, sample), asked).digest
        allot_sample(lead, sample, asked, framework, seen)


def _due(demonstration: Demonstration) -> dt.date:
    return demonstration.today + DUE


def _audits(stage: Stage, sample: str) -> list[AuditRow]:
    """Those of a sample in the order in which they were made; second audits beside their first."""
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        rows = Audit.objects.filter(line__sample__reference=sample).order_by("pk")
        return [
            get_audit(lead, reference) for reference in rows.values_list("reference", flat=True)
        ]


def _answer_all(stage: Stage, audit: AuditRow) -> None:
    for part in audit.parts:
        answer_part(stage, audit, _auditor(stage, part.auditor), part.agency)


def _answer_some(stage: Stage, audit: AuditRow, share: float) -> None:
    """The first agencies have finished, one is at work, the rest have not begun."""
    steps = [n / len(audit.parts) for n in range(len(audit.parts) + 1)]
    for part, (begin, end) in zip(audit.parts, pairwise(steps), strict=True):
        done = min(1.0, max(0.0, (share - begin) / (end - begin)))
        if done:
            answer_part(stage, audit, _auditor(stage, part.auditor), part.agency, done)


def _auditor(stage: Stage, member: int | None) -> Here:
    return stage.member(member)
