"""Adding a plan by hand, and changing what is recorded of one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import fields
from typing import get_args

from django.utils import timezone

from goldthread.core.audit.listing import AgeBand, Phase, PlanKind, Setting
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Adviser, Membership, Plan
from goldthread.records.queries.plans import Facts, facts_of, visible_plans
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, Stale

CHOICES = {
    "age_band": ("", *get_args(AgeBand)),
    "phase": ("", *get_args(Phase)),
    "plan_kind": get_args(PlanKind),
    "setting_kind": ("", *get_args(Setting)),
}
YEARS = range(-1, 15)
"""Nursery is -1, reception 0; the last year of post-16 is 14."""
_NEED = re.compile(r"[A-Z]{0,8}")
_URN = re.compile(r"(?:[0-9]{6,8})?")


def add_plan(here: Here, facts: Facts, advisers: Iterable[int] = ()) -> str:
    """Adds one plan that no list holds; gives its reference. Errors: NotAllowed; WrongField."""
    here.check("edit-plans")
    chosen = _checked(here, facts, advisers)
    plan = Plan(authority_id=here.authority, reference=free_reference(), **_values(facts))
    plan.save(force_insert=True)
    _advise(plan, chosen)
    record(here, "plan.add", subject=plan.reference)
    return plan.reference


def change_plan(
    here: Here, reference: str, facts: Facts, advisers: Iterable[int], stamp: str
) -> None:
    """Takes over all facts. `stamp`: of the facts when the form was opened.

    Errors: NotAllowed; WrongField; Stale; ObjectDoesNotExist.
    """
    here.check("edit-plans")
    plan = visible_plans(here).select_for_update().get(reference=reference)
    before, had = facts_of(plan), _advisers(plan)
    if stamp != before.stamp(had):
        raise Stale(
            "Somebody has changed this plan since you opened the form, so nothing was saved."
        )
    chosen = _checked(here, facts, advisers)
    for name, value in _values(facts).items():
        setattr(plan, name, value)
    plan.save()
    _advise(plan, chosen)
    changed = [f.name for f in fields(Facts) if getattr(before, f.name) != getattr(facts, f.name)]
    changed += ["advisers"] if set(had) != set(chosen) else []
    record(here, "plan.change", subject=reference, changed=changed)


def free_reference(taken: frozenset[str] | set[str] = frozenset()) -> str:
    """A reference that no plan in scope has yet, nor `taken`."""
    while True:
        reference = new_reference("P")
        if reference not in taken and not Plan.objects.filter(reference=reference).exists():
            return reference


def check_facts(facts: Facts, today: dt.date) -> None:
    """Errors: WrongField, one sentence, for what no plan can have."""
    for name, allowed in CHOICES.items():
        if getattr(facts, name) not in allowed:
            raise WrongField(name, f"Choose the {name.replace('_', ' ')} from the list.")
    for name in ("need", "second_need"):
        if not _NEED.fullmatch(getattr(facts, name)):
            raise WrongField(name, "Choose the need from the list.")
    if facts.second_need and facts.second_need == facts.need:
        raise WrongField("second_need", "The second need is the same as the first; leave it out.")
    if facts.year is not None and facts.year not in YEARS:
        raise WrongField("year", "The school year is a number: -1 for nursery, 0 for reception.")
    if not _URN.fullmatch(facts.urn):
        raise WrongField("urn", "A school's number (URN) has six digits.")
    if len(facts.team) > 80:
        raise WrongField("team", "The team's name is too long; use at most 80 characters.")
    _check_dates(facts, today)


def _check_dates(facts: Facts, today: dt.date) -> None:
    for name in ("requested_on", "issued_on", "amended_on", "last_review_on"):
        day = getattr(facts, name)
        if day is not None and not dt.date(1990, 1, 1) <= day <= today:
            raise WrongField(name, "The date must be in the past, and not before 1990.")
    for earlier, later, said in (
        ("requested_on", "issued_on", "The plan cannot be issued before it was requested."),
        ("issued_on", "amended_on", "The plan cannot be amended before it was issued."),
        ("issued_on", "ceased_on", "The plan cannot cease before it was issued."),
    ):
        first, then = getattr(facts, earlier), getattr(facts, later)
        if first is not None and then is not None and then < first:
            raise WrongField(later, said)


def _checked(here: Here, facts: Facts, advisers: Iterable[int]) -> tuple[int, ...]:
    """The advisers without doubles. Errors: WrongField."""
    check_facts(facts, timezone.localdate())
    chosen = tuple(dict.fromkeys(advisers))
    known = set(
        Membership.objects.filter(
            authority_id=here.authority, pk__in=[*chosen, *([facts.writer] if facts.writer else [])]
        ).values_list("pk", flat=True)
    )
    if facts.writer is not None and facts.writer not in known:
        raise WrongField("writer", "Choose the plan writer from the list.")
    if not set(chosen) <= known:
        raise WrongField("advisers", "Choose the advisers from the list.")
    return chosen


def _values(facts: Facts) -> dict[str, object]:
    told = {f.name: getattr(facts, f.name) for f in fields(Facts) if f.name != "writer"}
    return {**told, "writer_id": facts.writer}


def _advisers(plan: Plan) -> tuple[int, ...]:
    return tuple(Adviser.objects.filter(plan=plan).values_list("member_id", flat=True))


def _advise(plan: Plan, chosen: tuple[int, ...]) -> None:
    had = set(_advisers(plan))
    Adviser.objects.filter(plan=plan).exclude(member__in=chosen).delete()
    Adviser.objects.bulk_create(
        Adviser(authority_id=plan.authority_id, plan=plan, member_id=member)
        for member in chosen
        if member not in had
    )
