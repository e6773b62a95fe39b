"""Many comparisons at once: how many flags may be chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .inputs import Floats, probability, vector

Flags = NDArray[np.bool_]
_ROUNDING = 1e-12


def _unit_vector(name: str, values: ArrayLike) -> Floats:
    array = vector(name, values)
    if (array < 0).any() or (array > 1).any():
        raise ValueError(f"{name} must lie between 0 and 1.")
    return array


def benjamini_hochberg(p_values: ArrayLike, q: float = 0.10) -> Flags:
    """Which p values are rejected at false discovery rate `q` (Benjamini and Hochberg 1995).

    One row in, booleans in the same order out.
    """
    p = _unit_vector("p_values", p_values)
    ordered = np.sort(p)
    below = ordered <= probability("q", q) * np.arange(1, p.size + 1) / p.size + _ROUNDING
    if not below.any():
        return np.zeros(p.size, dtype=np.bool_)
    return np.asarray(p <= ordered[np.flatnonzero(below)[-1]])


def bayesian_fdr(probability_above: ArrayLike, q: float = 0.10) -> Flags:
    """Which differences to flag so that the mean chance of a wrong side is at most `q`.

    lfdr = 1 - max(P, 1-P); the largest set by rising lfdr whose mean lfdr is at most `q`. Units of
    equal lfdr are flagged together or not at all, so the order of the rows never matters.
    """
    p = _unit_vector("probability_above", probability_above)
    lfdr = 1 - np.maximum(p, 1 - p)
    levels, sizes = np.unique(lfdr, return_counts=True)
    means = np.cumsum(levels * sizes) / np.cumsum(sizes)
    kept = np.flatnonzero(means <= probability("q", q) + _ROUNDING)
    if kept.size == 0:
        return np.zeros(p.size, dtype=np.bool_)
    return np.asarray(lfdr <= levels[kept[-1]])
