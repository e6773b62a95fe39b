"""How strict each auditor is, and what a plan would have got from an average one.

Two models: `fit_severity` of answers (ordinal, methods d.3) and `severity_reml` (its own module)
of section scores. Both take plans and judges as random and compare judges only within a group of
linked ones: severities are relative to the mean of the group.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from .inputs import Floats, probability
from .intervals import normal_quantile
from .severity_fit import Covariances, Fit, Search, covariances, first_guess
from .severity_marks import Ratings, Row, Usable, ratings_of, usable
from .severity_model import problem_of
from .severity_scores import Points, Scorer, Weights, effects, misfit, scorer
from .severity_spread import Judged, Spread, judged

__all__ = [
    "CriterionDifficulty",
    "Difference",
    "JudgeSeverity",
    "PlanQuality",
    "Points",
    "Ratings",
    "SeverityFit",
    "Spread",
    "Weights",
    "fit_severity",
    "ratings_of",
]

_ALONE = "No plan of this auditor was marked by another, so strictness cannot be told."
_UNUSED = "Everyone gave the same lowest or highest answer, so how hard it is cannot be told."
_APART = "No chain of common plans joins these two auditors."


class JudgeSeverity(NamedTuple):
    """One judge. `severity` in logits, above 0 stricter than the group; `effect` in points, above
    0 marking higher. All of them None, with `why`, for a judge whom nothing links.

    `marks`, `plans`: how many; `group`: number of the group of linked judges, 0 the largest.
    `infit`, `outfit`: about 1; well above 1 erratic, well below 1 too even. `likeliest`: severity
    as if the likeliest spread of judges were the true one, as `ordinal::clmm` gives it.
    """

    judge: Any
    marks: int
    plans: int
    group: int
    severity: float | None
    se: float | None
    low: float | None
    high: float | None
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    infit: float | None
    outfit: float | None
    likeliest: float | None
    why: str = ""


class PlanQuality(NamedTuple):
    """One plan: quality in logits with standard error, and its fair average with interval: the
    expected score over all criteria from an average judge of its group."""

    plan: Any
    marks: int
    group: int
    quality: float
    se: float
    fair: float
    low: float
    high: float


class CriterionDifficulty(NamedTuple):
    """How hard it is to earn a high answer, in logits from the mean criterion; None and `why`
    where all gave the same lowest or highest answer."""

    criterion: Any
    marks: int
    difficulty: float | None
    se: float | None
    why: str = ""


class Difference(NamedTuple):
    """First judge's severity less the second's; None and `why` where they are not linked."""

    value: float | None
    se: float | None
    low: float | None
    high: float | None
    why: str = ""


@dataclass(frozen=True, eq=False)
class SeverityFit:
    """What a fit says. `cuts`: where answers 1, 2, 3 begin, in logits, for the mean criterion and
    a plan at 0. `groups`: how many groups of judges nothing links; `why`: a sentence if several.

    `log_likelihood` is Laplace's approximation, as in R's `ordinal::clmm`.
    """

    judges: tuple[JudgeSeverity, ...]
    plans: tuple[PlanQuality, ...]
    criteria: tuple[CriterionDifficulty, ...]
    cuts: tuple[float, ...]
    sd_judges: Spread
    sd_plans: float
    log_likelihood: float
    converged: bool
    iterations: int
    groups: int
    why: str
    confidence: float
    covariance: Floats
    """Of the severities, in the order of `judges`."""

    @cached_property
    def _places(self) -> dict[Any, int]:
        return {line.judge: place for place, line in enumerate(self.judges)}

    def judge(self, name: Hashable) -> JudgeSeverity:
        """The line of one judge; ValueError for one who gave no marks."""
        if name not in self._places:
            raise ValueError(f"{name} gave none of these marks.")
        return self.judges[self._places[name]]

    def difference(self, first: Hashable, second: Hashable) -> Difference:
        """How much stricter the first is, with an interval that knows what the two share."""
        if self.judge(first).group != self.judge(second).group:
            return Difference(None, None, None, None, _APART)
        return self.change(second, first)

    def change(self, before: Hashable, after: Hashable) -> Difference:
        """How much stricter a judge became, where each period has a name of its own.

        Periods that share no plan are groups of their own. The change is then relative to the
        colleagues of each period: nothing tells a team that all became stricter from poorer plans.
        """
        one, two = self.judge(after), self.judge(before)
        if one.severity is None or two.severity is None:
            return Difference(None, None, None, None, _APART)
        a, b = self._places[after], self._places[before]
        c = self.covariance
        se = math.sqrt(max(float(c[a, a] + c[b, b] - 2 * c[a, b]), 0.0))
        value, reach = one.severity - two.severity, normal_quantile(self.confidence) * se
        return Difference(value, se, value - reach, value + reach)


def fit_severity(
    ratings: Ratings | Iterable[Row],
    points: Points | None = None,
    weights: Weights | None = None,
    confidence: float = 0.95,
) -> SeverityFit:
    """Fit the ordinal model of plans, criteria and judges to marks.

    `ratings`: a `Ratings` (`ratings_of`), or rows (plan, criterion, judge, answer 0-3), None
    where there is no answer. `points`: criterion -> points (0-1) of answers 0, 1, 2 …, which makes
    effects and fair averages points of 0 to 100; `weights`: criterion -> weight in them. To see
    drift give each judge and period a name of its own, (judge, quarter), and ask for `change`.

    ValueError, one sentence: no marks, one judge, no plan marked by two, no variation. Judges in
    several unlinked groups are fitted, each group around its own mean, and `why` says so.
    """
    probability("confidence", confidence)
    marks = usable(ratings if isinstance(ratings, Ratings) else ratings_of(ratings))
    problem = problem_of(marks)
    search = Search(problem, first_guess(problem))
    fit = search.run()
    own = covariances(problem, fit)
    found = judged(search, fit, own, marks.groups.astype(np.float64), confidence)
    p = fit.parameters
    score = scorer(marks, p.alpha, p.cuts, points, weights)
    qualities = _qualities(marks, fit, found)
    mean = float(p.alpha.mean())
    return SeverityFit(
        judges=_judges(marks, fit, found, score, qualities, confidence),
        plans=_plans(marks, own, score, qualities, confidence),
        criteria=_criteria(marks, fit, own),
        cuts=tuple((p.cuts + mean).tolist()),
        sd_judges=found.spread,
        sd_plans=p.sd_plans,
        log_likelihood=-fit.mode.objective,
        converged=fit.converged,
        iterations=fit.iterations,
        groups=problem.groups,
        why=_why(problem.groups),
        confidence=confidence,
        covariance=found.covariance,
    )


def _why(groups: int) -> str:
    if groups == 1:
        return ""
    return (
        f"The auditors fall into {groups} groups that share no plan: strictness is compared "
        "within each group only."
    )


def _qualities(marks: Usable, fit: Fit, found: Judged) -> Floats:
    """Of each plan in logits, as an average judge of its group sees it."""
    p = fit.parameters
    raw = p.sd_judges * fit.mode.u
    shift = np.array([(raw - found.likeliest)[marks.groups == g].mean() if (marks.groups == g).any()
                      else 0.0 for g in range(p.means.size + 1)])  # fmt: skip
    means = np.concatenate([[0.0], p.means]) - shift
    return np.asarray(p.sd_plans * fit.mode.z + means[marks.plan_group])


def _judges(
    marks: Usable, fit: Fit, found: Judged, score: Scorer, qualities: Floats, confidence: float
) -> tuple[JudgeSeverity, ...]:
    r, p = marks.ratings, fit.parameters
    se = np.sqrt(np.maximum(np.diagonal(found.covariance), 0.0))
    reach = normal_quantile(confidence) * se
    ends = np.column_stack([found.severity, found.severity + reach, found.severity - reach])
    effect = effects(score, qualities, ends)
    at = qualities[r.plan[marks.rows]] - found.likeliest[r.judge[marks.rows]]
    infit, outfit = misfit(marks, at, p.alpha, p.cuts)
    number = np.bincount(r.judge, minlength=len(r.judges))
    sittings = np.unique(np.column_stack([r.judge, r.plan]), axis=0)[:, 0]
    plans = np.bincount(sittings, minlength=len(r.judges))
    size = np.bincount(marks.groups)[marks.groups]
    lines = []
    for k, name in enumerate(r.judges):
        told: list[float | None] = [None] * 10
        if size[k] >= 2:
            row = [found.severity[k], se[k], ends[k, 2], ends[k, 1], *effect[k]]
            told = [float(x) for x in (*row, infit[k], outfit[k], found.likeliest[k])]
        counted = (name, int(number[k]), int(plans[k]), int(marks.groups[k]))
        lines.append(JudgeSeverity._make((*counted, *told, "" if size[k] >= 2 else _ALONE)))
    return tuple(lines)


def _plans(
    marks: Usable, own: Covariances, score: Scorer, qualities: Floats, confidence: float
) -> tuple[PlanQuality, ...]:
    r = marks.ratings
    se = np.sqrt(np.maximum(own.plans, 0.0))
    reach = normal_quantile(confidence) * se
    fair = score.expected(np.column_stack([qualities, qualities - reach, qualities + reach]))
    number = np.bincount(r.plan, minlength=len(r.plans))
    return tuple(
        PlanQuality(name, int(number[k]), int(marks.plan_group[k]), float(qualities[k]),
                    float(se[k]), *map(float, fair[k]))
        for k, name in enumerate(r.plans)
    )  # fmt: skip


def _criteria(marks: Usable, fit: Fit, own: Covariances) -> tuple[CriterionDifficulty, ...]:
    r, alpha = marks.ratings, fit.parameters.alpha
    size = alpha.size
    centre = np.eye(size) - 1 / size
    se = np.sqrt(np.maximum(np.diagonal(centre @ own.criteria @ centre), 0.0))
    number = np.bincount(r.criterion, minlength=len(r.criteria))
    place = {c: k for k, c in enumerate(marks.kept.tolist())}
    lines = []
    for c, name in enumerate(r.criteria):
        if c not in place:
            lines.append(CriterionDifficulty(name, int(number[c]), None, None, _UNUSED))
            continue
        k = place[c]
        difficulty = float(alpha[k] - alpha.mean())
        lines.append(CriterionDifficulty(name, int(number[c]), difficulty, float(se[k])))
    return tuple(lines)
