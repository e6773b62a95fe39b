"""Agreement beyond chance: Cohen's and Fleiss' kappa, Krippendorff's alpha, Gwet's AC1 and AC2.

`ratings` are always raters x units (one row a rater), None or NaN where a mark is missing. Every
function returns a `Coefficient`; intervals come from resampling units (`bootstrap.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .agreement_marks import chance_pairs, mark_table, unit_counts
from .agreement_values import NOTHING_PAIRED, Coefficient, coefficient, ratio, undefined
from .bootstrap import BY_CHANCE, DRAWS, Urn, resample, urn_of
from .inputs import Floats, numbers

_Statistic = Callable[[Floats, Floats], Floats]
_ONE_VALUE = "Every mark is the same: name the scale's categories to measure agreement."


def disagreement_weights(weights: ArrayLike | None, size: int) -> Floats:
    """Disagreement of two categories, size x size: None counts any as 1, or linear, quadratic, or
    a matrix of one's own with 0 on the diagonal (Cohen 1968)."""
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    if weights is None:
        return np.asarray(steps > 0, dtype=np.float64)
    if isinstance(weights, str):
        if weights not in ("linear", "quadratic"):
            raise ValueError(f"weights must be linear, quadratic or a matrix: got {weights!r}.")
        return steps if weights == "linear" else steps**2
    matrix = numbers("weights", weights)
    if matrix.shape != (size, size):
        raise ValueError(f"weights must be {size} x {size} numbers, as the table is.")
    if np.diagonal(matrix).any() or (matrix < 0).any() or not matrix.any():
        raise ValueError("weights must be disagreements: 0 on the diagonal, nowhere negative.")
    return matrix


def quadratic_weights(scale: Floats) -> Floats:
    """1 for the same value, 0 for the two ends, falling with the square of the difference."""
    return np.asarray(1 - (np.subtract.outer(scale, scale) / (scale[-1] - scale[0])) ** 2)


def square_counts(table: ArrayLike) -> Floats:
    """A square table of counts or shares, none negative, with at least two categories."""
    counted = numbers("table", table)
    if counted.ndim != 2 or counted.shape[0] != counted.shape[1] or counted.shape[0] < 2:
        raise ValueError("table must be square: one row and one column a category, 2 or more.")
    if (counted < 0).any():
        raise ValueError(f"table must not hold negative counts: got {counted.min():g}.")
    return counted


def are_whole(counts: Floats) -> bool:
    """Whether these are counts, give or take rounding."""
    return bool((np.abs(counts - np.round(counts)) < 1e-9).all())


def chance_table(table: Floats) -> Floats:
    """How pairs would fall by chance, as shares that sum to 1, from one table of counts.

    One mark is added, shared by all categories, so that none is impossible.
    """
    marks = table.sum(axis=0) + table.sum(axis=1) + 1 / table.shape[0]
    share = marks / marks.sum()
    return np.outer(share, share)


def resampled_tables(table: Floats, draws: int) -> Floats:
    """Tables of as many pairs, drawn again: draws x size x size."""
    size = table.shape[0]
    urn = Urn(np.eye(size * size), (table + BY_CHANCE * chance_table(table)).ravel())
    return resample(urn, round(float(table.sum())), draws).reshape(-1, size, size)


def kappas(tables: Floats, disagreement: Floats) -> Floats:
    """Weighted kappa of each table (... x size x size); NaN where it is undefined."""
    rows, columns = tables.sum(axis=-1), tables.sum(axis=-2)
    observed = (tables * disagreement).sum(axis=(-2, -1)) * tables.sum(axis=(-2, -1))
    return ratio(observed, ((rows @ disagreement) * columns).sum(axis=-1))


def cohen_kappa(
    table: ArrayLike, weights: ArrayLike | None = None, confidence: float = 0.95, draws: int = DRAWS
) -> Coefficient:
    """Cohen's kappa of two raters (1960), or weighted kappa (1968).

    `table`: one row a category of the first rater, one column a category of the second; counts,
    or shares (then there is no interval, and n is 0). `weights`: see `disagreement_weights`.
    """
    counted = square_counts(table)
    disagreement = disagreement_weights(weights, counted.shape[0])
    if not counted.any():
        return undefined(0, NOTHING_PAIRED)
    value = float(kappas(counted / counted.sum(), disagreement))
    if not are_whole(counted):
        return Coefficient(value, None, None, 0, "Shares have no interval: give counts.")
    drawn = kappas(resampled_tables(counted, draws), disagreement)
    return coefficient(value, drawn, int(counted.sum()), confidence)


