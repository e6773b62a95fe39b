"""Severity from section scores: score = mean + plan + judge + chance, by REML (methods, d.3).

Light and transparent beside the ordinal model; it wants a score on a scale wide enough that its
ends hardly matter. Effects are in points of the score: above 0 a judge marks higher.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from .inputs import Floats, probability, vector
from .linking import Linking, linking
from .severity_spread import Spread, centring, grid_around, log_prior, over_spreads, spread_of

Codes = NDArray[np.intp]
_NOUGHT = 1e-6
"""A relative spread below this is nought: the search only comes near it."""
_ALONE = "No plan of this auditor was marked by another, so strictness cannot be told."


class JudgeEffect(NamedTuple):
    """Points by which a judge marks above the mean of the group; None and `why` if not linked.

    `below`: the chance (0-1) that it really lies below; `likeliest`: as if the likeliest spread of
    judges were the true one, as `lme4::ranef` gives it.
    """

    judge: Any
    n: int
    group: int
    effect: float | None
    se: float | None
    low: float | None
    high: float | None
    below: float | None
    likeliest: float | None
    why: str = ""


class FairScore(NamedTuple):
    """The score a plan would have from an average judge of its group, with its interval."""

    plan: Any
    n: int
    group: int
    fair: float
    se: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class ScoreSeverity:
    """What REML says. `means`: of each group of linked judges; `why`: a sentence if several."""

    judges: tuple[JudgeEffect, ...]
    plans: tuple[FairScore, ...]
    means: tuple[float, ...]
    sd_plans: float
    sd_judges: Spread
    sd_residual: float
    log_likelihood: float
    converged: bool
    groups: int
    why: str


@dataclass(frozen=True, eq=False)
class _Scores:
    """Scores with the codes of their plans and judges, and the group of each."""

    y: Floats
    plan: Codes
    judge: Codes
    graph: Linking
    plan_group: Codes
    judge_group: Codes

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.graph.plans), len(self.graph.auditors), len(self.graph.components)

    @property
    def free(self) -> int:
        """Degrees of freedom by which chance is known: few where few plans were scored twice."""
        plans, judges, groups = self.shape
        return self.y.size - (plans + judges - groups)

    @cached_property
    def _columns(self) -> Floats:
        """Scores x (judges, groups): 1 where the score is of that judge, or group."""
        _, judges, groups = self.shape
        out = np.zeros((self.y.size, judges + groups))
        rows = np.arange(self.y.size)
        out[rows, self.judge] = out[rows, judges + self.judge_group[self.judge]] = 1
        return out

    @cached_property
    def per_plan(self) -> Floats:
        """How many scores each plan has."""
        return np.bincount(self.plan).astype(np.float64)

    @cached_property
    def met(self) -> Floats:
        """Plans x (judges, groups): how many scores."""
        out = np.zeros((self.shape[0], self._columns.shape[1]))
        np.add.at(out, self.plan, self._columns)
        return out

    @cached_property
    def joint(self) -> Floats:
        """(Judges, groups) by themselves: how many scores of both."""
        return np.asarray(self._columns.T @ self._columns)

    @cached_property
    def sums(self) -> Floats:
        """Sum of scores of each judge, then of each group."""
        return np.asarray(self.y @ self._columns)


class _Solved(NamedTuple):
    """At given relative spreads: solution and what its uncertainty comes from."""

    deviance: float
    residual: float
    """Residual variance."""
    plans: Floats
    rest: Floats
    """Judges (in units of their spread), then means of groups."""
    diagonal: Floats
    cross: Floats
    inverse: Floats


def _scores(plans: Sequence[Hashable], judges: Sequence[Hashable], scores: ArrayLike) -> _Scores:
    y = vector("scores", scores)
    if not len(plans) == len(judges) == y.size:
        raise ValueError("plans, judges and scores must be of the same length.")
    graph = linking(zip(plans, judges, strict=True))
    if len(graph.auditors) < 2:
        raise ValueError(
            f"All scores are by one auditor ({graph.auditors[0]}): severity needs at least two."
        )
    if all(len(part.auditors) < 2 for part in graph.components):
        raise ValueError(
            "No plan was marked by two auditors, so strictness cannot be told from poorer plans."
        )
    plan_place = {name: k for k, name in enumerate(graph.plans)}
    judge_place = {name: k for k, name in enumerate(graph.auditors)}
    plan_group, judge_group = (
        np.zeros(len(plan_place), np.intp),
        np.zeros(len(judge_place), np.intp),
    )
    for number, part in enumerate(graph.components):
        plan_group[[plan_place[p] for p in part.plans]] = number
        judge_group[[judge_place[a] for a in part.auditors]] = number
    found = _Scores(
        y, np.array([plan_place[p] for p in plans]), np.array([judge_place[a] for a in judges]),
        graph, plan_group, judge_group,
    )  # fmt: skip
    _check_chance(found)
    return found


def _check_chance(s: _Scores) -> None:
    """ValueError unless scores differ by more than constants of plans and judges."""
    judges = s.shape[1]
    within = s.y - (np.bincount(s.plan, s.y) / s.per_plan)[s.plan]
    cross = s.met[:, :judges]
    left = s.joint[:judges, :judges] - cross.T @ (cross / s.per_plan[:, None])
    right = np.bincount(s.judge, within)
    effect = np.linalg.lstsq(left, right, rcond=None)[0]
    over = float(within @ within - right @ effect)
    if s.free < 1 or over <= 1e-12 * max(float(s.y @ s.y), 1e-300):
        raise ValueError(
            "Plans and auditors explain every score, which leaves no chance to measure by: more "
            "plans must be marked twice."
        )


def _solve(s: _Scores, plan_spread: float, judge_spread: float) -> _Solved:
    """Henderson's equations with the plans eliminated, and the REML deviance (Bates 2015)."""
    n, (_, judges, groups) = s.y.size, s.shape
    times = np.concatenate([np.full(judges, judge_spread), np.ones(groups)])
    diagonal = 1 + plan_spread**2 * s.per_plan
    cross = plan_spread * s.met * times
    rest = np.outer(times, times) * s.joint - cross.T @ (cross / diagonal[:, None])
    rest[np.arange(judges), np.arange(judges)] += 1
    by_plan = plan_spread * np.bincount(s.plan, s.y)
    by_rest = times * s.sums
    inverse = np.linalg.inv(rest)
    x = inverse @ (by_rest - cross.T @ (by_plan / diagonal))
    z = (by_plan - cross @ x) / diagonal
    squares = float(s.y @ s.y - by_plan @ z - by_rest @ x)
    free = n - groups
    logs = float(np.log(diagonal).sum() + np.linalg.slogdet(rest)[1])
    deviance = logs + free * (1 + math.log(2 * math.pi * squares / free))
    return _Solved(deviance, squares / free, z, x, diagonal, cross, inverse)


