"""Ranks of units draw by draw, and what they say: 1 is the highest value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .draws import Draws
from .inputs import Floats, probability

Ranks = NDArray[np.int64]
_DRAWS_AT_ONCE = 500


def ascending_order(block: Draws) -> NDArray[np.int64]:
    """Row numbers from the lowest to the highest value, draw by draw: draws x units.

    Each value is sorted as a whole number of the same order with its row number in the lower
    half, which is some three times faster than sorting row numbers by value.
    """
    bits = np.ascontiguousarray(block.T).view(np.int32).astype(np.int64)
    keys = (np.where(bits < 0, bits ^ 0x7FFFFFFF, bits) << 32) | np.arange(block.shape[0])
    keys.sort(axis=1)
    return np.asarray(keys & 0xFFFFFFFF)


def rank_counts(draws: Draws) -> NDArray[np.int64]:
    """How often each unit took each rank: units x units, column 0 is rank 1 (highest).

    Ties within a draw, which continuous draws do not have, go to the later unit.
    """
    units = draws.shape[0]
    counts = np.zeros(units * units, dtype=np.int64)
    place = np.arange(units - 1, -1, -1)
    for start in range(0, draws.shape[1], _DRAWS_AT_ONCE):
        cells = ascending_order(draws[:, start : start + _DRAWS_AT_ONCE]) * units + place
        counts += np.bincount(cells.ravel(), minlength=units * units)
    return counts.reshape(units, units)


def central_ranks(counts: NDArray[np.int64], level: float) -> tuple[Ranks, Ranks]:
    """The central interval of each row of rank counts: lowest and highest rank number, from 1."""
    tail = (1 - probability("level", level)) / 2
    share: Floats = np.cumsum(counts, axis=1) / counts.sum(axis=1, keepdims=True)
    best = (share < tail).sum(axis=1) + 1
    worst = (share < 1 - tail - 1e-12).sum(axis=1) + 1
    return best, worst
