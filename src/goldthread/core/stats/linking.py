"""Which auditors can be compared at all, and how well: the graph of who marked which plan.

Auditors are linked by plans that both marked. Between two that no chain of plans joins, nobody
can tell strictness from poorer plans; a model fits regardless, so the graph is tested, not the
optimiser (methods, d.4).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from .inputs import Floats

Codes = NDArray[np.intp]
COMMON = 5
"""Common plans that a link needs (the default of mfrmr)."""
LARGEST_SE = 0.025
"""Half of the margin of five percentage points, as a share (methods, d.4)."""


class Component(NamedTuple):
    """Auditors who can be compared with one another, and the plans they marked."""

    auditors: tuple[Any, ...]
    plans: tuple[Any, ...]


class Link(NamedTuple):
    """How well two auditors are linked.

    `common`: plans both marked; `equivalent`: as many common plans as all chains together are
    worth (2 over the effective resistance), nought where nothing joins them; `standard_error`: of
    the difference of their severities, in the unit of `sd`.
    """

    grade: Literal["linked", "weak link", "not linked"]
    common: int
    equivalent: float
    standard_error: float | None
    why: str = ""


@dataclass(frozen=True, eq=False)
class Linking:
    """The groups of linked auditors, the largest first, and their single threads.

    `bridges`: (plan, auditor) marks without which a group would fall in two, with auditors on
    both sides. `marks`: auditors x plans, 1 where marked.
    """

    auditors: tuple[Any, ...]
    plans: tuple[Any, ...]
    components: tuple[Component, ...]
    bridges: tuple[tuple[Any, Any], ...]
    marks: Any

    @cached_property
    def resistances(self) -> Floats:
        """Effective resistance of every two auditors (in the order of `auditors`); infinite
        between groups. One mark is a resistor of 1."""
        return _resistances(self.marks)

    @cached_property
    def _places(self) -> dict[Any, int]:
        return {auditor: place for place, auditor in enumerate(self.auditors)}

    def _place(self, auditor: Hashable) -> int:
        if auditor not in self._places:
            raise ValueError(f"{auditor} marked none of these plans.")
        return self._places[auditor]

    def resistance(self, first: Hashable, second: Hashable) -> float | None:
        """R of two auditors: 2/n where they share n plans and nothing else; None: not linked."""
        r = float(self.resistances[self._place(first), self._place(second)])
        return r if math.isfinite(r) else None

    def standard_error(self, first: Hashable, second: Hashable, sd: float) -> float | None:
        """Standard error of the difference of two severities: sd x sqrt(R); None: not linked.

        `sd`: residual standard deviation of one mark of a plan (.12 on a section score, 0-1).
        """
        if not sd > 0:
            raise ValueError(f"sd must be more than 0: got {sd:g}.")
        r = self.resistance(first, second)
        return None if r is None else sd * math.sqrt(r)

    def common(self, first: Hashable, second: Hashable) -> int:
        """How many plans both marked."""
        one, two = self.marks[[self._place(first)]], self.marks[[self._place(second)]]
        return int(one.multiply(two).sum())

    def link(self, first: Hashable, second: Hashable, sd: float) -> Link:
        """Whether two auditors may be compared: as good as five common plans, and a standard
        error of at most 2.5 percentage points."""
        error, common = self.standard_error(first, second, sd), self.common(first, second)
        r = self.resistance(first, second)
        if error is None or r is None:
            return Link("not linked", common, 0.0, None, "No chain of common plans joins them.")
        equivalent = math.inf if r == 0 else 2 / r
        if equivalent < COMMON - 1e-9:
            why = f"Their links are worth {equivalent:.1f} common plans; {COMMON} are needed."
            return Link("weak link", common, equivalent, error, why)
        if error > LARGEST_SE:
            needed = math.ceil(2 * (sd / LARGEST_SE) ** 2 - 1e-9)
            why = f"Their links are worth {equivalent:.1f} common plans; {needed} would settle it."
            return Link("weak link", common, equivalent, error, why)
        return Link("linked", common, equivalent, error)


def _coded(labels: Sequence[Hashable]) -> tuple[Codes, tuple[Any, ...]]:
    places: dict[Hashable, int] = {}
    codes = [places.setdefault(label, len(places)) for label in labels]
    return np.array(codes, dtype=np.intp), tuple(places)


def linking(pairs: Iterable[tuple[Hashable, Hashable]]) -> Linking:
    """The graph of (plan, auditor) pairs; a pair given twice counts once. ValueError if empty."""
    given = list(dict.fromkeys(pairs))
    if not given:
        raise ValueError("There are no marks, so nobody is linked with anybody.")
    plan, plans = _coded([p for p, _ in given])
    auditor, auditors = _coded([a for _, a in given])
    marks = sparse.csr_array(
        (np.ones(plan.size), (auditor, plan)), shape=(len(auditors), len(plans))
    )
    label = csgraph.connected_components(_graph(marks), directed=False)[1]
    return Linking(
        auditors, plans, _components(label, auditors, plans),
        tuple((plans[p], auditors[a]) for p, a in _bridges(marks)), marks,
    )  # fmt: skip


def _graph(marks: Any) -> Any:
    """Auditors, then plans, as one graph."""
    return sparse.block_array([[None, marks], [marks.T, None]], format="csr")


def _components(
    label: NDArray[Any], auditors: tuple[Any, ...], plans: tuple[Any, ...]
) -> tuple[Component, ...]:
    members: dict[int, tuple[list[Any], list[Any]]] = {}
    for place, number in enumerate(label.tolist()):
        sides = members.setdefault(number, ([], []))
        if place < len(auditors):
            sides[0].append(auditors[place])
        else:
            sides[1].append(plans[place - len(auditors)])
    found = [Component(tuple(a), tuple(p)) for a, p in members.values()]
    return tuple(sorted(found, key=lambda part: (-len(part.auditors), -len(part.plans))))


def _bridges(marks: Any) -> list[tuple[int, int]]:
    """(plan, auditor) edges whose loss parts auditors, by one walk through the graph.

    A mark of a plan that nobody else marked hangs loose and parts nobody. Depth-first order and
    the lowest place reached from below (Tarjan 1974), without recursion.
    """
    graph, size = _graph(marks), marks.shape[0]
    start, to = graph.indptr.tolist(), graph.indices.tolist()
    order, low = [0] * graph.shape[0], [0] * graph.shape[0]
    held = [int(node < size) for node in range(graph.shape[0])]
    found: list[tuple[int, int]] = []
    clock = 0
    for root in range(size):
        if order[root]:
            continue
        begun = len(found)
        clock = _walk(root, start, to, order, low, held, clock, found)
        total = held[root]
        found[begun:] = [(a, b) for a, b in found[begun:] if 0 < held[b] < total]
    return [(max(edge) - size, min(edge)) for edge in found]


def _walk(
    root: int, start: list[int], to: list[int], order: list[int], low: list[int],
    held: list[int], clock: int, found: list[tuple[int, int]],
) -> int:  # fmt: skip
    """Walk one component; `held` becomes the auditors at or below each node, `found` its bridges
    as (upper, lower)."""
    stack = [(root, -1, start[root])]
    clock += 1
    order[root] = low[root] = clock
    while stack:
        node, above, at = stack.pop()
        if at < start[node + 1]:
            stack.append((node, above, at + 1))
            other = to[at]
            if not order[other]:
                clock += 1
                order[other] = low[other] = clock
                stack.append((other, node, start[other]))
            elif other != above:
                low[node] = min(low[node], order[other])
        elif above >= 0:
            low[above] = min(low[above], low[node])
            held[above] += held[node]
            if low[node] > order[above]:
                found.append((above, node))
    return clock


def _resistances(marks: Any) -> Floats:
    """R between auditors from the pseudo-inverse of the Laplacian with the plans taken out.

    A plan with d marks joins each two of its auditors by 1/d (a star made a mesh).
    """
    size = marks.shape[0]
    per_plan = np.asarray(marks.sum(axis=0)).ravel()
    joined = (marks @ sparse.diags_array(1 / per_plan) @ marks.T).toarray()
    laplacian = np.diag(joined.sum(axis=1)) - joined
    label = csgraph.connected_components(sparse.csr_array(joined), directed=False)[1]
    out = np.full((size, size), np.inf)
    for number in range(int(label.max()) + 1):
        inside = np.flatnonzero(label == number)
        block = np.ix_(inside, inside)
        inverse = np.linalg.pinv(laplacian[block], hermitian=True)
        own = np.diagonal(inverse)
        out[block] = np.maximum(own[:, None] + own[None, :] - 2 * inverse, 0.0)
    return out
