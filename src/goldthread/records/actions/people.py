"""Changing what a person may do in an authority, and ending it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Membership
from goldthread.records.roles import AGENCIES, ROLES
from goldthread.records.scope import Here, Refused

LONGEST_VISIT = 90
"""Days for which a role that must end may be given at once."""
ADMINISTRATOR = "administrator"
AUDITORS = frozenset({"auditor", "parent-carer-auditor"})


@dataclass(frozen=True)
class Given:
    """What a membership gives. `capacity`: audits a month; `ends_on`: the last day."""

    roles: tuple[str, ...]
    agency: str = ""
    profession: str = ""
    team: str = ""
    capacity: int = 4
    ends_on: dt.date | None = None

    @property
    def ends_at(self) -> dt.datetime | None:
        """The end of the last day, where there is one."""
        if self.ends_on is None:
            return None
        after = dt.datetime.combine(self.ends_on + dt.timedelta(days=1), dt.time())
        return timezone.make_aware(after)


def check_given(given: Given, today: dt.date) -> None:
    """Errors: WrongField, one sentence, for what no membership can be."""
    _check_roles(given)
    _check_agency(given)
    if not 0 <= given.capacity <= 60:
        raise WrongField("capacity", "Audits a month must be a whole number from 0 to 60.")
    for field, most in (("team", 80), ("profession", 40)):
        if len(getattr(given, field)) > most:
            raise WrongField(field, f"The {field} is too long; use at most {most} characters.")
    _check_end(given, today)


def _check_roles(given: Given) -> None:
    if not given.roles:
        raise WrongField("roles", "Choose at least one role.")
    for role in given.roles:
        if role not in ROLES:
            raise WrongField("roles", f"There is no role “{role}”; choose from the list.")


def _check_agency(given: Given) -> None:
    if given.agency and given.agency not in AGENCIES:
        raise WrongField("agency", f"There is no agency “{given.agency}”; choose from the list.")
    if AUDITORS.intersection(given.roles) and not given.agency:
        raise WrongField("agency", "Say for which agency this auditor answers.")
    if "parent-carer-auditor" in given.roles and given.agency != "parent-carer":
        raise WrongField("agency", "A parent carer auditor answers for parent carers; choose that.")


def _check_end(given: Given, today: dt.date) -> None:
    if given.ends_on is not None and given.ends_on < today:
        raise WrongField("ends_on", "The last day is in the past; give today or a later day.")
    limited = [ROLES[role].title for role in given.roles if ROLES[role].limited]
    if not limited:
        return
    latest = today + dt.timedelta(days=LONGEST_VISIT)
    if given.ends_on is None or given.ends_on > latest:
        raise WrongField(
            "ends_on",
            f"{limited[0]} needs a last day, at most {LONGEST_VISIT} days from now: "
            f"by {latest:%-d %B %Y}.",
        )


def change_member(here: Here, member: int, given: Given) -> None:
    """Gives a member these roles and no others.

    Errors: NotAllowed; WrongField; Refused when the authority would lose its last administrator
    or somebody takes this role from themself.
    """
    here.check("manage-people")
    check_given(given, timezone.localdate())
    row = _current(member)
    limited = given.ends_on is not None
    if ADMINISTRATOR in row.roles and (ADMINISTRATOR not in given.roles or limited):
        _keep_an_administrator(here, row)
    row.roles = [role for role in ROLES if role in given.roles]
    row.agency, row.profession, row.team = given.agency, given.profession, given.team
    row.capacity, row.ends_at = given.capacity, given.ends_at
    row.save()
    record(
        here, "member.change", subject=f"member-{row.pk}", roles=row.roles, agency=row.agency,
        capacity=row.capacity, ends=str(given.ends_on or ""),
    )  # fmt: skip


def end_membership(here: Here, member: int) -> None:
    """Ends a person's access to this authority at once. Errors: as `change_member`."""
    here.check("manage-people")
    row = _current(member)
    if row.pk == here.member:
        raise Refused("You cannot end your own access; ask another administrator.")
    if ADMINISTRATOR in row.roles:
        _keep_an_administrator(here, row)
    row.ended_at = timezone.now()
    row.save()
    record(here, "member.end", subject=f"member-{row.pk}")


def _current(member: int) -> Membership:
    row = Membership.objects.select_for_update().get(pk=member)
    if row.ended_at is not None:
        raise Refused("This person's access has ended; invite them again.")
    return row


def _keep_an_administrator(here: Here, row: Membership) -> None:
    """Locks all administrators, so that two who remove each other queue here."""
    if row.pk == here.member:
        raise Refused(
            "You cannot take the role of administrator from yourself, or limit it; "
            "ask another administrator."
        )
    lasting = Membership.objects.select_for_update().filter(
        authority_id=here.authority, roles__contains=[ADMINISTRATOR], ended_at=None, ends_at=None
    )
    if not [other for other in lasting if other.pk != row.pk]:
        raise Refused(
            "This is the last administrator; give the role to somebody else first, because an "
            "authority without one cannot be managed."
        )
