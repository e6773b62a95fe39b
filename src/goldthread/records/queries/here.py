"""Who is asking: a person's place in an authority, as it stands in this transaction."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from goldthread.records.models import Authority, Membership, Person
from goldthread.records.roles import ROLES, SUPPORT, permissions_of
from goldthread.records.scope import Here, NotAllowed

LOCAL = ("password", "passkey")
SERVICES_ONLY = (
    "This authority lets people in by its own sign-in service alone: sign out, then choose it on "
    "the sign-in page. Administrators may use a password, to mend the service."
)


@dataclass(frozen=True)
class Place:
    """An authority somebody may enter, for the page that lets them choose."""

    code: str
    name: str
    roles: tuple[str, ...]


class SignedOut(Exception):
    """The session was made before the account's password changed."""


def find_here(authority: str, person: int, via: str, seal: str | None = None) -> Here | None:
    """The person's place in this authority; None when they have none today. Call it in scope.

    `seal`: of a session, which the account must still agree with. Errors: SignedOut; NotAllowed
    for a password where the authority's own sign-in service alone lets people in.
    """
    member = _member(authority, person)
    if member is not None:
        _check_seal(member.password, seal)
        roles = frozenset(member.roles)
        if via in LOCAL and member.services_only and "administrator" not in roles:
            raise NotAllowed(SERVICES_ONLY)
        return Here(
            authority=authority, person=person, member=member.pk, roles=roles,
            agency=member.agency, profession=member.profession, team=member.team,
            name=member.name, authority_name=member.authority_name, via=via,
            permissions=permissions_of(roles),
        )  # fmt: skip
    return _visitor(authority, person, seal)


class _Member(NamedTuple):
    """A membership that has not ended, of an account that is active."""

    pk: int
    roles: list[str]
    agency: str
    profession: str
    team: str
    starts_on: dt.date
    ends_at: dt.datetime | None
    name: str
    password: str
    authority_name: str
    services_only: bool


# In SQL: every page asks these two, and Django takes ten times as long to put them together as the
# database to answer.
_MEMBER = """
SELECT m.id, m.roles, m.agency, m.profession, m.team, m.starts_on, m.ends_at,
    p.name, p.password, a.name,
    EXISTS (SELECT FROM records_settings s
        WHERE s.authority_id = m.authority_id AND NOT s.local_sign_in)
FROM records_membership m
JOIN records_person p ON p.id = m.person_id
JOIN records_authority a ON a.code = m.authority_id
WHERE m.authority_id = %s AND m.person_id = %s AND m.ended_at IS NULL AND p.is_active
"""
_VISITOR = """
SELECT p.name, p.password, a.name
FROM records_supportvisit v
JOIN records_person p ON p.id = v.person_id
JOIN records_authority a ON a.code = v.authority_id
WHERE v.authority_id = %s AND v.person_id = %s AND v.ended_at IS NULL AND v.ends_at > %s
    AND p.is_support AND p.is_active
ORDER BY v.id LIMIT 1
"""


def _member(authority: str, person: int) -> _Member | None:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_MEMBER, [authority, person])
        row = cursor.fetchone()
    found = None if row is None else _Member(*row)
    if found is None or (found.ends_at is not None and found.ends_at <= now):
        return None
    return found if found.starts_on <= timezone.localdate() else None


def _check_seal(password: str, seal: str | None) -> None:
    if seal is None:
        return
    if not constant_time_compare(Person(password=password).get_session_auth_hash(), seal):
        raise SignedOut


def _visitor(authority: str, person: int, seal: str | None) -> Here | None:
    with connection.cursor() as cursor:
        cursor.execute(_VISITOR, [authority, person, timezone.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    name, password, authority_name = row
    _check_seal(password, seal)
    return Here(
        authority=authority, person=person, name=name, authority_name=authority_name,
        via="support", permissions=SUPPORT,
    )  # fmt: skip


def places_of(person: int) -> tuple[Place, ...]:
    """Where this person may go, by name of authority. Call it in their scope."""
    now = timezone.now()
    rows = (
        Membership.objects.select_related("authority")
        .filter(person_id=person, ended_at=None)
        .exclude(ends_at__lte=now)
        .order_by("authority__name")
    )
    return tuple(
        Place(row.authority_id, row.authority.name, tuple(ROLES[r].title for r in row.roles))
        for row in rows
    )


def find_person(person: int) -> Person | None:
    """The account of this person, for the sign-in code."""
    return Person.objects.filter(pk=person, is_active=True).first()


def find_authority(code: str) -> Authority | None:
    return Authority.objects.filter(code=code).first()
