"""Replies to signed audits: who may give one until when, what waits for an answer, and what became
of it. Names are for whoever may see people; a writer never reads who audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.core.audit.replying import Window, window
from goldthread.records.models import Audit, Membership, Moderation, Reply, Settings
from goldthread.records.scope import Here

Who = Literal["writer", "adviser"]
PURPOSES = ("sample", "thematic", "risk-led", "draft")
"""Audits that may be replied to: not second marks, anchors, or what came from spreadsheets."""
NEWS = dt.timedelta(days=30)
"""How long an answer is news on the page of one's work."""


@dataclass(frozen=True)
class ReplyRow:
    """One reply. `by` and `answered_by`: names, for whoever may see people; `mine`: by who looks;
    `words` and `answer` are empty once they are no longer kept."""

    id: int
    reference: str
    audit: str
    audit_id: int
    plan: str
    framework: str
    who: Who
    by: str
    mine: bool
    criteria: tuple[str, ...]
    words: str
    state: str
    outcome: str
    answer: str
    moderation: str
    said_at: dt.datetime
    answered_at: dt.datetime | None
    answered_by: str


@dataclass(frozen=True)
class Right:
    """An audit to which somebody may reply, or might have: `given` names their reply, if any."""

    audit: str
    plan: str
    subject: str
    who: Who
    window: Window
    given: str = ""

    def open_on(self, day: dt.date) -> bool:
        return not self.given and self.window.open_on(day)


def _rows(here: Here) -> QuerySet[Reply]:
    relations = ("audit__plan", "member__person", "answered_by__person", "moderation")
    return Reply.objects.select_related(*relations).filter(authority_id=here.authority).defer(
        "audit__signed", "audit__standing", "audit__facts"
    )  # fmt: skip


def get_reply(here: Here, reference: str) -> ReplyRow:
    """One's own reply; any, for who answers them. Errors: ObjectDoesNotExist."""
    rows = _rows(here)
    if not here.can("moderate"):
        rows = rows.filter(member_id=here.own)
    return _row(rows.get(reference=reference), here)


def unanswered(here: Here) -> tuple[ReplyRow, ...]:
    """Replies that wait for an answer or for a panel, the oldest first; none for somebody who does
    not answer them."""
    if not here.can("moderate"):
        return ()
    rows = _rows(here).filter(state="waiting").order_by("said_at", "pk")
    return tuple(_row(row, here) for row in rows)


def my_replies(here: Here) -> tuple[ReplyRow, ...]:
    """One's own that wait, and those answered lately, the newest first."""
    if here.member is None or not here.can("reply"):
        return ()
    since = timezone.now() - NEWS
    rows = _rows(here).filter(Q(state="waiting") | Q(answered_at__gte=since), member_id=here.own)
    return tuple(_row(row, here) for row in rows.order_by("-said_at", "-pk"))


def replies_to(here: Here, audit: int) -> tuple[ReplyRow, ...]:
    """All replies to an audit, for who answers them; one's own, for others. The oldest first."""
    rows = _rows(here).filter(audit_id=audit)
    if not here.can("moderate"):
        rows = rows.filter(member_id=here.own)
    return tuple(_row(row, here) for row in rows.order_by("said_at", "pk"))


def of_moderation(here: Here, moderation: int) -> tuple[ReplyRow, ...]:
    """The replies that a moderation answers. Errors: NotAllowed."""
    here.check("moderate")
    rows = _rows(here).filter(moderation_id=moderation).order_by("said_at", "pk")
    return tuple(_row(row, here) for row in rows)


def _row(row: Reply, here: Here) -> ReplyRow:
    return ReplyRow(
        id=row.pk, reference=row.reference, audit=row.audit.reference, audit_id=row.audit_id,
        plan=row.audit.plan.reference if row.audit.plan else "", framework=row.audit.framework,
        who=row.who, by=_name(row.member, here),
        mine=row.member_id is not None and row.member_id == here.member,
        criteria=tuple(row.criteria), words=row.words, state=row.state, outcome=row.outcome,
        answer=row.answer, moderation=row.moderation.reference if row.moderation else "",
        said_at=row.said_at, answered_at=row.answered_at,
        answered_by=_name(row.answered_by, here),
    )  # fmt: skip


def _name(member: Membership | None, here: Here) -> str:
    shown = member is not None and (here.can("see-people") or member.pk == here.member)
    return member.person.name if member is not None and shown else ""


def right_of(here: Here, audit: int) -> Right | None:
    """This person's right to reply to an audit; None where it is not of their own work."""
    return next(iter(_rights(here, Q(pk=audit))), None)


def may_reply(here: Here) -> tuple[Right, ...]:
    """Audits to which this person may reply today, the most urgent first."""
    days, today = _days(here), timezone.localdate()
    recent = Q()
    if days:
        since = timezone.now() - dt.timedelta(days=days + 1)
        recent = Q(signed_at__gte=since) | Q(moderations__decided_at__gte=since)
    found = [right for right in _rights(here, recent) if right.open_on(today)]
    last = dt.date.max
    return tuple(sorted(found, key=lambda right: (right.window.until or last, right.audit)))


def _rights(here: Here, which: Q) -> Iterable[Right]:
    if here.member is None or not here.can("reply"):
        return
    writes, advised = Q(plan__writer=here.own, subject="plan"), Q(document__author=here.own)
    rows = list(
        Audit.objects.filter(which, writes | advised, authority_id=here.authority,
                             state="signed", purpose__in=PURPOSES)
        .select_related("plan")
        .defer("signed", "standing", "facts")
        .distinct()
    )  # fmt: skip
    changes, mine, days = _changes(rows), _mine(here, rows), _days(here)
    zone = timezone.get_current_timezone()
    for row in rows:
        if row.signed_at is None:
            continue
        found = window(row.signed_at, changes.get(row.pk, ()), days, zone)
        given = [ref for ref, at in mine.get(row.pk, ()) if at >= found.since]
        wrote = row.plan is not None and row.plan.writer_id == here.member and row.subject == "plan"
        yield Right(
            row.reference, row.plan.reference if row.plan else "", row.subject,
            "writer" if wrote else "adviser", found, given[0] if given else "",
        )  # fmt: skip


def _changes(rows: Iterable[Audit]) -> Mapping[int, list[dt.datetime]]:
    """Audit -> when moderation changed what counts of it."""
    found: dict[int, list[dt.datetime]] = {}
    decided = Moderation.objects.filter(audit__in=[row.pk for row in rows], state="decided")
    for audit, at, before, after in decided.values_list("audit", "decided_at", "before", "after"):
        if at is not None and before["digest"] != after["digest"]:
            found.setdefault(audit, []).append(at)
    return found


def _mine(here: Here, rows: Iterable[Audit]) -> Mapping[int, list[tuple[str, dt.datetime]]]:
    found: dict[int, list[tuple[str, dt.datetime]]] = {}
    given = Reply.objects.filter(audit__in=[row.pk for row in rows], member_id=here.own)
    for audit, reference, at in given.order_by("pk").values_list("audit", "reference", "said_at"):
        found.setdefault(audit, []).append((reference, at))
    return found


def _days(here: Here) -> int:
    return Settings.objects.only("reply_days").get(authority_id=here.authority).reply_days
