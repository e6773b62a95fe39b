"""Moderations: what waits for a panel, what it looks at, who may decide, and what was decided.

A `Decision` is about one question. Three reserved words stand in place of a question's id: no id
begins with a small letter.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.core.audit.moderating import Why
from goldthread.core.audit.signed import SignedAudit
from goldthread.records.models import Answer, Audit, Decision, Membership, Moderation, Part
from goldthread.records.queries.audits import AnswerRow, answer_row, visible
from goldthread.records.queries.standing import standing
from goldthread.records.queries.ties import ties
from goldthread.records.roles import ROLES
from goldthread.records.scope import Here

ASKED, WHOLE, OWN = "asked", "whole", "own"
"""Why somebody asked; why the panel decided as it did; why one of the auditors decided."""
RESERVED = (ASKED, WHOLE, OWN)


@dataclass(frozen=True)
class DecisionRow:
    """What was decided on one question; answers as they are kept: “2”, a reason code."""

    criterion: str
    first: str
    second: str
    value: str
    reason: str

    @property
    def changed(self) -> bool:
        return self.value != self.first


@dataclass(frozen=True)
class ModerationRow:
    """One moderation. `before` and `after`: `core.audit.moderating.summary`, empty where there is
    none yet; names only for whoever may see people."""

    id: int
    reference: str
    audit: str
    second: str
    plan: str
    framework: str
    why: Why
    state: str
    opened_at: dt.datetime
    opened_by: str
    decided_at: dt.datetime | None
    decided_by: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    decisions: tuple[DecisionRow, ...]
    """Without the reserved ones, in no order."""
    words: Mapping[str, str]
    """Reserved word -> what was written."""

    @property
    def changed(self) -> bool:
        return bool(self.after) and self.before["digest"] != self.after["digest"]


def _rows() -> QuerySet[Moderation]:
    relations = ("audit__plan", "second")
    return Moderation.objects.select_related(*relations).defer(
        "audit__signed", "audit__standing", "audit__facts", "second__signed", "second__standing",
        "second__facts",
    ).prefetch_related("decisions")  # fmt: skip


def get_moderation(here: Here, reference: str) -> ModerationRow:
    """One moderation. Errors: NotAllowed; ObjectDoesNotExist."""
    here.check("moderate")
    (row,) = _shown([_rows().get(authority_id=here.authority, reference=reference)], here)
    return row


def waiting(here: Here) -> tuple[ModerationRow, ...]:
    """Those that wait, the oldest first; none for somebody who does not moderate."""
    if not here.can("moderate"):
        return ()
    rows = _rows().filter(authority_id=here.authority, state="waiting")
    return _shown(rows.order_by("opened_at", "pk"), here)


def decided(here: Here, most: int = 20) -> tuple[ModerationRow, ...]:
    """The last that were decided. Errors: NotAllowed."""
    here.check("moderate")
    rows = _rows().filter(authority_id=here.authority, state="decided")
    return _shown(rows.order_by("-decided_at", "-pk")[:most], here)


def history(here: Here, audit: int) -> tuple[ModerationRow, ...]:
    """All moderations of one audit that this person may see, the oldest first.

    `audit`: its number, of an audit that `queries.audits.get_audit` gave.
    """
    rows = _rows().filter(authority_id=here.authority, audit_id=audit)
    return _shown(rows.order_by("opened_at", "pk"), here)


def _shown(rows: Iterable[Moderation], here: Here) -> tuple[ModerationRow, ...]:
    """Names are looked up once for all: joined to each row, they would cost more than the rows."""
    held = list(rows)
    members = {m for row in held for m in (row.opened_by_id, row.decided_by_id) if m}
    seen = members if here.can("see-people") else members & {here.own}
    named = Membership.objects.filter(pk__in=seen) if seen else Membership.objects.none()
    names: dict[int | None, str] = dict(named.values_list("pk", "person__name"))
    return tuple(_row(row, names) for row in held)


def _row(row: Moderation, names: Mapping[int | None, str]) -> ModerationRow:
    every = [
        DecisionRow(d.criterion, d.first, d.second, d.value, d.reason) for d in row.decisions.all()
    ]
    return ModerationRow(
        id=row.pk, reference=row.reference, audit=row.audit.reference,
        second=row.second.reference if row.second else "",
        plan=row.audit.plan.reference if row.audit.plan else "", framework=row.audit.framework,
        why=row.why, state=row.state, opened_at=row.opened_at,
        opened_by=names.get(row.opened_by_id, ""), decided_at=row.decided_at,
        decided_by=names.get(row.decided_by_id, ""), before=row.before, after=row.after,
        decisions=tuple(d for d in every if d.criterion not in RESERVED),
        words={d.criterion: d.reason for d in every if d.criterion in RESERVED},
    )  # fmt: skip


def _name(member: Membership | None, here: Here) -> str:
    shown = member is not None and (here.can("see-people") or member.pk == here.member)
    return member.person.name if member is not None and shown else ""


@dataclass(frozen=True)
class Given:
    """One answer of one side, with the words it rests on while they are kept."""

    row: AnswerRow
    agency: str
    by: str
    """The auditor's name, for whoever may see people."""


