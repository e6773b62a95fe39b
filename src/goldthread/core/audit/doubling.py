"""Choose which plans a second auditor marks, so that every auditor is linked with every other.

Auditors who mark a common plan are linked. Without a chain of links between two auditors nobody
can say whether one is stricter or had the poorer plans (methods, d.4). Links are therefore made
first, then the rest of the wanted share, spread evenly over the auditors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from goldthread.core.audit.placing import Bench, Load

Lightness = tuple[int, Load]
"""An auditor's places left, negative, then the cost of one more plan: the least is lightest."""


class Groups:
    """Auditors joined into groups (union-find): linked are those of one group."""

    def __init__(self, size: int, links: Iterable[tuple[int, int]] = ()) -> None:
        self._above = list(range(size))
        for first, second in links:
            self.join(first, second)

    def of(self, member: int) -> int:
        """The member that stands for the group."""
        while self._above[member] != member:
            self._above[member] = self._above[self._above[member]]
            member = self._above[member]
        return member

    def join(self, first: int, second: int) -> None:
        """Make one group of two."""
        self._above[self.of(first)] = self.of(second)

    def among(self, members: Iterable[int]) -> list[list[int]]:
        """The groups of these members, the largest first, then by the lowest member."""
        held: dict[int, list[int]] = {}
        for member in sorted(members):
            held.setdefault(self.of(member), []).append(member)
        return sorted(held.values(), key=lambda group: (-len(group), group[0]))


@dataclass
class _Desk:
    """What is being arranged: who marks which plan first, who second, how often two meet."""

    bench: Bench
    first: Mapping[int, int]
    waiting: dict[int, list[int]]
    groups: Groups
    pairs: Counter[int]
    meetings: Counter[tuple[int, int]]
    second: dict[int, int]

    def give(self, plan: int, second: int) -> None:
        """The plan's second auditor."""
        first = self.first[plan]
        self.second[plan] = second
        self.waiting[first].remove(plan)
        self.bench.take(second)
        self.groups.join(first, second)
        self.pairs.update((first, second))
        self.meetings[min(first, second), max(first, second)] += 1


def double(
    bench: Bench,
    order: Sequence[int],
    wanted: int,
    links: Iterable[tuple[int, int]] = (),
) -> tuple[dict[int, int], Groups]:
    """Second auditors (plan -> auditor) for the placed plans of a bench, and the groups that come.

    `order`: the placed plans in random order; `wanted`: how many to mark twice (0: none), more
    only where links take more; `links`: auditors already linked, once for each plan that both
    marked: those who share fewest plans with others come first. Nobody goes over their room, is
    barred from the plan, or is both first and second.
    """
    links = tuple(links)
    first = {plan: auditor for auditor, held in enumerate(bench.holds) for plan in held}
    waiting: dict[int, list[int]] = {auditor: [] for auditor in range(len(bench.room))}
    for plan in order:
        waiting[first[plan]].append(plan)
    groups = Groups(len(bench.room), links)
    pairs = Counter(auditor for link in links for auditor in link)
    meetings = Counter((min(link), max(link)) for link in links)
    desk = _Desk(bench, first, waiting, groups, pairs, meetings, {})
    if wanted:
        _link(desk)
    while len(desk.second) < wanted and _one_more(desk):
        pass
    return desk.second, desk.groups


def _active(desk: _Desk) -> list[int]:
    return [auditor for auditor, held in enumerate(desk.bench.holds) if held]


def _link(desk: _Desk) -> None:
    """Join groups until there is one, or until no plan can join two.

    Without ties to plans this always ends in one group where the room is enough: each join uses
    one place, and a group always has one plan more than it has joins. The largest group goes
    first: should not all be linked, one large group can be compared within itself, many small
    ones hardly.
    """
    while True:
        groups = desk.groups.among(_active(desk))
        best = next((bridge for group in groups if (bridge := _bridge(desk, group))), None)
        if best is None or len(groups) < 2:
            return
        desk.give(*best)


def _bridge(desk: _Desk, group: Sequence[int]) -> tuple[int, int] | None:
    """The plan and second auditor that best join the group with another; None where none can.

    Best: at auditors with the fewest pairs, then where most room is left, then the lightest load.
    """
    inside = set(group)
    outside = [auditor for auditor in _active(desk) if auditor not in inside]
    lightness = {auditor: _lightness(desk.bench, auditor) for auditor in _active(desk)}
    best: tuple[tuple[int, Lightness], tuple[int, int]] | None = None
    for first, second in chain(product(group, outside), product(outside, group)):
        keenness = desk.pairs[first] + desk.pairs[second], lightness[second]
        if desk.bench.room[second] < 1 or (best and keenness >= best[0]):
            continue
        plan = next((p for p in desk.waiting[first] if desk.bench.may(p, second)), None)
        if plan is not None:
            best = keenness, (plan, second)
    return best[1] if best else None


def _lightness(bench: Bench, auditor: int) -> Lightness:
    return -bench.room[auditor], bench.cost(auditor)


def _one_more(desk: _Desk) -> bool:
    """Mark one more plan twice, of the auditor who shares fewest plans; whether it can be done."""
    firsts = [auditor for auditor, plans in desk.waiting.items() if plans]
    for first in sorted(firsts, key=lambda auditor: (desk.pairs[auditor], auditor)):
        for plan in desk.waiting[first]:
            second = _partner(desk, first, plan)
            if second is not None:
                desk.give(plan, second)
                return True
    return False


def _partner(desk: _Desk, first: int, plan: int) -> int | None:
    """The auditor met least often by the first, then with fewest pairs, then the lightest load."""

    def keenness(other: int) -> tuple[int, int, float, int]:
        met = desk.meetings[min(first, other), max(first, other)]
        return met, desk.pairs[other], *desk.bench.cost(other)

    free = (
        other
        for other in range(len(desk.bench.room))
        if other != first and desk.bench.room[other] > 0 and desk.bench.may(plan, other)
    )
    return min(free, key=keenness, default=None)
