"""The ordinal model of judges: its likelihood, with plans and judges integrated out by Laplace.

    logit P(answer > k) = quality_j - difficulty_c - severity_r - cut_k

quality_j = mean of its group + sd_plans z_j, severity_r = sd_judges u_r, z and u standard normal.
In this module `alpha_c` = difficulty_c + first cut, so that the first cut is 0, and the other cuts
are sums of exp(gap). Given the parameters the most likely z and u are found by Newton's method
(the density is log-concave), plans eliminated first, so that what is left to solve is of the size
of the judges. Its gradient is exact: that of the Laplace likelihood, through the mode.

Why these derivatives are so short: for a = location - lower cut and b = location - upper cut,
log P = log F(a) + log F(-b) + log(1 - exp(-gap)), F the logistic function.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, special

from .inputs import Floats
from .severity_marks import Usable

Codes = NDArray[np.intp]
GROUP_SD = 3.0
"""Prior of how far, in logits, the mean quality of unlinked groups lies apart. It keeps a group
whose few marks are all the highest from running off, and lets the marks decide otherwise."""
_STEPS = 60
_PRECISE = 1e-9


class Parameters(NamedTuple):
    """alpha (criteria), means of groups after the first, log gaps of cuts, and the two spreads."""

    alpha: Floats
    means: Floats
    gaps: Floats
    sd_plans: float
    sd_judges: float

    @property
    def cuts(self) -> Floats:
        """The cuts, the first of which is 0."""
        return np.concatenate([[0.0], np.cumsum(np.exp(self.gaps))])


@dataclass(frozen=True, eq=False)
class Problem:
    """Marks as codes. `lower`, `upper`: places in the cuts padded with -inf and +inf."""

    plan: Codes
    criterion: Codes
    judge: Codes
    lower: Codes
    upper: Codes
    plan_group: Codes
    plans: int
    criteria: int
    judges: int
    groups: int
    cuts: int

    @cached_property
    def sittings(self) -> tuple[Codes, Codes, Codes]:
        """For each mark its sitting (one judge with one plan); for each sitting plan and judge."""
        key, sitting = np.unique(self.plan * self.judges + self.judge, return_inverse=True)
        return sitting.ravel(), key // self.judges, key % self.judges

    @cached_property
    def between(self) -> Floats:
        """How many marks lie between each two cuts that are next to each other."""
        inside = (self.lower > 0) & (self.upper <= self.cuts)
        return np.bincount(self.lower[inside], minlength=self.cuts + 1)[1:].astype(float)[
            : self.cuts - 1
        ]

    def split(self, vector: Floats) -> Parameters:
        """Parameters from one row of numbers."""
        ends = np.cumsum([self.criteria, self.groups - 1, self.cuts - 1])
        alpha, means, gaps, sds = np.split(vector, ends)
        return Parameters(alpha, means, gaps, float(sds[0]), float(sds[1]))


def problem_of(marks: Usable) -> Problem:
    """The model's codes for usable marks."""
    r, cuts = marks.ratings, marks.scale.size - 1
    return Problem(
        plan=r.plan[marks.rows],
        criterion=marks.criterion,
        judge=r.judge[marks.rows],
        lower=marks.step,
        upper=np.where(marks.step == marks.top, cuts + 1, marks.step + 1),
        plan_group=marks.plan_group,
        plans=len(r.plans),
        criteria=marks.kept.size,
        judges=len(r.judges),
        groups=int(marks.groups.max()) + 1,
        cuts=cuts,
    )


class Slopes(NamedTuple):
    """Of each mark: first derivatives by a and b, and curvatures (both positive)."""

    by_a: Floats
    by_b: Floats
    bend_a: Floats
    bend_b: Floats


@dataclass(frozen=True, eq=False)
class Mode:
    """The most likely z and u at given parameters, and what was worked out there."""

    z: Floats
    u: Floats
    slopes: Slopes
    plan_bend: Floats
    """Of each plan: 1 + sd_plans^2 x the sum of its marks' curvatures."""
    cross: Floats
    """Plans x judges."""
    factor: Floats
    """Lower Cholesky factor of the judges' matrix when plans are eliminated."""
    penalised: float
    """Minus the log density of marks, z and u (without constants of the normal)."""

    @property
    def objective(self) -> float:
        """Minus the log-likelihood, by Laplace's approximation."""
        logs = np.log(self.plan_bend).sum() + 2 * np.log(np.diagonal(self.factor)).sum()
        return self.penalised + float(logs) / 2


