"""Every unit against the median of its own peers, draw by draw (methods, b.3).

theta_C is the median over the peers in the same draw, so its own uncertainty counts. Three ways
to the same numbers: a selection network; one sort for a group whose members are all compared with
all the others (England, a large region); a plain median for very many peers of a unit's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .draws import Draws
from .inputs import Floats, probability
from .networks import median_of_rows
from .ranks import Ranks, ascending_order, central_ranks

Places = NDArray[np.intp]
FEWEST = 3
MOST = 255
FEW, NETWORK_UP_TO = 20, 64
"""More than few peers may be a closed group; above 64 a network takes more steps than a sort."""
_DRAWS_AT_ONCE = 1000
_WORTH_A_SORT = 4
"""One sort of a whole group costs about as much as four units' plain medians."""


@dataclass(frozen=True, eq=False)
class PeerComparison:
    """One value a unit, in the order of the rows of draws.

    `probability_above`: of lying above the peers' median. `probability_close`: of lying within
    the margin of it (None without a margin). `rank_low`, `rank_high`: central interval of the
    unit's rank among itself and its peers, 1 the highest. `rank_of`: how many are ranked.
    """

    probability_above: Floats
    probability_close: Floats | None
    rank_low: Ranks
    rank_high: Ranks
    rank_of: Ranks


@dataclass(frozen=True, eq=False)
class _Tally:
    """Counts over draws, filled block by block: above, close (one a unit), ranks (a row a unit)."""

    above: NDArray[np.int64]
    close: NDArray[np.int64]
    ranks: NDArray[np.int64]
    margin: np.float32 | None

    def add(self, units: Places, own: Draws, median: Draws, higher: NDArray[np.uint8]) -> None:
        """Own values, peers' median and number of higher peers; each units x draws."""
        self.above[units] += np.count_nonzero(own > median, axis=1)
        if self.margin is not None:
            np.subtract(own, median, out=median)
            np.abs(median, out=median)
            self.close[units] += np.count_nonzero(median < self.margin, axis=1)
        columns = self.ranks.shape[1]
        cells = higher + (np.arange(units.size) * columns)[:, None]
        counted = np.bincount(cells.ravel(), minlength=units.size * columns)
        self.ranks[units] += counted.reshape(units.size, columns)


def _check(draws: Draws, peers: Places) -> None:
    units = draws.shape[0]
    if draws.ndim != 2 or peers.ndim != 2 or peers.shape[0] != units:
        raise ValueError("draws must be units x draws, and peers must have one row a unit.")
    if not np.isfinite(draws).all():
        raise ValueError("draws must be finite numbers.")
    if (peers < -1).any() or (peers >= units).any():
        raise ValueError(f"peers must be row numbers from 0 to {units - 1}, or -1 for none.")
    if (peers == np.arange(units)[:, None]).any():
        raise ValueError("peers must not hold the unit itself: it is compared with others.")
    ordered = np.sort(peers, axis=1)
    if ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any():
        raise ValueError("peers must not name the same unit twice.")
    given = (peers >= 0).sum(axis=1)
    if ((given > 0) & ((given < FEWEST) | (given > MOST))).any():
        raise ValueError(f"peers must name {FEWEST} to {MOST} others for a unit, or none (-1).")


def _few(draws: Draws, units: Places, chosen: Places, tally: _Tally) -> None:
    """Units that all have the same number of peers, by network."""
    for start in range(0, draws.shape[1], _DRAWS_AT_ONCE):
        block = np.ascontiguousarray(draws[:, start : start + _DRAWS_AT_ONCE])
        own = block[units]
        higher = np.zeros(own.shape, dtype=np.uint8)
        rows = []
        for column in chosen.T:
            rows.append(block[column])
            higher += rows[-1] > own
        tally.add(units, own, median_of_rows(rows, np.empty_like(own)), higher)


