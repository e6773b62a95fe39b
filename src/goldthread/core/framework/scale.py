"""How answers become a band: the `grading` of a `framework.yaml`, so that an authority reads, and
an edition may change, every number of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from goldthread.core.frozen import Content, Slug

BandId = Literal["outstanding", "good", "requires-improvement", "inadequate"]
BANDS: tuple[BandId, ...] = ("inadequate", "requires-improvement", "good", "outstanding")
"""From the lowest; the labels people see are the framework's."""


class Band(Content):
    """One band and what it takes. Numbers are points of the quality index, 0 to 100."""

    id: BandId
    label: str
    at_least: float = Field(ge=0, le=100)
    themes: Mapping[str, float] = Field(default_factory=dict)
    """Theme -> its least index; a theme without answers is not asked."""
    every_theme: float = 0
    statutory: int = 0
    """The least answer that each statutory question must have."""


class CapRule(Content):
    """What keeps the band down: a gate at an answer, or too little quantified provision."""

    id: Slug
    band: BandId
    """The highest band that is left."""
    reason: str
    """In words, with {band} and {criteria}, or {share} and {least} where provision is counted."""
    gate: Literal["", "critical", "major"] = ""
    answer: int = 0
    count: int = 1
    """How many gates must stand at that answer."""
    criterion: str = ""
    quantified_below: float | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _one_or_the_other(self) -> CapRule:
        counted = bool(self.criterion) and self.quantified_below is not None
        if bool(self.gate) == counted:
            raise ValueError("give either a gate, or a criterion with quantified_below")
        return self


class Grading(Content):
    """From answers to a band (standard.md, part a, “Grade”)."""

    bands: tuple[Band, ...] = Field(min_length=2)
    """From the best; the last is what remains."""
    caps: tuple[CapRule, ...] = ()
    compliance: Mapping[Literal["compliant", "defects", "breach", "unknown"], str]
    """The dial's positions in words."""
    undecided_over: float = Field(default=0.10, ge=0, le=1)
    """A larger share of undecided questions leaves no grade."""
    preview_from: float = Field(default=0.5, ge=0, le=1)
    """The machine's answers alone show no band below this share of the questions that apply."""

    @model_validator(mode="after")
    def _bands_fall(self) -> Grading:
        ranks = [BANDS.index(band.id) for band in self.bands]
        floors = [band.at_least for band in self.bands]
        if ranks != sorted(set(ranks), reverse=True) or floors != sorted(floors, reverse=True):
            raise ValueError("bands must go from the best to the lowest, each once")
        return self
