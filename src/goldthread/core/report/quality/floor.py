"""Fair use: which groups are not shown as figures, so that nobody's work can be picked out.

A group of fewer than 5 audits, or of one person's work, is held back. So that it cannot be worked
out either, others are held back with it: what one page shows of groups is a set of sums over the
same audits, and a sum that follows from the shown ones is as good as shown (methods, g, D4). So the
test is one of linear algebra: the group, as a row over the page's cells, must not lie in the space
of the rows that are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldthread.core.report.quality.figures import FEWEST

Matrix = NDArray[np.int64]
PRIME = 2**31 - 1
"""Products of two remainders still fit into 64 bits. A sum that is one of whole numbers is one of
remainders too; the reverse fails once in two thousand million, and then too much is hidden."""
SPARE = 4


class Group(NamedTuple):
    """All audits with one value of one dimension: need “ASD”."""

    dimension: str
    value: str


class Held(NamedTuple):
    """`few`: too few audits, or one person's work. `beside`: held back so that those stay so."""

    few: frozenset[Group]
    beside: frozenset[Group]

    def hides(self, group: Group) -> bool:
        return group in self.few or group in self.beside


def held_back(
    cells: Mapping[tuple[str, ...], int], dimensions: Sequence[str],
    one_person: Collection[Group] = (),
) -> Held:  # fmt: skip
    """`cells`: values in the order of `dimensions` -> audits; all audits together are shown.

    `one_person`: groups that are the work of one person.
    """
    used = {key: n for key, n in cells.items() if n > 0}
    sizes = _sizes(used, dimensions)
    few = frozenset(g for g, n in sizes.items() if n < FEWEST or g in one_person)
    hidden = set(few)
    for dimension in dimensions:
        _not_by_subtraction(dimension, sizes, hidden)
    if few:
        _not_by_any_sum(used, dimensions, sizes, few, hidden)
    return Held(few, frozenset(hidden - few))


def _sizes(cells: Mapping[tuple[str, ...], int], dimensions: Sequence[str]) -> dict[Group, int]:
    sizes: dict[Group, int] = {}
    for key, n in cells.items():
        for group in map(Group, dimensions, key):
            sizes[group] = sizes.get(group, 0) + n
    return sizes


def _not_by_subtraction(dimension: str, sizes: Mapping[Group, int], hidden: set[Group]) -> None:
    """The total less what is shown is what is hidden together: two groups, and enough audits."""
    own = [g for g in sizes if g.dimension == dimension]
    while True:
        out = [g for g in own if g in hidden]
        if not out or (len(out) > 1 and sum(sizes[g] for g in out) >= FEWEST):
            return
        if not _hide_smallest(own, sizes, hidden):
            return


def _hide_smallest(
    groups: Collection[Group], sizes: Mapping[Group, int], hidden: set[Group]
) -> bool:
    left = sorted((g for g in groups if g not in hidden), key=lambda g: (sizes[g], g))
    hidden.update(left[:1])
    return bool(left)


def _not_by_any_sum(
    cells: Mapping[tuple[str, ...], int], dimensions: Sequence[str], sizes: Mapping[Group, int],
    few: frozenset[Group], hidden: set[Group],
) -> None:  # fmt: skip
    """Hides more until no group of `few`, nor those of one dimension together, is such a sum."""
    rows = _rows(cells, dimensions)
    secrets = np.array([rows[g] for g in sorted(few)] + _together(few, sizes, rows))
    everything = np.ones(len(cells), dtype=np.int64)
    while True:
        shown = [g for g in sorted(sizes) if g not in hidden]
        used = _used(np.vstack([everything, *(rows[g] for g in shown)]), secrets)
        if used is None:
            return
        behind = [shown[i - 1] for i in used if i > 0]
        if not _hide_smallest(behind or shown, sizes, hidden):
            return
        for dimension in dimensions:
            _not_by_subtraction(dimension, sizes, hidden)


def _rows(
    cells: Mapping[tuple[str, ...], int], dimensions: Sequence[str]
) -> dict[Group, Matrix]:  # fmt: skip
    """Group -> 1 for each cell that is in it."""
    rows: dict[Group, Matrix] = {}
    for place, key in enumerate(cells):
        for group in map(Group, dimensions, key):
            rows.setdefault(group, np.zeros(len(cells), dtype=np.int64))[place] = 1
    return rows


def _together(
    few: frozenset[Group], sizes: Mapping[Group, int], rows: Mapping[Group, Matrix]
) -> list[Matrix]:
    """Of each dimension, the small groups as one, where even that is too small."""
    found = []
    for dimension in sorted({g.dimension for g in few}):
        own = [g for g in sorted(few) if g.dimension == dimension]
        if len(own) > 1 and sum(sizes[g] for g in own) < FEWEST:
            found.append(np.sum([rows[g] for g in own], axis=0))
    return found


def _used(matrix: Matrix, secrets: Matrix) -> list[int] | None:
    """The rows that give away the first secret that is a sum of rows; None when none is.

    Elimination of whole numbers modulo a prime, so that nothing rests on rounding, on columns
    mixed at random into as few as the rows need.
    """
    mixed = np.random.default_rng(PRIME).integers(
        0, PRIME, (matrix.shape[1], len(matrix) + len(secrets) + SPARE)
    )
    ways = np.eye(len(matrix), dtype=np.int64)
    rows = np.hstack([matrix @ mixed % PRIME, ways])
    pivots = _eliminated(rows, mixed.shape[1])
    for secret in np.hstack([secrets @ mixed % PRIME, np.zeros((len(secrets), len(ways)), int)]):
        left = secret
        for row, column in pivots:
            left = (left - left[column] * rows[row]) % PRIME
        if not left[: mixed.shape[1]].any():
            return [int(i) for i in np.flatnonzero(left[mixed.shape[1] :])]
    return None


def _eliminated(rows: Matrix, columns: int) -> list[tuple[int, int]]:
    """Brings `rows` to reduced form in place; the row and column of each pivot."""
    pivots: list[tuple[int, int]] = []
    for column in range(columns):
        found = np.flatnonzero(rows[len(pivots) :, column])
        if not found.size:
            if len(pivots) == len(rows):
                break
            continue
        at, here = int(found[0]) + len(pivots), len(pivots)
        rows[[here, at]] = rows[[at, here]]
        rows[here] = rows[here] * pow(int(rows[here, column]), -1, PRIME) % PRIME
        others = rows[:, column].copy()
        others[here] = 0
        rows -= others[:, None] * rows[here] % PRIME
        rows %= PRIME
        pivots.append((here, column))
    return pivots