def _best(s: _Scores, start: Sequence[float]) -> tuple[float, float, bool]:
    """The relative spreads of plans and judges with the least deviance."""
    centred = replace(s, y=s.y - s.y.mean())
    done = optimize.minimize(
        lambda x: _solve(centred, abs(x[0]), abs(x[1])).deviance, np.array(start),
        method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 2000},
    )  # fmt: skip
    plans, judges = (0.0 if x < _NOUGHT else x for x in np.abs(done.x).tolist())
    return plans, judges, bool(done.success)


def severity_reml(
    plans: Sequence[Hashable],
    judges: Sequence[Hashable],
    scores: ArrayLike,
    confidence: float = 0.95,
) -> ScoreSeverity:
    """Fit score = mean + plan + judge + chance; the three rows are of equal length, one a score.

    ValueError, one sentence: no scores, one judge, no plan scored by two, nothing left to chance.
    """
    probability("confidence", confidence)
    s = _scores(plans, judges, scores)
    plan_spread, judge_spread, converged = _best(s, (1.0, 0.5))
    at = _solve(s, plan_spread, judge_spread)
    sd = math.sqrt(at.residual)
    centre = centring(s.judge_group.astype(np.float64))
    raw = _effects(at, judge_spread, s)
    likeliest = centre @ raw
    effect, covariance, spread = _over_spreads(s, plan_spread, judge_spread, centre, confidence)
    groups = s.shape[2]
    return ScoreSeverity(
        judges=_judges(s, effect, likeliest, covariance, confidence),
        plans=_plans(s, at, plan_spread, raw - likeliest, confidence),
        means=tuple(at.rest[s.shape[1] :].tolist()),
        sd_plans=plan_spread * sd,
        sd_judges=spread,
        sd_residual=sd,
        log_likelihood=-at.deviance / 2,
        converged=converged,
        groups=groups,
        why="" if groups == 1 else (
            f"The auditors fall into {groups} groups that share no plan: strictness is compared "
            "within each group only."
        ),
    )  # fmt: skip


