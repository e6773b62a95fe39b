"""From logits to points: expected scores of plans, what a judge's severity costs, and misfit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from .inputs import Floats
from .severity_marks import Usable

Points = Mapping[Hashable, Sequence[float]]
Weights = Mapping[Hashable, float]
_PLACES = 25
"""Quantiles of the plans' qualities over which a judge's effect is averaged."""
_AT_ONCE = 4000


@dataclass(frozen=True, eq=False)
class Scorer:
    """Expected mean score of all criteria as a function of quality less severity.

    `floor`: score when every answer is the lowest; `steps` (criteria x cuts): what passing each
    cut adds, weights included; `cuts` (criteria x cuts): where. Scores are on the 0-3 scale, or
    0-100 where points were given.
    """

    floor: float
    steps: Floats
    cuts: Floats

    def expected(self, locations: Floats) -> Floats:
        """Expected score at each location (any shape)."""
        flat = locations.ravel()
        out = np.empty(flat.size)
        for start in range(0, flat.size, _AT_ONCE):
            some = flat[start : start + _AT_ONCE, None, None]
            passed = special.expit(some - self.cuts)
            out[start : start + _AT_ONCE] = (passed * self.steps).sum(axis=(1, 2))
        return np.asarray(self.floor + out.reshape(locations.shape))


def scorer(
    marks: Usable, alpha: Floats, cuts: Floats, points: Points | None, weights: Weights | None
) -> Scorer:
    """The scores of a fit. `points`: criterion -> points of answers 0, 1, 2 …, each 0 to 1; makes
    scores 0 to 100. `weights`: criterion -> weight. ValueError where a criterion is missing."""
    worth = _points(marks, points)
    shares = np.array([1.0 if weights is None else _of(weights, name, "weights")
                       for name in marks.ratings.criteria])  # fmt: skip
    if (shares < 0).any() or not shares.sum() > 0:
        raise ValueError("weights must not be negative, and not all nought.")
    shares = shares / shares.sum()
    steps = np.zeros((marks.kept.size, cuts.size))
    floor = sum(shares[c] * worth[c][answer] for c, answer in marks.constant.items())
    for row, criterion in enumerate(marks.kept.tolist()):
        able = marks.scale[marks.scale <= marks.ratings.tops[criterion]]
        scores = worth[criterion][able]
        floor += shares[criterion] * scores[0]
        steps[row, : able.size - 1] = shares[criterion] * np.diff(scores)
    return Scorer(float(floor), steps, alpha[:, None] + cuts)


def _of(mapping: Mapping[Hashable, float], name: Hashable, what: str) -> float:
    if name not in mapping:
        raise ValueError(f"{what} say nothing of {name}.")
    return float(mapping[name])


def _points(marks: Usable, points: Points | None) -> list[Floats]:
    """For each criterion the score of each answer from 0 to its top."""
    worth = []
    for name, top in zip(marks.ratings.criteria, marks.ratings.tops.tolist(), strict=True):
        if points is None:
            worth.append(np.arange(top + 1, dtype=np.float64))
            continue
        given = np.asarray(points.get(name, ()), dtype=np.float64)
        if given.size < top + 1:
            raise ValueError(f"points must name the points of answers 0 to {top} of {name}.")
        worth.append(100 * given)
    return worth


def effects(score: Scorer, qualities: Floats, severities: Floats) -> Floats:
    """Points by which a judge of each severity (any shape) marks above an average judge, over
    plans as these: minus where severe."""
    places = np.quantile(qualities, (np.arange(_PLACES) + 0.5) / _PLACES)
    usual = score.expected(places).mean()
    marked = score.expected(places - severities[..., None])
    return np.asarray(marked.mean(axis=-1) - usual)


def misfit(marks: Usable, locations: Floats, alpha: Floats, cuts: Floats) -> tuple[Floats, Floats]:
    """Infit and outfit of each judge: about 1; above 1 erratic, below 1 too even.

    Mean squared residual in the unit of its variance, weighted by it (infit) or not (outfit).
    `locations`: of each usable mark, quality less severity.
    """
    steps = np.diff(marks.scale.astype(np.float64))
    able = np.arange(cuts.size) < marks.top[:, None]
    passed = special.expit((locations - alpha[marks.criterion])[:, None] - cuts) * able
    values, squares = marks.scale.astype(np.float64), marks.scale.astype(np.float64) ** 2
    mean = values[0] + passed @ steps
    variance = squares[0] + passed @ np.diff(squares) - mean**2
    squared = (values[marks.step] - mean) ** 2
    judge, size = marks.ratings.judge[marks.rows], len(marks.ratings.judges)
    number = np.maximum(np.bincount(judge, minlength=size), 1)
    outfit = np.bincount(judge, squared / variance, size) / number
    infit = np.bincount(judge, squared, size) / np.maximum(
        np.bincount(judge, variance, size), 1e-12
    )
    return infit, outfit