@dataclass(frozen=True)
class Side:
    """One of the two audits. `counts`: what counts of it now; `given`: criterion -> answer."""

    reference: str
    purpose: str
    counts: SignedAudit
    given: Mapping[str, Given]


@dataclass(frozen=True)
class Sides:
    """What the panel has before it."""

    first: Side
    second: Side | None


def sides(here: Here, row: ModerationRow) -> Sides:
    """Both audits of a moderation with their words. Errors: NotAllowed."""
    here.check("moderate")
    kept = Moderation.objects.select_related("audit", "second").get(pk=row.id)
    second = kept.second if kept.second and kept.second.state == "signed" else None
    return Sides(_side(here, kept.audit), _side(here, second) if second else None)


def _side(here: Here, row: Audit) -> Side:
    answers = Answer.objects.filter(audit=row).select_related("part", "answered_by__person")
    return Side(
        row.reference, row.purpose, standing(row),
        {a.criterion: Given(answer_row(a), a.part.agency, _name(a.answered_by, here))
         for a in answers},
    )  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """Why somebody may not decide. `last`: they answered themselves, and nobody else may decide:
    they may, and say why."""

    sentence: str = ""
    last: bool = False

    sees: bool = True
    """Whether they may read the answers: not while they mark the same plan blind."""

    @property
    def free(self) -> bool:
        return not self.sentence or self.last


TIED = "You have a tie to this plan, or declared one, so somebody else must decide."
BLIND = "You mark this plan blind yourself, and are not done: somebody else must decide."
ANSWERED = "You answered questions of these audits yourself, so somebody else must decide."
LAST = (
    "You answered questions of these audits yourself, and nobody else here may decide. You may, "
    "and must say why it could not wait for somebody else."
)


def bars(here: Here, moderations: Iterable[int]) -> dict[int, Bar]:
    """Moderation -> whether this person may decide, and if not, why."""
    rows = list(
        Moderation.objects.filter(pk__in=list(moderations))
        .select_related("audit", "second")
        .only("audit__plan", "audit__line", "audit__signed_by", "second__signed_by")
    )
    tied = ties({row.audit.plan_id for row in rows if row.audit.plan_id})
    authors = _authors(rows)
    beside = _beside(rows)
    able = _moderators(here)
    found = {}
    for row in rows:
        barred = tied.get(row.audit.plan_id or 0, frozenset()) | authors.get(row.pk, frozenset())
        answered, blind = beside[row.pk]
        found[row.pk] = _bar(here.member, barred, answered, blind, able)
    return found


