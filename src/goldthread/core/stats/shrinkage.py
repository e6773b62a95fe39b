"""What each unit's true value may be, given its own figures and all the others'.

Exact posteriors on a grid, without simulation; 4,000 fixed-seed joint draws only where units must
be compared with one another (methods, b.2 and b.3). Fit on all contributors, never on ten peers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .draws import DRAWS, Draws, beta_draws, normal_noise
from .grid import SIDE, Cells, posterior_cells
from .inputs import Floats, counts, numbers, positive, probability, vector
from .ranks import Ranks, central_ranks, rank_counts

_CORE = 1e-7
"""Mass of the lightest grid cells that quantiles leave out: it moves no chance by more."""
_CLOSE = 1e-6
_TAU_STEPS = 400


@dataclass(frozen=True, eq=False)
class Posterior:
    """Joint posterior of all units.

    `mean`: exact posterior means, one a unit. `draws`: units x 4000, float32, C order.
    `group_mean`: posterior mean of the group's centre. `reliability`: one a unit, 0-1.
    """

    mean: Floats
    draws: Draws
    group_mean: float
    reliability: Floats

    def sampled_interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Central interval from the draws: (low, high), one a unit.

        Some ten times cheaper than `interval`; its chances are off by about a quarter of a point.
        """
        tail = (1 - probability("level", level)) / 2
        return _draw_quantile(self.draws, tail), _draw_quantile(self.draws, 1 - tail)

    def rank_interval(self, level: float = 0.90) -> tuple[Ranks, Ranks]:
        """Central interval of each unit's rank, 1 the highest: (best, worst), one a unit."""
        return central_ranks(rank_counts(self.draws), level)

    def probability_best(self) -> Floats:
        """Share of draws in which each unit is the highest."""
        winners = np.bincount(np.argmax(self.draws, axis=0), minlength=self.draws.shape[0])
        return np.asarray(winners / self.draws.shape[1])


def _solve(
    chance_and_density: Callable[[Floats], tuple[Floats, Floats]],
    target: float,
    start: Floats,
    low: Floats,
    high: Floats,
) -> Floats:
    """Quantiles by Newton's steps inside a shrinking bracket; bisection where a step leaves it."""
    x = start
    for _ in range(100):
        chance, density = chance_and_density(x)
        below = chance < target
        low, high = np.where(below, x, low), np.where(below, high, x)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = x - (chance - target) / density
        inside = (step >= low) & (step <= high)
        x = np.where(inside, step, (low + high) / 2)
        # One more step from here is far below rounding: Newton's error squares each time.
        if (inside & (np.abs(chance - target) < _CLOSE)).all():
            break
    return x


def _draw_quantile(draws: Draws, level: float) -> Floats:
    return np.quantile(draws, level, axis=1).astype(np.float64)


@dataclass(frozen=True, eq=False)
class BetaBinomialPosterior(Posterior):
    """Posterior of proportions. `concentration` is M, the weight of the group in cases.

    It is the posterior mean of 1/rho - 1: where the spread is poorly known this leans to a larger
    M, so to a lower reliability n/(n+M) and fewer claims. `off_grid` says that the group's mean
    lies in the first or last of the 60 steps, where the grid is too coarse: give `mean_range`.
    """

    successes: Floats
    n: Floats
    concentration: float
    cells: Cells
    off_grid: bool

    def _shapes(self, kept: int) -> tuple[Floats, Floats]:
        a = self.successes[:, None] + (self.cells.mean * self.cells.concentration)[:kept]
        b = (self.n - self.successes)[:, None]
        return a, b + ((1 - self.cells.mean) * self.cells.concentration)[:kept]

    def _core(self) -> int:
        """How many of the heaviest cells hold all but a negligible part."""
        return int(np.searchsorted(np.cumsum(self.cells.weight), 1 - _CORE)) + 1

    def probability_below(self, x: ArrayLike) -> Floats:
        """Exact chance that each unit's true rate is below `x` (one number, or one a unit)."""
        limit = np.broadcast_to(numbers("x", x), self.mean.shape)
        a, b = self._shapes(self.cells.weight.size)
        chance = special.betainc(a, b, np.clip(limit, 0, 1)[:, None]) @ self.cells.weight
        return np.asarray(np.clip(chance, 0, 1))

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Exact central interval of each unit's true rate: (low, high), one a unit."""
        tail = (1 - probability("level", level)) / 2
        kept = self._core()
        a, b = self._shapes(kept)
        weight = self.cells.weight[:kept] / self.cells.weight[:kept].sum()
        scale = special.betaln(a, b)

        def at(x: Floats) -> tuple[Floats, Floats]:
            column = x[:, None]
            density = np.exp(special.xlogy(a - 1, column) + special.xlog1py(b - 1, -column) - scale)
            return special.betainc(a, b, column) @ weight, density @ weight

        zero, one = np.zeros(self.n.size), np.ones(self.n.size)
        starts = [np.clip(_draw_quantile(self.draws, p), 1e-12, 1 - 1e-9) for p in (tail, 1 - tail)]
        low = _solve(at, tail, starts[0], zero, one)
        return low, _solve(at, 1 - tail, starts[1], zero, one)


def _mixture_draw(weight: Floats) -> NDArray[np.intp]:
    """4000 cells in proportion to their weight, by equal steps through the cumulated weight."""
    steps = (np.arange(DRAWS) + 0.5) / DRAWS
    return np.minimum(np.searchsorted(np.cumsum(weight), steps), weight.size - 1)


