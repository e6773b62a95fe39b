"""A year of invented audits whose truth is known: how good each plan is, how strict each auditor.

Answers follow the model that `core/stats/severity` fits (methods, d.3):

    logit P(answer > k) = quality - difficulty - severity - cut_k

so that pages built on the marks can be held against the truth. Everything comes from a seed: the
same input gives the same marks.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

Answer = int | Literal["not-applicable", "cannot-decide"]
CUTS = (-2.0, -0.4, 1.6)
"""Where answers 1, 2 and 3 begin, in logits: about one in ten answers is 0, one in five is 3."""


class SimulatedCriterion(NamedTuple):
    """A criterion to answer. Those of the family presence have answers 0 to 2."""

    id: str
    family: str = "judgement"
    weight: int = 1

    @property
    def top(self) -> int:
        """The highest answer it has."""
        return 2 if self.family == "presence" else 3


class SimulatedPlan(NamedTuple):
    """A plan: in which month (from 0) it is audited, by whom (the first auditor, then doubles),
    and what its need or team adds to its quality, in logits."""

    id: Hashable
    month: int
    auditors: tuple[Hashable, ...]
    effect: float = 0.0


class Mark(NamedTuple):
    """One answer; `machine` is what the machine suggested for the question, None for nothing."""

    plan: Any
    criterion: str
    judge: Any
    month: int
    value: Answer
    machine: int | None


@dataclass(frozen=True)
class Settings:
    """What the invented year is like. Spreads and drifts are in logits.

    `trend`: what a month adds to quality. `severity`: auditors whose severity is set, the others
    drawn with `sd_severity`. `drift`: auditor -> what a month adds to severity. `difficulty`:
    criteria whose difficulty is set, the others drawn; `sd_shared`: what single questions of a plan
    are better or worse than the plan, alike for everybody who marks it. Shares (0-1):
    `not_applicable` of plans and criteria (every auditor sees it alike), `cannot_decide` of marks,
    `suggested` of questions for which the machine says something, `machine_right` of these where
    it is right; else it is one answer off.
    """

    sd_quality: float = 1.0
    sd_severity: float = 0.5
    sd_difficulty: float = 0.8
    sd_shared: float = 0.0
    trend: float = 0.0
    severity: Mapping[Any, float] = field(default_factory=dict)
    drift: Mapping[Any, float] = field(default_factory=dict)
    difficulty: Mapping[str, float] = field(default_factory=dict)
    cuts: tuple[float, ...] = CUTS
    not_applicable: float = 0.06
    cannot_decide: float = 0.02
    suggested: float = 0.7
    machine_right: float = 0.85


@dataclass(frozen=True)
class Truth:
    """What is true of the invented year.

    `quality` of plans (trend and effect within), `difficulty` of criteria, `severity` of auditors
    in the first month, `drift` a month, all in logits; `answers`: (plan, criterion) -> what an
    auditor of severity 0 most likely lands on, absent where not applicable.
    """

    quality: Mapping[Any, float]
    difficulty: Mapping[str, float]
    severity: Mapping[Any, float]
    drift: Mapping[Any, float]
    cuts: tuple[float, ...]
    answers: Mapping[tuple[Any, str], int]
    shared: Mapping[tuple[Any, str], float] = field(default_factory=dict)

    def at(self, plan: Hashable, criterion: str) -> float:
        """How good the plan is in this question, in logits."""
        extra = self.shared.get((plan, criterion), 0.0)
        return self.quality[plan] - self.difficulty[criterion] + extra

    def severity_at(self, auditor: Hashable, month: int) -> float:
        """An auditor's severity in a month (from 0)."""
        return self.severity[auditor] + month * self.drift.get(auditor, 0.0)

    def expected(self, plan: Hashable, criterion: SimulatedCriterion, severity: float) -> float:
        """Mean answer to a criterion of a plan by an auditor of that severity."""
        at = self.at(plan, criterion.id) - severity
        return sum(1 / (1 + math.exp(cut - at)) for cut in self.cuts[: criterion.top])


@dataclass(frozen=True)
class SimulatedMarks:
    """The marks, by plan, auditor and criterion in the order given, and the truth behind them."""

    marks: tuple[Mark, ...]
    truth: Truth


def simulated_marks(
    plans: Sequence[SimulatedPlan],
    criteria: Sequence[SimulatedCriterion],
    settings: Settings | None = None,
    seed: int = 1,
) -> SimulatedMarks:
    """Marks of every auditor of every plan to every criterion.

    ValueError for no plans or criteria, a plan without auditors or with one named twice, or a
    share outside 0 to 1.
    """
    how = settings or Settings()
    _check(plans, criteria, how)
    rng = np.random.default_rng(seed)
    truth = _truth(plans, criteria, how, rng)
    marks: list[Mark] = []
    for plan in plans:
        marks += _marks_of(plan, criteria, truth, how, rng)
    return SimulatedMarks(tuple(marks), truth)


