"""Krippendorff's alpha for any number of raters, levels of measurement and missing marks."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .agreement_marks import chance_pairs, mark_table, unit_counts
from .agreement_values import NOTHING_PAIRED, Coefficient, coefficient, ratio, undefined
from .bootstrap import DRAWS, resample, urn_of
from .inputs import Floats

Level = Literal["nominal", "ordinal", "interval", "ratio"]
MOST_VALUES = 20
"""With more distinct values than this alpha is given without an interval."""
_LEVELS = ("nominal", "ordinal", "interval", "ratio")


def _distances(coincidences: Floats, values: Floats, level: Level) -> Floats:
    """Squared difference of two values at the level: ... x values x values.

    Ordinal: between the middle ranks of the values among all marks, hence of each table its own.
    """
    if level == "ordinal":
        marks = coincidences.sum(axis=-1)
        middle = np.cumsum(marks, axis=-1) - marks / 2
        return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2)
    apart = np.subtract.outer(values, values)
    if level == "nominal":
        return np.asarray(apart != 0, dtype=np.float64)
    if level == "interval":
        return np.asarray(apart**2)
    both = np.add.outer(values, values)
    return np.asarray((apart / np.where(both == 0, 1.0, both)) ** 2)


def alphas(coincidences: Floats, values: Floats, level: Level) -> Floats:
    """Alpha of each table of coincidences (... x values x values); NaN where undefined."""
    marks = coincidences.sum(axis=-1)
    distances = _distances(coincidences, values, level)
    observed = (coincidences * distances).sum(axis=(-2, -1)) * (marks.sum(axis=-1) - 1)
    expected = ((marks[..., None, :] @ distances)[..., 0, :] * marks).sum(axis=-1)
    return ratio(observed, expected)


def _coincidences(counts: Floats) -> Floats:
    """Each unit's pairs of marks by two different raters: units x (values x values)."""
    marks = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    return np.asarray((pairs / (marks - 1)[:, None, None]).reshape(counts.shape[0], -1))


def krippendorff_alpha(
    ratings: ArrayLike, level: Level, confidence: float = 0.95, draws: int = DRAWS
) -> Coefficient:
    """Krippendorff's alpha (2011) with its interval from resampled units.

    `ratings`: raters x units, missing None or NaN; units with fewer than two marks are left out.
    """
    if level not in _LEVELS:
        raise ValueError(f"level must be one of {', '.join(_LEVELS)}: got {level!r}.")
    marks = mark_table(ratings)
    marks = marks[:, (~np.isnan(marks)).sum(axis=0) >= 2]
    values = np.unique(marks[~np.isnan(marks)])
    units = marks.shape[1]
    if level == "ratio" and (values < 0).any():
        raise ValueError(f"ratings at level ratio must not be negative: got {values[0]:g}.")
    if units == 0:
        return undefined(0, NOTHING_PAIRED)
    counts = unit_counts(marks, values)
    total = np.zeros((values.size, values.size))
    for start in range(0, units, 1000):
        some = counts[start : start + 1000]
        total += _coincidences(some).sum(axis=0).reshape(total.shape)
    value = float(alphas(total, values, level))
    if values.size > MOST_VALUES:
        why = f"No interval is made with more than {MOST_VALUES} different values."
        return Coefficient(value, None, None, units, why)
    drawn = alphas(_resampled(counts, draws), values, level)
    return coefficient(value, drawn, units, confidence)


def _resampled(counts: Floats, draws: int) -> Floats:
    """Tables of coincidences of units drawn again: draws x values x values."""
    marks = counts.sum(axis=0)
    chance_counts, chance = chance_pairs(marks / marks.sum())
    urn = urn_of(_coincidences(counts), _coincidences(chance_counts), chance)
    return resample(urn, counts.shape[0], draws).reshape(-1, counts.shape[1], counts.shape[1])
