"""The invented year of audits: marks whose truth is known, for the demonstration's authority."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random

from goldthread.content import folder
from goldthread.core.audit.judgement import Value
from goldthread.core.demonstration import DemoAudited, DemoMark, DemoYear, Marks
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.frozen import Content
from goldthread.readers.anchors import load_anchors
from goldthread.readers.content import read_yaml, valid
from goldthread.simulation.audits import (
    Mark,
    Settings,
    SimulatedCriterion,
    SimulatedPlan,
    simulated_marks,
)

SEED = 2026
WAVERS, STEEPER = 0.3, 2.0
"""Share of answers to anchors that are not the agreed one, and how much severity turns them."""
NO_NEED = "no-such-need"
"""The reason given in the invented year where a question does not apply."""


class Year(Content):
    """The file `year.yaml`: logits, but for the numbers of plans."""

    source: str
    plans_a_month: int
    doubles_a_month: int
    quality: float
    trend: float
    shared: float
    spread: float
    cuts: tuple[float, ...]
    severity: Mapping[str, float]
    drift: Mapping[str, float]
    need: Mapping[str, float]
    team: Mapping[str, float]


def read_year() -> Year:
    """Errors: ContentError for a wrong file."""
    path = folder("samples") / "demo" / "year.yaml"
    found: Year = valid(path, Year, read_yaml(path))
    return found


def invented_year(framework: Framework) -> DemoYear:
    """The year of `year.yaml`, by this edition."""
    year = read_year()

    def marks(audited: Sequence[DemoAudited]) -> Marks:
        return _marks(year, framework, audited)

    def anchored(name: str, criterion: Criterion, agreed: Value, pen: Random) -> str:
        return _near(year.severity.get(name, 0.0), criterion, agreed, pen)

    return DemoYear(year.plans_a_month, year.doubles_a_month, marks, load_anchors(), anchored)


def _near(severity: float, criterion: Criterion, agreed: Value, pen: Random) -> str:
    """The agreed answer, or one beside it: a strict auditor is more often below than above."""
    if not isinstance(agreed, int):
        return str(agreed)
    below = 1 / (1 + math.exp(-severity * STEEPER))
    step = 0 if pen.random() > WAVERS else -1 if pen.random() < below else 1
    return str(min(max(agreed + step, 0), max(int(value) for value in criterion.descriptors)))


def _marks(year: Year, framework: Framework, audited: Sequence[DemoAudited]) -> Marks:
    settings = Settings(
        sd_quality=year.spread, sd_shared=year.shared, cuts=year.cuts, trend=year.trend,
        severity=year.severity, drift=year.drift,
        difficulty={c.id: 0.0 for c in framework.criteria if c.gate == "critical"},
    )  # fmt: skip
    asked = [SimulatedCriterion(c.id, c.family, c.weight) for c in framework.criteria]
    found = simulated_marks([_plan(year, plan) for plan in audited], asked, settings, SEED)
    criteria = {c.id: c for c in framework.criteria}
    return {
        (str(m.plan), str(m.judge), m.criterion): DemoMark(
            _said(m, criteria[m.criterion]), m.machine if criteria[m.criterion].rules else None
        )
        for m in found.marks
    }


def _plan(year: Year, audited: DemoAudited) -> SimulatedPlan:
    better = year.quality + year.need.get(audited.need, 0.0) + year.team.get(audited.team, 0.0)
    return SimulatedPlan(audited.plan, audited.month, audited.auditors, better)


def _said(mark: Mark, criterion: Criterion) -> str:
    """The answer as a form gives it; a critical gate always applies."""
    if mark.value == "not-applicable":
        return "2" if criterion.gate == "critical" else NO_NEED
    return str(mark.value)
