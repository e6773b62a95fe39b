"""An authority with signed audits in bulk, counted as signing counts them; all invented."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from goldthread.core.audit.audit import Blank, Subject, questions, sign
from goldthread.core.audit.signed import SignedAudit
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.counting import count_many
from goldthread.records.models import Answer, Audit, Document, Part, Plan, Sample, SampleLine
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, scope
from tests.judgements import NOON, best, judgement

ADVICE = "advice@2026.1"


@dataclass(frozen=True)
class Made:
    """One signed audit to be made. `level`: 0 to 1, how good; `answers` for single questions."""

    month: dt.date
    level: float = 0.7
    auditor: Here | None = None
    writer: int | None = None
    draw: str = "random"
    facts: tuple[tuple[str, str], ...] = ()
    """Of the plan: need, team and so on."""
    answers: tuple[tuple[str, int], ...] = ()
    profession: str = ""
    requested_on: dt.date | None = None
    dated_on: dt.date | None = None


@lru_cache(maxsize=4000)
def signed_audit(
    framework: str, level: int, seed: int, answers: tuple[tuple[str, int], ...], profession: str
) -> SignedAudit:
    """Every question answered by chance, the better the higher the level (0 to 20)."""
    chance = random.Random(seed)
    edition = shared_framework(framework)
    kind: Any = "advice" if profession else "plan"
    blank = Blank(edition.key, Subject(kind, "final", year=5, age=9, profession=profession))
    fixed = dict(answers)
    given = [
        judgement(c.id, fixed.get(c.id, _answer(chance, level / 20, best(c))))
        for c in questions(edition, blank).criteria
    ]
    return sign(edition, blank, given, "lead-1", NOON)


def _answer(chance: random.Random, level: float, most: int) -> int:
    if chance.random() < level:
        return min(most, 2 + (chance.random() < 0.3))
    return chance.choice((0, 1, 1))


def fill(here: Here, made: Sequence[Made], words: str = "") -> list[str]:
    """The audits of `made`, signed and counted; their references.

    `words`: a question whose answers at 0 or 1 are there as rows, with quotes and remarks.
    """
    code = here.authority
    with scope(authority=code):
        lines = _lines(code, made)
        plans = Plan.objects.bulk_create([
            Plan(authority_id=code, reference=new_reference("P"), writer_id=m.writer,
                 issued_on=m.month, **dict(m.facts))
            for m in made
        ])  # fmt: skip
        documents = Document.objects.bulk_create([
            Document(authority_id=code, reference=new_reference("D"), plan=plan,
                     kind="advice" if m.profession else "plan", status="final",
                     profession=m.profession, author_id=m.writer if m.profession else None,
                     requested_on=m.requested_on, dated_on=m.dated_on)
            for m, plan in zip(made, plans, strict=True)
        ])  # fmt: skip
        rows = [
            _audit(code, number, m, plan, document, lines.get(m.draw))
            for number, (m, plan, document) in enumerate(zip(made, plans, documents, strict=True))
        ]
        Audit.objects.bulk_create(rows)
        parts = Part.objects.bulk_create([
            Part(authority_id=code, audit=row, agency="education", lead=True, state="done",
                 auditor_id=m.auditor.member if m.auditor else None)
            for m, row in zip(made, rows, strict=True)
        ])  # fmt: skip
        if words:
            _answers(code, rows, parts, words)
        count_many(rows, shared_framework)
    return [row.reference for row in rows]


def _lines(code: str, made: Sequence[Made]) -> dict[str, SampleLine]:
    """A line of a sample of each way of drawing, which the audits share."""
    lines = {}
    for mode in {m.draw for m in made} & {"thematic", "risk-led"}:
        sample = Sample.objects.create(
            authority_id=code, reference=new_reference("S"), title=mode, mode=mode,
            subject="plan", framework="ehc-ref@2026.1", period="2026-11", frame="", salt="",
            frame_digest="", seed="",
        )  # fmt: skip
        lines[mode] = SampleLine.objects.create(
            authority_id=code, sample=sample, reference="P-AAAAAAA", stratum="", order=1,
            role="main",
        )  # fmt: skip
    return lines


def _audit(
    code: str, number: int, m: Made, plan: Plan, document: Document, line: SampleLine | None
) -> Audit:
    framework = ADVICE if m.profession else "ehc-ref@2026.1"
    found = signed_audit(framework, round(20 * m.level), number % 60, m.answers, m.profession)
    purpose = {"random": "sample"}.get(m.draw, m.draw)
    return Audit(
        authority_id=code, reference=new_reference("A"), plan=plan, document=document, line=line,
        purpose=purpose, subject=found.subject.kind, framework=framework, mode="blind",
        facts={"status": "final", "year": 5}, state="signed",
        signed=json.loads(found.to_json()), digest=found.digest,
        signed_at=dt.datetime(m.month.year, m.month.month, 15, 12, tzinfo=dt.UTC),
        band=found.grade.capped or "", index=found.grade.index, compliance=found.grade.compliance,
    )  # fmt: skip


def _answers(code: str, rows: Sequence[Audit], parts: Sequence[Part], criterion: str) -> None:
    Answer.objects.bulk_create([
        Answer(authority_id=code, audit=row, part=part, criterion=j["criterion"],
               value=str(j["value"]), comment=f"Invented remark on {row.reference}.",
               evidence=[{"document": "", "paragraph": 1, "start": 0, "end": 20,
                          "quote": "Invented words of a plan.", "section": "F"}])
        for row, part in zip(rows, parts, strict=True)
        for j in row.signed["judgements"] if j["criterion"] == criterion and j["value"] in (0, 1)
    ])  # fmt: skip
