"""A year of invented audits that were signed month by month before the demonstration began.

Samples are drawn as anybody draws them; audits are written whole, many at once, because sixteen
thousand answers one by one would take minutes. Dates lie in the month that they stand for.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random

from django.utils import timezone

from goldthread.core.audit.audit import questions, sign
from goldthread.core.audit.judgement import Judgement, MachineSeen, parse_value
from goldthread.core.audit.sharing import AGENCIES, AuditAgency, share
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.demonstration import DemoAudited, DemoMark, Marks
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.records.actions.audits import wordless
from goldthread.records.actions.counting import count_many
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.retention import months_before
from goldthread.records.actions.samples import DrawAsked, draw_sample
from goldthread.records.log import record
from goldthread.records.models import Answer, Audit, Part, Plan, Sample, SampleLine
from goldthread.records.queries.audits import blank_of
from goldthread.records.queries.frames import FrameAsked, choose, frame_of
from goldthread.records.references import new_reference
from goldthread.records.scope import Here

MONTHS = 12
PROFESSIONALS: tuple[AuditAgency, ...] = ("education", "health", "social-care")
COMMENTED = 0.06
"""Share of answers with a comment beyond those that need one."""
SECONDS = (12, 45)


@dataclass(frozen=True)
class _Marked:
    """One audit of the year: who marks for each agency, in their order."""

    line: SampleLine
    month: int
    signed: dt.datetime
    auditors: tuple[Here, ...]
    second: bool


def audit_year(stage: Stage) -> list[Audit]:
    """Twelve monthly random samples, the last of the month before today's, all signed: the audits
    in the order of months, second ones beside their first."""
    wanted = [marked for month in range(MONTHS) for marked in _month(stage, month)]
    marks = stage.demonstration.year.marks(_audited(wanted))
    framework = stage.demonstration.plan_framework
    rows = [_write(stage, marked, marks, framework) for marked in wanted]
    count_many(rows, lambda _: framework)
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        for month in range(MONTHS):
            number = sum(marked.month == month for marked in wanted)
            record(lead, "demo.month", subject=f"{_first(stage, month):%Y-%m}", audits=number)
    return rows


def _first(stage: Stage, month: int) -> dt.date:
    return months_before(stage.demonstration.today.replace(day=1), MONTHS - month)


def _month(stage: Stage, month: int) -> list[_Marked]:
    """The month's sample, with auditors in turn; the first lines are marked twice."""
    lines = _drawn(stage, month)
    turns = {agency: _in_turn(stage, agency, month) for agency in PROFESSIONALS}
    wanted: list[_Marked] = []
    for place, line in enumerate(lines):
        signed = _moment(stage, month, place, len(lines))
        first = tuple(next(turns[agency]) for agency in PROFESSIONALS)
        wanted.append(_Marked(line, month, signed, first, second=False))
        if place < stage.demonstration.year.doubles_a_month:
            again = tuple(_other(stage, here, month + place) for here in first)
            wanted.append(_Marked(line, month, signed, again, second=True))
    return wanted


def _drawn(stage: Stage, month: int) -> list[SampleLine]:
    """Main lines of a random draw as it would have been made on the second of the month."""
    lead, day = stage.one("quality-lead"), _first(stage, month) + dt.timedelta(days=1)
    frame = FrameAsked(fresh=MONTHS, keys=("phase",))
    with stage.acting(lead):
        seen = frame_of(choose(lead, frame, day), frame).digest
        size = stage.demonstration.year.plans_a_month
        asked = DrawAsked(frame, size=size, seen=seen)
        reference = draw_sample(lead, asked, day)
        Sample.objects.filter(reference=reference).update(
            state="allotted", drawn_at=_at(day, 10), due_on=day + dt.timedelta(days=27)
        )
        main = SampleLine.objects.filter(sample__reference=reference, role="main")
        return list(main.select_related("plan__identity", "sample").order_by("pk"))


def _in_turn(stage: Stage, agency: str, month: int) -> Iterator[Here]:
    held = _auditors(stage, agency)
    return cycle(held[month % len(held) :] + held[: month % len(held)])


def _auditors(stage: Stage, agency: str) -> list[Here]:
    return [here for here in stage.all("auditor") if here.agency == agency]


def _other(stage: Stage, first: Here, turn: int) -> Here:
    """A second auditor of the same agency, everybody in turn."""
    others = [here for here in _auditors(stage, first.agency) if here.member != first.member]
    return others[turn % len(others)]


