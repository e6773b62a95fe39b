"""Chooses how a plan is set out: family, headings, contents page, tables."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from goldthread.simulation.plans.sample import LETTERS, Layout
from goldthread.simulation.plans.stock import Stock
from goldthread.simulation.plans.wording import fill

FAMILIES = ("prose", "area-tables", "paired", "e-before-b", "two-column-f", "parts", "banners",
            "booklet", "front-evidence")  # fmt: skip
STYLES = ("styled", "bold", "shaded")
EXTRAS = ("controls", "textbox", "nested", "struck", "merged")


def choose_layout(rng: Random, stock: Stock, family: str) -> Layout:
    """A layout of `family`, with the variants of documents.md 3 drawn at random."""
    return Layout(
        family=family,
        headings=_headings(rng, stock.headings, family),
        areas={area: rng.choice(names) for area, names in stock.headings["areas"].items()},
        heading_style=rng.choice(STYLES),
        contents=rng.random() < 0.3,
        explainer=rng.random() < 0.3,
        margins=rng.random() < 0.8,
        rows=family not in ("area-tables", "two-column-f") and rng.random() < 0.5,
        numbered=rng.random() < 0.7,
        date_style=rng.randrange(3),
        struck=stock.views["struck"],
        extras=tuple(extra for extra in EXTRAS if rng.random() < 0.25),
    )


def _headings(rng: Random, content: Mapping[str, Any], family: str) -> dict[str, str]:
    if family == "booklet":
        return dict(content["booklet"])
    titles = {letter: rng.choice(content["titles"][letter]) for letter in LETTERS}
    if family == "parts":
        return {x: f"Part {n}: {titles[x]}" for n, x in enumerate(LETTERS, 1)}
    shape = rng.choice(content["shapes"])
    words = {x: {"letter": x, "title": titles[x], "upper": titles[x].upper()} for x in LETTERS}
    return {x: fill(shape, "they", words[x]) for x in LETTERS}