def _summed(times: float, places: Codes, values: Floats, size: int) -> Floats:
    """`times` the sums of `values` by place."""
    return np.asarray(times * np.bincount(places, values, size), dtype=np.float64)


def _location(problem: Problem, p: Parameters, z: Floats, u: Floats) -> Floats:
    means = np.concatenate([[0.0], p.means])[problem.plan_group]
    plans = p.sd_plans * z + means
    return np.asarray(
        plans[problem.plan] - p.alpha[problem.criterion] - (p.sd_judges * u)[problem.judge]
    )


def _edges(problem: Problem, p: Parameters, location: Floats) -> tuple[Floats, Floats]:
    padded = np.concatenate([[-np.inf], p.cuts, [np.inf]])
    return location - padded[problem.lower], location - padded[problem.upper]


def _penalised(problem: Problem, p: Parameters, z: Floats, u: Floats) -> float:
    a, b = _edges(problem, p, _location(problem, p, z, u))
    marks = special.log_expit(a).sum() + special.log_expit(-b).sum()
    marks += problem.between @ np.log(-np.expm1(-np.exp(p.gaps)))
    prior = z @ z + u @ u + p.means @ p.means / GROUP_SD**2
    return float(prior / 2 - marks)


def _slopes(problem: Problem, p: Parameters, z: Floats, u: Floats) -> Slopes:
    a, b = _edges(problem, p, _location(problem, p, z, u))
    above_a, below_a, above_b, below_b = (special.expit(x) for x in (a, -a, b, -b))
    return Slopes(below_a, -above_b, above_a * below_a, above_b * below_b)


def _assemble(problem: Problem, p: Parameters, s: Slopes) -> tuple[Floats, Floats, Floats]:
    """Curvature of plans (diagonal), plans x judges, and the judges' matrix less the plans."""
    bend = s.bend_a + s.bend_b
    sitting, of_plan, of_judge = problem.sittings
    per_sitting = _summed(1.0, sitting, bend, of_plan.size)
    plan_bend = 1 + _summed(p.sd_plans**2, of_plan, per_sitting, problem.plans)
    judge_bend = 1 + _summed(p.sd_judges**2, of_judge, per_sitting, problem.judges)
    cross = np.zeros((problem.plans, problem.judges))
    cross[of_plan, of_judge] = -p.sd_plans * p.sd_judges * per_sitting
    left = np.diag(judge_bend) - cross.T @ (cross / plan_bend[:, None])
    return plan_bend, cross, np.asarray(left)


def judges_information(problem: Problem, p: Parameters, slopes: Slopes) -> Floats:
    """What the marks say of each judge's severity (1 / variance), the others' being known."""
    left = _assemble(problem, p._replace(sd_judges=1.0), slopes)[2]
    return np.asarray(np.diagonal(left) - 1)


def _solve(mode: Mode, plans: Floats, judges: Floats) -> tuple[Floats, Floats]:
    """The solution of H (x, y) = (plans, judges) at the mode's curvature."""
    right = judges - mode.cross.T @ (plans / mode.plan_bend)
    y = linalg.cho_solve((mode.factor, True), right)
    return (plans - mode.cross @ y) / mode.plan_bend, np.asarray(y)


def _at(problem: Problem, p: Parameters, z: Floats, u: Floats, penalised: float) -> Mode:
    slopes = _slopes(problem, p, z, u)
    plan_bend, cross, left = _assemble(problem, p, slopes)
    factor = np.asarray(np.linalg.cholesky(left), dtype=np.float64)
    return Mode(z, u, slopes, plan_bend, cross, factor, penalised)