def _bar(
    member: int | None,
    tied: frozenset[int],
    answered: frozenset[int],
    blind: frozenset[int],
    able: frozenset[int],
) -> Bar:
    if member is None or member in tied:
        return Bar(TIED)
    if member in blind:
        return Bar(BLIND, sees=False)
    if member in answered:
        others = able - answered - tied - blind
        return Bar(ANSWERED) if others else Bar(LAST, last=True)
    return Bar()


def _authors(rows: Iterable[Moderation]) -> dict[int, frozenset[int]]:
    """Moderation -> who wrote the audited document: it may be of no plan any more."""
    found = Moderation.objects.filter(pk__in=[row.pk for row in rows]).exclude(
        audit__document__author=None
    )
    return {pk: frozenset({author}) for pk, author in found.values_list(
        "pk", "audit__document__author")}  # fmt: skip


def _beside(rows: Iterable[Moderation]) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Moderation -> who answered either audit, and who still marks the same plan blind."""
    rows = list(rows)
    lines = {row.audit.line_id for row in rows if row.audit.line_id}
    own = {pk for row in rows for pk in (row.audit_id, row.second_id) if pk}
    parts = list(
        Part.objects.filter(Q(audit__in=own) | Q(audit__line__in=lines))
        .exclude(auditor=None)
        .values_list("auditor", "audit", "audit__line", "audit__state")
    )
    gave = list(
        Answer.objects.filter(audit__in=own)
        .exclude(answered_by=None)
        .values_list("answered_by", "audit")
        .distinct()
    )
    found = {}
    for row in rows:
        mine = {row.audit_id, row.second_id}
        answered = {m for m, audit, _, _ in parts if audit in mine}
        answered |= {m for m, audit in gave if audit in mine}
        signers = (row.audit.signed_by_id, row.second.signed_by_id if row.second else None)
        answered |= {m for m in signers if m}
        blind = {
            m for m, audit, line, state in parts
            if audit not in mine and line and line == row.audit.line_id
            and state not in ("signed", "withdrawn")
        }  # fmt: skip
        found[row.pk] = frozenset(answered), frozenset(blind)
    return found


def _moderators(here: Here) -> frozenset[int]:
    """Members who may moderate here today."""
    now = timezone.now()
    roles = [name for name, role in ROLES.items() if "moderate" in role.permissions]
    rows = Membership.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), authority_id=here.authority, ended_at=None,
        roles__overlap=roles, starts_on__lte=timezone.localdate(), person__is_active=True,
    )  # fmt: skip
    return frozenset(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class Twin:
    """The other audit of one plan that was marked twice, once both are signed."""

    reference: str
    purpose: str
    signed: SignedAudit


def twin(here: Here, audit: int) -> Twin | None:
    """The blind other audit, for whoever may see it; None before both are signed."""
    row = Audit.objects.only("line", "purpose", "state").get(pk=audit)
    if row.line_id is None or row.state != "signed":
        return None
    others = visible(here).filter(line_id=row.line_id, state="signed").exclude(pk=audit)
    if row.purpose == "double":
        others = others.exclude(purpose="double")
    else:
        others = others.filter(purpose="double")
    other = others.order_by("signed_at", "pk").first()
    return Twin(other.reference, other.purpose, signed_of(other)) if other else None


def signed_of(row: Audit) -> SignedAudit:
    """What was signed, whatever counts since."""
    return SignedAudit.from_json(json.dumps(row.signed))


def one_waits(audit: int) -> str:
    """The reference of the moderation of this audit that waits; empty where none does."""
    return (
        Moderation.objects.filter(audit_id=audit, state="waiting")
        .values_list("reference", flat=True)
        .first()
        or ""
    )


def kept_words(moderation: int) -> dict[str, Decision]:
    """Criterion or reserved word -> what is kept of it."""
    return {row.criterion: row for row in Decision.objects.filter(moderation_id=moderation)}
