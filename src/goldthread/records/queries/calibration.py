"""Marks of anchor plans: one's own, those of an authority's auditors, and as values to compare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.audit.audit import Blank
from goldthread.core.audit.judgement import Value
from goldthread.records.models import Part
from goldthread.records.queries.audits import ANCHOR, blank_of
from goldthread.records.scope import Here

CLOSED = ("signed", "withdrawn")


@dataclass(frozen=True)
class AnchorAudit:
    """One person's marking of one anchor plan. `digest`: of the anchor as it was when they began;
    `values`: criterion -> answer, empty until it is signed; `name`: for those who may see it."""

    reference: str
    anchor: str
    digest: str
    agency: str
    blank: Blank
    state: str
    member: int
    name: str
    due_on: dt.date | None
    signed_at: dt.datetime | None
    answered: int
    values: Mapping[str, Value]

    @property
    def signed(self) -> bool:
        return self.state == "signed"


@dataclass(frozen=True)
class AnchorMark:
    """One answer to one question of an anchor plan, and the agreed one. `same`: it is the agreed
    answer, or says the same by the standard's own words."""

    member: int
    agency: str
    audit: str
    anchor: str
    criterion: str
    value: Value
    agreed: Value
    same: bool
    when: dt.datetime


def my_anchors(here: Here) -> tuple[AnchorAudit, ...]:
    """This person's own markings, the newest first; none that were withdrawn."""
    here.check("calibrate")
    if here.member is None:
        return ()
    return tuple(_row(p, "") for p in _parts().filter(auditor_id=here.own))


def all_anchors(here: Here) -> tuple[AnchorAudit, ...]:
    """Everybody's markings, by name, for whoever may see how strict each is."""
    here.check("see-strictness")
    parts = _parts().exclude(auditor=None).order_by("auditor__person__name", "-audit__made_at")
    return tuple(_row(p, p.auditor.person.name if p.auditor else "") for p in parts)


def anchor_marks(here: Here, plans: Iterable[AnchorPlan]) -> tuple[AnchorMark, ...]:
    """Every signed mark of these anchors as they are now, the oldest first.

    Marks of an anchor that was changed since are left out: they are of another plan (methods, d.6).
    """
    here.check("see-trust")
    known = {(plan.id, plan.digest): plan for plan in plans}
    signed = _parts().filter(audit__state="signed").exclude(auditor=None)
    rows = [_row(p, "") for p in signed.order_by("audit__signed_at", "pk")]
    return tuple(
        mark for row in rows if (plan := known.get((row.anchor, row.digest)))
        for mark in _marks(row, plan)
    )  # fmt: skip


def _marks(row: AnchorAudit, plan: AnchorPlan) -> Iterable[AnchorMark]:
    for criterion, value in row.values.items():
        agreed = plan.anchor.answers.get(criterion)
        if agreed is not None and row.signed_at is not None:
            same = value == agreed.answer or value in agreed.also
            yield AnchorMark(
                row.member, row.agency, row.reference, row.anchor, criterion, value, agreed.answer,
                same, row.signed_at,
            )  # fmt: skip


def _parts() -> QuerySet[Part]:
    return (
        Part.objects.filter(audit__purpose=ANCHOR)
        .exclude(audit__state="withdrawn")
        .select_related("audit", "auditor__person")
        .annotate(answered=Count("answers", filter=~Q(answers__value="")))
        .order_by("-audit__made_at", "-pk")
    )


def _row(part: Part, name: str) -> AnchorAudit:
    audit = part.audit
    judgements = audit.signed["judgements"] if audit.signed else ()
    return AnchorAudit(
        reference=audit.reference,
        anchor=audit.anchor,
        digest=audit.facts.get("digest", ""),
        agency=part.agency,
        blank=blank_of(audit),
        state=audit.state,
        member=part.auditor_id or 0,
        name=name,
        due_on=audit.due_on,
        signed_at=audit.signed_at,
        answered=part.answered,
        values={j["criterion"]: j["value"] for j in judgements},
    )
