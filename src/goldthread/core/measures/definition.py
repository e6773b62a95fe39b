"""What a measure is: one YAML file of `reference/measures/`, validated.

The schema here is the only one: the files, the reference pages and the forms derive from it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from goldthread.core.frozen import Content, Slug

Kind = Literal["proportion", "rate", "change", "amount", "value", "answer", "words"]
"""proportion: a share of a whole · rate: events per so many people · change: growth on an earlier
count · amount: money or a count per person · value: as the source prints it, without its counts ·
answer: yes or no · words: a category in the source's own words."""


class Term(Content):
    """One side of the fraction: one or more columns of one source, added up."""

    source: Slug
    columns: tuple[str, ...] = Field(min_length=1)
    label: str
    """What is counted, to follow a number: “new plans issued within 20 weeks”."""
    year: int | None = None
    """A fixed year, where the source has only that one (population mid-2024)."""
    offset: int = 0
    """Years to add to the measure's year: -1 for the count a year earlier."""


class Caveat(Content):
    """Something a reader of the figure must know, and which figures it touches.

    Empty lists mean all. `withhold` takes the figures away and shows the text in their place.
    """

    text: str
    effect: Literal["note", "withhold"] = "note"
    authorities: tuple[str, ...] = ()
    """DfE codes."""
    regions: tuple[str, ...] = ()
    """GSS codes of regions, whose authorities it touches (and, where `levels` says, itself)."""
    levels: tuple[Literal["authority", "region", "england"], ...] = ("authority",)
    years: tuple[int, ...] = ()

    @property
    def general(self) -> bool:
        return not (self.authorities or self.regions or self.years)


class Break(Content):
    """From `year` on, figures do not continue the series before it."""

    year: int
    text: str


class Measure(Content):
    """A published measure. Units: proportions and rates are stored as counts and shown times
    `scale`; `value` kinds are stored as the source prints them."""

    id: Slug
    title: str
    theme: Slug
    why: str
    kind: Kind
    numerator: Term
    denominator: Term | None = None
    scale: float = 100
    unit: str
    """To follow a number: “%”, “per 1,000 people aged 0 to 25”, “£ per head”."""
    decimals: int = 1
    period_kind: Literal[
        "january census", "calendar year", "academic year", "financial year", "inspection", "point"
    ]
    polarity: Literal["higher", "lower", "no judgement"]
    interval: Literal["wilson", "byar", "none"]
    interval_note: str = ""
    """Why there is no interval; required where there is none."""
    similar_within: float = 5
    """Two results closer than this (in shown units) are “about the same”: 5 percentage points,
    or what a manager would not act on for a rate."""
    breaks: tuple[Break, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    published: str | None = None
    """Column with the source's own result, that ours must reproduce to its decimals."""
    tags: tuple[Slug, ...] = ()
    order: int = 100
    author: str
    checker: str
    next_review: dt.date

    @property
    def counted(self) -> bool:
        """Whether numerator and denominator are counts, so that an interval can be had."""
        return self.interval != "none"

    @model_validator(mode="after")
    def _agrees(self) -> Measure:
        if self.interval == "none" and not self.interval_note:
            raise ValueError("interval is none: say why in interval_note")
        if self.kind in ("proportion", "rate", "change", "amount") and self.denominator is None:
            raise ValueError(f"a {self.kind} needs a denominator")
        if self.kind in ("proportion", "rate") and self.interval == "none":
            raise ValueError(f"a {self.kind} has counts, so it has an interval: wilson or byar")
        if self.kind in ("change", "amount", "value", "answer", "words") and self.counted:
            raise ValueError(f"a {self.kind} can bear no interval: use none, and say why")
        return self


class Theme(Content):
    """A group of measures on one page: `reference/themes.yaml`, in the order shown."""

    id: Slug
    title: str
    question: str
    """What a reader wants to know: “How quickly are plans issued?”"""
    intro: str = ""
