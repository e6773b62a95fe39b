"""A small strip of all authorities' results: one upright stroke each, drawn into the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, EDGE = 240, 4


@dataclass(frozen=True)
class Strip:
    """Path data and places along it, in the units of a view box 240 wide and 28 high."""

    strokes: str
    low: float
    middle: float
    high: float

    @property
    def box(self) -> float:
        return round(self.high - self.low, 1)


def strip(values: Sequence[float], quartiles: tuple[float, float, float]) -> Strip:
    """`values` and quartiles in the same unit; all at the middle when they are all equal."""
    least, most = min(values), max(values)
    span = most - least

    def at(value: float) -> float:
        share = (value - least) / span if span else 0.5
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    places = dict.fromkeys(sorted(f"{at(v):g}" for v in values))
    strokes = "".join(f"M{x} 8v12" for x in places)
    low, middle, high = (at(q) for q in quartiles)
    return Strip(strokes, low, middle, high)
