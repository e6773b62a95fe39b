"""What the agreement functions return, and the sentences for what cannot be told."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from .bootstrap import percentiles
from .inputs import Floats

NOTHING_PAIRED = "Nothing was marked twice, so there is no agreement to measure."
NO_VARIATION = "Every mark is the same, so agreement beyond chance cannot be told."
NO_INTERVAL = "Too little variation for an interval: resampled, most marks are the same."


class Coefficient(NamedTuple):
    """An agreement statistic with its interval, of `n` units (pairs, plans) marked twice or more.

    `value` None: undefined, never nought; `low`, `high` None: no interval. `why` says so in one
    sentence, and is empty where nothing is missing.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    why: str = ""


def undefined(n: int, why: str) -> Coefficient:
    """A statistic that is not there, and why."""
    return Coefficient(None, None, None, n, why)


def coefficient(value: float, drawn: Floats, n: int, confidence: float) -> Coefficient:
    """A value with the percentile interval of its resampled values, kept within -1 to 1.

    The interval always holds the value itself. A value that is not finite is undefined.
    """
    if not math.isfinite(value):
        return undefined(n, NO_VARIATION if n else NOTHING_PAIRED)
    ends = percentiles(drawn, confidence)
    if ends is None:
        return Coefficient(value, None, None, n, NO_INTERVAL)
    low, high = np.clip(ends, -1.0, 1.0)
    return Coefficient(value, min(float(low), value), max(float(high), value), n)


def ratio(observed: Floats, expected: Floats) -> Floats:
    """1 - observed/expected disagreement, elementwise; NaN where chance leaves no disagreement."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 1e-12, 1 - observed / expected, np.nan))
