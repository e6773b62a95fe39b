"""One measure of one authority beside its peers, put together from the parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from goldthread.core.benchmark.cells import MISSING, Cell, Years, missing_words
from goldthread.core.benchmark.comparators import FEWEST_PEERS
from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.nation import Nation, Placement
from goldthread.core.benchmark.sentences import Facts, sentence
from goldthread.core.benchmark.states import FEWEST_COUNTED, GOOD_RELIABILITY, state_of
from goldthread.core.benchmark.trends import quartiles, trend
from goldthread.core.benchmark.values import Comparator, Comparison, State
from goldthread.core.measures.definition import Caveat, Measure
from goldthread.core.places import ENGLAND, Authority

HIGHER = (State.CLEARLY_ABOVE, State.PROBABLY_ABOVE)
LOWER = (State.CLEARLY_BELOW, State.PROBABLY_BELOW)


class Peers(NamedTuple):
    """The peers' figures summed up: each of the three middles has its own name (methods b.1)."""

    cells: tuple[Cell, ...]
    used: int
    median: float | None
    lower: float | None
    upper: float | None
    pooled: float | None
    mean: float | None


def compare_one(
    library: Library,
    whole: Nation,
    years: Years,
    authority: Authority,
    comparator: Comparator,
    placed: Placement | None,
    touched: Touched,
    flagged: bool,
) -> Comparison:
    """The comparison. `placed` is from `placeable` and `Nation.place`; `touched` is that of the
    pair, made once for many measures; `flagged` needs all measures together (`flags`)."""
    measure = whole.measure
    cell = whole.cells.get(authority.code, MISSING)
    peers = _sum_up(whole, comparator)
    state = _state(measure, authority, cell, peers.used, placed)
    yes = sum(c.value == 1 for c in peers.cells) if measure.kind == "answer" else 0
    facts = Facts(
        measure,
        authority,
        comparator,
        whole.year,
        cell,
        peers.used,
        peers.median,
        yes,
        state,
        placed,
    )
    ranked = placed if placed and placed.reliability >= GOOD_RELIABILITY else None
    england = whole.cells.get(ENGLAND, MISSING)
    return Comparison(
        id=measure.id,
        title=measure.title,
        theme=measure.theme,
        unit=measure.unit,
        decimals=measure.decimals,
        polarity=measure.polarity,
        authority=authority.code,
        comparator=comparator,
        year=whole.year,
        period=_period(whole, cell),
        value=cell.value,
        text=cell.text,
        numerator=cell.numerator,
        denominator=cell.denominator,
        low=cell.low,
        high=cell.high,
        status=cell.status,
        note=cell.note if cell.known else missing_words(cell, library.wording),
        peer_median=peers.median,
        peer_lower_quartile=peers.lower,
        peer_upper_quartile=peers.upper,
        peer_pooled=peers.pooled,
        peer_mean=peers.mean,
        peers_used=peers.used,
        peers=tuple(whole.results[code] for code in comparator.peers),
        region=whole.cells.get(authority.area.code, MISSING).value,
        england=england.value,
        england_text=england.text,
        rank_low=ranked.rank_low if ranked else None,
        rank_high=ranked.rank_high if ranked else None,
        rank_of=ranked.rank_of if ranked else None,
        percentile=_percentile(measure, cell, peers) if ranked else None,
        probability_above=placed.above if placed else None,
        probability_similar=placed.similar if placed else None,
        reliability=placed.reliability if placed else None,
        state=state,
        flagged=flagged,
        good=_good(measure, state),
        sentence=sentence(facts, library.wording),
        caveats=caveats_for(whole, touched),
        source=source_line(library, measure, cell.release),
        trend_of=partial(
            trend,
            measure,
            years,
            authority.code,
            comparator.peers,
            library.wording,
            _expected(whole, authority, placed),
        ),
    )


def source_line(library: Library, measure: Measure, release: str) -> str:
    """The numerator's source as a reader would cite it, in the edition the figure is from."""
    source = library.sources.get(measure.numerator.source)
    return f"{source.publisher}, {source.title}, {release or source.release}" if source else ""


