"""Taking a person's name off an authority's records: what they did stays, under a number."""

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from goldthread.records.models import (
    Conflict,
    Invitation,
    Membership,
    Person,
    Settings,
    SignedIn,
)
from goldthread.records.scope import Here, scope

SIGN_IN_TABLES = ("account_emailaddress", "mfa_authenticator", "socialaccount_socialaccount")


def anonymise(here: Here, member: int) -> None:
    """The member becomes “Former member 12”; call it in the authority's scope.

    Somebody who also has a place elsewhere, or works for the service itself, keeps their account:
    only this authority's membership is taken from it.
    """
    with scope(authority=here.authority, person=here.person, door="erase"):
        row = Membership.objects.select_for_update().get(authority_id=here.authority, pk=member)
        person = Person.objects.select_for_update().get(pk=row.person_id)
        _forget_here(here, row, person)
        if _belongs_elsewhere(here, person):
            row.person = _nobody()
        else:
            _empty(person)
        row.team = row.profession = ""
        row.ended_at = row.ended_at or timezone.now()
        row.save()


def _forget_here(here: Here, row: Membership, person: Person) -> None:
    Invitation.objects.filter(authority_id=here.authority, email=person.email).delete()
    Conflict.objects.filter(member=row).delete()
    kept = Settings.objects.filter(authority_id=here.authority)
    for text in filter(None, (person.email, person.name)):
        kept.filter(contact__icontains=text).update(contact="")


def _belongs_elsewhere(here: Here, person: Person) -> bool:
    others = Membership.objects.filter(person=person).exclude(authority_id=here.authority)
    return person.is_support or person.is_steward or others.exists()


def _nobody() -> Person:
    """An account that nobody can use, to hold a membership whose person is gone."""
    row = Person.objects.create(
        email="to-be-named@erased.invalid", name="", password=make_password(None)
    )
    _empty(row)
    return row


def _empty(person: Person) -> None:
    SignedIn.objects.filter(person=person).delete()
    for table in SIGN_IN_TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE user_id = %s", [person.pk])  # noqa: S608
    person.email = f"former-{person.pk}@erased.invalid"
    person.name = f"Former member {person.pk}"
    person.password = make_password(None)
    person.last_login = None
    person.is_active = False
    person.erased_at = timezone.now()
    person.save()
