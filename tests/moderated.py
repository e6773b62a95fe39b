"""Signed audits with the answers a test wants, alone or as two blind ones of one plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.audits import sign_audit
from goldthread.records.models import Answer, Audit, Part, Plan, Sample, SampleLine
from goldthread.records.queries.audits import get_audit
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, scope
from goldthread.web.work.asking import form_of
from tests.audits import a_document, a_plan_of
from tests.people import a_person

Answers = Mapping[str, str]
SEEN = "Seen where one would look for it."


@dataclass(frozen=True)
class Pair:
    """Two blind audits of one plan, each answered whole; references, and who is to sign them."""

    plan: Plan
    first: str
    second: str
    first_by: Here
    second_by: Here
    writer: Here
    author: Here


def a_pair(code: str, first: Answers | None = None, second: Answers | None = None) -> Pair:
    """Every question at 2 but for what is given; ready to sign, and nobody has signed."""
    one = a_person("auditor", code=code, name=f"Ilse Marrow {code}")
    other = a_person("auditor", code=code, name=f"Odhran Pike {code}")
    writer = a_person("plan-writer", code=code, name=f"Wren Tallis {code}")
    author = a_person("adviser", code=code, name=f"Ada Quill {code}")
    plan = a_plan_of(one, writer_id=writer.member, need="SLCN", team="North")
    kept = a_document(plan, author_id=author.member)
    with scope(authority=code):
        line = _line(code, plan)
        fields = {"plan": plan, "document": kept, "line": line}
        made = [
            _answered(here, purpose, answers or {}, fields)
            for here, purpose, answers in ((one, "sample", first), (other, "double", second))
        ]
    return Pair(plan, *made, one, other, writer, author)


def _line(code: str, plan: Plan) -> SampleLine:
    sample = Sample.objects.create(
        authority_id=code, reference=new_reference("S"), title="November", mode="random",
        subject="plan", framework="ehc-ref@2026.1", period="2026-11", frame="", frame_digest="0",
        salt="s", seed="0",
    )  # fmt: skip
    return SampleLine.objects.create(
        authority_id=code, sample=sample, plan=plan, reference=plan.reference, stratum="all",
        order=1, role="main",
    )  # fmt: skip


def _answered(here: Here, purpose: str, answers: Answers, fields: Mapping[str, object]) -> str:
    """An audit of one part, ready to sign."""
    owner = {"authority_id": here.authority}
    audit = Audit.objects.create(
        **owner, reference=new_reference("A"), framework="ehc-ref@2026.1", mode="blind",
        facts={"status": "final", "year": 4, "age": 9}, purpose=purpose, state="ready", **fields,
    )  # fmt: skip
    part = Part.objects.create(
        **owner, audit=audit, agency="education", auditor_id=here.member, lead=True, state="done",
        done_at=timezone.now(),
    )  # fmt: skip
    with scope(authority=here.authority, person=here.person):
        asked = form_of(get_audit(here, audit.reference)).questions.criteria
    Answer.objects.bulk_create(
        Answer(
            **owner, audit=audit, part=part, criterion=c.id, value=answers.get(c.id, "2"),
            first=answers.get(c.id, "2"), answered_by_id=here.member,
            comment=f"{SEEN} {purpose}" if c.id in answers else "",
            machine={"value": 1, "state": "look", "when": "after"} if c.id in answers else {},
        )
        for c in asked
    )  # fmt: skip
    return str(audit.reference)


def sign(here: Here, reference: str) -> None:
    """By the lead auditor, as the page does."""
    with scope(authority=here.authority, person=here.person):
        audit = get_audit(here, reference)
        sign_audit(here, audit, shared_framework(audit.blank.framework_key))


def a_signed_audit(code: str, answers: Answers | None = None) -> str:
    """Of a plan drawn at random, by one auditor; its reference."""
    here = a_person("auditor", code=code, name=f"Petra Lowe {code}")
    plan = a_plan_of(here)
    with scope(authority=code):
        fields = {"plan": plan, "line": _line(code, plan)}
        audit = _answered(here, "sample", answers or {}, fields)
    sign(here, audit)
    return audit


def a_signed_pair(code: str, first: Answers | None = None, second: Answers | None = None) -> Pair:
    """Both signed, the second last."""
    pair = a_pair(code, first, second)
    sign(pair.first_by, pair.first)
    sign(pair.second_by, pair.second)
    return pair


def signed_days_ago(reference: str, days: int, code: str) -> None:
    """As if the audit had been signed so long ago."""
    with scope(authority=code):
        Audit.objects.filter(reference=reference).update(
            signed_at=timezone.now() - dt.timedelta(days=days)
        )
