"""Who may come in: people vouched for by a sign-in service, links to a password, sessions."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from goldthread.records.actions.invitations import accept_by_email, check_address, check_password
from goldthread.records.actions.opening import find_or_make_person
from goldthread.records.log import record
from goldthread.records.models import Membership, Person, SignedIn
from goldthread.records.scope import Here, Refused, scope

MOST_SESSIONS = 3
GONE = (
    "This link does not open any more: it was used, or is older than a day. Ask your "
    "administrator for a new one."
)


def admit(code: str, *, service: str, subject: str, email: str) -> int:
    """The person whom an authority's own sign-in service has signed in, by their number.

    `subject`: how the service names them; `email`: empty unless the service verified it. Only
    somebody with a place in this authority, or an open invitation to one, gets in.
    Errors: Refused, with what to do.
    """
    with scope(authority=code, door="sign-in"):
        linked = SocialAccount.objects.filter(provider=service, uid=subject).first()
        person = linked.user_id if linked else _by_email(code, email)
        if person is None or not _belongs(code, person):
            raise Refused(
                "Your sign-in service knows you, but you have no access here. Ask your "
                "administrator to invite the e-mail address you sign in with."
            )
        if linked is None:
            SocialAccount.objects.create(user_id=person, provider=service, uid=subject)
        return int(person)


def reset_link(here: Here, member: int, *, forget_second: bool = False) -> str:
    """The path of a link by which a member chooses a new password; open for a day, once.

    `forget_second`: they have lost their phone and their recovery codes, so both go, and they set
    up a new second factor at the next sign-in. Errors: NotAllowed; Refused for somebody whose
    account also opens something else: whoever holds the link could enter there.
    """
    here.check("manage-people")
    row = Membership.objects.get(authority_id=here.authority, pk=member, ended_at=None)
    with scope(authority=here.authority, person=here.person, door="sign-in"):
        person = Person.objects.get(pk=row.person_id)
        elsewhere = Membership.objects.filter(person=person).exclude(authority_id=here.authority)
        if elsewhere.exists() or person.is_support or person.is_steward or not person.is_active:
            raise Refused(
                "This account also opens other places, so only whoever runs this site can make a "
                "link for it (goldthread authorities link)."
            )
        if forget_second:
            Authenticator.objects.filter(user_id=person.pk).delete()
        link = link_for(person)
    record(here, "account.reset", subject=f"member-{member}", second=forget_second)
    return link


def link_for(person: Person) -> str:
    """A path that is good until the password changes, its owner signs in, or a day has gone."""
    return (
        f"/account/reset/{int_to_base36(person.pk)}/{default_token_generator.make_token(person)}/"
    )


def link_by_email(email: str) -> str:
    """As `link_for`, for the command line of whoever runs the site. Errors: Refused."""
    address = email.strip().lower()
    with scope(door="command"):
        person = Person.objects.filter(email=address, is_active=True).first()
        if person is None:
            raise Refused(f"There is no account with the address {address}.")
        return link_for(person)


def trust(email: str, *, name: str, support: bool | None, steward: bool | None) -> bool:
    """Who works for the service itself; None leaves a mark as it is. Returns whether the account
    is new. Errors: WrongField for no address; Refused for a new account without a name."""
    address = check_address(email)
    with scope(door="command"):
        known = Person.objects.filter(email=address).exists()
        if not known and not name.strip():
            raise Refused(f"There is no account with the address {address}; give --name too.")
        person = find_or_make_person(address, name.strip())
        if support is not None:
            person.is_support = support
        if steward is not None:
            person.is_steward = steward
        person.save()
        return not known


def find_by_link(uid: str, token: str) -> Person:
    """Whose link this is. Call it at the sign-in door. Errors: LookupError, with what to do."""
    try:
        number = base36_to_int(uid)
    except ValueError:
        raise LookupError(GONE) from None
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        raise LookupError(GONE)
    return person


def set_password(uid: str, token: str, password: str) -> int:
    """Sets the password by a link, and ends every session; returns the person's number.

    Errors: LookupError as `find_by_link`; WrongField for a weak password.
    """
    person = find_by_link(uid, token)
    check_password(password, person)
    person.password = make_password(password)
    person.save()
    end_sessions(person.pk)
    return int(person.pk)


def end_sessions(person: int, *, keep: str = "") -> int:
    """Signs a person out everywhere, but for the session of digest `keep`; says from how many."""
    with scope(person=person):
        gone, _ = SignedIn.objects.filter(person_id=person).exclude(session_key=keep).delete()
    return int(gone)


def end_oldest_sessions(person: int, *, keep: str) -> None:
    """At most three sessions at once: `keep` is the newest, and the oldest others end."""
    with scope(person=person):
        others = SignedIn.objects.filter(person_id=person, expire_date__gt=timezone.now())
        rows = others.exclude(session_key=keep).order_by("-began_at", "session_key")
        surplus = rows.values_list("session_key", flat=True)[MOST_SESSIONS - 1 :]
        SignedIn.objects.filter(session_key__in=list(surplus)).delete()


def _by_email(code: str, email: str) -> int | None:
    if not email:
        return None
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is not None and _belongs(code, person.pk):
        return int(person.pk)
    return accept_by_email(code, email.strip().lower())


def _belongs(code: str, person: int) -> bool:
    rows = Membership.objects.filter(
        authority_id=code, person_id=person, ended_at=None, person__is_active=True
    )
    return bool(rows.exclude(ends_at__lte=timezone.now()).exists())
