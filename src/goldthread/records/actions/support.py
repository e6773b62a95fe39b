"""Support staff enter an authority: for a reason, for a time, and its log says so."""

import datetime as dt

from django.utils import timezone

from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Membership, Person, Settings, SupportVisit
from goldthread.records.scope import Here, NotAllowed, Refused, scope

SHORTEST_REASON, LONGEST_REASON = 15, 500
LONGEST_VISIT = 60


def enter(person: int, code: str, reason: str, minutes: int) -> None:
    """Opens a visit. Errors: NotAllowed for anybody else; WrongField; Refused."""
    with scope(authority=code, person=person):
        _check_support(person)
        _check(reason, minutes)
        if not Settings.objects.filter(authority_id=code).exists():
            raise WrongField("code", f"No authority with the code {code} is open here.")
        if Membership.objects.filter(authority_id=code, person_id=person, ended_at=None).exists():
            raise Refused("You have a place in this authority; enter it as its member.")
        now = timezone.now()
        SupportVisit.objects.filter(
            authority_id=code, person_id=person, ended_at=None, ends_at__gt=now
        ).update(ended_at=now)
        row = SupportVisit.objects.create(
            authority_id=code, person_id=person, reason=reason.strip(),
            ends_at=now + dt.timedelta(minutes=minutes),
        )  # fmt: skip
        here = Here(authority=code, person=person, via="support")
        record(here, "support.enter", subject=f"visit-{row.pk}", minutes=minutes)


def leave(person: int, code: str) -> None:
    """Ends the visit early. Errors: NotAllowed; Refused when there is none."""
    with scope(authority=code, person=person):
        _check_support(person)
        now = timezone.now()
        row = SupportVisit.objects.filter(
            authority_id=code, person_id=person, ended_at=None, ends_at__gt=now
        ).first()
        if row is None:
            raise Refused("This visit has ended already.")
        row.ended_at = now
        row.save()
        here = Here(authority=code, person=person, via="support")
        record(here, "support.leave", subject=f"visit-{row.pk}")


def _check_support(person: int) -> None:
    if not Person.objects.filter(pk=person, is_support=True, is_active=True).exists():
        raise NotAllowed("Only support staff may do this.")


def _check(reason: str, minutes: int) -> None:
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise WrongField("reason", f"Say why in at least {SHORTEST_REASON} characters.")
    if len(said) > LONGEST_REASON:
        raise WrongField("reason", f"Say why in at most {LONGEST_REASON} characters.")
    if not 1 <= minutes <= LONGEST_VISIT:
        raise WrongField("minutes", f"Choose from 1 to {LONGEST_VISIT} minutes.")
