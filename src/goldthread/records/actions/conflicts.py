"""Declared conflicts of interest: what a person may not audit, and why."""

from dataclasses import dataclass

from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Conflict, Membership, Plan
from goldthread.records.scope import Here, NotAllowed, Refused

SHORTEST_REASON = 5


@dataclass(frozen=True)
class Declared:
    """Exactly one of `plan` (its reference), `urn` (of a school) and `team` is given."""

    plan: str = ""
    urn: str = ""
    team: str = ""
    reason: str = ""


def may_declare(here: Here, member: int) -> bool:
    """People declare their own; leads and administrators anybody's."""
    return member == here.member or may_withdraw(here)


def may_withdraw(here: Here) -> bool:
    """Nobody takes back their own, or they could open a plan to themself."""
    return here.can("draw-samples") or here.can("manage-people")


def declare(here: Here, member: int, said: Declared) -> None:
    """Adds a conflict of interest. Errors: NotAllowed; WrongField, one sentence."""
    if not may_declare(here, member):
        raise NotAllowed("You may declare your own conflicts of interest only.")
    row = Membership.objects.get(pk=member, authority_id=here.authority)
    _check(said)
    plan = _plan(said.plan) if said.plan else None
    if Conflict.objects.filter(member=row, plan=plan, urn=said.urn, team=said.team).exists():
        raise Refused("This conflict of interest is declared already.")
    Conflict.objects.create(
        authority_id=here.authority, member=row, plan=plan, urn=said.urn, team=said.team,
        reason=said.reason,
    )  # fmt: skip
    about = "plan" if plan else "school" if said.urn else "team"
    record(here, "conflict.declare", subject=f"member-{member}", about=about)


def _check(said: Declared) -> None:
    given = [text for text in (said.plan, said.urn, said.team) if text]
    if len(given) != 1:
        raise WrongField("plan", "Give one of these: a plan, a school or a team.")
    if said.urn and not (said.urn.isdecimal() and said.urn.isascii() and len(said.urn) == 6):
        raise WrongField("urn", "A school's URN has six digits, as on its own website.")
    if len(said.team) > 80:
        raise WrongField("team", "The team's name is too long; use at most 80 characters.")
    if not SHORTEST_REASON <= len(said.reason) <= 300:
        raise WrongField(
            "reason",
            "Say in a few words what the conflict is: 5 to 300 characters, no child's name.",
        )


def _plan(reference: str) -> Plan:
    found = Plan.objects.filter(reference=reference.upper()).first()
    if found is None:
        raise WrongField("plan", f"There is no plan {reference}; copy the reference from its page.")
    return found


def withdraw_conflict(here: Here, conflict: int) -> None:
    """Takes a declared conflict back. Errors: NotAllowed."""
    if not may_withdraw(here):
        raise NotAllowed("Only a quality lead or an administrator may take back a conflict.")
    row = Conflict.objects.get(pk=conflict, authority_id=here.authority)
    member = row.member_id
    row.delete()
    record(here, "conflict.withdraw", subject=f"member-{member}")
