"""Marks of several raters as a table, and as counts by category."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .inputs import Floats


def mark_table(ratings: ArrayLike) -> Floats:
    """Ratings as raters x units with NaN where missing."""
    try:
        marks = np.asarray(ratings, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("ratings must be numbers, None where a mark is missing.") from None
    if marks.ndim != 2 or marks.size == 0:
        raise ValueError("ratings must be a table: one row a rater, one column a unit.")
    if np.isinf(marks).any():
        raise ValueError("ratings must be finite, None where a mark is missing.")
    return marks


def unit_counts(marks: Floats, categories: Floats) -> Floats:
    """How often each unit got each category: units x categories."""
    return np.column_stack([(marks == category).sum(axis=0) for category in categories]).astype(
        np.float64
    )


def chance_pairs(shares: Floats) -> tuple[Floats, Floats]:
    """Every pair of categories as the counts of a unit, and how often chance brings it."""
    size = shares.size
    first, second = np.divmod(np.arange(size * size), size)
    counts = np.eye(size)[first] + np.eye(size)[second]
    return counts, shares[first] * shares[second]
