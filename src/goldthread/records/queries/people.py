"""Who has access to an authority, who is invited, and what they may not audit."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from goldthread.records.models import Conflict, Invitation, Membership
from goldthread.records.roles import AGENCIES, ROLES
from goldthread.records.scope import Here


@dataclass(frozen=True)
class Member:
    """`last_seen`: when they last signed in; `ended`: whether access has ended by now."""

    id: int
    person: int
    name: str
    email: str
    roles: tuple[str, ...]
    agency: str
    profession: str
    team: str
    capacity: int
    starts_on: dt.date
    ends_on: dt.date | None
    last_seen: dt.datetime | None
    ended: bool
    erased: bool

    @property
    def role_titles(self) -> tuple[str, ...]:
        return tuple(ROLES[role].title for role in self.roles if role in ROLES)

    @property
    def agency_name(self) -> str:
        return AGENCIES.get(self.agency, "")


@dataclass(frozen=True)
class Invited:
    """An invitation that still opens."""

    id: int
    name: str
    email: str
    role_titles: tuple[str, ...]
    made_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True)
class DeclaredConflict:
    """`about`: the plan's reference, “school 123456” or “team North”."""

    id: int
    about: str
    reason: str
    made_at: dt.datetime


def members(here: Here) -> tuple[Member, ...]:
    """Everybody who has or had a place here, by name; those whose access has ended last."""
    rows = Membership.objects.select_related("person").filter(authority_id=here.authority)
    found = [_member(row) for row in rows]
    return tuple(sorted(found, key=lambda m: (m.ended, m.name.casefold(), m.id)))


def member(here: Here, member_id: int) -> Member:
    """Errors: ObjectDoesNotExist when there is none here."""
    rows = Membership.objects.select_related("person")
    return _member(rows.get(authority_id=here.authority, pk=member_id))


def _member(row: Membership) -> Member:
    person, last = row.person, row.ends_at
    over = last is not None and last <= timezone.now()
    ends_on = (timezone.localtime(last) - dt.timedelta(seconds=1)).date() if last else None
    return Member(
        id=row.pk, person=person.pk, name=person.name,
        email="" if person.erased_at else person.email, roles=tuple(row.roles),
        agency=row.agency, profession=row.profession, team=row.team, capacity=row.capacity,
        starts_on=row.starts_on, ends_on=ends_on, last_seen=person.last_login,
        ended=over or row.ended_at is not None, erased=person.erased_at is not None,
    )  # fmt: skip


def invitations(here: Here) -> tuple[Invited, ...]:
    """Invitations that still open, the newest first."""
    rows = Invitation.objects.filter(
        authority_id=here.authority, used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).order_by("-made_at")
    return tuple(
        Invited(
            row.pk, row.name, row.email,
            tuple(ROLES[role].title for role in row.roles if role in ROLES),
            row.made_at, row.expires_at,
        )
        for row in rows
    )  # fmt: skip


def conflicts_of(here: Here, member_id: int) -> tuple[DeclaredConflict, ...]:
    """What this member declared, the newest first. Errors: ObjectDoesNotExist."""
    Membership.objects.get(authority_id=here.authority, pk=member_id)
    rows = Conflict.objects.select_related("plan").filter(member_id=member_id).order_by("-made_at")
    return tuple(DeclaredConflict(r.pk, _about(r), r.reason, r.made_at) for r in rows)


def _about(row: Conflict) -> str:
    if row.plan is not None:
        return f"plan {row.plan.reference}"
    return f"school {row.urn}" if row.urn else f"team {row.team}"
