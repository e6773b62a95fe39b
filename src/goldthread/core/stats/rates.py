"""Indirectly standardised rates, and what to expect next of a rate picked for being extreme."""

from __future__ import annotations

from .intervals import poisson_interval
from .results import IndirectRate


def indirect_rate(
    observed: float, expected: float, reference_rate: float, confidence: float = 0.95
) -> IndirectRate:
    """P0 * O/E with Byar's interval, exact when O < 10 (methods, c.3).

    Compares one authority with the reference, not with another authority. `expected` must come
    from a reference that leaves the authority out. The result is in the unit of `reference_rate`.
    """
    if not expected > 0:
        raise ValueError(f"expected must be more than 0: got {expected:g}.")
    if not reference_rate >= 0:
        raise ValueError(f"reference_rate must not be negative: got {reference_rate:g}.")
    low, high = poisson_interval(observed, confidence)
    scale = reference_rate / expected
    return IndirectRate(observed * scale, low * scale, high * scale, observed / expected)


def expected_next(value: float, reliability: float, group_mean: float) -> float:
    """The value to expect next time if nothing changes: mu + R(y - mu) (methods, b.7).

    Subtract it before calling a rise after a low year an improvement.
    """
    if not 0 <= reliability <= 1:
        raise ValueError(f"reliability must lie between 0 and 1: got {reliability:g}.")
    return group_mean + reliability * (value - group_mean)
