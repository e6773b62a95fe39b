"""Allot drawn plans to auditors: never one's own, never over capacity, never out of reach.

Each agency is arranged apart. First every plan gets one auditor (placing.py), then a share of the
plans a second one who does not see the first's answers (doubling.py). Nothing depends on the order
of the lists given, so nobody can steer who gets what: turns come from the draw's seed.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from typing import Literal

from goldthread.core.audit.doubling import Groups
from goldthread.core.audit.doubling import double as choose_second
from goldthread.core.audit.placing import Bench, place
from goldthread.core.audit.remark import Remark, counted, listed

DOUBLE = 0.1
"""Share of plans that two auditors mark, at the least (methods, d.1)."""
TRIES = 8
"""Orders tried where ties to plans stand in the way of linking all auditors."""


@dataclass(frozen=True)
class Auditor:
    """A person who audits for one agency.

    `capacity`: the most plans in all; `allotted`: how many of them are already theirs;
    `conflicts`: references of plans that they wrote, decided on or know the family of.
    """

    id: str
    agency: str
    capacity: int
    conflicts: frozenset[str] = frozenset()
    allotted: int = 0

    @property
    def room(self) -> int:
        """Plans that can still be taken."""
        return max(0, self.capacity - self.allotted)


@dataclass(frozen=True, order=True)
class Part:
    """What one auditor does of one plan; `second` where another of the agency marks it first."""

    reference: str
    agency: str
    auditor: str
    role: Literal["first", "second"] = "first"


@dataclass(frozen=True, order=True)
class Unplaced:
    """A plan that no auditor of an agency can take, and why."""

    reference: str
    agency: str
    reason: str


@dataclass(frozen=True)
class Allotment:
    """Who audits what, what nobody can audit, and what must be said about it; all sorted."""

    parts: tuple[Part, ...]
    unplaced: tuple[Unplaced, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Table:
    """One agency's plans and auditors in their turns, and pairs linked before.

    `plans`: the first go first when room is short; `again`: the order of those to mark twice.
    """

    agency: str
    plans: tuple[str, ...]
    again: tuple[int, ...]
    auditors: tuple[Auditor, ...]
    links: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Try:
    """One way to arrange a table. `out`: plans nobody can take; `second`: plan -> auditor."""

    table: _Table
    bench: Bench
    out: tuple[int, ...]
    goal: int
    second: Mapping[int, int]
    groups: tuple[tuple[int, ...], ...]


def allot(
    plans: Mapping[str, Iterable[str]],
    auditors: Iterable[Auditor],
    seed: str,
    double: float = DOUBLE,
    linked: Iterable[tuple[str, str]] = (),
) -> Allotment:
    """Give each plan an auditor of each agency that it needs.

    `plans`: reference -> agencies; `seed`: the draw's; `double`: the share (0-1) of each agency's
    plans that a second auditor marks blind, rounded up; 0 for none. More are marked twice where it
    takes more to link all of an agency's auditors, and a remark says so. `linked`: pairs of auditor
    ids who have marked a common plan before (earlier months of the cycle).

    The same plans, auditors and seed give the same allotment. Where there is too little capacity,
    first auditors go before second ones, and chance decides which plans wait.
    """
    people = tuple(auditors)
    _check(people, double)
    links = tuple(linked)
    wanted: dict[str, list[str]] = {}
    for reference, agencies in plans.items():
        for agency in set(agencies):
            wanted.setdefault(agency, []).append(reference)
    parts: list[Part] = []
    unplaced: list[Unplaced] = []
    remarks: list[Remark] = []
    for agency in sorted(wanted):
        mine = [auditor for auditor in people if auditor.agency == agency]
        best = _best(_tables(agency, wanted[agency], mine, seed, links), double)
        parts += _parts(best)
        unplaced += _unplaced(best)
        remarks += _said(best)
    return Allotment(tuple(sorted(parts)), tuple(sorted(unplaced)), tuple(remarks))


def _check(auditors: Sequence[Auditor], double: float) -> None:
    twice = sorted(id for id, times in Counter(a.id for a in auditors).items() if times > 1)
    if twice:
        raise ValueError(f"Each auditor may be listed once, for one agency: {listed(twice)}.")
    for auditor in auditors:
        if auditor.capacity < 0 or auditor.allotted < 0:
            raise ValueError(f"The capacity of {auditor.id} must not be negative.")
    if not 0 <= double <= 1:
        raise ValueError(f"The share marked twice must lie between 0 and 1: got {double:g}.")


def _tables(
    agency: str,
    references: Iterable[str],
    auditors: Sequence[Auditor],
    seed: str,
    links: Iterable[tuple[str, str]],
) -> Iterator[_Table]:
    """The agency's table in orders that only the seed decides: one for each try.

    Which plans go first is the same in all, so trying again never changes who is left out.
    """

    def turn(kind: str, name: str) -> bytes:
        return hashlib.sha256(f"{seed}\t{kind}\t{agency}\t{name}".encode()).digest()

    plans = tuple(sorted(references, key=lambda plan: turn("plan", plan)))
    links = tuple(links)
    for number in range(TRIES):
        again = sorted(range(len(plans)), key=lambda at: turn(f"again {number}", plans[at]))
        people = sorted(auditors, key=lambda person: turn(f"auditor {number}", person.id))
        at = {person.id: place for place, person in enumerate(people)}
        pairs = tuple((at[a], at[b]) for a, b in links if a in at and b in at)
        yield _Table(agency, plans, tuple(again), tuple(people), pairs)


def _best(tables: Iterator[_Table], share: float) -> _Try:
    """The try with the fewest groups: the first that has no more than there must be.

    No second try where none can help: no second auditors wanted, or too little room to link all.
    """
    best = _try(next(tables), share)
    fewest = _fewest_groups(best)
    if not best.goal or sum(best.bench.room) < len(best.groups) - 1:
        return best
    while len(best.groups) > fewest and (table := next(tables, None)):
        best = min(best, _try(table, share), key=lambda found: len(found.groups))
    return best


def _fewest_groups(done: _Try) -> int:
    """Groups that ties to plans alone force: two auditors can be linked if a plan is open to both.

    Counted among those who audit in this try; in another try it may be one or two others.
    """
    everyone = range(len(done.table.auditors))
    groups = Groups(len(everyone), done.table.links)
    for ties in {done.bench.tied(plan) for plan in range(len(done.table.plans))}:
        for first, second in pairwise(auditor for auditor in everyone if auditor not in ties):
            groups.join(first, second)
    return len(groups.among(chain.from_iterable(done.groups)))


def _try(table: _Table, share: float) -> _Try:
    bench = _bench(table)
    out = tuple(place(bench, range(len(table.plans))))
    placed = [plan for plan in table.again if plan not in set(out)]
    goal = math.ceil(Fraction(str(share)) * len(placed))
    second, groups = choose_second(bench, placed, goal, table.links)
    active = [auditor for auditor, held in enumerate(bench.holds) if held]
    return _Try(table, bench, out, goal, second, tuple(map(tuple, groups.among(active))))


def _bench(table: _Table) -> Bench:
    barred: dict[int, set[int]] = {}
    at = {reference: number for number, reference in enumerate(table.plans)}
    for number, auditor in enumerate(table.auditors):
        for reference in auditor.conflicts & at.keys():
            barred.setdefault(at[reference], set()).add(number)
    return Bench(
        room=[auditor.room for auditor in table.auditors],
        load=[auditor.allotted for auditor in table.auditors],
        capacity=[auditor.capacity for auditor in table.auditors],
        barred={plan: frozenset(tied) for plan, tied in barred.items()},
    )


def _parts(done: _Try) -> Iterator[Part]:
    plans, agency = done.table.plans, done.table.agency
    ids = [auditor.id for auditor in done.table.auditors]
    for auditor, held in enumerate(done.bench.holds):
        yield from (Part(plans[plan], agency, ids[auditor], "first") for plan in held)
    for plan, auditor in done.second.items():
        yield Part(plans[plan], agency, ids[auditor], "second")


def _unplaced(done: _Try) -> Iterator[Unplaced]:
    for plan in done.out:
        reference = done.table.plans[plan]
        yield Unplaced(reference, done.table.agency, _why(done.table, reference))


def _why(table: _Table, reference: str) -> str:
    """Why nobody of the agency can take a plan: one sentence."""
    if not table.auditors:
        return f"There is no auditor for {table.agency}."
    free = [auditor for auditor in table.auditors if reference not in auditor.conflicts]
    if not free:
        return f"Every auditor for {table.agency} has a tie to this plan."
    if len(free) < len(table.auditors):
        return f"Every auditor for {table.agency} without a tie to this plan is full."
    return f"Every auditor for {table.agency} is full."


def _said(done: _Try) -> Iterator[Remark]:
    made, agency = len(done.second), done.table.agency
    if made > done.goal:
        yield Remark(
            "more-doubles",
            f"{agency}: {counted(made, 'plan')} instead of {done.goal} are marked twice, so that "
            f"{'all' if len(done.groups) == 1 else 'more'} auditors are linked.",
        )
    if made < done.goal:
        yield _too_few(done.table, done.goal, made)
    if len(done.groups) > 1:
        yield _unlinked(done)


def _too_few(table: _Table, goal: int, made: int) -> Remark:
    said = f"{table.agency}: {made} of {counted(goal, 'plan')} that should be marked twice are."
    if len(table.auditors) == 1:
        return Remark("no-second", f"{said} There is only one auditor.")
    return Remark(
        "fewer-doubles", f"{said} The others have no second auditor with room and without a tie."
    )


def _unlinked(done: _Try) -> Remark:
    """Which auditors are not linked with the largest group, and what it would take."""
    apart, people = done.groups, done.table.auditors
    alone = tuple(people[member].id for group in apart[1:] for member in group)
    largest, joins = len(apart[0]), len(apart) - 1
    whom = (
        f"{listed(alone)} {'is' if len(alone) == 1 else 'are'} not linked with the largest group "
        f"of auditors ({largest})"
        if largest > 1
        else f"none of the {len(apart)} auditors is linked with another"
    )
    short = joins - sum(done.bench.room)
    but = f" and room for {counted(short, 'more audit')}" if short > 0 else ""
    return Remark(
        "unlinked",
        f"{done.table.agency}: {whom}, so strictness cannot be told apart from the plans that each "
        f"was given. It would take {counted(joins, 'more plan')} marked twice{but}.",
        alone,
    )
