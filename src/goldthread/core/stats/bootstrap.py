"""Resampling of counts with a fixed seed: the same input gives the same interval on every run.

What is resampled are plans (or other units), each a row of sums from which a statistic follows;
identical rows are drawn together, so ten thousand marks cost no more than their few patterns.

Two more units, answered by chance, stand in the urn (as Agresti and Coull 1998 add to a count).
Without them ten pairs that all agree would give an interval of no width. Simulated for kappa,
alpha and AC2 with 10 to 150 pairs: plain percentiles lay above the truth in up to 31 of 100 tries,
these in at most 10.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .inputs import Floats, probability

DRAWS = 1000
SEED = 20261101
BY_CHANCE = 2.0
"""Units answered by chance that are added before resampling."""
UNDEFINED = 0.05
"""With a larger share of draws in which the statistic is undefined there is no interval."""


class Urn(NamedTuple):
    """What is drawn from: rows of sums (kinds x sums) and how many units are of each kind."""

    rows: Floats
    sizes: Floats


def urn_of(rows: Floats, chance_rows: Floats, chance: Floats) -> Urn:
    """An urn with one unit a row of `rows`, and two shared among `chance_rows` (chance sums to 1).

    Rows that are equal become one kind.
    """
    kinds, sizes = np.unique(rows, axis=0, return_counts=True)
    return Urn(
        np.concatenate([kinds, chance_rows]),
        np.concatenate([sizes.astype(np.float64), BY_CHANCE * chance]),
    )


def resample(urn: Urn, units: int, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Sums of `units` rows drawn from the urn with replacement: draws x sums."""
    rng = np.random.default_rng(seed)
    times = rng.multinomial(units, urn.sizes / urn.sizes.sum(), size=draws)
    return np.asarray(times @ urn.rows, dtype=np.float64)


def percentiles(values: Floats, confidence: float) -> tuple[float, float] | None:
    """The middle `confidence` of resampled values; None when too many of them are undefined."""
    tail = (1 - probability("confidence", confidence)) / 2
    known = values[np.isfinite(values)]
    if known.size < (1 - UNDEFINED) * values.size:
        return None
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)