def _check(
    plans: Sequence[SimulatedPlan], criteria: Sequence[SimulatedCriterion], how: Settings
) -> None:
    if not plans or not criteria:
        raise ValueError("An invented year needs at least one plan and one criterion.")
    for plan in plans:
        if not plan.auditors or len(set(plan.auditors)) < len(plan.auditors):
            raise ValueError(f"Plan {plan.id} needs auditors, each named once.")
    for name in ("not_applicable", "cannot_decide", "suggested", "machine_right"):
        if not 0 <= getattr(how, name) <= 1:
            raise ValueError(f"{name} must lie between 0 and 1: got {getattr(how, name):g}.")


def _truth(
    plans: Sequence[SimulatedPlan], criteria: Sequence[SimulatedCriterion], how: Settings,
    rng: np.random.Generator,
) -> Truth:  # fmt: skip
    drawn = rng.normal(0, how.sd_quality, len(plans))
    quality = {plan.id: float(q) + plan.effect + how.trend * plan.month
               for plan, q in zip(plans, drawn, strict=True)}  # fmt: skip
    hard = rng.normal(0, how.sd_difficulty, len(criteria)).tolist()
    difficulty = {c.id: how.difficulty.get(c.id, d) for c, d in zip(criteria, hard, strict=True)}
    auditors = list(dict.fromkeys(a for plan in plans for a in plan.auditors))
    strict = rng.normal(0, how.sd_severity, len(auditors)).tolist()
    severity = {a: how.severity.get(a, s) for a, s in zip(auditors, strict, strict=True)}
    drift = {a: how.drift[a] for a in auditors if a in how.drift}
    applies = rng.random((len(plans), len(criteria))) >= how.not_applicable
    shared = _shared(plans, criteria, how, rng)
    answers = {
        (plan.id, c.id): _landing(
            quality[plan.id] - difficulty[c.id] + shared.get((plan.id, c.id), 0.0),
            how.cuts[: c.top],
        )
        for plan, row in zip(plans, applies.tolist(), strict=True)
        for c, applicable in zip(criteria, row, strict=True)
        if applicable
    }
    return Truth(quality, difficulty, severity, drift, how.cuts, answers, shared)


def _shared(
    plans: Sequence[SimulatedPlan], criteria: Sequence[SimulatedCriterion], how: Settings,
    rng: np.random.Generator,
) -> dict[tuple[Hashable, str], float]:  # fmt: skip
    """Drawn apart, so that without it everything else is the same."""
    if not how.sd_shared:
        return {}
    drawn = rng.spawn(1)[0].normal(0, how.sd_shared, (len(plans), len(criteria))).tolist()
    return {
        (plan.id, c.id): extra
        for plan, row in zip(plans, drawn, strict=True)
        for c, extra in zip(criteria, row, strict=True)
    }


def _landing(at: float, cuts: Sequence[float]) -> int:
    return sum(at > cut for cut in cuts)


def _marks_of(
    plan: SimulatedPlan, criteria: Sequence[SimulatedCriterion], truth: Truth, how: Settings,
    rng: np.random.Generator,
) -> list[Mark]:  # fmt: skip
    """One plan's marks. As many numbers are drawn whatever applies, so that changing one share
    does not reshuffle the rest."""
    chances = rng.random((len(criteria), 3)).tolist()
    machine = [
        _suggestion(truth.answers.get((plan.id, c.id)), c, how, *chance)
        for c, chance in zip(criteria, chances, strict=True)
    ]
    marks = []
    for auditor in plan.auditors:
        severity = truth.severity_at(auditor, plan.month)
        noise = rng.logistic(size=len(criteria)).tolist()
        undecided = (rng.random(len(criteria)) < how.cannot_decide).tolist()
        for c, said, extra, unsure in zip(criteria, machine, noise, undecided, strict=True):
            value: Answer = "cannot-decide" if unsure else _landing(
                truth.at(plan.id, c.id) - severity + extra,
                how.cuts[: c.top],
            )  # fmt: skip
            if (plan.id, c.id) not in truth.answers:
                value = "not-applicable"
            marks.append(Mark(plan.id, c.id, auditor, plan.month, value, said))
    return marks


def _suggestion(
    right: int | None, criterion: SimulatedCriterion, how: Settings, says: float, hits: float,
    side: float,
) -> int | None:  # fmt: skip
    """What the machine suggests: the true answer, or one beside it, or nothing."""
    if right is None or says >= how.suggested:
        return None
    if hits < how.machine_right:
        return right
    beside = [x for x in (right - 1, right + 1) if 0 <= x <= criterion.top]
    return beside[int(side * len(beside))]
