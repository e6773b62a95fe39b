"""How much judges differ, and how sure that makes each judge's severity.

The likeliest spread may be 0 where judges hardly differ, or where there are few. Taken for true
it would make every interval vanish. So the model is fitted at several spreads, and each counts by
its likelihood and a Rayleigh prior of one logit. That prior leans away from 0, as Chung et al. 2013
advise for likelihoods that pile up there, and says little else: spreads of .3 to 1 logit are
usual in studies of raters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .inputs import Floats, probability
from .severity_fit import LARGEST_SD, Covariances, Fit, Search, covariances
from .severity_model import Problem

PRIOR_SD = 1.0
_PLACES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.5, 5.5, 8.0)


class Spread(NamedTuple):
    """A standard deviation in logits with its interval."""

    value: float
    low: float
    high: float


class Judged(NamedTuple):
    """Severities centred within their groups, their covariance over all spreads, the spread."""

    severity: Floats
    covariance: Floats
    spread: Spread


def _grid(problem: Problem, fit: Fit) -> Floats:
    """Spreads around the likeliest, as far as the number of judges leaves them uncertain."""
    slopes, judges = fit.mode.slopes, problem.judges
    bend = np.bincount(problem.judge, slopes.bend_a + slopes.bend_b, judges)
    noise = float(np.median(1 / np.maximum(bend, 1e-3)))
    return np.minimum(grid_around(fit.parameters.sd_judges, noise, judges), LARGEST_SD[1])


def grid_around(best: float, noise: float, judges: int) -> Floats:
    """Spreads about `best`, given the variance (`noise`) of what one judge's marks say."""
    apart = (best**2 + noise) * np.sqrt(2 / judges)
    squares = np.maximum(best**2 + apart * np.array(_PLACES), 0.0)
    squares[_PLACES.index(0.0)] = best**2
    return np.unique(np.sqrt(squares))


def centring(groups: Floats) -> Floats:
    """The matrix that takes from each judge the mean of the group."""
    same = np.equal.outer(groups, groups).astype(np.float64)
    return np.asarray(np.eye(groups.size) - same / same.sum(axis=1, keepdims=True))


def judged(search: Search, fit: Fit, own: Covariances, groups: Floats, confidence: float) -> Judged:
    """Severities of the likeliest fit with what is uncertain about the spread added."""
    problem, centre = search.problem, centring(groups)
    severity = centre @ (fit.parameters.sd_judges * fit.mode.u)
    grid = _grid(problem, fit)
    logs, matrices = np.zeros(grid.size), [own.judges] * grid.size
    for place, here in _fits(search, fit, grid):
        found = own if here is fit else covariances(problem, here)
        apart = centre @ (here.parameters.sd_judges * here.mode.u) - severity
        matrices[place] = centre @ found.judges @ centre.T + np.outer(apart, apart)
        logs[place] = -here.mode.objective + log_prior(grid[place])
    covariance = over_spreads(matrices, grid, logs)
    spread = spread_of(fit.parameters.sd_judges, grid, logs, confidence)
    return Judged(severity, covariance, spread)


def _fits(search: Search, fit: Fit, grid: Floats) -> Iterator[tuple[int, Fit]]:
    """The fit at each spread, each search from its neighbour's end: upwards, then downwards."""
    best = int(np.argmin(np.abs(grid - fit.parameters.sd_judges)))
    yield best, fit
    for way in (range(best + 1, grid.size), range(best - 1, -1, -1)):
        here = fit
        for place in way:
            here = search.run(here.vector, float(grid[place]))
            yield place, here


def log_prior(spread: float, scale: float = PRIOR_SD) -> float:
    """Log density of a Rayleigh prior of that scale (its constant left out)."""
    return float(np.log(max(spread / scale, 1e-6)) - (spread / scale) ** 2 / 2)


def spread_of(value: float, grid: Floats, logs: Floats, confidence: float) -> Spread:
    """A likeliest spread with its interval from log densities at a grid of others."""
    low, high = _interval(grid, logs, confidence)
    return Spread(value, min(low, value), max(high, value))


def over_spreads(matrices: list[Floats], grid: Floats, logs: Floats) -> Floats:
    """The mean of matrices found at a grid of spreads, by their density."""
    weights = np.exp(logs - logs.max()) * _widths(grid)
    return np.asarray(np.tensordot(weights / weights.sum(), np.array(matrices), axes=1))


def _widths(grid: Floats) -> Floats:
    """Of the trapezoid rule."""
    if grid.size == 1:
        return np.ones(1)
    step = np.diff(grid)
    return np.asarray(np.concatenate([[0.0], step]) + np.concatenate([step, [0.0]])) / 2


def _interval(grid: Floats, logs: Floats, confidence: float) -> tuple[float, float]:
    """The middle `confidence` of the spread, its log density straight between the grid's places."""
    tail = (1 - probability("confidence", confidence)) / 2
    fine = np.linspace(grid[0], grid[-1], 2001)
    density = np.exp(np.interp(fine, grid, logs) - logs.max())
    total = np.cumsum(density) / density.sum()
    low, high = np.interp([tail, 1 - tail], total, fine)
    return float(low), float(high)
