"""How many plans to audit, and from which strata."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .inputs import Floats, probability, vector
from .intervals import normal_quantile

FLOOR = 2
"""Fewest plans a stratum is given: one alone has no variance."""


def exact_sample_size(
    population: float,
    margin: float,
    proportion: float = 0.5,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> float:
    """The sample size before rounding: n0/(1+(n0-1)/N), n0 = z^2 p(1-p) deff/d^2 (methods, f)."""
    if population < 1:
        raise ValueError(f"population must be at least 1: got {population:g}.")
    if design_effect <= 0:
        raise ValueError(f"design_effect must be more than 0: got {design_effect:g}.")
    p, d = probability("proportion", proportion), probability("margin", margin)
    n0 = normal_quantile(confidence) ** 2 * p * (1 - p) * design_effect / d**2
    return float(n0 / (1 + (n0 - 1) / population))


def sample_size(
    population: int,
    margin: float,
    proportion: float = 0.5,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> int:
    """Plans to audit for a half-width of `margin` (0-1) on a proportion, rounded up, at most N."""
    n = exact_sample_size(population, margin, proportion, confidence, design_effect)
    return min(int(population), max(1, math.ceil(n - 1e-9)))


def _largest_remainder(shares: Floats, total: int) -> NDArray[np.int64]:
    """Whole numbers near `shares` that add up to `total`; ties go to the earlier stratum."""
    whole = np.floor(shares + 1e-9).astype(np.int64)
    order = np.argsort(-(shares - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def _bounded_shares(total: int, weights: Floats, low: Floats, high: Floats) -> Floats:
    """Shares of `total` in proportion to `weights`, each held between `low` and `high`.

    Finds the one multiplier at which the clipped shares add up, by bisection.
    """
    # Only proportions matter, and a weight may be too small to divide by.
    safe = np.maximum(weights / weights.max(), 1e-12)
    down, up = 0.0, float((high / safe).max())
    for _ in range(200):
        middle = (down + up) / 2
        down, up = (
            (middle, up) if np.clip(middle * safe, low, high).sum() < total else (down, middle)
        )
    return np.asarray(np.clip(up * safe, low, high))


def neyman(total: int, sizes: ArrayLike, sds: ArrayLike) -> NDArray[np.int64]:
    """Divide a sample of `total` over strata: n_h proportional to N_h S_h (Neyman 1934).

    At least 2 in each stratum (all of it where it holds fewer), at most N_h, whole numbers by
    largest remainder that add up to `total`. Where every sd is 0, in proportion to size.
    """
    n = vector("sizes", sizes)
    s = vector("sds", sds, like=n)
    if (n < 1).any() or (s < 0).any():
        raise ValueError("sizes must be at least 1 and sds must not be negative.")
    low = np.minimum(FLOOR, n)
    if not low.sum() <= total <= n.sum():
        raise ValueError(
            f"total must lie between {low.sum():g} (at least {FLOOR} a stratum) and "
            f"{n.sum():g} (every plan): got {total}."
        )
    weights = n * s if (n * s).any() else n
    return _largest_remainder(_bounded_shares(total, weights, low, n), int(total))
