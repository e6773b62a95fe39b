"""Give each plan an auditor: as many plans as can be, then as even a load as can be.

Plans are added one at a time. Each goes to the auditor, of all that can be reached by moving plans
already placed from one auditor to another, at whom one more costs least. Costs grow with the load,
so this is the shortest augmenting path, and the result is the best there is (Harvey, Ladner,
Lovász and Tamir 2006, semi-matchings): no plan is left out that could be placed, and the sum of
load²/capacity is least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_NOBODY: frozenset[int] = frozenset()
Load = tuple[float, int]
"""What one more plan costs an auditor, and the auditor's turn among equals."""


@dataclass
class Bench:
    """The auditors of one agency while plans are placed; numbers stand for ids and references.

    `room`: plans an auditor can still take; `load`: plans held, those from before among them;
    `capacity`: the most. `barred`: plan -> auditors who must not have it.
    """

    room: list[int]
    load: list[int]
    capacity: list[int]
    barred: Mapping[int, frozenset[int]]
    holds: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.holds = [[] for _ in self.room]

    def cost(self, auditor: int) -> Load:
        """The rise of load²/capacity with one more plan, then the auditor's number."""
        return (2 * self.load[auditor] + 1) / max(self.capacity[auditor], 1), auditor

    def tied(self, plan: int) -> frozenset[int]:
        """The auditors who must not have the plan."""
        return self.barred.get(plan, _NOBODY)

    def may(self, plan: int, auditor: int) -> bool:
        """Whether the auditor has no tie to the plan."""
        return auditor not in self.tied(plan)

    def take(self, auditor: int) -> None:
        """One plan more at an auditor."""
        self.room[auditor] -= 1
        self.load[auditor] += 1


def place(bench: Bench, plans: Iterable[int]) -> list[int]:
    """Place the plans, the first with precedence; `bench.holds` says who got them.

    Returns the plans that no auditor can take, whoever gives up what.
    """
    return [plan for plan in plans if not _add(bench, plan)]


def _add(bench: Bench, plan: int) -> bool:
    came = _search(bench, plan)
    free = [auditor for auditor in came if bench.room[auditor] > 0]
    if not free:
        return False
    end = min(free, key=bench.cost)
    bench.take(end)
    _shift(bench, came, plan, end)
    return True


def _search(bench: Bench, plan: int) -> dict[int, tuple[int, int]]:
    """The auditors that a path from `plan` reaches: auditor -> (plan moved there, from whom).

    From whom is -1 for the new plan itself. Stops where the cheapest free auditor is reached. Of
    plans tied to the same auditors one is enough: the others lead nowhere else.
    """
    everyone = range(len(bench.room))
    cheapest = min((a for a in everyone if bench.room[a] > 0), key=bench.cost, default=None)
    if cheapest is None:
        return {}
    came = {auditor: (plan, -1) for auditor in everyone if bench.may(plan, auditor)}
    unreached = set(everyone) - came.keys()
    tried = {bench.tied(plan)}
    queue = list(came)
    for auditor in queue:
        if cheapest in came or not unreached:
            break
        for held in bench.holds[auditor]:
            ties = bench.tied(held)
            if ties in tried:
                continue
            tried.add(ties)
            found = sorted(unreached - ties)
            came.update({other: (held, auditor) for other in found})
            queue += found
            unreached.difference_update(found)
    return came


def _shift(bench: Bench, came: Mapping[int, tuple[int, int]], plan: int, end: int) -> None:
    """Move plans along the path, from its end back to the new plan."""
    while True:
        moved, giver = came[end]
        bench.holds[end].append(moved)
        if giver < 0:
            return
        bench.holds[giver].remove(moved)
        end = giver
