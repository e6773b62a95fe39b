"""Opening an authority: its settings and its first administrator."""

import secrets

from django.contrib.auth.hashers import make_password

from goldthread.records.log import record
from goldthread.records.models import Authority, Membership, Person, Settings
from goldthread.records.scope import Here, Refused, scope


def open_authority(code: str, *, email: str, name: str, invented: str = "") -> Here:
    """Settings for an authority and a first administrator without a password yet.

    `invented`: the name of an authority to invent under a code below 100, for demonstration; the
    owner's connection adds its row. Errors: Refused when the code is unknown or already open.
    """
    if invented:
        _invent(code, invented)
    with scope(authority=code, door="command"):
        if not Authority.objects.filter(code=code).exists():
            raise Refused(f"There is no authority with the code {code}.")
        if Settings.objects.filter(authority_id=code).exists():
            raise Refused(f"Authority {code} is open already; invite people from its pages.")
        Settings.objects.create(authority_id=code, salt=secrets.token_hex(16))
        person = find_or_make_person(email, name)
        member = Membership.objects.create(
            authority_id=code, person=person, roles=["administrator"], agency="education"
        )
        here = Here(authority=code, person=person.pk, member=member.pk, via="command")
        record(here, "authority.open", subject=code)
    return here


def find_or_make_person(email: str, name: str) -> Person:
    """The account of this e-mail address, made without a usable password when there is none."""
    address = email.strip().lower()
    found = Person.objects.filter(email=address).first()
    if found is not None:
        return found
    return Person.objects.create(email=address, name=name, password=make_password(None))


def _invent(code: str, name: str) -> None:
    if not code < "100":
        raise Refused("Codes of invented authorities are below 100.")
    Authority.objects.using("owner").update_or_create(
        code=code, defaults={"name": name, "current": False}
    )