def fleiss_kappa(counts: ArrayLike, confidence: float = 0.95, draws: int = DRAWS) -> Coefficient:
    """Fleiss' kappa (1971). `counts`: subjects x categories, every row of as many raters."""
    given = numbers("counts", counts)
    if given.ndim != 2:
        raise ValueError("counts must be a table: one row a subject, one column a category.")
    if (given < 0).any():
        raise ValueError(f"counts must not be negative: got {given.min():g}.")
    raters = given.sum(axis=1)
    if (raters != raters[0]).any() or raters[0] < 2:
        raise ValueError(
            "counts must hold as many raters, 2 or more, for every subject: use "
            "krippendorff_alpha or gwet_ac where marks are missing."
        )
    weights = np.eye(given.shape[1])
    return _of_counts(given, weights, _fleiss, confidence, draws)


def _fleiss(sums: Floats, weights: Floats) -> Floats:
    """1 - (1 - pa) / (1 - pe) with pe the chance that two marks at random are the same."""
    share = sums[..., 3:] / sums[..., 1:2]
    pe = ((share @ weights) * share).sum(axis=-1)
    return ratio(1 - _observed(sums), 1 - pe)


def _gwet(sums: Floats, weights: Floats) -> Floats:
    """The same with Gwet's chance, that of marks given at random (2008; 2014, chapter 3)."""
    size = weights.shape[0]
    share = sums[..., 3:] / sums[..., 1:2]
    pe = weights.sum() / (size * (size - 1)) * (share * (1 - share)).sum(axis=-1)
    return ratio(1 - _observed(sums), 1 - pe)


def _observed(sums: Floats) -> Floats:
    """Mean agreement of the units marked twice; NaN where a draw holds none."""
    twice = sums[..., 0]
    return np.asarray(np.where(twice > 0, sums[..., 2] / np.maximum(twice, 1.0), np.nan))


def _unit_sums(counts: Floats, weights: Floats) -> Floats:
    """For each unit: whether marked twice, whether marked, its agreement, its share by category.

    Agreement is the mean weight of two different marks of the unit, nought when there is one.
    """
    marks = counts.sum(axis=1)
    twice = marks >= 2
    pairs = np.where(twice, marks * (marks - 1), 1.0)
    alike = (counts * (counts @ weights)).sum(axis=1) - counts @ np.diagonal(weights)
    shares = counts / np.maximum(marks, 1.0)[:, None]
    return np.column_stack([twice, marks > 0, np.where(twice, alike / pairs, 0.0), shares])


def _of_counts(
    counts: Floats, weights: Floats, statistic: _Statistic, confidence: float, draws: int
) -> Coefficient:
    """A statistic of unit counts (units x categories) with its interval."""
    counts = counts[counts.sum(axis=1) > 0]
    units = int((counts.sum(axis=1) >= 2).sum())
    if units == 0:
        return undefined(0, NOTHING_PAIRED)
    rows = _unit_sums(counts, weights)
    marks = counts.sum(axis=0) + 1 / counts.shape[1]
    chance_counts, chance = chance_pairs(marks / marks.sum())
    urn = urn_of(rows, _unit_sums(chance_counts, weights), chance)
    drawn = statistic(resample(urn, counts.shape[0], draws), weights)
    return coefficient(float(statistic(rows.sum(axis=0), weights)), drawn, units, confidence)


def gwet_ac(
    ratings: ArrayLike,
    weights: Literal["quadratic"] | None = None,
    categories: Sequence[float] | None = None,
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> Coefficient:
    """Gwet's AC1, or AC2 with quadratic weights; holds up where nearly all marks are the same.

    `ratings`: raters x units, missing None or NaN. `categories`: all that the scale has, in
    order; without it those that occur. AC depends on how many there are.
    """
    marks = mark_table(ratings)
    if weights not in (None, "quadratic"):
        raise ValueError(f"weights must be None or quadratic: got {weights!r}.")
    seen = np.unique(marks[~np.isnan(marks)])
    scale = seen if categories is None else np.unique(numbers("categories", categories))
    if not np.isin(seen, scale).all():
        raise ValueError(f"ratings hold {np.setdiff1d(seen, scale)[0]:g}, not in categories.")
    if scale.size < 2:
        twice = int(((~np.isnan(marks)).sum(axis=0) >= 2).sum())
        return undefined(twice, _ONE_VALUE if twice else NOTHING_PAIRED)
    alike = np.eye(scale.size) if weights is None else quadratic_weights(scale)
    return _of_counts(unit_counts(marks, scale), alike, _gwet, confidence, draws)
