"""Checks of what comes in: each refusal is one sentence that says what is wrong and where."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def numbers(name: str, values: ArrayLike) -> Floats:
    """`values` as float64 of any shape; ValueError if empty, not numeric, or not finite."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers.") from None
    if array.size == 0:
        raise ValueError(f"{name} must not be empty.")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite numbers: leave missing values out first.")
    return array


def vector(name: str, values: ArrayLike, like: Floats | None = None) -> Floats:
    """`values` as one finite row of numbers, as long as `like` when that is given."""
    array = numbers(name, values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers, not {array.ndim} dimensions.")
    if like is not None and array.shape != like.shape:
        raise ValueError(f"{name} has {array.size} values where {like.size} were expected.")
    return array


def counts(successes: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Successes and n, broadcast together, with 0 <= successes <= n and n > 0.

    They need not be whole: an effective sample size is not.
    """
    s, total = np.broadcast_arrays(numbers("successes", successes), numbers("n", n))
    if (total <= 0).any():
        raise ValueError("n must be more than 0: a rate needs at least one case.")
    if (s < 0).any():
        raise ValueError(f"successes must not be negative: got {s.min():g}.")
    if (s > total).any():
        at = np.unravel_index(int(np.argmax(s - total)), s.shape)
        raise ValueError(f"successes must not exceed n: got {s[at]:g} of {total[at]:g}.")
    return s, total


def probability(name: str, value: float) -> float:
    """A number strictly between 0 and 1."""
    if not 0 < value < 1:
        raise ValueError(f"{name} must lie between 0 and 1: got {value:g}.")
    return float(value)


def positive(name: str, values: Floats) -> Floats:
    """The same numbers, all above 0."""
    if (values <= 0).any():
        raise ValueError(f"{name} must be more than 0: got {values.min():g}.")
    return values
