"""Who is waiting for whom, over everything that audits and drafts go through, the oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from goldthread.core.audit.advice_time import last_day
from goldthread.records.models import Document, GateDecision, Membership, Moderation, Part, Reply
from goldthread.records.scope import Here

Kind = Literal[
    "not-begun", "under-way", "to-sign", "moderation", "reply", "calibration", "draft", "advice"
]
MOST = 1000
"""Of each kind; an authority that has more waiting than that has another question."""
PANEL, WRITERS = "panel", "writers"


@dataclass(frozen=True)
class Wait:
    """One thing that waits. `whom`: an agency, PANEL, WRITERS, or a profession for advice.

    `name`: of the person, for those who may see people. `reference`: of what is opened to do it,
    for those who may open it.
    """

    kind: Kind
    whom: str
    since: dt.date
    due_on: dt.date | None = None
    overdue: bool = False
    name: str = ""
    reference: str = ""


def waits(here: Here, today: dt.date | None = None) -> tuple[Wait, ...]:
    """Everything that waits, the oldest first. Errors: NotAllowed."""
    here.check("see-figures")
    day = today or timezone.localdate()
    found = [
        *_parts(here, day), *_moderations(here), *_replies(here), *_drafts(here),
        *_advice(here, day),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda w: (w.since, w.kind, w.reference)))


def _name(here: Here, member: Membership | None) -> str:
    return member.person.name if member is not None and here.can("see-people") else ""


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def _parts(here: Here, day: dt.date) -> Iterator[Wait]:
    """Parts to be answered, audits to be signed, and anchor plans to be marked."""
    rows = (
        Part.objects.filter(authority_id=here.authority)
        .exclude(audit__state__in=("signed", "withdrawn"))
        .filter(Q(audit__state="ready", lead=True) | ~Q(state="done"))
        .select_related("audit", "auditor__person")
        .only("agency", "state", "lead", "allotted_at", "opened_at", "audit__reference",
              "audit__state", "audit__purpose", "audit__due_on", "auditor__person__name")
        .order_by("allotted_at")[:MOST]
    )  # fmt: skip
    for part in rows:
        due = part.audit.due_on
        kind = _kind(part)
        opens = here.can("see-audits") and kind != "calibration"
        yield Wait(
            kind, part.agency, _day(part.opened_at or part.allotted_at), due,
            due is not None and due < day, _name(here, part.auditor),
            part.audit.reference if opens else "",
        )  # fmt: skip


def _kind(part: Part) -> Kind:
    if part.audit.purpose == "anchor":
        return "calibration"
    if part.audit.state == "ready":
        return "to-sign"
    return "not-begun" if part.state == "allotted" else "under-way"


def _moderations(here: Here) -> Iterator[Wait]:
    rows = Moderation.objects.filter(authority_id=here.authority, state="waiting")
    for row in rows.order_by("opened_at")[:MOST]:
        reference = row.reference if here.can("moderate") else ""
        yield Wait("moderation", PANEL, _day(row.opened_at), reference=reference)


def _replies(here: Here) -> Iterator[Wait]:
    rows = Reply.objects.filter(authority_id=here.authority, state="waiting")
    for row in rows.defer("words", "answer").order_by("said_at")[:MOST]:
        reference = row.reference if here.can("moderate") else ""
        yield Wait("reply", PANEL, _day(row.said_at), reference=reference)


def _drafts(here: Here) -> Iterator[Wait]:
    """Newest versions of drafts that were read and are neither ready nor let pass."""
    later = Document.objects.filter(plan=OuterRef("plan"), kind="plan", pk__gt=OuterRef("pk"))
    passed = GateDecision.objects.filter(document=OuterRef("pk"), state__in=("ready", "overridden"))
    asked = GateDecision.objects.filter(document=OuterRef("pk"), state="asked")
    rows = (
        Document.objects.filter(
            authority_id=here.authority, kind="plan", status="draft", state="read"
        )
        .filter(~Exists(later), ~Exists(passed))
        .annotate(asked=Exists(asked))
        .select_related("plan__writer__person")
        .order_by("added_at")[:MOST]
    )
    for row in rows:
        reference = row.reference if here.can("issue-drafts") else ""
        whom = PANEL if row.asked else WRITERS
        writer = None if row.asked else row.plan.writer
        yield Wait("draft", whom, _day(row.added_at), name=_name(here, writer), reference=reference)


def _advice(here: Here, day: dt.date) -> Iterator[Wait]:
    """Advice that has not come six weeks after it was asked for."""
    latest = day - (last_day(day) - day)
    rows = (
        Document.objects.filter(
            authority_id=here.authority, kind="advice", dated_on=None, requested_on__lt=latest
        )
        .filter(plan__ceased_on=None)
        .select_related("plan", "author__person")
        .order_by("requested_on")[:MOST]
    )
    for row in rows:
        reference = row.plan.reference if here.can("see-plans") else ""
        yield Wait(
            "advice", row.profession, row.requested_on, last_day(row.requested_on), True,
            _name(here, row.author), reference,
        )  # fmt: skip
