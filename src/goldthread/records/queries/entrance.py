"""What the entrance must know: who somebody is, their second factor, their sessions, services."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from goldthread.records.actions.providers import open_secret
from goldthread.records.models import (
    Membership,
    Person,
    Provider,
    SignedIn,
    SupportVisit,
)
from goldthread.records.roles import ROLES
from goldthread.records.scope import scope
from goldthread.records.sessions import SessionStore


@dataclass(frozen=True)
class Myself:
    """The account of who is signed in."""

    name: str
    email: str
    is_support: bool
    is_steward: bool
    has_password: bool
    has_second: bool


@dataclass(frozen=True)
class Session:
    """One place where a person is signed in. `browser`: its name and system, in words."""

    began_at: dt.datetime
    seen_at: dt.datetime
    via: str
    browser: str
    this: bool


@dataclass(frozen=True)
class Service:
    """An authority's sign-in service, as the entrance needs it."""

    slug: str
    name: str
    issuer: str
    client_id: str
    secret: str
    authority: str
    authority_name: str


@dataclass(frozen=True)
class DemoPerson:
    """Somebody invented, to sign in as. `role`: the title of their first role."""

    id: int
    name: str
    role: str
    roles: tuple[str, ...]
    authority_name: str


@dataclass(frozen=True)
class Visit:
    """A support visit that is open now."""

    code: str
    authority_name: str
    reason: str
    ends_at: dt.datetime


def myself(person: int) -> Myself:
    """Errors: ObjectDoesNotExist."""
    with scope(person=person):
        row = Person.objects.get(pk=person)
        return Myself(
            row.name, row.email, row.is_support, row.is_steward,
            row.has_usable_password(), has_second_factor(person),
        )  # fmt: skip


def has_second_factor(person: int) -> bool:
    """Whether a code or a passkey can be asked for; recovery codes alone do not count."""
    with scope(person=person):
        strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return bool(Authenticator.objects.filter(user_id=person, type__in=strong).exists())


def sessions_of(person: int, this: str) -> tuple[Session, ...]:
    """Where a person is signed in, the newest first; `this`: the digest of the one they use."""
    with scope(person=person):
        rows = SignedIn.objects.filter(person_id=person, expire_date__gt=timezone.now())
        found = [_session(row, this) for row in rows]
    return tuple(sorted(found, key=lambda s: s.began_at, reverse=True))


def _session(row: SignedIn, this: str) -> Session:
    said: dict[str, Any] = SessionStore().decode(row.session_data)
    began = _moment(said.get("began"), row.began_at)
    return Session(
        began, _moment(said.get("seen"), began), str(said.get("via", "")),
        str(said.get("browser", "")), row.session_key == this,
    )  # fmt: skip


def _moment(seconds: Any, otherwise: dt.datetime) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC) if seconds else otherwise


def open_services(slug: str = "") -> tuple[Service, ...]:
    """Sign-in services that are on, by name of authority; only the one of `slug` if given."""
    with scope(door="sign-in"):
        rows = Provider.objects.select_related("authority").filter(active=True)
        if slug:
            rows = rows.filter(slug=slug)
        return tuple(
            Service(
                row.slug, row.name, row.issuer, row.client_id, open_secret(row.secret),
                row.authority_id, row.authority.name,
            )
            for row in rows.order_by("authority__name", "name")
        )  # fmt: skip


def demo_people() -> tuple[DemoPerson, ...]:
    """Invented people by role: those who have, or had, a place in invented authorities alone."""
    with scope(door="sign-in"):
        firm = Membership.objects.filter(authority_id__gte="100").values("person_id")
        rows = (
            Membership.objects.select_related("person", "authority")
            .filter(person__is_active=True, person__is_support=False, person__is_steward=False,
                    ended_at=None)
            .exclude(ends_at__lte=timezone.now())
            .exclude(person_id__in=firm)
        )  # fmt: skip
        found = [_demo_person(row) for row in rows if ROLES.keys() & set(row.roles)]
    titles = [role.title for role in ROLES.values()]
    return tuple(sorted(found, key=lambda p: (titles.index(p.role), p.authority_name, p.name)))


def _demo_person(row: Membership) -> DemoPerson:
    titles = tuple(role.title for key, role in ROLES.items() if key in row.roles)
    return DemoPerson(row.person_id, row.person.name, titles[0], titles, row.authority.name)


def is_demo_person(person: int) -> bool:
    return any(found.id == person for found in demo_people())


def visits_of(person: int) -> tuple[Visit, ...]:
    """The support visits of this person that are open now."""
    with scope(person=person):
        rows = SupportVisit.objects.select_related("authority").filter(
            person_id=person, ended_at=None, ends_at__gt=timezone.now()
        )
        return tuple(
            Visit(row.authority_id, row.authority.name, row.reason, row.ends_at)
            for row in rows.order_by("ends_at")
        )
