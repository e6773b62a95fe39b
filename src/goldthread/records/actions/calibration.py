"""Marking invented anchor plans: to begin one, to ask people for some, to take a request back.

Answering and signing are those of any audit (`answers.py`, `audits.py`). Anchor audits belong to no
sample and no plan, and no figure counts them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.audit.calibrating import due_on as due_again
from goldthread.core.audit.transitions import next_state
from goldthread.records.log import record
from goldthread.records.models import Audit, Membership, Part
from goldthread.records.queries.allotting import AuditorRow, agency_for, auditors
from goldthread.records.queries.audits import ANCHOR
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, Refused, Stale

CLOSED = ("signed", "withdrawn")
MOST = 400
"""Markings that one request may ask for."""


@dataclass(frozen=True)
class Invited:
    """`made`: markings asked for; `already`: those that were under way or not yet due again."""

    made: int
    already: int


def begin(here: Here, plan: AnchorPlan) -> str:
    """The person's own marking of this anchor, new or under way; the reference of its audit.

    A marking under way of an anchor that was changed since is withdrawn and begun anew. Errors:
    NotAllowed; Refused for somebody who audits for no agency, or before it is due again.
    """
    here.check("calibrate")
    here.check("audit")
    agency = agency_for(here.roles, here.agency)
    if not agency or here.member is None:
        raise Refused(
            "You audit for no agency yet, so there is nothing to ask you; an administrator sets it "
            "under People."
        )
    _lock([here.member])
    open_one = _open(here.member, plan.id)
    if open_one is not None and open_one.facts.get("digest") == plan.digest:
        return str(open_one.reference)
    if open_one is not None:
        _withdraw(open_one)
    elif (day := not_before(here.member, plan)) > timezone.localdate():
        raise Refused(
            f"You have marked this plan; it is due again from {day.day} {day:%B %Y}, when you will "
            "remember less of it."
        )
    made = _make(here, plan, here.member, agency, open_one.due_on if open_one else None)
    record(here, "calibration.begin", subject=made, anchor=plan.id, digest=plan.digest[:12])
    return made


def not_before(member: int, plan: AnchorPlan) -> dt.date:
    """The day from which a member may mark this anchor, as it is now, again."""
    rows = Audit.objects.filter(
        purpose=ANCHOR, anchor=plan.id, state="signed", parts__auditor=member,
        facts__digest=plan.digest,
    )  # fmt: skip
    last = rows.order_by("-signed_at").first()
    if last is None or last.signed_at is None:
        return dt.date.min
    return due_again(timezone.localtime(last.signed_at).date())


def ask(
    here: Here, plans: Sequence[AnchorPlan], members: Iterable[int], due_on: dt.date
) -> Invited:
    """Asks people to mark anchors by a day: an audit each, allotted to them.

    Whoever has one under way keeps it, and whoever marked it within the quarter is not asked.
    Errors: NotAllowed; Refused for nothing chosen, a day that has passed, or somebody who does not
    audit here.
    """
    here.check("see-strictness")
    chosen = _chosen(here, members)
    if not plans:
        raise Refused("Choose at least one anchor plan.")
    if due_on < timezone.localdate():
        raise Refused("The date has passed; choose a later one.")
    if len(chosen) * len(plans) > MOST:
        raise Refused(f"That is more than {MOST} markings at once; ask fewer people first.")
    _lock([person.member for person in chosen])
    wanted = [(person, plan) for person in chosen for plan in plans]
    made = [pair for pair in wanted if _may_be_asked(*pair)]
    for person, plan in made:
        _make(here, plan, person.member, person.agency, due_on)
    record(here, "calibration.ask", subject="calibration", anchors=[p.id for p in plans],
           people=len(chosen), made=len(made), due=due_on.isoformat())  # fmt: skip
    return Invited(len(made), len(wanted) - len(made))


def _chosen(here: Here, members: Iterable[int]) -> list[AuditorRow]:
    known = {person.member: person for person in auditors(here)}
    wanted = list(dict.fromkeys(members))
    if not wanted:
        raise Refused("Choose at least one person.")
    if any(member not in known for member in wanted):
        raise Refused("Somebody you chose does not audit here any more; choose again.")
    return [known[member] for member in wanted]


def _may_be_asked(person: AuditorRow, plan: AnchorPlan) -> bool:
    if _open(person.member, plan.id) is not None:
        return False
    return not_before(person.member, plan) <= timezone.localdate()


def take_back(here: Here, reference: str) -> None:
    """Withdraws a marking that was asked for and is not signed.

    Errors: NotAllowed; ObjectDoesNotExist; Stale when it is signed or withdrawn by now.
    """
    here.check("see-strictness")
    row = Audit.objects.select_for_update().get(reference=reference, purpose=ANCHOR)
    if row.state in CLOSED:
        raise Stale(f"This marking is {row.state} by now; nothing was changed.")
    _withdraw(row)
    record(here, "calibration.take-back", subject=reference, anchor=row.anchor)


def _lock(members: Sequence[int]) -> None:
    """So that two windows do not begin the same marking twice."""
    list(Membership.objects.select_for_update().filter(pk__in=members).order_by("pk"))


def _open(member: int, anchor: str) -> Audit | None:
    rows = Audit.objects.filter(purpose=ANCHOR, anchor=anchor, parts__auditor=member)
    return rows.exclude(state__in=CLOSED).order_by("pk").first()


def _withdraw(row: Audit) -> None:
    row.state = next_state("audit", row.state, "withdraw")
    row.save(update_fields=["state"])


def _make(here: Here, plan: AnchorPlan, member: int, agency: str, due_on: dt.date | None) -> str:
    facts = plan.anchor.facts.model_dump(mode="json")
    audit = Audit.objects.create(
        authority_id=here.authority, reference=new_reference("A"), purpose=ANCHOR, anchor=plan.id,
        subject="plan", framework=plan.anchor.framework, mode="blind", due_on=due_on,
        facts={**facts, "agency": agency, "digest": plan.digest},
    )  # fmt: skip
    Part.objects.create(
        authority_id=here.authority, audit=audit, agency=agency, auditor_id=member, lead=True
    )
    return str(audit.reference)
