"""What stands out: the few comparisons to read first, of all that were made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.nation import Nation
from goldthread.core.benchmark.values import Comparison, State

SHOWN = 3
CLEAR = (State.CLEARLY_ABOVE, State.CLEARLY_BELOW)
HISTORY = "history"
"""Tag of measures kept for their long series, whose newest year another measure tells better."""
UNSURE = (State.CANNOT_TELL, State.NO_CLEAR_DIFFERENCE)


@dataclass(frozen=True)
class StandsOut:
    """At most three of each, the largest differences first; `cannot_tell` at most one."""

    favourable: tuple[Comparison, ...]
    unfavourable: tuple[Comparison, ...]
    different: tuple[Comparison, ...]
    """Clearly different on measures where neither way is better."""
    cannot_tell: tuple[Comparison, ...]
    note: str


def stands_out(
    library: Library,
    comparisons: Sequence[Comparison],
    nation_of: Callable[[str, int], Nation],
) -> StandsOut:
    """Clear and still standing after false-discovery control, by size of difference in units of
    the spread between authorities, so that measures with different units can be ordered."""
    news = [c for c in comparisons if HISTORY not in library.measures[c.id].tags]
    clear = [c for c in news if c.flagged and c.state in CLEAR]
    sized = sorted(clear, key=lambda c: -_size(c, nation_of(c.id, c.year)))
    unsure = [c for c in news if c.state in UNSURE and c.polarity != "no judgement"]
    unsure.sort(key=lambda c: c.state is not State.CANNOT_TELL)
    return StandsOut(
        _first(c for c in sized if c.good is True),
        _first(c for c in sized if c.good is False),
        _first(c for c in sized if c.good is None),
        tuple(unsure[:1]),
        library.wording["flags.chance"],
    )


def _first(ordered: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """The first three, one a theme before a second of any: related measures repeat each other."""
    rows = list(ordered)
    leaders = {c.theme: c for c in reversed(rows)}
    fresh = [c for c in rows if leaders[c.theme] is c]
    return tuple([*fresh, *(c for c in rows if c not in fresh)][:SHOWN])


def _size(comparison: Comparison, whole: Nation) -> float:
    low, high = np.quantile(whole.values, [0.25, 0.75])
    difference = (comparison.value or 0) - (comparison.peer_median or 0)
    return abs(float(difference)) / max(float(high - low), 1e-9)