def _closed(draws: Draws, members: Places, tally: _Tally) -> None:
    """A group whose members are each compared with all the others: one sort a draw.

    Without a member's own value, the j-th smallest of the others is the j-th of all when the own
    value is above it, and else the next.
    """
    size = members.size
    middle = sorted({(size - 2) // 2, (size - 1) // 2})
    for start in range(0, draws.shape[1], _DRAWS_AT_ONCE):
        own = draws[members, start : start + _DRAWS_AT_ONCE]
        order = ascending_order(own)
        median = np.zeros_like(own)
        for j in middle:
            below = np.take_along_axis(own, order[None, :, j], axis=0)
            above = np.take_along_axis(own, order[None, :, j + 1], axis=0)
            median += np.where(own > below, below, above)
        median /= np.float32(len(middle))
        higher = np.empty(order.shape, dtype=np.uint8)
        falling = np.arange(size - 1, -1, -1, dtype=np.uint8)
        np.put_along_axis(higher, order, falling[None], axis=1)
        tally.add(members, own, median, higher.T)


def _plain(draws: Draws, units: Places, chosen: Places, tally: _Tally) -> None:
    """Units with very many peers of their own, one after the other."""
    for unit, others in zip(units.tolist(), chosen, strict=True):
        own, values = draws[unit], draws[others]
        higher = (values > own).sum(axis=0).astype(np.uint8)
        median = np.median(values, axis=0).astype(np.float32)
        tally.add(np.array([unit]), own[None], median[None], higher[None])


def _many(draws: Draws, peers: Places, given: Places, tally: _Tally) -> Places:
    """Serve units with many peers that share a group; the others are handed back.

    A group is the unit with its peers. Where a good part of its members ask, one sort serves all;
    what it says of members that did not ask (too small to be compared) is not looked at.
    """
    groups: dict[bytes, list[int]] = {}
    for unit in np.flatnonzero(given > FEW).tolist():
        everyone = np.sort(np.append(peers[unit][peers[unit] >= 0], unit))
        groups.setdefault(everyone.tobytes(), []).append(unit)
    rest = []
    for key, members in groups.items():
        group = np.frombuffer(key, dtype=np.intp)
        if len(members) * _WORTH_A_SORT >= group.size:
            _closed(draws, group, tally)
        else:
            rest += members
    return np.array(sorted(rest), dtype=np.intp)


def compare_with_peers(
    draws: Draws, peers: ArrayLike, margin: float | None = None, level: float = 0.90
) -> PeerComparison:
    """Place every unit against the median of its peers, from joint draws.

    `draws`: units x draws, float32, as a posterior gives them. `peers`: units x k row numbers,
    filled up with -1; 3 to 255 others, or none at all, in which case the chances are nan and the
    ranks 0. `margin` in the unit of the draws. `level` is that of the rank interval.
    """
    table = np.atleast_2d(np.asarray(peers, dtype=np.intp))
    values = np.ascontiguousarray(draws, dtype=np.float32)
    _check(values, table)
    probability("level", level)
    given = (table >= 0).sum(axis=1)
    zeros = np.zeros(values.shape[0], dtype=np.int64)
    ranks = np.zeros((values.shape[0], int(given.max(initial=0)) + 1), dtype=np.int64)
    narrow = None if margin is None else np.float32(margin)
    tally = _Tally(zeros, zeros.copy(), ranks, narrow)
    served = (values, table, given, tally)
    own_sets = np.append(np.flatnonzero((given > 0) & (given <= FEW)), _many(*served))
    for k in np.unique(given[own_sets]):
        units = own_sets[given[own_sets] == k]
        chosen = -np.sort(-table[units], axis=1)[:, :k]
        if k <= NETWORK_UP_TO:
            _few(values, units, chosen, tally)
        else:
            _plain(values, units, chosen, tally)
    return _result(tally, given, values.shape[1], level)


def _result(tally: _Tally, given: Places, draws: int, level: float) -> PeerComparison:
    some = given > 0
    low, high = np.zeros(given.size, dtype=np.int64), np.zeros(given.size, dtype=np.int64)
    if some.any():
        low[some], high[some] = central_ranks(tally.ranks[some], level)
    above = np.where(some, tally.above / draws, np.nan)
    close = None if tally.margin is None else np.where(some, tally.close / draws, np.nan)
    return PeerComparison(above, close, low, high, np.where(some, given + 1, 0))
