"""One measure in one year over all of England: who has a figure, and what chance allows.

Made once and used for every authority and comparator: the exact shrinkage posterior and its joint
draws (methods b.2, b.3) are the costly part of a comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from goldthread.core.benchmark.cells import MISSING, Cell, missing_words
from goldthread.core.benchmark.values import PeerResult
from goldthread.core.measures.definition import Caveat, Measure
from goldthread.core.places import Places
from goldthread.core.stats import (
    BetaBinomialPosterior,
    beta_binomial_posterior,
    compare_with_peers,
)

FEWEST_AUTHORITIES = 20
"""The spread between authorities is not estimated from fewer (methods b.2, b.4)."""


@dataclass(frozen=True)
class Placement:
    """Where one authority stands among its peers that have figures (methods b.3)."""

    above: float
    similar: float
    reliability: float
    rank_low: int
    rank_high: int
    rank_of: int


@dataclass(frozen=True)
class Nation:
    """`codes` are the ranked, current authorities with a figure, in order of code; `y` and `n` run
    along them (counts; n is NaN for measures without a denominator), `values` in shown units."""

    measure: Measure
    year: int
    cells: dict[str, Cell]
    codes: tuple[str, ...]
    y: np.ndarray
    n: np.ndarray
    values: np.ndarray
    results: dict[str, PeerResult]
    """Every authority's own result, by code: current ones and the abolished."""

    @cached_property
    def position(self) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.codes)}

    @cached_property
    def caveats(self) -> tuple[tuple[str, ...], tuple[Caveat, ...], tuple[str, ...]]:
        """Texts about every figure, caveats about some places, and texts of breaks."""
        general = [c for c in self.measure.caveats if not (c.authorities or c.regions)]
        scoped = [c for c in self.measure.caveats if c not in general]
        texts = (dict.fromkeys(c.text for c in some) for some in (general, self.measure.breaks))
        first, last = (tuple(t) for t in texts)
        return first, tuple(scoped), last

    @property
    def comparable(self) -> bool:
        """Whether chance can be told from difference: counts, and enough authorities."""
        return self.measure.counted and len(self.codes) >= FEWEST_AUTHORITIES

    @property
    def posterior(self) -> BetaBinomialPosterior:
        """Every authority's true rate, in the order of `codes`. Only where `comparable`.

        The grid of the group's mean is narrowed where all rates are small (a few in a hundred or
        a thousand), so that its 60 steps lie where the mean can be.
        """
        # Not a cached_property: in Python 3.11 that holds one lock for all nations, so that two
        # threads could not make two at once.
        if (made := vars(self).get("_posterior")) is None:
            highest = float((self.y / self.n).max())
            made = beta_binomial_posterior(self.y, self.n, (0.0, min(1.0, 2 * highest) or 1.0))
            vars(self)["_posterior"] = made
        return made

    def peers_of(self, peers: Sequence[str]) -> list[int]:
        """Positions of those peers that have a figure."""
        return [self.position[p] for p in peers if p in self.position]

    def place(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Placement]:
        """Placements of (authority, peers) pairs, one pair an authority; each must have a figure
        and three peers with one."""
        rows = [self.peers_of(peers) for _, peers in pairs]
        units = [self.position[code] for code, _ in pairs]
        kept = self._needed(units, rows)
        at = {unit: i for i, unit in enumerate(kept)}
        table = np.full((len(kept), max(map(len, rows))), -1)
        for unit, row in zip(units, rows, strict=True):
            table[at[unit], : len(row)] = [at[peer] for peer in row]
        margin = self.measure.similar_within / self.measure.scale
        found = compare_with_peers(self.posterior.draws[kept], table, margin)
        mine = [at[unit] for unit in units]
        columns = (
            found.probability_above,
            found.probability_close if found.probability_close is not None else mine,
            self.posterior.reliability[kept],
            *never_single(found.rank_low, found.rank_high, found.rank_of),
            found.rank_of,
        )
        return [
            Placement(*row)
            for row in zip(*(np.asarray(c)[mine].tolist() for c in columns), strict=True)
        ]

    def _needed(self, units: list[int], rows: list[list[int]]) -> list[int]:
        """The rows of draws that are looked at, so that one authority costs eleven, not all."""
        return sorted({*units, *(peer for row in rows for peer in row)})


def never_single(
    low: np.ndarray, high: np.ndarray, of: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Rank intervals of two places at least. Chance may leave one place only, but how cases are
    recorded can move an authority by one; a single rank is never shown (methods b.5)."""
    single = low == high
    return np.maximum(low - single, 1), np.minimum(high + single, of)


def nation(
    measure: Measure, year: int, cells: dict[str, Cell], places: Places, wording: dict[str, str]
) -> Nation:
    """The ranked current authorities' figures of one year."""
    codes = tuple(
        sorted(a.code for a in places.current if a.ranked and _usable(cells.get(a.code), measure))
    )
    found = [cells[c] for c in codes]
    return Nation(
        measure,
        year,
        cells,
        codes,
        np.array([_number(c.numerator) for c in found]),
        np.array([_number(c.denominator) for c in found]),
        np.array([_number(c.value) for c in found]),
        {
            a.code: result(a.code, a.name, cells.get(a.code, MISSING), wording)
            for a in places.authorities
        },
    )


def result(code: str, name: str, cell: Cell, wording: dict[str, str]) -> PeerResult:
    """A cell as a row for tables and dot plots; without a figure, its note says why."""
    note = cell.note if cell.known else missing_words(cell, wording)
    return PeerResult(
        code,
        name,
        cell.value,
        cell.low,
        cell.high,
        cell.numerator,
        cell.denominator,
        cell.status,
        note,
        cell.text,
    )


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _usable(cell: Cell | None, measure: Measure) -> bool:
    if cell is None or cell.value is None:
        return False
    return not measure.counted or bool(cell.denominator)
