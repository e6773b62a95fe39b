"""The posterior of a group's mean and spread on the fixed grid of methods b.2.

theta_i ~ Beta(mu M, (1-mu) M), rho = 1/(M+1); prior mu uniform, rho ~ Beta(1, 9); 60 x 60 cells of
equal prior mass, each at the middle of its share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from .inputs import Floats

Places = NDArray[np.intp]

SIDE = 60
NEGLIGIBLE = 1e-12
_DEPTH = 28.0
"""A cell this far (in log) under the best one holds less than e^-28 = 7e-13 of the mass."""


@dataclass(frozen=True, eq=False)
class Cells:
    """The grid cells that matter, heaviest first, each a row of three equal-length arrays."""

    mean: Floats
    concentration: Floats
    weight: Floats


def concentrations() -> Floats:
    """The 60 values of M = 1/rho - 1, from the middle quantiles of rho ~ Beta(1, 9)."""
    middle = (np.arange(SIDE) + 0.5) / SIDE
    rho = -np.expm1(np.log1p(-middle) / 9)
    return np.asarray(1 / rho - 1)


def means(low: float = 0.0, high: float = 1.0) -> Floats:
    """The 60 group means: the middles of equal parts of the range."""
    return np.asarray(low + (high - low) * (np.arange(SIDE) + 0.5) / SIDE)


def log_likelihood(mu: Floats, m: Floats, successes: Floats, n: Floats) -> Floats:
    """Beta-binomial log-likelihood of all units at each cell (mu, m: cells; the rest: units).

    Binomial coefficients are left out; they are the same in every cell.
    """
    a = mu * m
    # (1 - mu) m, not m - a: the same cell must come out the same whichever way rates are counted.
    b = (1 - mu) * m
    levels, position = np.unique(m, return_inverse=True)
    units = special.gammaln(successes + a[:, None]).sum(1)
    units += special.gammaln((n - successes) + b[:, None]).sum(1)
    units -= special.gammaln(n + levels[:, None]).sum(1)[position]
    prior = special.gammaln(a) + special.gammaln(b) - special.gammaln(m)
    return np.asarray(units - n.size * prior)


class _Table:
    """The 60 x 60 log-likelihoods (M x mu), computed outwards from the likeliest column.

    Given M the log-likelihood is a sum of log(mu M + j) and log((1-mu) M + j), so it is concave in
    mu: beyond two known columns it lies under their chord drawn on. A row is therefore left at the
    first column whose chord, falling, is under the floor; all beyond it are lower still. Of 3600
    cells some 400 are computed, and the others are known to be negligible.
    """

    def __init__(self, mu: Floats, m: Floats, s: Floats, n: Floats) -> None:
        self.mu, self.m, self.s, self.n = mu, m, s, n
        self.values = np.full((SIDE, SIDE), -np.inf)
        centre = int(np.argmin(np.abs(mu - (s / n).mean())))
        self.left = np.full(SIDE, min(centre, SIDE - 2))
        self.right = self.left + 1
        every = np.arange(SIDE)
        self._compute(np.concatenate([every, every]), np.concatenate([self.left, self.right]))

    def _compute(self, rows: Places, columns: Places) -> None:
        self.values[rows, columns] = log_likelihood(self.mu[columns], self.m[rows], self.s, self.n)

    def _reaches(self, edge: Places, step: int) -> Places:
        """Rows whose next column on one side may matter: its chord is above the floor or rising."""
        rows = np.flatnonzero((edge + step >= 0) & (edge + step < SIDE))
        last = self.values[rows, edge[rows]]
        rise = last - self.values[rows, edge[rows] - step]
        return np.asarray(rows[(rise > 0) | (last + rise > self.values.max() - _DEPTH)])

    def widen(self) -> bool:
        """Compute one more column on each side where it may matter; False when none does."""
        down, up = self._reaches(self.left, -1), self._reaches(self.right, 1)
        self.left[down] -= 1
        self.right[up] += 1
        if down.size + up.size:
            columns = np.concatenate([self.left[down], self.right[up]])
            self._compute(np.concatenate([down, up]), columns)
        return bool(down.size + up.size)


def posterior_cells(successes: Floats, n: Floats, mean_range: tuple[float, float]) -> Cells:
    """The grid's posterior given counts (one row each), cells under 1e-12 of the mass left out."""
    mu, m = means(*mean_range), concentrations()
    table = _Table(mu, m, successes, n)
    while table.widen():
        pass
    weight = np.exp(table.values - table.values.max())
    weight /= weight.sum()
    rows, columns = np.nonzero(weight >= NEGLIGIBLE)
    kept = weight[rows, columns]
    order = np.argsort(-kept, kind="stable")
    rows, columns, kept = rows[order], columns[order], kept[order]
    return Cells(mu[columns], m[rows], kept / kept.sum())