def beta_binomial_posterior(
    successes: ArrayLike, n: ArrayLike, mean_range: tuple[float, float] = (0.0, 1.0)
) -> BetaBinomialPosterior:
    """Posterior of each unit's proportion (one row each; at least one unit, every n above 0).

    `mean_range` narrows the uniform prior of the group mean, and with it the steps of the grid:
    for rare events (rates of a few in a thousand) give, say, (0, 0.05).
    """
    s, total = counts(vector("successes", successes), vector("n", n))
    low, high = mean_range
    if not 0 <= low < high <= 1:
        raise ValueError(f"mean_range must rise within 0 to 1: got {low:g} to {high:g}.")
    cells = posterior_cells(s, total, mean_range)
    a, m, w = cells.mean * cells.concentration, cells.concentration, cells.weight
    mean = ((s[:, None] + a) / (total[:, None] + m)) @ w
    # Noise goes to units in the order of their figures, so that the order of rows never matters.
    order = np.lexsort((total, s))
    picked = _mixture_draw(w)
    draws = np.empty((s.size, DRAWS), dtype=np.float32)
    draws[order] = beta_draws(
        s[order], (total - s)[order], a[picked], ((1 - cells.mean) * m)[picked]
    )
    concentration = float(m @ w)
    edge = (high - low) / SIDE
    at_edge = w[(cells.mean < low + edge) | (cells.mean > high - edge)].sum()
    return BetaBinomialPosterior(
        mean=mean,
        draws=draws,
        group_mean=float(cells.mean @ w),
        reliability=total / (total + concentration),
        successes=s,
        n=total,
        concentration=concentration,
        cells=cells,
        off_grid=bool(at_edge > 0.5),
    )


@dataclass(frozen=True, eq=False)
class NormalPosterior(Posterior):
    """Posterior of means with known standard errors. `spread` is the posterior mean of tau.

    Reliability is the posterior mean of tau^2/(tau^2 + se^2).
    """

    spread: float
    centres: Floats
    widths: Floats
    weight: Floats

    def probability_below(self, x: ArrayLike) -> Floats:
        """Exact chance that each unit's true value is below `x` (one number, or one a unit)."""
        limit = np.broadcast_to(numbers("x", x), self.mean.shape)
        z = (limit[:, None] - self.centres) / self.widths
        return np.asarray(special.ndtr(z) @ self.weight)

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Exact central interval of each unit's true value: (low, high), one a unit."""
        tail = (1 - probability("level", level)) / 2

        def at(x: Floats) -> tuple[Floats, Floats]:
            z = (x[:, None] - self.centres) / self.widths
            density = np.exp(-0.5 * z * z) / (np.sqrt(2 * np.pi) * self.widths)
            return special.ndtr(z) @ self.weight, density @ self.weight

        far = 40 * self.widths
        low, high = (self.centres - far).min(1), (self.centres + far).max(1)
        starts = [_draw_quantile(self.draws, p) for p in (tail, 1 - tail)]
        return _solve(at, tail, starts[0], low, high), _solve(at, 1 - tail, starts[1], low, high)


def _spread_grid(y: Floats, v: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """tau, its posterior weight, and mean and variance of mu given tau (prior uniform on tau).

    tau = scale u/(1-u) at equal steps of u reaches from 0 to infinity, whatever the unit.
    """
    scale = np.sqrt(np.median(v) + max(0.0, float(np.var(y, ddof=1) - np.mean(v))))
    u = (np.arange(_TAU_STEPS) + 0.5) / _TAU_STEPS
    tau = scale * u / (1 - u)
    w = 1 / (v + tau[:, None] ** 2)
    total = w.sum(1)
    mu = (w @ y) / total
    log_p = 0.5 * (np.log(w).sum(1) - np.log(total) - (w * (y - mu[:, None]) ** 2).sum(1))
    log_p -= 2 * np.log1p(-u)
    p = np.exp(log_p - log_p.max())
    p /= p.sum()
    kept = p >= 1e-12
    return tau[kept], p[kept] / p[kept].sum(), mu[kept], 1 / total[kept]


def normal_posterior(means: ArrayLike, ses: ArrayLike) -> NormalPosterior:
    """Posterior of each unit's mean (one row each; at least three units, every se above 0).

    Rubin's eight-schools model: theta_i ~ N(mu, tau^2), mu and tau uniform, mu integrated out
    (Gelman and others, Bayesian Data Analysis, 5.4).
    """
    y = vector("means", means)
    se = positive("ses", vector("ses", ses, like=y))
    if y.size < 3:
        raise ValueError("means must hold at least three units: two cannot show a spread.")
    v = se**2
    tau, weight, mu, mu_variance = _spread_grid(y, v)
    own = tau**2 / (tau**2 + v[:, None])
    centres = own * y[:, None] + (1 - own) * mu
    inner = own * v[:, None]
    widths = np.sqrt(inner + (1 - own) ** 2 * mu_variance)
    order = np.lexsort((se, y))
    picked = _mixture_draw(weight)
    noise = normal_noise(y.size + 1)
    drawn_mu = mu[picked] + np.sqrt(mu_variance[picked]) * noise[-1]
    draws = np.empty((y.size, DRAWS), dtype=np.float32)
    for row, unit in enumerate(order):
        share = own[unit, picked]
        draws[unit] = share * y[unit] + (1 - share) * drawn_mu
        draws[unit] += np.sqrt(inner[unit, picked]) * noise[row]
    return NormalPosterior(
        mean=centres @ weight,
        draws=draws,
        group_mean=float(mu @ weight),
        reliability=own @ weight,
        spread=float(tau @ weight),
        centres=centres,
        widths=widths,
        weight=weight,
    )
