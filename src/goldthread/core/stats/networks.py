"""Selection networks: the middle of a few rows by minima and maxima alone, no branching."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .draws import Draws


class Exchange(NamedTuple):
    """Compare rows `first` and `second`; keep the lesser in the one, the greater in the other."""

    first: int
    second: int
    keep_low: bool
    keep_high: bool


def _merge_exchange(size: int) -> list[tuple[int, int]]:
    """Batcher's sorting network for any number of rows (Knuth, volume 3, algorithm 5.2.2 M)."""
    pairs: list[tuple[int, int]] = []
    top = 1 << max(size - 1, 1).bit_length() - 1
    p = top
    while p > 0:
        q, r, d = top, 0, p
        while True:
            pairs += [(i, i + d) for i in range(size - d) if i & p == r]
            if q == p:
                break
            d, q, r = q - p, q >> 1, p
        p >>= 1
    return pairs


@lru_cache(maxsize=64)
def median_network(size: int) -> tuple[Exchange, ...]:
    """The exchanges that put the middle row, or both middle rows, of `size` in place.

    Sorting steps that do not lead to the middle are left out, from the last backwards.
    """
    needed = {(size - 1) // 2, size // 2}
    kept = []
    for first, second in reversed(_merge_exchange(size)):
        low, high = first in needed, second in needed
        if low or high:
            kept.append(Exchange(first, second, low, high))
            needed |= {first, second}
    return tuple(reversed(kept))


def median_of_rows(rows: list[Draws], spare: Draws) -> Draws:
    """Elementwise median of equal-shaped arrays; overwrites them and `spare` (same shape)."""
    for first, second, keep_low, keep_high in median_network(len(rows)):
        a, b = rows[first], rows[second]
        if keep_low and keep_high:
            np.minimum(a, b, out=spare)
            np.maximum(a, b, out=b)
            rows[first], spare = spare, a
        elif keep_low:
            np.minimum(a, b, out=a)
        else:
            np.maximum(a, b, out=b)
    low, high = rows[(len(rows) - 1) // 2], rows[len(rows) // 2]
    if low is not high:
        low += high
        low *= np.float32(0.5)
    return low
