"""The comparison engine: published figures now, audits later, through one door.

Pure and deterministic: the same library gives the same comparisons to the last digit. What is
costly is made once and kept; threads may read at once, since a value made twice is equal.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from goldthread.core.benchmark import comparators, funnels
from goldthread.core.benchmark.cells import MISSING, Cell, Years, cells_of
from goldthread.core.benchmark.comparing import (
    compare_one,
    placeable,
    touched_by,
)
from goldthread.core.benchmark.flags import stands
from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.nation import Nation, Placement, nation
from goldthread.core.benchmark.standout import StandsOut, stands_out
from goldthread.core.benchmark.values import Comparator, Comparison, Funnel, PeerResult
from goldthread.core.measures.definition import Measure
from goldthread.core.places import Authority

Pair = tuple[Authority, Comparator]

THREADS = 2
"""Posteriors and placements are numpy work that two cores can share; more gain little."""

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
        self._placed: dict[tuple[str, int, str, str], Placement | None] = {}

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
        """One measure. The flag is the one it has among all measures; in an older year, where no
        such set was looked at together, nothing is flagged."""
        whole = self.nation(measure_id, year)
        years = self.cells[measure_id]
        if whole.year == max(years):
            return self.compare_many(authority, peers, [measure_id])[0]
        pair = (authority, peers)
        touched = touched_by(self.library, *pair)
        return compare_one(
            self.library, whole, years, *pair, self._place(whole, [pair])[0], touched, False
        )

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
        found = self._sets.get(key)
        if found is None:
            if len(self._sets) >= KEPT:
                self._sets.pop(next(iter(self._sets)), None)
            found = self._sets[key] = self._compare([(authority, peers)])[0]
        return found

    def compare_nation(self, spec: str = "dfe") -> dict[str, tuple[Comparison, ...]]:
        """Every authority's comparisons under one kind of comparator, by DfE code. Authorities
        that the kind has no peers for are left out."""
        pairs = self._pairs(spec)
        made = self._compare(pairs)
        return {authority.code: found for (authority, _), found in zip(pairs, made, strict=True)}

    def prepare(self, spec: str = "dfe") -> None:
        """Makes and keeps every authority's placements under that comparator, all at once: a
        server's first readers then wait for none of it. The same numbers as one by one."""
        pairs = self._pairs(spec)
        for m in self.measure_ids():
            whole = self.nation(m)
            for (authority, peers), placed in zip(pairs, self._place(whole, pairs), strict=True):
                self._placed[m, whole.year, authority.code, peers.id] = placed

    def _pairs(self, spec: str) -> list[Pair]:
        pairs = []
        for authority in self.library.places.current:
            with contextlib.suppress(comparators.ComparatorError):
                pairs.append((authority, self.comparator(authority, spec)))
        return pairs

    def _compare(self, pairs: Sequence[Pair]) -> list[tuple[Comparison, ...]]:
        """All measures of each pair: placements first, then flags, then the comparisons."""
        nations = [self.nation(m) for m in self.measure_ids()]
        with ThreadPoolExecutor(THREADS) as pool:
            placed = list(pool.map(lambda whole: self._place(whole, pairs), nations))
        found = []
        for i, pair in enumerate(pairs):
            own = [row[i] for row in placed]
            touched = touched_by(self.library, *pair)
            found.append(tuple(
                compare_one(self.library, whole, self.cells[whole.measure.id], *pair, place,
                            touched, flag)
                for whole, place, flag in zip(nations, own, flags(nations, own), strict=True)
            ))  # fmt: skip
        return found

    def _place(self, whole: Nation, pairs: Sequence[Pair]) -> list[Placement | None]:
        """Placements of those pairs that can be placed, all at once, and None for the others."""
        if len(pairs) == 1:
            ((authority, peers),) = pairs
            key = (whole.measure.id, whole.year, authority.code, peers.id)
            if key in self._placed:
                return [self._placed[key]]
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


def flags(nations: Sequence[Nation], placed: Sequence[Placement | None]) -> list[bool]:
    """Which of one authority's placements stand among all of them (methods b.6)."""
    tested = [i for i, place in enumerate(placed) if place is not None]
    themes = [nations[i].measure.theme for i in tested]
    standing = stands(themes, [place.above for place in placed if place is not None])
    marks = dict(zip(tested, standing.tolist(), strict=True))
    return [marks.get(i, False) for i in range(len(placed))]
