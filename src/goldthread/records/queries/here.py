"""Who is asking: a person's place in an authority, as it stands in this transaction."""

from dataclasses import dataclass

from django.db.models import Exists
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from goldthread.records.models import Authority, Membership, Person, Settings, SupportVisit
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
        _check_seal(member.person, seal)
        roles = frozenset(member.roles)
        if via in LOCAL and member.services_only and "administrator" not in roles:
            raise NotAllowed(SERVICES_ONLY)
        return Here(
            authority=authority, person=person, member=member.pk, roles=roles,
            agency=member.agency, profession=member.profession, team=member.team,
            name=member.person.name, authority_name=member.authority.name, via=via,
            permissions=permissions_of(roles),
        )  # fmt: skip
    return _visitor(authority, person, seal)


def _member(authority: str, person: int) -> Membership | None:
    now = timezone.now()
    found = (
        Membership.objects.select_related("person", "authority")
        .annotate(services_only=Exists(Settings.objects.filter(
            authority_id=authority, local_sign_in=False)))
        .filter(authority_id=authority, person_id=person, ended_at=None, person__is_active=True)
        .first()
    )  # fmt: skip
    if found is None or (found.ends_at is not None and found.ends_at <= now):
        return None
    return found if found.starts_on <= timezone.localdate() else None


def _check_seal(person: Person, seal: str | None) -> None:
    if seal is not None and not constant_time_compare(person.get_session_auth_hash(), seal):
        raise SignedOut


def _visitor(authority: str, person: int, seal: str | None) -> Here | None:
    visit = (
        SupportVisit.objects.select_related("person", "authority")
        .filter(authority_id=authority, person_id=person, ended_at=None,
                ends_at__gt=timezone.now(), person__is_support=True, person__is_active=True)
        .first()
    )  # fmt: skip
    if visit is None:
        return None
    _check_seal(visit.person, seal)
    return Here(
        authority=authority, person=person, name=visit.person.name,
        authority_name=visit.authority.name, via="support", permissions=SUPPORT,
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
