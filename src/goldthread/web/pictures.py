"""Charts at their own addresses, and what a page needs to show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.values import Comparison, Funnel
from goldthread.core.measures.definition import Measure
from goldthread.core.report import charts, pictures

Spec = dict[str, Any]
KINDS = ("dot", "trend", "funnel")


@dataclass(frozen=True)
class Drawing:
    """A chart in a page. `link` is its address without the ending, `query` what follows it."""

    kind: str
    link: str
    query: str
    alt: str

    @property
    def wide(self) -> str:
        return f"{self.link}.svg{self.query}"

    @property
    def narrow(self) -> str:
        sign = "&" if self.query else "?"
        return f"{self.link}.svg{self.query}{sign}size=narrow"


def drawings(benchmark: Benchmark, c: Comparison, query: str) -> dict[str, Drawing]:
    """The charts that a measure's page can have, by kind."""
    slug = benchmark.library.places.by_code[c.authority].slug
    above = f"/authorities/{slug}/measures/{c.id}/"
    found = {}
    for kind in KINDS:
        spec = spec_of(benchmark, c, kind)
        if spec is not None:
            found[kind] = Drawing(kind, f"{above}{kind}", query, spec["description"])
    return found


def spec_of(benchmark: Benchmark, c: Comparison, kind: str, narrow: bool = False) -> Spec | None:
    """The chart, or None where the measure can have none of that kind."""
    name = benchmark.library.places.by_code[c.authority].name
    if kind == "dot":
        return charts.dot_plot(c, name, narrow) if pictures.can_show_peers(c) else None
    if kind == "trend":
        breaks = tuple(b.year for b in benchmark.measure(c.id).breaks)
        return charts.trend_plot(c, name, narrow, breaks) if pictures.can_show_trend(c) else None
    found = benchmark.funnel(c.id, c.year)
    return None if found is None else _funnel(benchmark, c, found, narrow)


def national_funnel(
    benchmark: Benchmark, measure_id: str, year: int | None, narrow: bool = False
) -> Spec | None:
    """Every authority, none of them marked."""
    measure = benchmark.measure(measure_id)
    found = benchmark.funnel(measure_id, year)
    if found is None:
        return None
    counted = _counted(measure)
    return charts.funnel_plot(
        found, measure.title, measure.unit, measure.decimals, counted, narrow=narrow
    )


def _funnel(benchmark: Benchmark, c: Comparison, found: Funnel, narrow: bool) -> Spec:
    return charts.funnel_plot(
        found,
        f"{c.title}, {c.period}",
        c.unit,
        c.decimals,
        _counted(benchmark.measure(c.id)),
        c.authority,
        c.comparator.peers,
        narrow,
    )


def _counted(measure: Measure) -> str:
    return measure.denominator.label if measure.denominator else ""
