"""Fitting the ordinal model of judges: maximum likelihood, covariances, and the judges' spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import linalg, optimize, sparse, special

from .inputs import Floats
from .severity_model import GROUP_SD, Mode, Parameters, Problem, find_mode, gradient

LARGEST_SD = (10.0, 5.0)
"""Bounds of the spreads of plans and judges, in logits."""
_ROUNDS = 400


@dataclass(frozen=True, eq=False)
class Fit:
    """Parameters, the mode of plans and judges there, and whether the search came to rest."""

    parameters: Parameters
    mode: Mode
    vector: Floats
    converged: bool
    iterations: int


class Covariances(NamedTuple):
    """Of judges' severities (matrix), of difficulties (matrix), of plans' qualities (variances)."""

    judges: Floats
    criteria: Floats
    plans: Floats


def first_guess(problem: Problem) -> Floats:
    """Parameters from the shares of answers alone, spreads of 1 and of a half."""
    marks = np.bincount(problem.criterion, minlength=problem.criteria)
    above = np.bincount(problem.criterion, problem.lower > 0, problem.criteria)
    alpha = -special.logit((above + 0.5) / (marks + 1))
    over = [float((problem.lower > k).sum() + 0.5) for k in range(problem.cuts)]
    heights = -special.logit(np.array(over) / (problem.lower.size + 1))
    gaps = np.log(np.maximum(np.diff(heights), 0.1))
    return np.concatenate([alpha, np.zeros(problem.groups - 1), gaps, [1.0, 0.5]])


def _design(problem: Problem, p: Parameters, cut: Any) -> Any:
    """Marks x (plans, judges, alpha, means, cuts after the first): how each moves a or b."""
    rows = np.arange(problem.plan.size)
    group = problem.plan_group[problem.plan] - 1
    widths = np.cumsum([0, problem.plans, problem.judges, problem.criteria, problem.groups - 1])
    columns = [
        (problem.plan, np.full(rows.size, p.sd_plans), widths[0], rows >= 0),
        (problem.judge, np.full(rows.size, -p.sd_judges), widths[1], rows >= 0),
        (problem.criterion, np.full(rows.size, -1.0), widths[2], rows >= 0),
        (group, np.ones(rows.size), widths[3], group >= 0),
        (cut - 2, np.full(rows.size, -1.0), widths[4], (cut >= 2) & (cut <= problem.cuts)),
    ]
    place = np.concatenate([(at + start)[on] for at, _, start, on in columns])
    value = np.concatenate([number[on] for _, number, _, on in columns])
    row = np.concatenate([rows[on] for *_, on in columns])
    shape = (rows.size, int(widths[4]) + problem.cuts - 1)
    return sparse.csr_array((value, (row, place)), shape=shape)


def information(problem: Problem, p: Parameters, mode: Mode) -> tuple[Floats, Floats, Floats]:
    """Curvature of plans, judges and fixed parameters together (Henderson 1975).

    The plans' diagonal, plans x rest, and the rest's matrix with the plans eliminated; the rest
    is judges (u), alpha, means of groups, cuts after the first.
    """
    one, two = _design(problem, p, problem.lower), _design(problem, p, problem.upper)
    whole = one.T @ (sparse.diags_array(mode.slopes.bend_a) @ one)
    whole = (whole + two.T @ (sparse.diags_array(mode.slopes.bend_b) @ two)).tocsr()
    n = problem.plans
    plans = whole.diagonal()[:n] + 1
    cross, rest = whole[:n, n:].toarray(), whole[n:, n:].toarray()
    size, fixed = problem.judges, problem.judges + problem.criteria
    prior = np.zeros(rest.shape[0])
    prior[:size] = 1
    prior[fixed : fixed + problem.groups - 1] = 1 / GROUP_SD**2
    rest[np.diag_indices_from(rest)] += prior
    start = fixed + problem.groups - 1
    rest[start:, start:] += _gap_curvature(problem, p)
    return plans, cross, rest - cross.T @ (cross / plans[:, None])


def _gap_curvature(problem: Problem, p: Parameters) -> Floats:
    """Second derivatives of -log(1 - exp(-gap)) by the cuts after the first."""
    gap = np.exp(p.gaps)
    bend = problem.between / (4 * np.sinh(gap / 2) ** 2)
    steps = np.eye(gap.size) - np.eye(gap.size, k=-1)
    return np.asarray(steps.T @ (bend[:, None] * steps))


def _whitener(problem: Problem, vector: Floats) -> Floats:
    """A matrix that makes the fixed parameters about equally curved: the search needs few steps."""
    p = problem.split(vector)
    mode = find_mode(problem, p, np.zeros(problem.plans), np.zeros(problem.judges))
    rest = information(problem, p, mode)[2]
    judges = problem.judges
    fixed = rest[judges:, judges:] - rest[judges:, :judges] @ np.linalg.solve(
        rest[:judges, :judges], rest[:judges, judges:]
    )
    size = p.gaps.size
    turn = np.eye(fixed.shape[0])
    if size:
        turn[-size:, -size:] = np.tril(np.ones((size, size))) * np.exp(p.gaps)
    lower = np.linalg.cholesky(turn.T @ fixed @ turn)
    return np.asarray(linalg.solve_triangular(lower, np.eye(lower.shape[0]), lower=True).T)


class Search:
    """The likelihood as a function to be searched, warm from one point to the next."""

    def __init__(self, problem: Problem, start: Floats) -> None:
        self.problem, self.origin = problem, start
        self.whitener = _whitener(problem, start)
        self._guess = np.zeros(problem.plans), np.zeros(problem.judges)

    def _vector(self, x: Floats) -> Floats:
        return np.concatenate([self.origin[:-2] + self.whitener @ x[:-2], x[-2:]])

    def _both(self, x: Floats) -> tuple[float, Floats]:
        p = self.problem.split(self._vector(x))
        mode = find_mode(self.problem, p, *self._guess)
        self._guess = mode.z, mode.u
        slope = gradient(self.problem, p, mode)
        return mode.objective, np.concatenate([self.whitener.T @ slope[:-2], slope[-2:]])

    def run(self, start: Floats | None = None, sd_judges: float | None = None) -> Fit:
        """The best parameters from `start`; the judges' spread may be held at `sd_judges`."""
        x = np.zeros(self.origin.size) if start is None else start.copy()
        if start is None:
            x[-2:] = self.origin[-2:]
        held = (0.0, LARGEST_SD[1]) if sd_judges is None else (sd_judges, sd_judges)
        x[-1] = np.clip(x[-1], *held)
        precise = 1e-12 if sd_judges is None else 1e-9
        bounds = [(None, None)] * (x.size - 2) + [(0.0, LARGEST_SD[0]), held]
        done = optimize.minimize(
            self._both, x, jac=True, method="L-BFGS-B", bounds=bounds,
            options={"maxiter": _ROUNDS, "ftol": precise, "gtol": 1e-4},
        )  # fmt: skip
        p = self.problem.split(self._vector(done.x))
        mode = find_mode(self.problem, p, *self._guess)
        return Fit(p, mode, np.asarray(done.x), bool(done.success), int(done.nit))


def covariances(problem: Problem, fit: Fit) -> Covariances:
    """Uncertainty at given spreads, that of all fixed parameters included."""
    p = fit.parameters
    plans, cross, rest = information(problem, p, fit.mode)
    inverse = np.asarray(np.linalg.inv(rest), dtype=np.float64)
    judges, end = problem.judges, problem.judges + problem.criteria
    scaled = cross / plans[:, None]
    product = scaled @ inverse
    variance = p.sd_plans**2 * (1 / plans + (product * scaled).sum(axis=1))
    mean = end + problem.plan_group - 1
    with_mean = problem.plan_group > 0
    rows, columns = np.flatnonzero(with_mean), mean[with_mean]
    variance[rows] += inverse[columns, columns] - 2 * p.sd_plans * product[rows, columns]
    return Covariances(
        p.sd_judges**2 * inverse[:judges, :judges], inverse[judges:end, judges:end], variance
    )
