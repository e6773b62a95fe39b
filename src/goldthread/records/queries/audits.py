"""Audits as people may see them: their own parts, their own plans, or all of an authority's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from goldthread.core.audit.audit import Blank
from goldthread.core.audit.judgement import Evidence, Judgement, MachineSeen
from goldthread.core.audit.signed import Subject
from goldthread.records.models import Answer, Audit, Part
from goldthread.records.scope import Here

ANCHOR = "anchor"
"""Purpose of an audit of an invented anchor plan: it is never one of those that figures count."""


@dataclass(frozen=True)
class AnswerRow:
    """An answer as it stands; `version` 0 when there is none yet."""

    criterion: str
    value: str = ""
    first: str = ""
    comment: str = ""
    evidence: tuple[Mapping[str, Any], ...] = ()
    machine: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    at: dt.datetime | None = None


@dataclass(frozen=True)
class PartRow:
    """One agency's part."""

    id: int
    agency: str
    state: str
    lead: bool
    auditor: int | None
    auditor_name: str = ""
    mine: bool = False
    seconds: int = 0
    done_at: dt.datetime | None = None


@dataclass(frozen=True)
class AuditRow:
    """One audit with its parts; what it asks is said by `blank`."""

    id: int
    reference: str
    plan: str
    """The plan's reference; empty once it was erased."""
    plan_id: int | None
    document: int | None
    document_reference: str
    blank: Blank
    purpose: str
    state: str
    due_on: dt.date | None
    parts: tuple[PartRow, ...] = ()
    sample: str = ""
    band: str = ""
    index: float | None = None
    compliance: str = ""
    digest: str = ""
    signed: Mapping[str, Any] | None = None
    standing: Mapping[str, Any] | None = None
    """What counts since moderation; None where `signed` does."""
    signed_at: dt.datetime | None = None
    experience: int | None = None
    answered: int = 0
    anchor: str = ""
    """Id of the invented anchor plan that is marked; empty for an audit."""

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(part.agency for part in self.parts)

    def part(self, agency: str) -> PartRow | None:
        return next((p for p in self.parts if p.agency == agency), None)


def visible(here: Here) -> QuerySet[Audit]:
    """The audits this person may open.

    All of them with “see-audits”; else those with a part of theirs, and those, once signed, of
    plans they wrote or of advice they gave. Of anchor plans only their own, whatever their role.
    """
    # A sample's frame is a line a plan: thousands, which no page of an audit wants.
    rows = Audit.objects.select_related("plan", "document", "line__sample").defer(
        "line__sample__frame", "line__sample__sizes", "line__sample__why", "line__sample__asked"
    )
    rows = rows.filter(~Q(purpose=ANCHOR) | _own_anchors(here))
    if here.can("see-audits"):
        return rows
    own = Q(pk__in=Part.objects.filter(auditor_id=here.own).values("audit"))
    if here.can("see-own-plans"):
        own |= _own_work(here)
    return rows.filter(own)


def _own_anchors(here: Here) -> Q:
    """A person's own marks of anchor plans, but for earlier ones of a plan that they are marking
    again: what they said before would lead them."""
    mine = Part.objects.filter(auditor_id=here.own, audit__purpose=ANCHOR)
    mine = mine.exclude(auditor_id=None)
    again = mine.exclude(audit__state__in=("signed", "withdrawn")).values("audit__anchor")
    earlier = Q(state__in=("signed", "withdrawn"), anchor__in=again)
    return Q(purpose=ANCHOR, pk__in=mine.values("audit")) & ~earlier


def get_audit(here: Here, reference: str) -> AuditRow:
    """One audit. Errors: Audit.DoesNotExist, also when it may not be seen."""
    return audit_row(visible(here).get(reference=reference), here)


def audit_row(row: Audit, here: Here) -> AuditRow:
    """An audit's row as a value; the query should have selected its relations."""
    parts = Part.objects.filter(audit=row).select_related("auditor__person")
    return AuditRow(
        id=row.pk,
        reference=row.reference,
        plan=row.plan.reference if row.plan else "",
        plan_id=row.plan_id,
        document=row.document_id,
        document_reference=row.document.reference if row.document else "",
        blank=blank_of(row),
        purpose=row.purpose,
        state=row.state,
        due_on=row.due_on,
        parts=tuple(_part_row(p, here) for p in _in_order(parts)),
        sample=row.line.sample.reference if row.line else "",
        band=row.band,
        index=row.index,
        compliance=row.compliance,
        digest=row.digest,
        signed=row.signed,
        standing=row.standing,
        signed_at=row.signed_at,
        experience=row.experience_id,
        anchor=row.anchor,
    )


def _in_order(parts: Iterable[Part]) -> list[Part]:
    """The lead's part first."""
    return sorted(parts, key=lambda part: (not part.lead, part.pk))


def blank_of(row: Audit) -> Blank:
    """What this audit asks, from the facts it was made with; once signed, from those it was signed
    with, which stay when the plan's own are erased."""
    facts = dict(row.signed["subject"] if row.signed else row.facts)
    asked = row.signed or row.facts
    subject = Subject(
        kind=row.subject,
        status=facts.get("status", "unknown"),
        year=facts.get("year"),
        age=facts.get("age"),
        setting=facts.get("setting", ""),
        profiles=tuple(facts.get("profiles", ())),
        profession=facts.get("profession", ""),
    )
    agency = asked.get("agency", "")
    return Blank(row.framework, subject, tuple(row.themes), row.mode, agency)


