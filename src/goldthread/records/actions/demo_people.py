"""Invented people, invited by their administrator as anybody is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from goldthread.core.demonstration import DemoPerson
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.invitations import accept, invite
from goldthread.records.actions.opening import find_or_make_person
from goldthread.records.actions.people import Given, change_member
from goldthread.records.scope import Here, scope

USUAL = 4
"""Audits a month that somebody can do who was not asked."""


def bring_people(stage: Stage, opened: Here, others: Iterable[DemoPerson]) -> None:
    """The administrator, who opened the authority, and everybody the administrator invites."""
    administrator = stage.join(opened.person or 0)
    for person in others:
        _bring(stage, administrator, person)


def _bring(stage: Stage, administrator: Here, person: DemoPerson) -> None:
    until = _end_of(person.days) if person.days else None
    with stage.acting(administrator):
        token = invite(
            administrator, email=person.email, name=person.name, roles=list(person.roles),
            agency=person.agency, profession=person.profession, team=person.team,
            member_until=until,
        )  # fmt: skip
    with scope(authority=stage.code, door="command"):
        account = find_or_make_person(person.email, person.name).pk
    with scope(authority=stage.code, person=account, door="sign-in"):
        accept(stage.code, token, person=account, via="demo")
    here = stage.join(account)
    if person.capacity != USUAL:
        with stage.acting(administrator):
            change_member(
                administrator, here.member or 0,
                Given(person.roles, person.agency, person.profession, person.team, person.capacity),
            )  # fmt: skip


def _end_of(days: int) -> dt.datetime:
    """The end of the day so many days from now."""
    day = timezone.localdate() + dt.timedelta(days=days + 1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