@dataclass(frozen=True)
class Touched:
    """The authority and its peers, by code and by region: what a caveat may be about."""

    codes: frozenset[str]
    regions: frozenset[str]
    own_regions: frozenset[str]
    """Those whose own figure is shown beside the authority's."""


def touched_by(library: Library, authority: Authority, comparator: Comparator) -> Touched:
    places = library.places.by_code
    here = [authority, *(places[p] for p in comparator.peers)]
    return Touched(
        frozenset(a.code for a in here),
        frozenset(a.region.code for a in here),
        frozenset((authority.region.code, authority.area.code)),
    )


def caveats_for(whole: Nation, touched: Touched) -> tuple[str, ...]:
    """The caveats that touch this page, of whichever year of the trend: general ones, those of
    the authority, its region or a peer, and the breaks."""
    general, scoped, breaks = whole.caveats
    found = [c.text for c in scoped if _touches(c, touched)]
    return tuple(dict.fromkeys([*general, *found, *breaks])) if found else (*general, *breaks)


def _touches(caveat: Caveat, touched: Touched) -> bool:
    if "england" in caveat.levels:  # England's figure is always shown
        return True
    if not touched.codes.isdisjoint(caveat.authorities):
        return True
    regions = touched.regions if "authority" in caveat.levels else touched.own_regions
    return not regions.isdisjoint(caveat.regions)


def _sum_up(whole: Nation, comparator: Comparator) -> Peers:
    every = whole.cells
    cells = tuple([every[p] for p in comparator.peers if p in every and every[p].value is not None])
    used = len(cells)
    if used < FEWEST_PEERS or whole.measure.kind in ("words", "answer"):
        return Peers(cells, used, None, None, None, None, None)
    values = [c.value for c in cells if c.value is not None]
    low, middle, high = quartiles(values)
    return Peers(cells, used, middle, low, high, _pooled(whole, cells), sum(values) / used)


def _pooled(whole: Nation, cells: Sequence[Cell]) -> float | None:
    if whole.measure.kind not in ("proportion", "rate", "amount"):
        return None
    total = sum([c.denominator or 0 for c in cells])
    return sum([c.numerator or 0 for c in cells]) / total * whole.measure.scale if total else None


def placeable(whole: Nation, authority: Authority, comparator: Comparator) -> bool:
    """Whether the authority can be set against these peers: at least ten counted, and three peers
    with counts."""
    if not whole.comparable or authority.code not in whole.position:
        return False
    if whole.n[whole.position[authority.code]] < FEWEST_COUNTED:
        return False
    return len(whole.peers_of(comparator.peers)) >= FEWEST_PEERS


def _state(
    measure: Measure, authority: Authority, cell: Cell, used: int, placed: Placement | None
) -> State:
    if cell.value is None and cell.text is None:
        return State.NO_FIGURE
    if measure.kind in ("words", "answer") or not measure.counted:
        return State.NOT_COMPARED
    if not authority.ranked or (cell.denominator or 0) < FEWEST_COUNTED:
        return State.OWN_DATA_ONLY
    if placed is None:
        return State.NOT_COMPARED
    return state_of(cell.denominator or 0, placed.reliability, placed.above, placed.similar)


def _good(measure: Measure, state: State) -> bool | None:
    if measure.polarity == "no judgement" or state not in (*HIGHER, *LOWER):
        return None
    return (state in HIGHER) == (measure.polarity == "higher")


def _percentile(measure: Measure, cell: Cell, peers: Peers) -> float | None:
    """100 (below + half the ties) / K over the peers; turned round where lower is better."""
    if cell.value is None:
        return None
    values = [c.value for c in peers.cells if c.value is not None]
    below = sum(v < cell.value for v in values) + 0.5 * sum(v == cell.value for v in values)
    share = 100 * below / len(values)
    return 100 - share if measure.polarity == "lower" else share


def _expected(whole: Nation, authority: Authority, placed: Placement | None) -> float | None:
    """The next value if nothing changed: an unusual one is expected nearer the middle (b.7)."""
    if placed is None:
        return None
    unit = whole.position[authority.code]
    return float(whole.posterior.mean[unit]) * whole.measure.scale


def _period(whole: Nation, cell: Cell) -> str:
    if cell.period:
        return cell.period
    return next((c.period for c in whole.cells.values() if c.period), str(whole.year))