def find_mode(problem: Problem, p: Parameters, z: Floats, u: Floats) -> Mode:
    """The most likely z and u, from a first guess; Newton's method with halved steps."""
    value = _penalised(problem, p, z, u)
    mode = _at(problem, p, z, u, value)
    for _ in range(_STEPS):
        slope = mode.slopes.by_a + mode.slopes.by_b
        for_z = _summed(p.sd_plans, problem.plan, slope, problem.plans) - mode.z
        for_u = _summed(-p.sd_judges, problem.judge, slope, problem.judges) - mode.u
        dz, du = _solve(mode, for_z, for_u)
        gain = float(for_z @ dz + for_u @ du)
        if gain < _PRECISE**2:
            break
        length = 1.0
        value = _penalised(problem, p, mode.z + dz, mode.u + du)
        while value > mode.penalised + 1e-10 * abs(mode.penalised) and length > 1e-6:
            length /= 2
            value = _penalised(problem, p, mode.z + length * dz, mode.u + length * du)
        mode = _at(problem, p, mode.z + length * dz, mode.u + length * du, value)
        if gain < _PRECISE:
            break
    return mode


class _Inverse(NamedTuple):
    """What is needed of the inverse of H: plans' diagonal, sittings, judges' diagonal."""

    plans: Floats
    sittings: Floats
    judges: Floats


def _inverse(problem: Problem, mode: Mode) -> _Inverse:
    judges = linalg.cho_solve((mode.factor, True), np.eye(problem.judges))
    scaled = mode.cross / mode.plan_bend[:, None]
    product = scaled @ judges
    plans = 1 / mode.plan_bend + (scaled * product).sum(axis=1)
    _, of_plan, of_judge = problem.sittings
    return _Inverse(plans, -product[of_plan, of_judge], np.diagonal(judges).copy())


def gradient(problem: Problem, p: Parameters, mode: Mode) -> Floats:
    """Of the objective at its mode, in the order of `Problem.split`."""
    inverse, s = _inverse(problem, mode), mode.slopes
    sitting = problem.sittings[0]
    of_plan, of_both = inverse.plans[problem.plan], inverse.sittings[sitting]
    of_judge = inverse.judges[problem.judge]
    spread = p.sd_plans**2 * of_plan - 2 * p.sd_plans * p.sd_judges * of_both
    spread += p.sd_judges**2 * of_judge
    # F(a) = 1 - by_a and F(b) = -by_b; f' = f (1 - 2F).
    twist_a = spread / 2 * s.bend_a * (2 * s.by_a - 1)
    twist_b = spread / 2 * s.bend_b * (1 + 2 * s.by_b)
    twist = twist_a + twist_b
    q, t = _solve(
        mode,
        _summed(p.sd_plans, problem.plan, twist, problem.plans),
        _summed(-p.sd_judges, problem.judge, twist, problem.judges),
    )
    shift = p.sd_plans * q[problem.plan] - p.sd_judges * t[problem.judge]
    by_a = -s.by_a + twist_a - shift * s.bend_a
    by_b = -s.by_b + twist_b - shift * s.bend_b
    both, slope, bend = by_a + by_b, s.by_a + s.by_b, s.bend_a + s.bend_b
    plans = both @ mode.z[problem.plan] + slope @ q[problem.plan]
    plans += bend @ (p.sd_plans * of_plan - p.sd_judges * of_both)
    judges = -both @ mode.u[problem.judge] - slope @ t[problem.judge]
    judges += bend @ (p.sd_judges * of_judge - p.sd_plans * of_both)
    groups = np.bincount(problem.plan_group[problem.plan], both, problem.groups)
    return np.concatenate([
        -np.bincount(problem.criterion, both, problem.criteria),
        groups[1:] + p.means / GROUP_SD**2,
        _by_gaps(problem, p, by_a, by_b),
        [plans, judges],
    ])  # fmt: skip


def _by_gaps(problem: Problem, p: Parameters, by_a: Floats, by_b: Floats) -> Floats:
    """Each gap moves all cuts from its own on."""
    size = problem.cuts + 2
    cuts = -np.bincount(problem.lower, by_a, size) - np.bincount(problem.upper, by_b, size)
    onwards = np.cumsum(cuts[1:-1][::-1])[::-1][1:]
    gap = np.exp(p.gaps)
    return np.asarray(gap * (onwards - problem.between / np.expm1(gap)))
