"""Moderation of the invented year, and what writers say to audits of their plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from goldthread.core.audit.moderating import Decided, Due, due, stamp, summary
from goldthread.core.audit.signed import SignedAudit
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.moderation import Panel, decide, open_where_due
from goldthread.records.actions.replies import answer_reply, give_reply
from goldthread.records.models import Audit, Decision, Moderation
from goldthread.records.queries.audits import get_audit
from goldthread.records.queries.moderation import WHOLE
from goldthread.records.queries.standing import standing
from goldthread.records.references import new_reference
from goldthread.records.scope import Here

AFTER = dt.timedelta(days=6)
"""From signing to the panel's decision."""
RECENT = dt.timedelta(days=7)
"""Audits that can be replied to."""
FOLLOWED, WAITING = 3, 4
"""Doubles of the last month in which the panel follows the second auditor, and audits that wait."""


def moderate_year(stage: Stage, audits: Sequence[Audit]) -> None:
    """What was due is decided, and most of it left as it was; the last few wait."""
    second = {row.line_id: row for row in audits if row.purpose == "double"}
    first = [row for row in audits if row.purpose != "double"]
    last = [row for row in first if row.signed_at and row.signed_at.month == _last_month(first)]
    doubled = [row for row in last if row.line_id in second][:FOLLOWED]
    waiting = [row for row in last if row not in doubled][:WAITING]
    for row in first:
        if row not in doubled and row not in waiting:
            _kept(stage, row, second.get(row.line_id))
    for row in (*doubled, *waiting):
        _open(stage, row)
    for row in doubled:
        _follow(stage, row, second[row.line_id])


def _last_month(first: Sequence[Audit]) -> int:
    signed = first[-1].signed_at
    return signed.month if signed else 0


def _due(stage: Stage, row: Audit, second: Audit | None) -> Due | None:
    framework = stage.demonstration.plan_framework
    return due(framework, row.purpose, standing(row), standing(second) if second else None)


def _kept(stage: Stage, row: Audit, second: Audit | None) -> None:
    """The panel looked, and the first auditor's answers stand."""
    found = _due(stage, row, second)
    if found is None or row.signed_at is None:
        return
    was, when = summary(standing(row)), row.signed_at + AFTER
    lead, words = stage.one("quality-lead"), stage.demonstration.words
    made = Moderation.objects.create(
        authority_id=stage.code, reference=new_reference("M"), audit=row, second=second,
        why=found.why, state="decided", before=was, after=was, opened_at=row.signed_at,
        decided_at=when, decided_by_id=lead.member,
    )  # fmt: skip
    first, other = _values(standing(row)), _values(standing(second)) if second else {}
    pen = Random(f"panel/{row.line_id}")  # noqa: S311 - invention, not secrecy
    rows = [
        Decision(
            authority_id=stage.code, moderation=made, criterion=criterion, first=first[criterion],
            second=other.get(criterion, ""), value=first[criterion],
            reason=pen.choice(words.panel),
        )
        for criterion in found.criteria
    ]  # fmt: skip
    whole = Decision(
        authority_id=stage.code, moderation=made, criterion=WHOLE, reason=words.panel_whole
    )
    Decision.objects.bulk_create([*rows, whole])


def _values(signed: SignedAudit) -> dict[str, str]:
    return {j.criterion: str(j.value) for j in signed.judgements}


def _open(stage: Stage, row: Audit) -> None:
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        open_where_due(lead, row, stage.demonstration.plan_framework)


def _follow(stage: Stage, row: Audit, second: Audit) -> None:
    """The panel takes the second auditor's answers to what it must decide."""
    found = _due(stage, row, second)
    waits = Moderation.objects.filter(audit=row, state="waiting").first()
    if found is None or waits is None:
        return
    was, other = standing(row), standing(second)
    answers = {j.criterion: j.value for j in other.judgements}
    reason = stage.demonstration.words.panel_other
    decided = tuple(Decided(c, answers[c], reason) for c in found.criteria if c in answers)
    panel = Panel(decided, stage.demonstration.words.panel_whole, seen=stamp(was, other))
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        decide(lead, waits.reference, panel, stage.demonstration.plan_framework)


def reply_to_audits(stage: Stage) -> None:
    """One writer's reply was answered, another's waits."""
    lead, words = stage.one("quality-lead"), stage.demonstration.words
    answered, waits = words.replies[:2]
    given = [
        _reply(stage, writer, said)
        for writer, said in zip(stage.all("plan-writer"), (answered, waits), strict=False)
    ]
    if first := given[0] if given else "":
        with stage.acting(lead):
            answer_reply(lead, first, "kept", words.reply_answer)


def _reply(stage: Stage, writer: Here, said: str) -> str:
    """To the newest audit of a plan of theirs; empty where there is none in time."""
    signed = Audit.objects.filter(
        plan__writer_id=writer.member, subject="plan", state="signed", purpose="sample",
        signed_at__date__gte=stage.demonstration.today - RECENT,
    )  # fmt: skip
    row = signed.order_by("-signed_at", "-pk").first()
    if row is None:
        return ""
    with stage.acting(writer):
        audit = get_audit(writer, row.reference)
        asked = [j.criterion for j in standing(row).judgements]
        return give_reply(writer, audit, said, ["F2-quantified"], asked)