def _at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def _moment(stage: Stage, month: int, place: int, of: int) -> dt.datetime:
    """Spread over the working part of the month."""
    day = _first(stage, month) + dt.timedelta(days=5 + 20 * place // of)
    return _at(day, 11, place % 60)


def _audited(wanted: Sequence[_Marked]) -> list[DemoAudited]:
    """Each plan once, with all who mark it."""
    found: dict[str, DemoAudited] = {}
    for marked in wanted:
        plan: Plan = marked.line.plan
        before = found.get(plan.reference)
        names = tuple(here.name for here in marked.auditors)
        if before is None:
            found[plan.reference] = DemoAudited(
                plan.reference, marked.month, names, plan.need, plan.team
            )
        else:
            found[plan.reference] = replace(before, auditors=(*before.auditors, *names))
    return list(found.values())


def _write(stage: Stage, marked: _Marked, marks: Marks, framework: Framework) -> Audit:
    """The audit with its parts and answers, signed."""
    row = _row(stage, marked, framework)
    blank = blank_of(row)
    asked = questions(framework, blank)
    shared = share(framework, asked, PROFESSIONALS)
    pen = Random(f"year/{row.line_id}/{marked.second}")  # noqa: S311 - invention, not secrecy
    by_agency = {here.agency: here for here in marked.auditors}
    said: dict[str, tuple[Here, DemoMark]] = {}
    for criterion in asked.criteria:
        here = by_agency[shared[criterion.id]]
        said[criterion.id] = here, marks[marked.line.plan.reference, here.name, criterion.id]
    judgements = [_judgement(stage, pen, c, *said[c.id], row, framework) for c in asked.criteria]
    lead = by_agency["education"]
    wordlessly = [wordless(stage.code, judgement) for judgement in judgements]
    signed = sign(framework, blank, wordlessly, f"member {lead.member}", marked.signed)
    keep_signed(row, signed, lead)
    keep_parts(stage, row, marked.auditors, judgements, pen)
    return row


def _row(stage: Stage, marked: _Marked, framework: Framework) -> Audit:
    plan: Plan = marked.line.plan
    facts = {"status": "amended" if plan.amended_on else "final", "year": plan.year}
    return Audit(
        authority_id=stage.code, reference=new_reference("A"), plan=plan, line=marked.line,
        purpose="double" if marked.second else "sample", framework=framework.key, facts=facts,
        mode="blind", made_at=marked.signed - dt.timedelta(days=4),
        due_on=marked.line.sample.due_on, state="signed",
    )  # fmt: skip


def _judgement(
    stage: Stage, pen: Random, criterion: Criterion, here: Here, mark: DemoMark, row: Audit,
    framework: Framework,
) -> Judgement:  # fmt: skip
    must = mark.value == "cannot-decide" or (bool(criterion.gate) and mark.value in ("0", "1"))
    comments = stage.demonstration.words.comments.get(mark.value, ())
    comment = pen.choice(comments) if comments and (must or pen.random() < COMMENTED) else ""
    machine = mark.machine
    seen = machine is not None and MachineSeen(
        machine, "met" if machine >= 2 else "mend", "after"
    )  # fmt: skip
    return Judgement(
        criterion.id, parse_value(mark.value, criterion, framework), f"member {here.member}",
        here.agency, row.made_at + dt.timedelta(days=1), comment=comment, machine=seen or None,
    )  # fmt: skip


def keep_signed(row: Audit, signed: SignedAudit, lead: Here) -> None:
    """What signing puts into the audit's row, which is saved later."""
    row.signed, row.digest = json.loads(signed.to_json()), signed.digest
    row.signed_at, row.signed_by_id = signed.at, lead.member
    row.band, row.index = signed.grade.capped or "", signed.grade.index
    row.compliance = signed.grade.compliance


def keep_parts(
    stage: Stage, row: Audit, people: Sequence[Here], judgements: Sequence[Judgement], pen: Random
) -> None:
    """Saves the audit, the part of each of its people (the lead's first), and their answers."""
    seconds: Mapping[str, int] = {
        agency: sum(pen.randint(*SECONDS) for j in judgements if j.agency == agency)
        for agency in AGENCIES
    }
    row.seconds = sum(seconds.values())
    row.save()
    parts = {
        here.agency: Part(
            authority_id=stage.code, audit=row, agency=here.agency, auditor_id=here.member,
            lead=here is people[0], state="done", allotted_at=row.made_at, opened_at=row.made_at,
            done_at=row.signed_at, seconds=seconds[here.agency],
        )
        for here in people
    }  # fmt: skip
    Part.objects.bulk_create(parts.values())
    Answer.objects.bulk_create(_answer(stage, row, parts[j.agency], j) for j in judgements)


def _answer(stage: Stage, row: Audit, part: Part, judgement: Judgement) -> Answer:
    seen = judgement.machine
    machine = {"value": seen.value, "state": seen.state, "when": seen.when} if seen else {}
    return Answer(
        authority_id=stage.code, audit=row, part=part, criterion=judgement.criterion,
        value=str(judgement.value), first=str(judgement.value), comment=judgement.comment,
        machine=machine, answered_by_id=part.auditor_id, answered_at=judgement.at,
    )  # fmt: skip
