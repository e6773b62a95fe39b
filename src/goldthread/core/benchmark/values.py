"""What a comparison is: frozen values that pages, API, reports and downloads all show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class State(StrEnum):
    """What can honestly be said of an authority beside its peers (methods b.5).

    Above and below are plain positions: whether that is good is the measure's polarity.
    """

    CLEARLY_ABOVE = "clearly above"
    PROBABLY_ABOVE = "probably above"
    ABOUT_THE_SAME = "about the same"
    NO_CLEAR_DIFFERENCE = "no clear difference"
    PROBABLY_BELOW = "probably below"
    CLEARLY_BELOW = "clearly below"
    OWN_DATA_ONLY = "own result only"
    """Too few counted (n < 10), or an authority that is never ranked."""
    CANNOT_TELL = "cannot tell"
    """Reliability under .5: chance hides any difference."""
    NOT_COMPARED = "not compared"
    """The measure can bear no interval, or its peers have no figures."""
    NO_FIGURE = "no figure"


@dataclass(frozen=True)
class Comparator:
    """Whom an authority is compared with. `peers` never holds the authority itself."""

    id: str
    """`dfe`, `ons`, `region`, `england`, or `own:301,302,…`."""
    title: str
    """To follow “compared with”: “10 statistical neighbours (DfE, 2025)”."""
    peers: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """One sentence each on peers that the list names but that cannot be used."""


@dataclass(frozen=True)
class Point:
    """One year of a series, in shown units. `low` and `high` are null without an interval."""

    year: int
    period: str
    value: float | None
    low: float | None
    high: float | None
    status: str
    note: str | None = None


@dataclass(frozen=True)
class Trend:
    """A series and what can be said of it. `direction`: rising, falling, no clear trend, cannot
    tell. `starts` is the first year that continues to the last (after any break)."""

    direction: str
    sentence: str
    points: tuple[Point, ...]
    starts: int | None
    breaks: tuple[str, ...] = ()
    peers: tuple[Point, ...] = ()
    """The peers' median (value) and quartiles (low, high), year by year."""
    england: tuple[Point, ...] = ()
    expected_next: float | None = None
    """Where the next value would fall if nothing changed (methods b.7)."""


@dataclass(frozen=True)
class Sentence:
    """Text shown to people, with the id of the rule that chose it."""

    rule: str
    text: str


@dataclass(frozen=True)
class PeerResult:
    """One peer's own figure, for the dot plot and the table."""

    code: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    status: str
    note: str | None
    text: str | None = None


@dataclass(frozen=True)
class Comparison:
    """One measure of one authority beside one comparator, in one year. Values are in shown units
    (per cent, per 1,000, pounds); probabilities are 0-1; ranks count 1 for the highest value."""

    id: str
    title: str
    theme: str
    unit: str
    decimals: int
    polarity: str
    authority: str
    comparator: Comparator
    year: int
    period: str
    value: float | None
    text: str | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    status: str
    note: str | None
    peer_median: float | None
    peer_lower_quartile: float | None
    peer_upper_quartile: float | None
    peer_pooled: float | None
    peer_mean: float | None
    peers_used: int
    peers: tuple[PeerResult, ...]
    region: float | None
    england: float | None
    england_text: str | None
    rank_low: int | None
    rank_high: int | None
    rank_of: int | None
    percentile: float | None
    probability_above: float | None
    probability_similar: float | None
    reliability: float | None
    state: State
    flagged: bool
    """Stands after false-discovery control over themes, then measures (methods b.6)."""
    good: bool | None
    """Whether the state is on the favourable side; null where polarity gives no judgement."""
    sentence: Sentence
    caveats: tuple[str, ...]
    source: str
    trend_of: Callable[[], Trend] = field(compare=False, repr=False)
    """Makes the trend when first asked for: most of a nation's are never looked at."""

    @cached_property
    def trend(self) -> Trend:
        return self.trend_of()


@dataclass(frozen=True)
class FunnelPoint:
    code: str
    name: str
    n: float
    value: float
    z: float


@dataclass(frozen=True)
class Funnel:
    """Overdispersed control limits round England's rate (methods b.4), in shown units. The four
    limit tuples run along `sizes`."""

    target: float
    phi: float
    tau2: float
    k: int
    sizes: tuple[float, ...]
    low95: tuple[float, ...]
    high95: tuple[float, ...]
    low998: tuple[float, ...]
    high998: tuple[float, ...]
    points: tuple[FunnelPoint, ...]
