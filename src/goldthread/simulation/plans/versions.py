"""An earlier version of an amended plan, and what changed between the two."""

from __future__ import annotations

import copy
import datetime as dt
import re
from random import Random
from typing import Any

from goldthread.simulation.plans.people import year_label
from goldthread.simulation.plans.sample import Item, SamplePlan
from goldthread.simulation.plans.showing import shown
from goldthread.simulation.plans.stock import Stock, Triple
from goldthread.simulation.plans.wording import first_upper

_YEAR = re.compile(r"\b(20\d\d)\b")
Change = dict[str, Any]


def earlier_version(rng: Random, stock: Stock, plan: SamplePlan) -> tuple[SamplePlan, list[Change]]:
    """The plan as it was a year before, and the changes from it to `plan`.

    Changes: {turn, section, before, after}; turn is added, removed, changed or never-updated.
    Items that no change names are the same, but for the years in outcomes.
    """
    old = copy.deepcopy(plan)
    old.status, old.version = "final", "1"
    old.dates = {k: d - dt.timedelta(days=365) for k, d in plan.dates.items() if k != "reviewed"}
    old.dates["first_made"] = old.dates["issued"]
    for entry in old.advice:
        entry.day = entry.day and entry.day - dt.timedelta(days=365)
    old.child.year -= 1
    old.child.year_group = year_label(old.child.year)
    changes = [*_older_outcomes(rng, plan, old), *_older_provision(rng, stock, plan, old)]
    return old, changes


def _older_outcomes(rng: Random, plan: SamplePlan, old: SamplePlan) -> list[Change]:
    """Outcomes were due a year sooner, but for one that was never updated."""
    items = list(zip(plan.items("E"), old.items("E"), strict=True))
    left = rng.randrange(len(items)) if items else -1
    changes = []
    for place, (new, was) in enumerate(items):
        if place == left:
            turn = "never-updated"
        else:
            turn = "changed"
            was.text = _a_year_sooner(was.text)
            was.parts = {k: _a_year_sooner(t) for k, t in was.parts.items()}
        changes.append(_change(plan, old, turn, "E", was, new))
    return changes


def _older_provision(rng: Random, stock: Stock, plan: SamplePlan, old: SamplePlan) -> list[Change]:
    """One amount was other, one piece of provision is gone now, one is new."""
    changes = []
    pairs = [(n, o) for n, o in zip(plan.items("F"), old.items("F"), strict=True)
             if "how_often" in o.parts]  # fmt: skip
    rng.shuffle(pairs)
    if pairs:
        new, was = pairs.pop()
        amount = was.parts["how_much"]
        was.parts["how_much"] = "25 minutes" if amount != "25 minutes" else "35 minutes"
        was.text = was.text.replace(f"for {amount} ", f"for {was.parts['how_much']} ", 1)
        changes.append(_change(plan, old, "changed", "F", was, new))
    if len(pairs) > 1:
        new, was = pairs.pop()
        section = old.sections["F"]
        section.items = [item for item in section.items if item is not was]
        changes.append(_change(plan, old, "added", "F", None, new))
    gone = _gone(rng, stock, old)
    old.sections["F"].items.append(gone)
    changes.append(_change(plan, old, "removed", "F", gone, None))
    return changes


def _gone(rng: Random, stock: Stock, old: SamplePlan) -> Item:
    used = {item.triple for item in old.items("B")}
    pool: list[Triple] = [t for t in stock.triples["semh"] if t.id not in used]
    triple = rng.choice(pool)
    number = 1 + max(item.number for item in old.items("B", "C", "D"))
    name = old.child.forename
    text = (
        f"A counsellor will see {name} one-to-one about {triple.topic} for 30 minutes once a week."
    )
    return Item("F", "semh", number, "", triple.topic, first_upper(text))


def _change(
    plan: SamplePlan, old: SamplePlan, turn: str, section: str, was: Item | None, new: Item | None
) -> Change:
    return {
        "turn": turn,
        "section": section,
        "before": shown(old, was) if was else "",
        "after": shown(plan, new) if new else "",
    }


def _a_year_sooner(text: str) -> str:
    said = _YEAR.sub(lambda m: str(int(m[1]) - 1), text)
    return re.sub(r"Year (\d+) \(", lambda m: f"Year {max(1, int(m[1]) - 1)} (", said)