def _effects(at: _Solved, judge_spread: float, s: _Scores) -> Floats:
    """Judges' effects in points."""
    return np.asarray(judge_spread * at.rest[: s.shape[1]])


def _over_spreads(
    s: _Scores, plan_spread: float, judge_spread: float, centre: Floats, confidence: float
) -> tuple[Floats, Floats, Spread]:
    """Effects, their covariance over the spreads that judges may have, the spread's interval."""
    judges, sd = s.shape[1], math.sqrt(_solve(s, plan_spread, judge_spread).residual)
    grid = grid_around(judge_spread, _noise(s, plan_spread), judges)
    prior = float(np.std(s.y)) / sd
    found, logs = [], np.zeros(grid.size)
    for place, relative in enumerate(grid.tolist()):
        at = _solve(s, plan_spread, relative)
        own = relative**2 * at.residual * at.inverse[:judges, :judges]
        found.append((centre @ _effects(at, relative, s), centre @ own @ centre.T))
        logs[place] = -at.deviance / 2 + log_prior(relative, prior)
    effect, covariance = over_spreads(found, grid, logs)
    return effect, covariance, spread_of(judge_spread * sd, grid * sd, logs, confidence)


def _noise(s: _Scores, plan_spread: float) -> float:
    """Variance of what one judge's scores say, in residual variances, the others being known."""
    of_plan = np.bincount(s.plan)[s.plan]
    share = 1 - plan_spread**2 / (1 + of_plan * plan_spread**2)
    return float(np.median(1 / np.bincount(s.judge, share)))


def _judges(
    s: _Scores, effect: Floats, likeliest: Floats, covariance: Floats, confidence: float
) -> tuple[JudgeEffect, ...]:
    number, size = np.bincount(s.judge), np.bincount(s.judge_group)
    se = np.sqrt(np.maximum(np.diagonal(covariance), 0.0))
    lines = []
    for k, name in enumerate(s.graph.auditors):
        counted = (name, int(number[k]), int(s.judge_group[k]))
        if size[s.judge_group[k]] < 2:
            lines.append(JudgeEffect(*counted, None, None, None, None, None, None, _ALONE))
            continue
        e, own = float(effect[k]), float(se[k])
        reach = _reach(s, confidence) * own
        below = float(special.stdtr(s.free, -e / own)) if own else float(e < 0)
        lines.append(
            JudgeEffect(*counted, e, own, e - reach, e + reach, below, float(likeliest[k]))
        )
    return tuple(lines)


def _reach(s: _Scores, confidence: float) -> float:
    """Standard errors to the end of an interval: Student's, as chance itself is estimated."""
    return float(special.stdtrit(s.free, (1 + confidence) / 2))


def _plans(
    s: _Scores, at: _Solved, plan_spread: float, shift: Floats, confidence: float
) -> tuple[FairScore, ...]:
    judges, number = s.shape[1], np.bincount(s.plan)
    scaled = at.cross / at.diagonal[:, None]
    product = scaled @ at.inverse
    mean = judges + s.plan_group
    rows = np.arange(s.shape[0])
    variance = plan_spread**2 * (1 / at.diagonal + (product * scaled).sum(axis=1))
    variance += at.inverse[mean, mean] - 2 * plan_spread * product[rows, mean]
    moved = np.array([shift[s.judge_group == g].mean() for g in range(s.shape[2])])
    fair = at.rest[mean] + moved[s.plan_group] + plan_spread * at.plans
    se = np.sqrt(np.maximum(variance * at.residual, 0.0))
    reach = _reach(s, confidence) * se
    return tuple(
        FairScore(name, int(number[k]), int(s.plan_group[k]), float(fair[k]), float(se[k]),
                  float(fair[k] - reach[k]), float(fair[k] + reach[k]))
        for k, name in enumerate(s.graph.plans)
    )  # fmt: skip