def _part_row(part: Part, here: Here) -> PartRow:
    named = part.auditor is not None and (here.can("see-people") or part.auditor_id == here.member)
    return PartRow(
        id=part.pk,
        agency=part.agency,
        state=part.state,
        lead=part.lead,
        auditor=part.auditor_id,
        auditor_name=part.auditor.person.name if named else "",
        mine=part.auditor_id is not None and part.auditor_id == here.member,
        seconds=part.seconds,
        done_at=part.done_at,
    )


def answers_of(audit: AuditRow, part: PartRow | None = None) -> dict[str, AnswerRow]:
    """Criterion -> answer, of the whole audit or of one part."""
    rows = Answer.objects.filter(audit_id=audit.id)
    if part is not None:
        rows = rows.filter(part_id=part.id)
    return {row.criterion: answer_row(row) for row in rows}


def answer_row(row: Answer) -> AnswerRow:
    return AnswerRow(
        criterion=row.criterion, value=row.value, first=row.first, comment=row.comment,
        evidence=tuple(row.evidence), machine=row.machine, version=row.version, at=row.answered_at,
    )  # fmt: skip


def judgements_of(audit: AuditRow) -> tuple[Judgement, ...]:
    """Everything answered so far, as the core's values, with their words."""
    agencies = {part.id: part.agency for part in audit.parts}
    rows = Answer.objects.filter(audit_id=audit.id).exclude(value="")
    return tuple(_judgement(row, agencies[row.part_id]) for row in rows)


def _judgement(row: Answer, agency: str) -> Judgement:
    machine = row.machine
    return Judgement(
        criterion=row.criterion,
        value=value_of(row.value),
        by=f"member {row.answered_by_id}",
        agency=agency,
        at=row.answered_at,
        evidence=tuple(Evidence(**place) for place in row.evidence),
        comment=row.comment,
        first=value_of(row.first) if row.first and row.first != row.value else None,
        machine=MachineSeen(machine["value"], machine["state"], machine["when"])
        if machine
        else None,
    )


def value_of(said: str) -> Any:
    """“2” as 2; a reason code or “cannot-decide” as it is."""
    return int(said) if said.isdigit() else said


@dataclass(frozen=True)
class WorkRow:
    """One part that waits for somebody."""

    audit: str
    plan: str
    agency: str
    state: str
    due_on: dt.date | None
    subject: str
    purpose: str
    answered: int
    lead: bool
    audit_state: str
    seconds: int
    blank: Blank
    agencies: tuple[str, ...]
    """Of all parts, the lead's first: with `blank` they say what this part asks."""
    anchor: str = ""

    @property
    def to_sign(self) -> bool:
        return self.lead and self.audit_state == "ready"


def my_parts(here: Here) -> tuple[WorkRow, ...]:
    """The parts allotted to this person that are not signed or withdrawn, by due date."""
    rows = (
        Part.objects.filter(auditor_id=here.own)
        .exclude(audit__state__in=("signed", "withdrawn"))
        .select_related("audit__plan")
        .prefetch_related("audit__parts")
        .annotate(answered=Count("answers", filter=~Q(answers__value="")))
        .order_by("audit__due_on", "audit__reference")
    )
    return tuple(
        WorkRow(
            audit=p.audit.reference, plan=p.audit.plan.reference if p.audit.plan else "",
            agency=p.agency, state=p.state, due_on=p.audit.due_on, subject=p.audit.subject,
            purpose=p.audit.purpose, answered=p.answered, lead=p.lead, audit_state=p.audit.state,
            seconds=p.seconds, blank=blank_of(p.audit),
            agencies=tuple(part.agency for part in _in_order(p.audit.parts.all())),
            anchor=p.audit.anchor,
        )
        for p in rows
    )  # fmt: skip


def about_my_work(here: Here, most: int = 20) -> tuple[ListRow, ...]:
    """Signed audits of the plans this person wrote and the advice they gave, the newest first;
    without second marks, which are there to compare auditors."""
    if not here.can("see-own-plans"):
        return ()
    rows = visible(here).filter(_own_work(here)).exclude(purpose="double")
    rows = rows.defer("signed", "standing", "facts")
    return tuple(_list_row(row) for row in rows.order_by("-signed_at")[:most])


def _own_work(here: Here) -> Q:
    mine = Q(plan__writer=here.own, subject="plan") | Q(document__author=here.own)
    return mine & Q(state="signed")


@dataclass(frozen=True)
class ListRow:
    """One line of a list of audits."""

    reference: str
    plan: str
    subject: str
    purpose: str
    state: str
    due_on: dt.date | None
    signed_at: dt.datetime | None
    band: str
    index: float | None
    compliance: str
    sample: str
    themes: tuple[str, ...]
    framework: str


def audits(here: Here, *, states: Iterable[str] = (), sample: str = "", only: Q | None = None,
           first: int = 0, most: int = 50) -> tuple[int, tuple[ListRow, ...]]:  # fmt: skip
    """How many there are, and those from `first` on, the newest first; none of anchor plans.

    `only`: those behind a figure (`queries/quality.behind_figure`).
    """
    rows = visible(here).exclude(purpose=ANCHOR).order_by("-made_at", "-pk")
    if only is not None:
        rows = rows.filter(only)
    if states:
        rows = rows.filter(state__in=tuple(states))
    if sample:
        rows = rows.filter(line__sample__reference=sample)
    found = rows.defer("signed", "standing", "facts")[first : first + most]
    return rows.count(), tuple(_list_row(row) for row in found)


def _list_row(row: Audit) -> ListRow:
    return ListRow(
        reference=row.reference, plan=row.plan.reference if row.plan else "", subject=row.subject,
        purpose=row.purpose, state=row.state, due_on=row.due_on, signed_at=row.signed_at,
        band=row.band, index=row.index, compliance=row.compliance,
        sample=row.line.sample.reference if row.line else "", themes=tuple(row.themes),
        framework=row.framework,
    )  # fmt: skip
