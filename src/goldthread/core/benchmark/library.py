"""Everything a comparison is made from, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from goldthread.core.measures.definition import Measure, Theme
from goldthread.core.measures.source import Source
from goldthread.core.places import Places


@dataclass(frozen=True)
class NeighbourModel:
    """A list of most similar authorities: `dfe` (2025), `dfe-2021`, `ons`."""

    id: str
    title: str
    note: str
    neighbours: dict[str, tuple[str, ...]]
    """DfE code -> codes, nearest first."""
    closeness: dict[tuple[str, str], str] = field(default_factory=dict)
    """(authority, neighbour) -> the source's own words or distance."""


@dataclass(frozen=True)
class Library:
    """Places, measures, sources and every count; `digest` names exactly this content."""

    places: Places
    themes: tuple[Theme, ...]
    measures: dict[str, Measure]
    sources: dict[str, Source]
    counts: pl.DataFrame
    models: dict[str, NeighbourModel]
    wording: dict[str, str]
    """Rule id -> sentence template."""
    digest: str
