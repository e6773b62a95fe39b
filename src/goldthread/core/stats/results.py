"""The small frozen values that the functions of `goldthread.core.stats` return.

Tuples with names: `low, high = wilson(39, 60)` and `wilson(39, 60).low` both read well.
"""

from __future__ import annotations

from typing import NamedTuple


class Interval(NamedTuple):
    """A confidence or credible interval, in the unit of the estimate."""

    low: float
    high: float


class Estimate(NamedTuple):
    """A survey mean, its standard error, and its variance over that of a simple random sample."""

    value: float
    se: float
    design_effect: float


class AssistedEstimate(NamedTuple):
    """A machine-assisted mean, its standard error, and the weight (0-1) given to the machine."""

    value: float
    se: float
    weight: float


class Overdispersion(NamedTuple):
    """Target rate, winsorised dispersion ratio, and additive variance on the transformed scale."""

    target: float
    phi: float
    tau2: float


class RandomEffects(NamedTuple):
    """Pooled mean, its standard error, between-unit variance, and Cochran's Q."""

    mean: float
    se: float
    tau2: float
    q: float


class IndirectRate(NamedTuple):
    """An indirectly standardised rate with its interval, and the observed to expected ratio."""

    value: float
    low: float
    high: float
    ratio: float
