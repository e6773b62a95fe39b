"""Intervals for one proportion, a difference of two, a count and a mean.

Every scalar function has an `_array` twin that takes arrays and returns two arrays (low, high);
the scalar one calls it. Counts may be fractional, because an effective sample size is.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from .inputs import Floats, counts, numbers, probability, vector
from .results import Interval

Bounds = tuple[Floats, Floats]
EXACT_BELOW = 10
"""Below this count Byar's approximation gives way to the exact Poisson interval (PHE practice)."""


def normal_quantile(confidence: float) -> float:
    """The two-sided standard normal quantile: 1.959964 for .95."""
    return float(special.ndtri(0.5 + probability("confidence", confidence) / 2))


def _scalar(bounds: Bounds) -> Interval:
    return Interval(bounds[0].item(), bounds[1].item())


def wilson_array(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Bounds:
    """Wilson score limits without continuity correction (Wilson 1927), any shape."""
    s, total = counts(successes, n)
    z2 = normal_quantile(confidence) ** 2
    centre = s + z2 / 2
    half = np.sqrt(z2 * (s * (total - s) / total + z2 / 4))
    low, high = (centre - half) / (total + z2), (centre + half) / (total + z2)
    return np.where(s == 0, 0.0, low), np.where(s == total, 1.0, high)


def wilson(successes: float, n: float, confidence: float = 0.95) -> Interval:
    """Wilson score interval for a proportion: the default everywhere (methods, a.5)."""
    return _scalar(wilson_array(successes, n, confidence))


def clopper_pearson_array(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Bounds:
    """Exact limits from beta quantiles (Clopper and Pearson 1934), any shape."""
    s, total = counts(successes, n)
    tail = (1 - probability("confidence", confidence)) / 2
    low = special.betaincinv(np.where(s == 0, 1, s), total - s + 1, tail)
    high = special.betaincinv(s + 1, np.where(s == total, 1, total - s), 1 - tail)
    return np.where(s == 0, 0.0, low), np.where(s == total, 1.0, high)


def clopper_pearson(successes: float, n: float, confidence: float = 0.95) -> Interval:
    """Exact interval for a proportion: never covers less than it says."""
    return _scalar(clopper_pearson_array(successes, n, confidence))


def jeffreys_array(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Bounds:
    """Equal-tailed limits of the Beta(s+1/2, n-s+1/2) posterior, any shape."""
    s, total = counts(successes, n)
    tail = (1 - probability("confidence", confidence)) / 2
    a, b = s + 0.5, total - s + 0.5
    return special.betaincinv(a, b, tail), special.betaincinv(a, b, 1 - tail)


def jeffreys(successes: float, n: float, confidence: float = 0.95) -> Interval:
    """Jeffreys interval for a proportion, as in Brown, Cai and DasGupta 2001 unmodified."""
    return _scalar(jeffreys_array(successes, n, confidence))


def _check_count(count: ArrayLike) -> Floats:
    observed = numbers("count", count)
    if (observed < 0).any():
        raise ValueError(f"count must not be negative: got {observed.min():g}.")
    return observed


def byar_array(count: ArrayLike, confidence: float = 0.95) -> Bounds:
    """Byar's limits for a Poisson count (Breslow and Day 1987), any shape."""
    observed = _check_count(count)
    z = normal_quantile(confidence)
    safe = np.where(observed == 0, 1.0, observed)
    low = safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3
    above = observed + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where(observed == 0, 0.0, np.maximum(low, 0.0)), high


def byar(count: float, confidence: float = 0.95) -> Interval:
    """Byar's interval for a Poisson count; good from about ten events on."""
    return _scalar(byar_array(count, confidence))


def poisson_array(count: ArrayLike, confidence: float = 0.95) -> Bounds:
    """Limits for a Poisson count: exact below ten events, Byar's from there on."""
    observed = _check_count(count)
    tail = (1 - probability("confidence", confidence)) / 2
    exact_low = np.where(observed == 0, 0.0, special.gammaincinv(np.maximum(observed, 1), tail))
    exact_high = special.gammaincinv(observed + 1, 1 - tail)
    low, high = byar_array(observed, confidence)
    few = observed < EXACT_BELOW
    return np.where(few, exact_low, low), np.where(few, exact_high, high)


def poisson_interval(count: float, confidence: float = 0.95) -> Interval:
    """Interval for a Poisson count: exact below ten events, Byar's from there on."""
    return _scalar(poisson_array(count, confidence))


def newcombe_difference_array(
    s1: ArrayLike, n1: ArrayLike, s2: ArrayLike, n2: ArrayLike, confidence: float = 0.95
) -> Bounds:
    """Limits for p1 - p2 by Newcombe's hybrid score method (1998, method 10), any shape."""
    a, first = counts(s1, n1)
    b, second = counts(s2, n2)
    p1, p2 = a / first, b / second
    low1, high1 = wilson_array(a, first, confidence)
    low2, high2 = wilson_array(b, second, confidence)
    low = p1 - p2 - np.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + np.hypot(high1 - p1, p2 - low2)
    return low, high


def newcombe_difference(
    s1: float, n1: float, s2: float, n2: float, confidence: float = 0.95
) -> Interval:
    """Interval for the difference of two independent proportions, first minus second."""
    return _scalar(newcombe_difference_array(s1, n1, s2, n2, confidence))


def mean_interval(values: ArrayLike, confidence: float = 0.95) -> Interval:
    """Student's t interval for a mean of at least two values."""
    array = vector("values", values)
    if array.size < 2:
        raise ValueError("values must hold at least two numbers to give an interval for a mean.")
    t = special.stdtrit(array.size - 1, 0.5 + probability("confidence", confidence) / 2)
    half = float(t) * float(array.std(ddof=1)) / math.sqrt(array.size)
    return Interval(float(array.mean()) - half, float(array.mean()) + half)
