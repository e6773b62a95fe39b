"""Funnels: how far a unit may lie from a target by chance, and by chance plus real spread.

Spiegelhalter 2005 (funnel plots) and 2005 (additive overdispersion); methods, b.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from .inputs import Floats, counts, numbers, positive, vector
from .results import Overdispersion

WARNING, ALARM = 1.959964, 3.090232
"""Standard normal quantiles of the 95% and the 99.8% limits."""
SHMI_GROUPS_LOST = "winsorise leaves no units: use a smaller share, or more units."

Kind = Literal["proportion", "ratio"]


@dataclass(frozen=True, eq=False)
class Limits:
    """Funnel limits at 95% and 99.8%, in the unit of the target; floats, or arrays as n was."""

    low95: float | Floats
    high95: float | Floats
    low998: float | Floats
    high998: float | Floats


def _arcsine(rate: Floats) -> Floats:
    return np.asarray(np.arcsin(np.sqrt(rate)))


def _check_target(target: float) -> float:
    if not 0 <= target <= 1:
        raise ValueError(f"target must lie between 0 and 1: got {target:g}.")
    return float(target)


def funnel_z(successes: ArrayLike, n: ArrayLike, target: float, tau2: float = 0.0) -> Floats:
    """z of each proportion against the target on the arcsine scale, any shape.

    z = (asin sqrt p - asin sqrt P0) / sqrt(1/(4n) + tau2).
    """
    s, total = counts(successes, n)
    distance = _arcsine(s / total) - _arcsine(np.asarray(_check_target(target)))
    return np.asarray(distance / np.sqrt(1 / (4 * total) + tau2))


def _additive_variance(phi: float, weights: Floats) -> float:
    k, total = weights.size, float(weights.sum())
    scale = total - float(weights @ weights) / total
    return max(0.0, (k * phi - (k - 1)) / scale) if scale > 0 else 0.0


def _proportion_spread(s: Floats, n: Floats, winsorise: float) -> Overdispersion:
    target = float(s.sum() / n.sum())
    z = funnel_z(s, n, target)
    if winsorise:
        z = np.clip(z, *np.quantile(z, [winsorise, 1 - winsorise]))
    phi = float(z @ z) / z.size
    return Overdispersion(target, phi, _additive_variance(phi, 4 * n))


def _average_ranks(values: Floats) -> Floats:
    """Ranks from 1, ties sharing their mean rank."""
    _, position, repeats = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(repeats) - (repeats - 1) / 2)[position])


def _ratio_spread(observed: Floats, expected: Floats, share: float) -> Overdispersion:
    """The NHS SHMI rule: log ratio, s = 1/sqrt(E), the outermost by rank left out, not clipped."""
    if (observed <= 0).any():
        raise ValueError("numerators must be more than 0 for ratios of observed to expected.")
    z = np.sqrt(expected) * np.log(observed / expected)
    if share:
        group = np.floor(_average_ranks(z) / share / (z.size + 1))
        kept = (group > 0) & (group < 1 / share - 1)
        z, expected = z[kept], expected[kept]
    if z.size < 2:
        raise ValueError(SHMI_GROUPS_LOST)
    phi = float(z @ z) / z.size
    return Overdispersion(1.0, phi, _additive_variance(phi, expected))


def overdispersion(
    numerators: ArrayLike,
    denominators: ArrayLike,
    winsorise: float = 0.1,
    kind: Kind | None = None,
) -> Overdispersion:
    """Dispersion ratio and additive between-unit variance of at least two units, one row each.

    Proportions: arcsine scale, z clipped at the type-7 quantiles `winsorise` and 1-`winsorise`,
    target the pooled rate. Ratios of observed to expected: log scale, target 1, and the same share
    left out at each end as the SHMI does. Without `kind`, counts that exceed their denominator
    are taken as ratios. tau2 is dependable from about 20 units on.
    """
    top = vector("numerators", numerators)
    bottom = positive("denominators", vector("denominators", denominators, like=top))
    if not 0 <= winsorise < 0.5:
        raise ValueError(f"winsorise must be at least 0 and below 0.5: got {winsorise:g}.")
    if top.size < 2:
        raise ValueError("numerators must hold at least two units to show a spread.")
    if kind is None:
        kind = "ratio" if (top > bottom).any() else "proportion"
    if kind == "ratio":
        return _ratio_spread(top, bottom, winsorise)
    return _proportion_spread(*counts(top, bottom), winsorise)


def _bounds(target: float, n: Floats, tau2: float, k: float) -> tuple[Floats, Floats]:
    if tau2 == 0:
        half = k * np.sqrt(target * (1 - target) / n)
        return np.maximum(target - half, 0.0), np.minimum(target + half, 1.0)
    centre = float(np.arcsin(np.sqrt(target)))
    half = k * np.sqrt(1 / (4 * n) + tau2)
    low = np.sin(np.maximum(centre - half, 0.0)) ** 2
    return low, np.sin(np.minimum(centre + half, np.pi / 2)) ** 2


def funnel_limits(target: float, n: ArrayLike, tau2: float = 0.0) -> Limits:
    """95% and 99.8% limits around `target` for units of size `n` (a number or an array).

    With overdispersion: sin^2(asin sqrt P0 +- k sqrt(1/(4n) + tau2)). Without (`tau2` 0) the
    limits are P0 +- k sqrt(P0 (1-P0)/n), as published by the Office for Health Improvement and
    Disparities. Always inside 0-1 and never wider for a larger n.
    """
    size = positive("n", numbers("n", n))
    _check_target(target)
    if not tau2 >= 0:
        raise ValueError(f"tau2 must not be negative: got {tau2:g}.")
    warning, alarm = _bounds(target, size, tau2, WARNING), _bounds(target, size, tau2, ALARM)
    return _as_limits(size, warning, alarm)


def beta_binomial_limits(target: float, n: ArrayLike, rho: float) -> Limits:
    """Limits for small units (n P0 (1-P0) < 5), from beta-binomial quantiles.

    `n` are whole numbers; `rho` is the intra-unit correlation 1/(M+1); 0 gives binomial quantiles.
    """
    size = positive("n", numbers("n", n))
    _check_target(target)
    if not 0 <= rho < 1:
        raise ValueError(f"rho must be at least 0 and below 1: got {rho:g}.")
    if (size != np.floor(size)).any():
        raise ValueError("n must be whole numbers for beta-binomial limits.")
    tails = special.ndtr([-WARNING, WARNING, -ALARM, ALARM])
    sizes, position = np.unique(size, return_inverse=True)
    cumulative = [_cumulative_chances(int(k), target, rho) for k in sizes]
    found = np.array([np.searchsorted(c, tails) / (c.size - 1) for c in cumulative])
    low95, high95, low998, high998 = found[position.reshape(size.shape)].T
    return _as_limits(size, (low95.T, high95.T), (low998.T, high998.T))


def _cumulative_chances(n: int, target: float, rho: float) -> Floats:
    """P(Y <= y) for y = 0..n, beta-binomial, binomial when rho is 0; the last is 1."""
    y = np.arange(n + 1.0)
    log_p = -np.log(n + 1.0) - special.betaln(y + 1, n - y + 1)
    if rho > 0 and 0 < target < 1:
        a, b = target * (1 / rho - 1), (1 - target) * (1 / rho - 1)
        log_p += special.betaln(y + a, n - y + b) - special.betaln(a, b)
    else:
        log_p += special.xlogy(y, target) + special.xlog1py(n - y, -target)
    total = np.cumsum(np.exp(log_p))
    return np.asarray(np.append(total[:-1] / total[-1], 1.0))


def _as_limits(
    size: Floats, warning: tuple[Floats, Floats], alarm: tuple[Floats, Floats]
) -> Limits:
    four = (*warning, *alarm)
    if size.ndim == 0:
        return Limits(*(float(limit) for limit in four))
    return Limits(*(np.asarray(limit) for limit in four))
