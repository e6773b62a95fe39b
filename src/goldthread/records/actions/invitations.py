"""Invitations: an open door for one e-mail address, kept as the digest of its link alone."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import timezone

from goldthread.records.actions.people import Given, check_given
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Invitation, Membership, Person
from goldthread.records.scope import Here, Refused

OPEN_DAYS = 7
UNKNOWN = (
    "This invitation is not known here. Open the link exactly as you were given it, or ask your "
    "administrator for a new one."
)


class Closed(Refused):
    """An invitation that no longer opens: used, withdrawn or expired."""


class SignInFirst(Refused):
    """The address has an account already; its owner must show that it is theirs."""


@dataclass(frozen=True)
class Invited:
    """What an open invitation offers. `has_account`: the address can sign in already."""

    email: str
    name: str
    authority_name: str
    roles: tuple[str, ...]
    has_account: bool


def invite(
    here: Here, *, email: str, name: str, roles: list[str], agency: str,
    profession: str = "", team: str = "", member_until: dt.datetime | None = None,
) -> str:  # fmt: skip
    """The token of a new invitation, which is shown once; an earlier one to the address closes.

    Errors: NotAllowed; WrongField for what no membership can be; Refused when the address has a
    place here already.
    """
    here.check("manage-people")
    address = check_address(email)
    if not name.strip():
        raise WrongField("name", "Give the name of the person you invite.")
    ends_on = (timezone.localtime(member_until).date() - dt.timedelta(days=1)
               if member_until else None)  # fmt: skip
    check_given(
        Given(tuple(roles), agency, profession, team, ends_on=ends_on), timezone.localdate()
    )
    if _is_member(here.authority, address):
        raise WrongField("email", f"{address} has access here already; change their roles instead.")
    _open().filter(authority_id=here.authority, email=address).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        authority_id=here.authority, email=address, name=name.strip()[:120], roles=list(roles),
        agency=agency, profession=profession, team=team, digest=digest(token),
        invited_by_id=here.member, expires_at=timezone.now() + dt.timedelta(days=OPEN_DAYS),
        member_until=member_until,
    )  # fmt: skip
    record(here, "invitation.make", subject=f"invitation-{row.pk}", roles=list(roles))
    return token


def withdraw(here: Here, invitation: int) -> None:
    """Closes an invitation before it is used. Errors: NotAllowed; Refused when it is closed."""
    here.check("manage-people")
    now = timezone.now()
    if not _open().filter(authority_id=here.authority, pk=invitation).update(withdrawn_at=now):
        raise Refused("This invitation is not open any more; there is nothing to withdraw.")
    record(here, "invitation.withdraw", subject=f"invitation-{invitation}")


def look(code: str, token: str) -> Invited:
    """What the link offers; call it in the scope of the authority, at the sign-in door.

    Errors: LookupError when there is no such invitation; Closed when it no longer opens.
    """
    row = _find(code, token)
    _check_open(row)
    person = Person.objects.filter(email=row.email).first()
    return Invited(
        row.email, row.name, row.authority.name, tuple(row.roles),
        person is not None and not _is_bare(person),
    )  # fmt: skip


def accept(
    code: str, token: str, *, person: int | None = None, password: str = "", via: str = "password"
) -> int:
    """Makes the place the invitation offers; returns the number of the person who now has it.

    `person`: who is signed in. Without one, a new account is made with `password`; an address that
    can sign in already must do so first. Call it in the scope of the authority, at the sign-in
    door. Errors: LookupError; Closed; SignInFirst; Refused for somebody else's invitation;
    WrongField for a weak password.
    """
    row = _find(code, token, lock=True)
    _check_open(row)
    owner = _owner(row, person, password)
    member = _member(row, owner)
    row.used_at = timezone.now()
    row.save()
    here = Here(authority=code, person=owner.pk, member=member.pk, via=via)
    record(here, "invitation.accept", subject=f"invitation-{row.pk}", roles=list(row.roles))
    return int(owner.pk)


def accept_by_email(code: str, email: str) -> int | None:
    """As `accept`, for an address that the authority's own sign-in service vouches for.

    The newest open invitation to the address; None when there is none. The place belongs to the
    account of that address, but the session that begins opens this authority alone.
    """
    row = (
        _open().select_for_update().filter(authority_id=code, email=email)
        .order_by("-made_at").first()
    )  # fmt: skip
    if row is None:
        return None
    owner = Person.objects.filter(email=email).first() or _new_person(row, make_password(None))
    member = _member(row, owner)
    row.used_at = timezone.now()
    row.save()
    here = Here(authority=code, person=owner.pk, member=member.pk, via="provider")
    record(here, "invitation.accept", subject=f"invitation-{row.pk}", roles=list(row.roles))
    return int(owner.pk)


def digest(token: str) -> str:
    """64 hex digits: all that is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_password(password: str, person: Person) -> None:
    """Errors: WrongField, in one sentence, for a password that is too easy."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WrongField("password", " ".join(error.messages)) from error


def check_address(email: str) -> str:
    """The address in small letters. Errors: WrongField."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise WrongField("email", "Give an e-mail address, like name@example.org.") from error
    return address


def _is_member(code: str, address: str) -> bool:
    rows = Membership.objects.filter(authority_id=code, person__email=address, ended_at=None)
    return bool(rows.exclude(ends_at__lte=timezone.now()).exists())


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


def _find(code: str, token: str, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects
    row = rows.select_related("authority").filter(authority_id=code, digest=digest(token)).first()
    if row is None:
        raise LookupError(UNKNOWN)
    return row


def _check_open(row: Invitation) -> None:
    again = "Ask your administrator for a new one."
    if row.used_at is not None:
        raise Closed("This invitation has been used already. Sign in instead.")
    if row.withdrawn_at is not None:
        raise Closed(f"This invitation was withdrawn. {again}")
    if row.expires_at <= timezone.now():
        raise Closed(f"This invitation has expired: it was open for {OPEN_DAYS} days. {again}")


def _is_bare(person: Person) -> bool:
    """Nobody could ever have signed in with this account, and nothing belongs to it."""
    return (
        not person.has_usable_password()
        and not (person.is_support or person.is_steward)
        and not Membership.objects.filter(person=person).exists()
    )


def _owner(row: Invitation, person: int | None, password: str) -> Person:
    found: Person | None = Person.objects.filter(email=row.email).first()
    if person is not None:
        if found is None or found.pk != person:
            raise Refused(
                "This invitation is for another e-mail address than the one you are signed in "
                "with. Sign out first, then open the link again."
            )
        return found
    if found is not None and not _is_bare(found):
        raise SignInFirst(f"{row.email} has an account here. Sign in, then open the link again.")
    check_password(password, found or Person(email=row.email, name=row.name))
    if found is None:
        return _new_person(row, make_password(password))
    found.password = make_password(password)
    found.save()
    return found


def _new_person(row: Invitation, password: str) -> Person:
    return Person.objects.create(email=row.email, name=row.name, password=password)


def _member(row: Invitation, person: Person) -> Membership:
    """The place; one that ended earlier opens again with the new roles only."""
    member: Membership
    member, _ = Membership.objects.update_or_create(
        authority_id=row.authority_id,
        person=person,
        defaults={
            "roles": row.roles, "agency": row.agency, "profession": row.profession,
            "team": row.team, "ends_at": row.member_until, "ended_at": None,
            "starts_on": timezone.localdate(),
        },
    )  # fmt: skip
    return member
