"""Signed audits whose marks and truth are known: `simulated_marks` written as stored audits."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from goldthread.core.audit.audit import questions, sign
from goldthread.core.audit.judgement import Judgement, MachineSeen
from goldthread.records.models import Audit, Sample, SampleLine
from goldthread.records.references import new_reference
from goldthread.records.scope import scope
from goldthread.simulation.audits import (
    Settings,
    SimulatedCriterion,
    SimulatedMarks,
    SimulatedPlan,
    simulated_marks,
)
from tests.judgements import BLANK, REFERENCE
from tests.people import NORTH

ASKED = questions(REFERENCE, BLANK).criteria
CRITERIA = [SimulatedCriterion(c.id, c.family, c.weight) for c in ASKED]
OWN = {c.id: c.agencies[0] if c.agencies[0] in ("health", "social-care") else "education"
       for c in ASKED}  # fmt: skip


def plans_of(members: Sequence[int], number: int, doubles: int) -> list[SimulatedPlan]:
    """Plans over the last eleven months, each auditor in turn; the first `doubles` go to two."""
    made = []
    for at in range(number):
        first = members[at % len(members)]
        second = members[(at + 1 + at // len(members) % (len(members) - 1)) % len(members)]
        people = (first, second) if at < doubles else (first,)
        made.append(SimulatedPlan(at, at * 11 // number, people))
    return made


def a_sample(code: str = NORTH, mode: str = "random") -> int:
    with scope(authority=code):
        row = Sample.objects.create(
            authority_id=code, reference=new_reference("S"), title="Drawn", mode=mode,
            subject="plan", framework=REFERENCE.key, period="2026-11", frame="", salt="s",
            frame_digest="0" * 64, seed="0" * 64,
        )  # fmt: skip
        return int(row.pk)


def stored(
    simulated: SimulatedMarks, code: str = NORTH, *, seen: str = "after",
    agencies: Mapping[int, str] | None = None, **fields: Any,
) -> dict[Any, list[str]]:  # fmt: skip
    """Every plan of the marks as one or two signed audits of a drawn line; plan -> references.

    `seen`: whether the machine was seen before or after the answer; `agencies`: auditor -> agency,
    who then answers only its own questions, and those of one plan make one audit for each agency.
    """
    sample = a_sample(code, fields.pop("drawn", "random"))
    held: dict[Any, dict[Any, list[Judgement]]] = {}
    for mark in simulated.marks:
        agency = (agencies or {}).get(mark.judge, "")
        if not agency or OWN[mark.criterion] == agency:
            given = _judgement(mark, seen, agency or "education")
            held.setdefault(mark.plan, {}).setdefault(mark.judge, []).append(given)
    months = {mark.plan: mark.month for mark in simulated.marks}
    with scope(authority=code):
        lines = _lines(sample, code, held)
        rows = [
            _audit(code, lines[plan], months[plan], place > 0, given, fields)
            for plan, people in held.items()
            for place, given in enumerate(_audits(people, agencies))
        ]
        Audit.objects.bulk_create(rows)
    found: dict[Any, list[str]] = {}
    plan_of = {line.pk: plan for plan, line in lines.items()}
    for row in rows:
        found.setdefault(plan_of[row.line_id], []).append(row.reference)
    return found


def _audits(
    people: Mapping[Any, list[Judgement]], agencies: Mapping[int, str] | None
) -> list[list[Judgement]]:
    """Each person's answers are an audit; where agencies share, the first of each make one."""
    if agencies is None:
        return list(people.values())
    first: list[Judgement] = []
    second: list[Judgement] = []
    had = set()
    for judge, given in people.items():
        (second if agencies[judge] in had else first).extend(given)
        had.add(agencies[judge])
    return [first, second] if second else [first]


def _judgement(mark: Any, seen: str, agency: str) -> Judgement:
    value = "no-such-need" if mark.value == "not-applicable" else mark.value
    machine = (
        None if mark.machine is None
        else MachineSeen(mark.machine, "met" if mark.machine > 1 else "mend", seen)  # type: ignore[arg-type]
    )  # fmt: skip
    return Judgement(
        mark.criterion, value, f"member {mark.judge}", agency, timezone.now(),
        comment="Said.", machine=machine,
    )  # fmt: skip


def _lines(sample: int, code: str, plans: Iterable[Any]) -> dict[Any, SampleLine]:
    rows = {
        plan: SampleLine(
            authority_id=code, sample_id=sample, reference=new_reference("P"), stratum="all",
            order=at, role="main",
        )
        for at, plan in enumerate(plans)
    }  # fmt: skip
    SampleLine.objects.bulk_create(rows.values())
    return rows


def _audit(
    code: str, line: SampleLine, month: int, second: bool, given: list[Judgement],
    fields: Mapping[str, Any],
) -> Audit:  # fmt: skip
    at = timezone.now() - dt.timedelta(days=30 * (10 - month) + 1)
    signed = _signed(given, at)
    return Audit(**{
        "authority_id": code, "reference": new_reference("A"), "line": line,
        "purpose": "double" if second else "sample", "framework": REFERENCE.key, "mode": "blind",
        "state": "signed", "signed": json.loads(signed), "digest": "0" * 64, "signed_at": at,
        **({} if second else fields),
    })  # fmt: skip


def _signed(given: list[Judgement], at: dt.datetime) -> str:
    """Signed whole; a part of the questions keeps the grade of all at 2, and its own answers."""
    if len(given) == len(ASKED):
        return sign(REFERENCE, BLANK, given, given[0].by, at).to_json()
    whole = json.loads(_template(at))
    from goldthread.core.audit.judgement import judgement_record

    return json.dumps(whole | {"judgements": [judgement_record(j) for j in given]})


def _template(at: dt.datetime) -> str:
    from tests.judgements import signed

    return signed().to_json()


def a_simulated_year(
    members: Sequence[int], number: int = 120, doubles: int = 30, seed: int = 1,
    **settings: Any,
) -> SimulatedMarks:  # fmt: skip
    """Marks of a year by these members."""
    return simulated_marks(plans_of(members, number, doubles), CRITERIA, Settings(**settings), seed)
