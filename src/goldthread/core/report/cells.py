"""A comparison's parts as the words of a table cell."""

from __future__ import annotations

from goldthread.core.benchmark.show import number, shown
from goldthread.core.benchmark.values import Comparison, State

NOTHING = "–"
DIRECTIONS = {"rising": "Rising", "falling": "Falling", "no clear trend": "No clear trend"}
CLEAR = (State.CLEARLY_ABOVE, State.CLEARLY_BELOW)


def figure(c: Comparison, value: float | None, text: str | None = None) -> str:
    """A value without the unit's words, which the row's heading carries."""
    if text:
        return text
    return NOTHING if value is None else shown(value, c.unit, c.decimals, short=True)


def own(c: Comparison) -> str:
    return figure(c, c.value, c.text)


def likely(c: Comparison) -> str:
    """“56.4 to 65.9”, or nothing where a result can bear no interval."""
    if c.low is None or c.high is None:
        return NOTHING
    return f"{number(c.low, c.decimals)} to {number(c.high, c.decimals)}"


def peers(c: Comparison) -> str:
    """The peers' median; for words and answers, how many peers have the same."""
    if c.peer_median is not None:
        return figure(c, c.peer_median)
    if c.text is None:
        return NOTHING
    known = [p for p in c.peers if p.text]
    same = sum(p.text == c.text for p in known)
    return f"{same} of {len(known)} the same" if known else NOTHING


def counted(c: Comparison) -> str:
    """“245 of 400”: what the result was made from."""
    if c.numerator is None:
        return NOTHING
    top = number(c.numerator, 0)
    return top if c.denominator is None else f"{top} of {number(c.denominator, 0)}"


def beside(c: Comparison) -> str:
    """The state in words, and whether it is the wanted side where the measure has one."""
    if c.state in (State.NO_FIGURE, State.NOT_COMPARED):
        return "No figure" if c.state is State.NO_FIGURE else NOTHING
    said = c.state.value.capitalize()
    if c.state in CLEAR and not c.flagged:
        return f"{said} (one of many looked at: may be chance)"
    if c.good is None:
        return said
    return f"{said} ({'favourable' if c.good else 'unfavourable'})"


def direction(c: Comparison) -> str:
    return DIRECTIONS.get(c.trend.direction, NOTHING)


def place(c: Comparison) -> str:
    """“1st to 3rd highest of 11”: never a place without its range."""
    if c.rank_low is None or c.rank_high is None:
        return NOTHING
    return f"{ordinal(c.rank_low)} to {ordinal(c.rank_high)} highest of {c.rank_of}"


def ordinal(n: int) -> str:
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def unit_heading(c: Comparison) -> str:
    """The measure as a row heading: with its unit, where that is more than a sign."""
    words = c.unit.strip()
    said = words.removeprefix("% ").lower() in c.title.lower() or "for every" in c.title.lower()
    if words in ("", "%", "£") or said:
        return c.title
    return f"{c.title} ({words})"


def said(c: Comparison) -> str:
    """Its sentence, to stand under or after its title."""
    return c.sentence.text.removeprefix(f"{c.title}: ")


def reason(note: str) -> str:
    """A note that ends a sentence elsewhere, as a sentence of its own."""
    return note[:1].upper() + note[1:]
