"""What every planter uses: picking an item nobody has spoiled, rewriting it, noting the fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from goldthread.simulation.plans.sample import Fault, Item, SamplePlan
from goldthread.simulation.plans.stock import Stock
from goldthread.simulation.plans.wording import fill


@dataclass(slots=True)
class Planting:
    """One plan while faults are planted in it."""

    rng: Random
    stock: Stock
    plan: SamplePlan

    @property
    def words(self) -> dict[str, Any]:
        return dict(self.stock.faults)

    def said(self, template: str, **words: str) -> str:
        child = self.plan.child
        known = {"name": child.forename, "school": child.school, "type": child.setting_type,
                 "old_school": child.old_school}  # fmt: skip
        return fill(template, child.pronoun, {**known, **words})

    def pick(self, *letters: str, part: str = "") -> Item | None:
        """An item of these sections that no fault has touched, or None; it is taken with this.

        `part`: only items that have this column.
        """
        plan = self.plan
        found = [i for i in plan.items(*letters) if i.number not in plan.spoiled
                 and (not part or part in i.parts)]  # fmt: skip
        if not found:
            return None
        item = self.rng.choice(found)
        plan.spoiled.add(item.number)
        return item

    def next_number(self) -> int:
        """A number for an item that is added; it counts as touched."""
        letters = ("B", "C", "D", "E", "F", "G", "H1", "H2", "H")
        number = 1 + max((i.number for i in self.plan.items(*letters)), default=0)
        self.plan.spoiled.add(number)
        return number


Planter = Callable[[Planting], list[Fault]]


def rewrite(item: Item, text: str) -> None:
    """Puts `text` in place of the item."""
    item.text, item.parts = text, {}


def append(item: Item, sentence: str) -> None:
    """Adds a sentence at the item's end, in its last column."""
    item.text = f"{item.text} {sentence}"
    if item.parts:
        last = list(item.parts)[-1]
        item.parts[last] = f"{item.parts[last]} {sentence}"


def on_item(rule: str, item: Item, quote: str, note: str, unsure: tuple[str, ...] = ()) -> Fault:
    return Fault(rule, item.letter, quote, note, item, unsure)
