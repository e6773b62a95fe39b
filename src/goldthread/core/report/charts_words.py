"""What charts say: titles that are findings, keys, and alternative texts."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.core.benchmark.show import shown
from goldthread.core.benchmark.values import Comparison, Funnel, FunnelPoint, State

TITLES = {
    State.CLEARLY_ABOVE: "{name}: clearly higher than its peers",
    State.PROBABLY_ABOVE: "{name}: probably higher than its peers",
    State.ABOUT_THE_SAME: "{name}: about the same as its peers",
    State.NO_CLEAR_DIFFERENCE: "{name}: the difference from its peers could be chance",
    State.PROBABLY_BELOW: "{name}: probably lower than its peers",
    State.CLEARLY_BELOW: "{name}: clearly lower than its peers",
    State.OWN_DATA_ONLY: "{name}: only its own result can be shown",
    State.CANNOT_TELL: "{name}: cannot be told apart from its peers",
    State.NOT_COMPARED: "{name} beside its peers",
    State.NO_FIGURE: "{name} has no figure for {period}",
}


def plain(c: Comparison, value: float | None) -> str:
    """A value with its sign but not its unit's words."""
    return shown(value, c.unit, c.decimals, short=True)


def beside_title(c: Comparison, name: str) -> str:
    return TITLES[c.state].format(name=name, period=c.period)


def measure_line(c: Comparison) -> str:
    """“New plans issued within 20 weeks, 2024.”"""
    return f"{c.title}, {c.period}."


def lines_key(c: Comparison) -> str:
    """What the two lines across a plot are."""
    parts = []
    if c.peer_median is not None:
        parts.append(f"Dashed line: median of peers, {plain(c, c.peer_median)}.")
    if c.england is not None:
        parts.append(f"Dotted line: England, {plain(c, c.england)}.")
    return " ".join(parts)


def bars_key(c: Comparison) -> str:
    return "Bars show the likely range." if c.low is not None else ""


def beside_text(c: Comparison, name: str, rows: Sequence[tuple[str, float]]) -> str:
    """Alternative text of a plot of an authority among its peers. `rows` are in order, highest
    first."""
    parts = [f"Dot plot of {name} and {c.peers_used} peers.", c.sentence.text]
    if rows:
        parts.append(ends(c, rows))
    if c.england is not None:
        parts.append(f"England: {plain(c, c.england)}.")
    return " ".join(parts)


def ends(c: Comparison, rows: Sequence[tuple[str, float]]) -> str:
    """The highest and the lowest of named values, given highest first."""
    (top, most), (bottom, least) = rows[0], rows[-1]
    return f"Highest: {top}, {plain(c, most)}. Lowest: {bottom}, {plain(c, least)}."


def trend_title(c: Comparison, name: str) -> str:
    """What is happening; where that cannot be said, from what to what."""
    if c.trend.direction in ("rising", "falling"):
        return f"{name}: {c.trend.sentence[:1].lower()}{c.trend.sentence[1:].rstrip('.')}"
    known = [p for p in c.trend.points if p.value is not None and p.year >= (c.trend.starts or 0)]
    if len(known) < 2:
        return f"{name}: one comparable figure so far"
    first, last = known[0], known[-1]
    return (
        f"{name}: {plain(c, first.value)} in {first.period}, "
        f"{plain(c, last.value)} in {last.period}"
    )


def trend_text(c: Comparison, name: str) -> str:
    known = [p for p in c.trend.points if p.value is not None]
    if not known:
        return f"Line chart: {name} has no figures on {c.title}."
    first, last = known[0], known[-1]
    parts = [
        f"Line chart of {name} year by year: {c.title}.",
        c.trend.sentence,
        f"{first.period}: {plain(c, first.value)}. {last.period}: {plain(c, last.value)}.",
    ]
    band = next((p for p in reversed(c.trend.peers) if p.value is not None), None)
    if band is not None:
        parts.append(
            f"The middle half of its peers was between {plain(c, band.low)} and "
            f"{plain(c, band.high)} in {band.period}."
        )
    return " ".join([*parts, *c.trend.breaks])


def funnel_title(name: str, where: str) -> str:
    """`where`: inside, above or below the 95 or 99.8 % limits."""
    return {
        "inside": f"{name} is within the limits: ordinary differences and chance explain it",
        "above95": f"{name} is above the 95% limit: higher than most of its size",
        "below95": f"{name} is below the 95% limit: lower than most of its size",
        "above998": f"{name} is above the 99.8% limit: higher than chance explains",
        "below998": f"{name} is below the 99.8% limit: lower than chance explains",
        "unknown": "How authorities of all sizes spread around their common rate",
    }[where]


def funnel_text(
    title: str, measure: str, funnel: Funnel, own: FunnelPoint | None, unit: str, decimals: int
) -> str:
    outside = sum(1 for p in funnel.points if position(funnel, p).endswith("998"))
    parts = [
        f"Funnel plot of {funnel.k} authorities: {measure}.",
        f"{title}.",
        f"The rate of all of them together is {shown(funnel.target, unit, decimals, short=True)}.",
        f"{outside} of {funnel.k} authorities are outside the 99.8% limits.",
    ]
    if own is not None:
        value = shown(own.value, unit, decimals, short=True)
        parts.insert(2, f"{own.name}: {value} from {own.n:,.0f} counted.")
    return " ".join(parts)


def position(funnel: Funnel, point: FunnelPoint) -> str:
    """Where a point is against the limits at its size, read off the drawn lines."""
    limits = ((funnel.high998, funnel.low998, "998"), (funnel.high95, funnel.low95, "95"))
    for high, low, level in limits:
        if point.value > _at(funnel.sizes, high, point.n):
            return f"above{level}"
        if point.value < _at(funnel.sizes, low, point.n):
            return f"below{level}"
    return "inside"


def _at(sizes: Sequence[float], line: Sequence[float], n: float) -> float:
    """The line's height at `n`, between its two nearest points."""
    right = next((i for i, size in enumerate(sizes) if size >= n), len(sizes) - 1)
    if right == 0:
        return line[0]
    left = right - 1
    share = min(1.0, (n - sizes[left]) / (sizes[right] - sizes[left]))
    return line[left] + share * (line[right] - line[left])
