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
from .severity_model import Problem, judges_information

PRIOR_SD = 1.0
_PLACES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.5, 5.5, 8.0)


class Spread(NamedTuple):
    """A standard deviation in logits with its interval."""

    value: float
    low: float
    high: float


class Judged(NamedTuple):
    """Severities centred within their groups, with their covariance; the spread; and the
    severities at the likeliest spread alone, as other software gives them."""

    severity: Floats
    covariance: Floats
    spread: Spread
    likeliest: Floats


def _grid(problem: Problem, fit: Fit) -> Floats:
    """Spreads around the likeliest, as far as the number of judges leaves them uncertain."""
    told = judges_information(problem, fit.parameters, fit.mode.slopes)
    noise = float(np.median(1 / np.maximum(told, 1e-3)))
    best = fit.parameters.sd_judges
    return np.minimum(grid_around(best, noise, problem.judges), LARGEST_SD[1])


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
    """Severities and their covariance over the spreads that judges may have."""
    problem, centre = search.problem, centring(groups)
    grid = _grid(problem, fit)
    logs, found = np.zeros(grid.size), [(np.zeros(0), own.judges)] * grid.size
    for place, here in _fits(search, fit, grid):
        judges = own.judges if here is fit else covariances(problem, here).judges
        modes = centre @ (here.parameters.sd_judges * here.mode.u)
        found[place] = modes, centre @ judges @ centre.T
        logs[place] = -here.mode.objective + log_prior(grid[place])
    severity, covariance = over_spreads(found, grid, logs)
    spread = spread_of(fit.parameters.sd_judges, grid, logs, confidence)
    likeliest = centre @ (fit.parameters.sd_judges * fit.mode.u)
    return Judged(severity, covariance, spread, likeliest)


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


def over_spreads(
    found: list[tuple[Floats, Floats]], grid: Floats, logs: Floats
) -> tuple[Floats, Floats]:
    """Mean and covariance of what has one mean and covariance at each spread, by their density."""
    weights = np.exp(logs - logs.max()) * _widths(grid)
    weights /= weights.sum()
    means = np.array([mean for mean, _ in found])
    within = np.tensordot(weights, np.array([matrix for _, matrix in found]), axes=1)
    mean = weights @ means
    apart = means - mean
    return np.asarray(mean), np.asarray(within + (apart.T * weights) @ apart)


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
