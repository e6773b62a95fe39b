"""Anchor plans marked by the invented auditors, twice within the year."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.utils import timezone

from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.audit.audit import questions, sign
from goldthread.core.audit.judgement import Judgement, parse_value
from goldthread.records.actions.audits import wordless
from goldthread.records.actions.calibration import ask
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.demo_year import keep_parts, keep_signed
from goldthread.records.models import Audit
from goldthread.records.queries.audits import ANCHOR, blank_of
from goldthread.records.references import new_reference
from goldthread.records.scope import Here

AGO = (200, 100)
"""Days ago on which everybody marked."""
MARKED = 5
"""Anchors that were marked; the rest is asked for now."""
DUE = dt.timedelta(days=21)


def mark_anchors(stage: Stage) -> None:
    """Everybody who audits has marked five anchors twice, and is asked for the sixth."""
    people = [here for here in stage.all("auditor") if here.agency]
    *marked, left = stage.demonstration.year.anchors[: MARKED + 1]
    for days in AGO:
        for place, plan in enumerate(marked):
            for here in people:
                _mark(stage, here, plan, timezone.now() - dt.timedelta(days=days, hours=place))
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        members = [here.member for here in people if here.member]
        ask(lead, [left], members, stage.demonstration.today + DUE)


def _mark(stage: Stage, here: Here, plan: AnchorPlan, when: dt.datetime) -> None:
    framework = stage.demonstration.plan_framework
    facts = {**plan.anchor.facts.model_dump(mode="json"), "agency": here.agency,
             "digest": plan.digest}  # fmt: skip
    row = Audit(
        authority_id=stage.code, reference=new_reference("A"), purpose=ANCHOR, anchor=plan.id,
        framework=plan.anchor.framework, facts=facts, mode="blind", state="signed",
        made_at=when - dt.timedelta(days=2),
    )  # fmt: skip
    blank = blank_of(row)
    pen = Random(f"anchors/{plan.id}/{here.name}/{when.date()}")  # noqa: S311 - invention
    judgements = []
    for criterion in questions(framework, blank).criteria:
        agreed = plan.anchor.answers[criterion.id].answer
        value = stage.demonstration.year.anchored(here.name, criterion, agreed, pen)
        must = value == "cannot-decide" or (bool(criterion.gate) and value in ("0", "1"))
        comments = stage.demonstration.words.comments.get(value, ())
        judgements.append(
            Judgement(
                criterion.id, parse_value(value, criterion, framework), f"member {here.member}",
                here.agency, row.made_at, comment=pen.choice(comments) if must else "",
            )
        )  # fmt: skip
    words = [wordless(stage.code, judgement) for judgement in judgements]
    keep_signed(row, sign(framework, blank, words, f"member {here.member}", when), here)
    keep_parts(stage, row, [here], judgements, pen)
