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
from typing import Literal

from goldthread.core.audit.doubling import Groups, double
from goldthread.core.audit.placing import Bench, place
from goldthread.core.audit.remark import Remark, counted, listed

DOUBLE = 0.1
"""Share of plans that two auditors mark, at the least (methods, d.1)."""


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
    """One agency's plans and auditors in their turns."""

    agency: str
    plans: tuple[str, ...]
    auditors: tuple[Auditor, ...]
    links: tuple[tuple[str, str], ...]


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
        table = _table(agency, wanted[agency], people, seed, links)
        _arrange(table, double, parts, unplaced, remarks)
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


def _table(
    agency: str,
    references: Iterable[str],
    auditors: Iterable[Auditor],
    seed: str,
    links: tuple[tuple[str, str], ...],
) -> _Table:
    """Plans and auditors in an order that only the seed decides."""

    def turn(kind: str, name: str) -> bytes:
        return hashlib.sha256(f"{seed}\t{kind}\t{agency}\t{name}".encode()).digest()

    mine = (auditor for auditor in auditors if auditor.agency == agency)
    return _Table(
        agency,
        tuple(sorted(references, key=lambda reference: turn("plan", reference))),
        tuple(sorted(mine, key=lambda auditor: turn("auditor", auditor.id))),
        links,
    )


def _arrange(
    table: _Table,
    share: float,
    parts: list[Part],
    unplaced: list[Unplaced],
    remarks: list[Remark],
) -> None:
    bench = _bench(table)
    out = set(place(bench, range(len(table.plans))))
    for auditor, held in enumerate(bench.holds):
        parts += [_part(table, plan, auditor, "first") for plan in held]
    unplaced += [
        Unplaced(table.plans[plan], table.agency, _why(table, table.plans[plan]))
        for plan in sorted(out)
    ]
    placed = [plan for plan in range(len(table.plans)) if plan not in out]
    if not placed:
        return
    goal = math.ceil(Fraction(str(share)) * len(placed))
    second, groups = double(bench, placed, goal, _links(table)) if goal else ({}, _linked(table))
    parts += [_part(table, plan, auditor, "second") for plan, auditor in second.items()]
    remarks += _said(table, bench, goal, len(second), groups)


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
        barred=barred,
    )


def _part(table: _Table, plan: int, auditor: int, role: Literal["first", "second"]) -> Part:
    return Part(table.plans[plan], table.agency, table.auditors[auditor].id, role)


def _links(table: _Table) -> list[tuple[int, int]]:
    """Earlier links between auditors of this agency."""
    at = {auditor.id: number for number, auditor in enumerate(table.auditors)}
    return [(at[a], at[b]) for a, b in table.links if a in at and b in at]


def _linked(table: _Table) -> Groups:
    return Groups(len(table.auditors), _links(table))


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


def _said(table: _Table, bench: Bench, goal: int, made: int, groups: Groups) -> Iterator[Remark]:
    active = [auditor for auditor, held in enumerate(bench.holds) if held]
    apart = groups.among(active)
    if made > goal > 0:
        yield Remark(
            "more-doubles",
            f"{table.agency}: {counted(made, 'plan')} instead of {goal} are marked twice, so that "
            f"{'all' if len(apart) == 1 else 'more'} auditors are linked.",
        )
    if made < goal:
        yield _too_few(table, goal, made)
    if len(apart) > 1:
        yield _unlinked(table, bench, apart)


def _too_few(table: _Table, goal: int, made: int) -> Remark:
    said = f"{table.agency}: {made} of {counted(goal, 'plan')} that should be marked twice are."
    if len(table.auditors) == 1:
        return Remark("no-second", f"{said} There is only one auditor.")
    return Remark(
        "fewer-doubles", f"{said} The others have no second auditor with room and without a tie."
    )


def _unlinked(table: _Table, bench: Bench, apart: Sequence[Sequence[int]]) -> Remark:
    """Which auditors are not linked with the largest group, and what it would take."""
    alone = tuple(table.auditors[member].id for group in apart[1:] for member in group)
    largest, joins = len(apart[0]), len(apart) - 1
    whom = (
        f"{listed(alone)} {'is' if len(alone) == 1 else 'are'} not linked with the largest group "
        f"of auditors ({largest})"
        if largest > 1
        else f"none of the {len(apart)} auditors is linked with another"
    )
    short = joins - sum(bench.room)
    room = f" and room for {counted(short, 'more audit')}" if short > 0 else ""
    return Remark(
        "unlinked",
        f"{table.agency}: {whom}, so strictness cannot be told apart from the plans that each was "
        f"given. It would take {counted(joins, 'more plan')} marked twice{room}.",
        alone,
    )
