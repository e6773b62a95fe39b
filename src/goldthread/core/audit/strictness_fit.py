"""How far each judge's marks lie above or below those of the judges they are linked with.

y = mean + unit + judge + error, all but the mean drawn from normals: the model of `severity_reml`
(core/stats). The spreads of units and of errors are those of the greatest restricted likelihood;
that of judges is known badly where there are few, so it is integrated out over a grid: intervals
then hold even where the best single guess would be that nobody differs.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
Row = tuple[Hashable, Hashable, float]
"""Unit, judge, value."""
WIDEST, STEPS = 1.5, 60
"""The grid of the judges' spread, in points of 0 to 3; every step as likely beforehand."""
SMALLEST = 1e-3
"""Standard deviations below it are taken for it: marks that never differ leave nothing to divide
by."""


class JudgeEffect(NamedTuple):
    """Points above the mean of all judges, with 95% interval; `below`: the chance that it is
    really below it (0-1)."""

    value: float
    low: float
    high: float
    below: float


class Contrast(NamedTuple):
    """Normal posteriors of one difference, one a step of the grid, and the steps' weights."""

    means: Floats
    sds: Floats
    weights: Floats

    def below(self, x: float) -> float:
        """The chance that it is less than x."""
        return float(self.weights @ special.ndtr((x - self.means) / self.sds))

    def quantile(self, p: float) -> float:
        """By halving an interval that holds every component’s tail."""
        low = float((self.means - 10 * self.sds).min())
        high = float((self.means + 10 * self.sds).max())
        for _ in range(36):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < p else (low, middle)
        return (low + high) / 2

    def effect(self) -> JudgeEffect:
        value = float(self.weights @ self.means)
        return JudgeEffect(value, self.quantile(0.025), self.quantile(0.975), self.below(0.0))


@dataclass(frozen=True, eq=False)
class JudgeFit:
    """`judges` in order; `spread`: of judges, a standard deviation in the values' unit; `units`,
    `errors`: those of units and of single marks."""

    judges: tuple[Hashable, ...]
    effects: tuple[JudgeEffect, ...]
    spread: float
    units: float
    errors: float


class _Design(NamedTuple):
    """`marks`: units x judges, how often; sums of values by unit, by judge, and of squares."""

    marks: Floats
    by_unit: Floats
    by_judge: Floats
    squares: float


class _Seen(NamedTuple):
    """What the marks say of judges at given variances, in the axes (`vectors`) in which judges are
    independent: precisions and pulls; `log`: the rest of the restricted log-likelihood."""

    precision: Floats
    pull: Floats
    vectors: Floats
    log: float


def fit_judges(rows: Sequence[Row]) -> JudgeFit:
    """Effects of linked judges. Errors: ValueError for fewer than two judges."""
    judges = tuple(dict.fromkeys(judge for _, judge, _ in rows))
    if len(judges) < 2:
        raise ValueError("One judge alone is neither strict nor kind.")
    design = _design(rows, judges)
    units, errors = _variances(design)
    grid = [_see(design, units, errors * times**2) for times in TIMES]
    weights = special.softmax(np.concatenate([_logs(seen) for seen in grid]))
    effects = tuple(_contrast(at, grid, weights).effect() for at in range(len(judges)))
    spread = float(np.sqrt(weights @ np.tile(SPREADS**2, len(grid))))
    return JudgeFit(judges, effects, spread, float(np.sqrt(units)), float(np.sqrt(errors)))


SPREADS = (np.arange(STEPS) + 0.5) * WIDEST / STEPS
"""The step nought would give intervals without width; half a step stands for it."""
TIMES = np.exp(np.linspace(-1.2, 1.2, 9))
"""Of the likeliest spread of errors: with few documents marked twice it is known badly too."""


def _design(rows: Sequence[Row], judges: Sequence[Hashable]) -> _Design:
    units = {unit: at for at, unit in enumerate(dict.fromkeys(unit for unit, _, _ in rows))}
    places = {judge: at for at, judge in enumerate(judges)}
    unit = np.array([units[row[0]] for row in rows])
    judge = np.array([places[row[1]] for row in rows])
    value = np.array([row[2] for row in rows], dtype=np.float64)
    marks = np.zeros((len(units), len(judges)))
    np.add.at(marks, (unit, judge), 1.0)
    by_unit = np.asarray(np.bincount(unit, value), dtype=np.float64)
    by_judge = np.asarray(np.bincount(judge, value), dtype=np.float64)
    return _Design(marks, by_unit, by_judge, float(value @ value))


def _variances(design: _Design) -> tuple[float, float]:
    """Of units and of errors: the likeliest when judges are integrated out."""
    n = design.marks.sum()
    start = max(np.sqrt(design.squares / n - (design.by_unit.sum() / n) ** 2), 0.01)

    def minus(logs: Floats) -> float:
        units, errors = np.exp(2 * np.maximum(logs, np.log(SMALLEST)))
        return -float(special.logsumexp(_logs(_see(design, units, errors))))

    found = optimize.minimize(
        minus, np.log([0.8 * start, 0.6 * start]), method="Nelder-Mead",
        options={"xatol": 1e-3, "fatol": 1e-4, "maxiter": 400},
    )  # fmt: skip
    units, errors = np.exp(2 * np.maximum(found.x, np.log(SMALLEST)))
    return float(units), float(errors)


def _see(design: _Design, units: float, errors: float) -> _Seen:
    """Generalised least squares: a unit's marks share its variance; the mean is taken out.

    The inverse covariance of a unit with k marks is (I - c 11')/errors, c = units/(errors + k
    units).
    """
    size = design.marks.sum(axis=1)
    shared = units / (errors + size * units)
    total = float(size.sum() - shared @ size**2) / errors
    ones = (design.marks.sum(axis=0) - design.marks.T @ (shared * size)) / errors
    mean = float(design.by_unit.sum() - (shared * size) @ design.by_unit) / errors
    precision = np.diag(design.marks.sum(axis=0)) - (design.marks.T * shared) @ design.marks
    pull = (design.by_judge - design.marks.T @ (shared * design.by_unit)) / errors
    squares = (design.squares - float(shared @ design.by_unit**2)) / errors
    values, vectors = np.linalg.eigh(precision / errors - np.outer(ones, ones) / total)
    logs = float(((size - 1) * np.log(errors) + np.log(errors + size * units)).sum())
    rest = logs + np.log(total) + squares - mean**2 / total
    turned = vectors.T @ (pull - ones * mean / total)
    return _Seen(np.maximum(values, 0.0), turned, vectors, -rest / 2)


def _logs(seen: _Seen) -> Floats:
    """The restricted log-likelihood at every step of the judges' spread."""
    spread = SPREADS[:, None] ** 2
    gain = seen.pull**2 * spread / (1 + spread * seen.precision)
    return np.asarray(seen.log + 0.5 * (gain - np.log1p(spread * seen.precision)).sum(axis=1))


def _contrast(place: int, grid: Sequence[_Seen], weights: Floats) -> Contrast:
    """One judge less the mean of all, at every step of the grid."""
    wanted = np.full(len(grid[0].pull), -1 / len(grid[0].pull))
    wanted[place] += 1
    means, variances = [], []
    for seen in grid:
        inverse = 1 / (seen.precision[None, :] + 1 / SPREADS[:, None] ** 2)
        turned = seen.vectors.T @ wanted
        means.append((inverse * seen.pull) @ turned)
        variances.append(np.maximum(inverse @ turned**2, 1e-12))
    return Contrast(np.concatenate(means), np.sqrt(np.concatenate(variances)), weights)
