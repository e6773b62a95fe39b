"""A small picture as geometry: paths and words, which a writer turns into an image."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LETTER = 52
"""Pixels that a date under a picture needs."""


@dataclass(frozen=True, slots=True)
class Shape:
    """SVG path data in pixels; colours are names or #rrggbb, empty for none."""

    path: str
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True)
class Drawing:
    """`alt`: what it shows, in words, for those who do not see it."""

    width: int
    height: int
    alt: str
    shapes: tuple[Shape, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot stands in the picture, and the values at its foot and its head."""

    left: float
    right: float
    top: float
    foot: float
    least: float
    most: float

    def y(self, value: float) -> float:
        share = (value - self.least) / (self.most - self.least)
        return round(self.foot - share * (self.foot - self.top), 1)

    def slot(self, number: int) -> float:
        """Width of the room of one of so many points."""
        return (self.right - self.left) / max(number, 1)

    def x(self, place: int, number: int) -> float:
        """The middle of a point's room."""
        return round(self.left + (place + 0.5) * self.slot(number), 1)


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"


def dot(x: float, y: float, radius: float) -> str:
    r, d = f"{radius:g}", f"{2 * radius:g}"
    return f"M{x - radius:.1f} {y:.1f}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z"


def across(frame: Frame, value: float) -> str:
    return f"M{frame.left:.1f} {frame.y(value)}H{frame.right:.1f}"


def joined(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def ticks(least: float, most: float, number: int = 5) -> list[float]:
    """Round values from at most `least` to at least `most`, about so many."""
    raw = max(most - least, 1e-9) / number
    size = 10 ** math.floor(math.log10(raw))
    step = next(s * size for s in (1, 2, 5, 10) if s * size >= raw)
    first = math.floor(least / step)
    last = math.ceil(most / step)
    return [step * i for i in range(first, last + 1)]


def dates(frame: Frame, labels: Sequence[str]) -> list[Word]:
    """The newest date and every so-many-th before it, so that they never touch."""
    number = len(labels)
    every = math.ceil(LETTER / frame.slot(number))
    return [
        Word(frame.x(i, number), frame.foot + 20, label)
        for i, label in enumerate(labels)
        if (number - 1 - i) % every == 0
    ]
