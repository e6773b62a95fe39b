"""Fills invented authorities for a demonstration, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from goldthread.core.demonstration import AUTHORITIES, Demonstration
from goldthread.records.actions.demo_anchors import mark_anchors
from goldthread.records.actions.demo_audits import audit_samples
from goldthread.records.actions.demo_drafts import ask_families, decide_drafts, declare_conflict
from goldthread.records.actions.demo_people import bring_people
from goldthread.records.actions.demo_plans import add_papers, take_in_list
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.demo_trust import moderate_year, reply_to_audits
from goldthread.records.actions.demo_year import audit_year
from goldthread.records.actions.opening import open_authority
from goldthread.records.models import Membership, Settings
from goldthread.records.scope import Refused, scope

LOCK = 20_261_124
"""Of the database, for two demonstrations that start at once."""
HOLDS_REAL_WORK = (
    "This database holds the work of a real authority, so nothing is invented in it; give the "
    "demonstration a folder of its own with GOLDTHREAD_HOME."
)


def fill(make: Callable[[], Demonstration], say: Callable[[str], None]) -> bool:
    """Invents the authorities that `make` gives, whole or not at all; False when there are some.

    Call `refuse_real_work` before.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if is_filled():
            return False
        demonstration = make()
        for code in sorted(demonstration.plans):
            _fill_one(code, demonstration, say)
    return True


def refuse_real_work() -> None:
    """Errors: Refused where an authority with a real code has, or had, anybody at work."""
    with scope(door="command"):
        if Membership.objects.filter(authority_id__gte="100").exists():
            raise Refused(HOLDS_REAL_WORK)


def is_filled() -> bool:
    """Whether an invented authority is open here; one is never filled twice, or half."""
    for code in AUTHORITIES:
        with scope(authority=code):
            if Settings.objects.filter(authority_id=code).exists():
                return True
    return False


def _fill_one(code: str, demonstration: Demonstration, say: Callable[[str], None]) -> None:
    first, *others = (p for p in demonstration.people if p.authority == code)
    opened = open_authority(code, email=first.email, name=first.name, invented=AUTHORITIES[code])
    stage = Stage(code, demonstration)
    with scope(authority=code):
        bring_people(stage, opened, others)
        say(f"Inventing plans of {AUTHORITIES[code].split(maxsplit=1)[0]} …")
        take_in_list(stage)
        if code == min(demonstration.plans):
            _audit(stage, say)


def _audit(stage: Stage, say: Callable[[str], None]) -> None:
    declare_conflict(stage)
    say("Writing and reading their documents …")
    add_papers(stage, stage.numbers_with_papers)
    say("Inventing a year of audits …")
    moderate_year(stage, audit_year(stage))
    mark_anchors(stage)
    say("Drawing samples and answering audits …")
    audit_samples(stage)
    reply_to_audits(stage)
    decide_drafts(stage)
    ask_families(stage)
