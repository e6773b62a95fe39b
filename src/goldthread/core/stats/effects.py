"""Random effects: one mean over units that differ, and how much they differ."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .inputs import Floats, positive, vector
from .results import RandomEffects

Method = Literal["dl", "reml", "pm"]


def _weighted(y: Floats, v: Floats, tau2: float) -> tuple[float, float, float]:
    """Mean, sum of weights and generalised Q at a given between-unit variance."""
    w = 1 / (v + tau2)
    total = float(w.sum())
    mean = float(w @ y) / total
    return mean, total, float(w @ (y - mean) ** 2)


def _dersimonian_laird(y: Floats, v: Floats) -> float:
    w = 1 / v
    scale = float(w.sum() - (w @ w) / w.sum())
    return max(0.0, (_weighted(y, v, 0.0)[2] - (y.size - 1)) / scale)


def _paule_mandel(y: Floats, v: Floats) -> float:
    """The variance at which the generalised Q equals its degrees of freedom."""

    def excess(tau2: float) -> float:
        return _weighted(y, v, tau2)[2] - (y.size - 1)

    low, high = 0.0, float(np.var(y)) * y.size + float(v.max())
    if excess(low) <= 0:
        return 0.0
    while high - low > 1e-15 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return high


def _restricted_likelihood(y: Floats, v: Floats) -> float:
    """REML by Fisher scoring from the DerSimonian-Laird value, halving steps that leave 0."""
    tau2 = _dersimonian_laird(y, v)
    for _ in range(500):
        w = 1 / (v + tau2)
        total, squares = w.sum(), w @ w
        trace = total - squares / total
        information = squares - 2 * (w**3).sum() / total + (squares / total) ** 2
        residual = y - (w @ y) / total
        step = float((w**2 @ residual**2 - trace) / information)
        while tau2 + step < 0 and abs(step) > 1e-14:
            step /= 2
        tau2 = max(0.0, tau2 + step)
        if abs(step) <= 1e-12 * (1e-6 + tau2):
            break
    return tau2


_METHODS: dict[str, Callable[[Floats, Floats], float]] = {
    "dl": _dersimonian_laird,
    "reml": _restricted_likelihood,
    "pm": _paule_mandel,
}


def random_effects(effects: ArrayLike, ses: ArrayLike, method: Method = "dl") -> RandomEffects:
    """Pool `effects` with standard errors `ses`, both one row of the same length (2 or more).

    `method` finds the between-unit variance: DerSimonian-Laird 1986, restricted maximum
    likelihood (Viechtbauer 2005) or Paule-Mandel 1982. Q is Cochran's, at variance 0.
    """
    y = vector("effects", effects)
    v = positive("ses", vector("ses", ses, like=y)) ** 2
    if y.size < 2:
        raise ValueError("effects must hold at least two units to be pooled.")
    if method not in _METHODS:
        raise ValueError(f"method must be one of dl, reml, pm: got {method!r}.")
    tau2 = _METHODS[method](y, v)
    mean, total, _ = _weighted(y, v, tau2)
    return RandomEffects(mean, 1 / math.sqrt(total), tau2, _weighted(y, v, 0.0)[2])
