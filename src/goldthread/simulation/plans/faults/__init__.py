"""Plants faults in a sound plan, each for a rule of the standard, and remembers what it did."""

from __future__ import annotations

from random import Random

from goldthread.simulation.plans.faults.ends import ENDS
from goldthread.simulation.plans.faults.needs import NEEDS
from goldthread.simulation.plans.faults.opening import OPENING
from goldthread.simulation.plans.faults.outcomes import OUTCOMES
from goldthread.simulation.plans.faults.planting import Planter, Planting
from goldthread.simulation.plans.faults.provision import PROVISION
from goldthread.simulation.plans.faults.views import VIEWS
from goldthread.simulation.plans.sample import SamplePlan
from goldthread.simulation.plans.stock import Stock

PLANTERS: dict[str, Planter] = {**OPENING, **VIEWS, **NEEDS, **OUTCOMES, **PROVISION, **ENDS}
"""Name of a fault -> what plants it; each returns the faults that follow, none when it cannot."""
MOST = 6


def plant_faults(
    rng: Random, stock: Stock, plan: SamplePlan, count: int, names: tuple[str, ...] = ()
) -> None:
    """Plants `count` faults drawn at random (or those of `names`), as far as the plan allows.

    Errors: LookupError for a name that is none of PLANTERS.
    """
    unknown = [name for name in names if name not in PLANTERS]
    if unknown:
        raise LookupError(f"There is no fault “{unknown[0]}”; known: {', '.join(PLANTERS)}.")
    work = Planting(rng, stock, plan)
    order = list(names) or rng.sample(list(PLANTERS), len(PLANTERS))
    planted = 0
    for name in order:
        if planted == count and not names:
            return
        if _clashes(plan, name):
            continue
        found = PLANTERS[name](work)
        plan.faults += found
        planted += bool(found)


_WHOLE = {
    "no-outcomes": "E", "one-date": "E", "no-monitoring": "E", "no-child-part": "A",
    "no-method": "A", "advice-undated": "K", "advice-missing": "K", "advice-not-appended": "K",
    "scores-in-views": "A", "no-capacity": "A", "few-topics": "A",
    "hope-lost": "A", "hard-reading": "A",
    "no-strengths": "B", "h-merged": "H", "bare-social-nil": "D", "not-known": "D",
    "placement": "I", "no-placement": "I", "respite-in-h1": "H", "h1-at-18": "H",
    "no-care-act": "H", "local-offer": "H",
}  # fmt: skip


def _clashes(plan: SamplePlan, name: str) -> bool:
    """Whether another fault already took the whole section that this one would change."""
    section = _WHOLE.get(name)
    taken = section is not None and section in plan.whole
    if section is not None:
        plan.whole.add(section)
    return taken
