"""The comparison engine: published figures now, audits later, through one door.

Pure and deterministic: the same library gives the same comparisons to the last digit. What is
costly is made once and kept; threads may read at once, since a value made twice is equal.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Sequence
from functools import cached_property

from goldthread.core.benchmark import comparators, funnels
from goldthread.core.benchmark.cells import MISSING, Cell, Years, cells_of
from goldthread.core.benchmark.comparing import (
    compare_one,
    placeable,
    touched_by,
    with_flag,
)
from goldthread.core.benchmark.flags import stands
from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.nation import Nation, Placement, nation
from goldthread.core.benchmark.standout import StandsOut, stands_out
from goldthread.core.benchmark.values import Comparator, Comparison, Funnel, PeerResult
from goldthread.core.measures.definition import Measure
from goldthread.core.places import Authority

KEPT = 512
"""Sets of comparisons kept (one an authority and comparator): all of England under one comparator
three times over, about 60 MB."""


class UnknownMeasure(ValueError):
    """No measure has this id; the message names near ones."""


class NoSuchYear(ValueError):
    """The measure has no figures for the wanted year; the message says which it has."""


class Benchmark:
    """Compares authorities on everything in `library`."""

    def __init__(self, library: Library):
        self.library = library
        self._nations: dict[tuple[str, int], Nation] = {}
        self._sets: dict[tuple[str, str], tuple[Comparison, ...]] = {}

    @cached_property
    def cells(self) -> dict[str, Years]:
        return cells_of(self.library.counts, self.library.measures)

    def measure(self, measure_id: str) -> Measure:
        """The measure, or `UnknownMeasure` with near ids."""
        found = self.library.measures.get(measure_id)
        if found is None or measure_id not in self.cells:
            near = difflib.get_close_matches(measure_id, self.cells, n=3, cutoff=0.5)
            hint = f" Did you mean {', '.join(near)}?" if near else ""
            raise UnknownMeasure(
                f"No measure is called “{measure_id}”.{hint} `goldthread measures` lists them all."
            )
        return found

    def measure_ids(self) -> tuple[str, ...]:
        """Ids of measures with figures, in the order of themes, then of the measures in each."""
        order = {theme.id: i for i, theme in enumerate(self.library.themes)}
        found = [m for m in self.library.measures.values() if m.id in self.cells]
        found.sort(key=lambda m: (order.get(m.theme, len(order)), m.order, m.id))
        return tuple(m.id for m in found)

    def comparator(self, authority: Authority, spec: str = "dfe") -> Comparator:
        """Whom to compare with; raises `comparators.ComparatorError`."""
        return comparators.comparator(self.library, authority, spec)

    def years(self, measure_id: str) -> tuple[int, ...]:
        """Years with any figure, newest first."""
        return tuple(self.cells[self.measure(measure_id).id])

    def nation(self, measure_id: str, year: int | None = None) -> Nation:
        """The measure over all of England in `year`, or in the newest year."""
        measure = self.measure(measure_id)
        years = self.cells[measure.id]
        wanted = max(years) if year is None else year
        if wanted not in years:
            have = ", ".join(map(str, sorted(years)))
            raise NoSuchYear(f"{measure.title} has no figures for {wanted}; it has {have}.")
        key = (measure.id, wanted)
        if key not in self._nations:
            self._nations[key] = nation(
                measure, wanted, years[wanted], self.library.places, self.library.wording
            )
        return self._nations[key]

    def compare(
        self, authority: Authority, peers: Comparator, measure_id: str, year: int | None = None
    ) -> Comparison:
        """One measure, with its trend. The flag is the one it has among all measures; for an
        older year, where no such set was looked at together, it is not flagged."""
        whole = self.nation(measure_id, year)
        years = self.cells[measure_id]
        placed = self._place(whole, [(authority, peers)])[0]
        found = compare_one(self.library, whole, years, authority, peers, placed)
        if whole.year != max(years):
            return found
        flags = {c.id: c.flagged for c in self.compare_many(authority, peers)}
        return with_flag(found, flags[measure_id])

    def compare_many(
        self,
        authority: Authority,
        peers: Comparator,
        measure_ids: Sequence[str] | None = None,
    ) -> tuple[Comparison, ...]:
        """The newest year of each measure (all, in order of themes, when none are named), with
        flags after false-discovery control over all measures."""
        if measure_ids is not None:
            by_id = {c.id: c for c in self.compare_many(authority, peers)}
            return tuple(by_id[self.measure(m).id] for m in measure_ids)
        key = (authority.code, peers.id)
        if key not in self._sets:
            if len(self._sets) >= KEPT:
                self._sets.pop(next(iter(self._sets)), None)
            self._sets[key] = self._compare_all(authority, peers)
        return self._sets[key]

    def compare_nation(self, spec: str = "dfe") -> dict[str, tuple[Comparison, ...]]:
        """Every authority's comparisons under one kind of comparator, by DfE code. Authorities
        that the kind has no peers for are left out."""
        pairs = []
        for authority in self.library.places.current:
            with contextlib.suppress(comparators.ComparatorError):
                pairs.append((authority, self.comparator(authority, spec)))
        touched = [touched_by(self.library, authority, peers) for authority, peers in pairs]
        found: dict[str, list[Comparison]] = {authority.code: [] for authority, _ in pairs}
        for m in self.measure_ids():
            whole = self.nation(m)
            placed = self._place(whole, pairs)
            for pair, place, touch in zip(pairs, placed, touched, strict=True):
                made = compare_one(self.library, whole, self.cells[m], *pair, place, touch)
                found[made.authority].append(made)
        return {code: flagged(comparisons) for code, comparisons in found.items()}

    def _compare_all(self, authority: Authority, peers: Comparator) -> tuple[Comparison, ...]:
        pair, touch = (authority, peers), touched_by(self.library, authority, peers)
        found = []
        for m in self.measure_ids():
            whole = self.nation(m)
            placed = self._place(whole, [pair])[0]
            found.append(compare_one(self.library, whole, self.cells[m], *pair, placed, touch))
        return flagged(found)

    def _place(
        self, whole: Nation, pairs: Sequence[tuple[Authority, Comparator]]
    ) -> list[Placement | None]:
        """Placements of those pairs that can be placed, all at once, and None for the others."""
        usable = [placeable(whole, authority, peers) for authority, peers in pairs]
        wanted = [(a.code, p.peers) for (a, p), ok in zip(pairs, usable, strict=True) if ok]
        found = iter(whole.place(wanted) if wanted else ())
        return [next(found) if ok else None for ok in usable]

    def stands_out(self, comparisons: Sequence[Comparison]) -> StandsOut:
        """What to say first of a set made by `compare_many`."""
        return stands_out(self.library, comparisons, self.nation)

    def funnel(self, measure_id: str, year: int | None = None) -> Funnel | None:
        """The funnel plot's limits and points, or None where it can have none."""
        return funnels.funnel(self.nation(measure_id, year), self.library.places)

    def results(self, measure_id: str, year: int | None = None) -> tuple[PeerResult, ...]:
        """Every current authority's own result, in order of name."""
        found = self.nation(measure_id, year).results
        return tuple(found[a.code] for a in self.library.places.current)

    def cell(self, measure_id: str, area: str, year: int | None = None) -> Cell:
        """One area's result: an authority's, region's or England's."""
        return self.nation(measure_id, year).cells.get(area, MISSING)


def flagged(found: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The same comparisons, those marked that stand among all of them (methods b.6)."""
    tested = [i for i, c in enumerate(found) if c.probability_above is not None]
    standing = stands(
        [found[i].theme for i in tested], [found[i].probability_above or 0.0 for i in tested]
    )
    marks = dict(zip(tested, standing, strict=True))
    return tuple(with_flag(c, bool(marks.get(i, False))) for i, c in enumerate(found))
