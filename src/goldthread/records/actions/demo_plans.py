"""The invented list of plans, what else is recorded of them, and their documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from goldthread.core.audit.listing import Listed
from goldthread.core.demonstration import DemoPaper, DemoPlan
from goldthread.records.actions.demo_stage import Stage
from goldthread.records.actions.documents import Described, add_document, store_read
from goldthread.records.actions.imports import prepare, preview, take_in
from goldthread.records.actions.plans import change_plan
from goldthread.records.models import Plan
from goldthread.records.queries.plans import facts_of
from goldthread.records.scope import Here
from goldthread.records.sealing import keyed_digest

COVERED = 4
"""Every fourth plan is written by somebody of another team, who stands in."""
ADVISED = 2
"""Every other plan names the educational psychologist."""


def take_in_list(stage: Stage) -> None:
    """Imports the plans as a list, and gives each its team, year and writer."""
    every = stage.demonstration.plans[stage.code]
    analyst = (stage.all("analyst") or stage.all("quality-lead"))[0]
    listed = Listed(
        "csv", stage.code, stage.demonstration.today, tuple(p.listed for p in every), (), len(every)
    )
    with stage.acting(analyst):
        name = "plans in force (invented).csv"
        digest = hashlib.sha256(name.encode()).hexdigest()
        prepared = prepare(analyst, listed, file=name, digest=digest, keeps_identity=True)
        take_in(analyst, prepared, preview(analyst, prepared))
    rows = {p.local_digest: p for p in Plan.objects.all()}
    found = {p.number: rows[keyed_digest(stage.code, p.listed.local_id)] for p in every}
    stage.references.update({number: row.reference for number, row in found.items()})
    if writers := stage.all("plan-writer"):
        _describe(stage, every, found, writers)


def _describe(
    stage: Stage, every: Iterable[DemoPlan], found: dict[int, Plan], writers: list[Here]
) -> None:
    lead, psychologist = stage.one("quality-lead"), stage.one("adviser")
    by_team = {here.team: place for place, here in enumerate(writers)}
    with stage.acting(lead):
        for plan in every:
            before = facts_of(found[plan.number])
            away = not plan.draft and plan.number % COVERED == COVERED - 1
            writer = writers[(by_team[plan.team] + away) % len(writers)].member
            facts = replace(before, team=plan.team, year=plan.year, writer=writer)
            advised = [psychologist.member or 0] if plan.number % ADVISED == 0 else []
            change_plan(lead, found[plan.number].reference, facts, advised, before.stamp(()))


def add_papers(stage: Stage, numbers: Iterable[int]) -> None:
    """Adds the documents of these plans, and stores what was read in them."""
    lead = stage.one("quality-lead")
    with stage.acting(lead):
        for number in numbers:
            for paper in stage.demonstration.papers(number):
                _add(stage, lead, number, paper)


def _add(stage: Stage, lead: Here, number: int, paper: DemoPaper) -> None:
    described = Described(
        kind=paper.kind, status=paper.status, profession=paper.profession,
        author=_author(stage, paper), requested_on=paper.requested_on, dated_on=paper.dated_on,
    )  # fmt: skip
    digest = hashlib.sha256(paper.data).hexdigest()
    added = add_document(lead, stage.references[number], described, digest)
    store_read(lead, added.id, paper.name, paper.data, paper.record)
    stage.papers[added.reference] = paper


def _author(stage: Stage, paper: DemoPaper) -> int | None:
    """The adviser of that profession, where there is one."""
    mine = (here.member for here in stage.all("adviser") if here.profession == paper.profession)
    return next(mine, None) if paper.kind == "advice" else None
