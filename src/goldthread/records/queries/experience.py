"""What families were asked, and what they said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from goldthread.records.models import Experience
from goldthread.records.scope import Here
from goldthread.records.sealing import keyed_digest

WHO = {"parent-carer": "Parent or carer", "young-person": "Child or young person"}


@dataclass(frozen=True)
class Asked:
    """One link. `state`: open, answered, expired, withdrawn."""

    id: int
    plan: str
    who: str
    state: str
    made_at: dt.datetime
    expires_at: dt.datetime | None
    answered_at: dt.datetime | None


@dataclass(frozen=True)
class Link:
    """An open link, to whoever holds it. `form`: “family-experience@2026.1”."""

    id: int
    who: str
    form: str


@dataclass(frozen=True)
class Said:
    """What one family said: question -> answer."""

    who: str
    answers: Mapping[str, str]
    comment: str
    form: str = ""


def asked(here: Here, most: int = 500) -> tuple[Asked, ...]:
    """The links made last."""
    return _asked(Q(), most)


def replies_of(here: Here, plan: int) -> tuple[Asked, ...]:
    """The links of one plan, the newest first; what was said is not in them."""
    return _asked(Q(plan=plan), 100)


def _asked(which: Q, most: int) -> tuple[Asked, ...]:
    rows = Experience.objects.filter(which).select_related("plan").order_by("-id")[:most]
    return tuple(
        Asked(r.pk, r.plan.reference if r.plan else "", r.who, _state(r), r.made_at, r.expires_at,
              r.answered_at)
        for r in rows
    )  # fmt: skip


def _state(row: Experience) -> str:
    if row.answered_at is not None:
        return "answered"
    if not row.digest:
        return "withdrawn"
    return "expired" if row.expires_at and row.expires_at <= timezone.now() else "open"


def said(here: Here, form: str) -> tuple[Said, ...]:
    """All replies to one edition of the form, in no order that tells whose they are."""
    rows = Experience.objects.filter(form=form, answered_at__isnull=False)
    found = [Said(r.who, r.answers, r.comment) for r in rows]
    return tuple(sorted(found, key=lambda s: (s.comment, sorted(s.answers.items()))))


def reply_of(here: Here, experience: int) -> Said | None:
    """The one reply that an audit points to, for those who see plans and what families said."""
    if not (here.can("see-experience") and here.can("see-plans")):
        return None
    row = Experience.objects.filter(pk=experience, answered_at__isnull=False).first()
    return Said(row.who, row.answers, row.comment, row.form) if row else None


def digest_of(authority: str, token: str) -> str:
    """What is kept of a link."""
    return keyed_digest(authority, f"experience\0{token}")


def find_link(authority: str, token: str) -> Link | None:
    """The open link with this token; None when it was used, withdrawn, ran out or never was.

    Call it in the authority's scope; nobody is signed in.
    """
    row = Experience.objects.filter(
        digest=digest_of(authority, token), answered_at=None, expires_at__gt=timezone.now()
    ).first()
    return Link(row.pk, row.who, row.form) if row else None
