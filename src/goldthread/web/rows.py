"""A comparison as one row of a page: words ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.core.benchmark.values import Comparison, State
from goldthread.core.report import cells

ICONS = {
    State.CLEARLY_ABOVE: "▲",
    State.PROBABLY_ABOVE: "△",
    State.ABOUT_THE_SAME: "=",
    State.NO_CLEAR_DIFFERENCE: "≈",
    State.PROBABLY_BELOW: "▽",
    State.CLEARLY_BELOW: "▼",
    State.OWN_DATA_ONLY: "◦",
    State.CANNOT_TELL: "?",
    State.NOT_COMPARED: "·",
    State.NO_FIGURE: "–",
}
"""Beside words, for those who scan; read out by nobody, for the words say it."""
WORDS = {
    State.CLEARLY_ABOVE: "Clearly higher",
    State.PROBABLY_ABOVE: "Probably higher",
    State.ABOUT_THE_SAME: "About the same",
    State.NO_CLEAR_DIFFERENCE: "Could be chance",
    State.PROBABLY_BELOW: "Probably lower",
    State.CLEARLY_BELOW: "Clearly lower",
    State.OWN_DATA_ONLY: "Own result only",
    State.CANNOT_TELL: "Cannot tell",
    State.NOT_COMPARED: "Not tested",
    State.NO_FIGURE: "No figure",
}
CLEAR = (State.CLEARLY_ABOVE, State.CLEARLY_BELOW)
MAY_BE_CHANCE = "One of many measures looked at, so this one may be chance."


@dataclass(frozen=True)
class Row:
    id: str
    title: str
    link: str
    period: str
    value: str
    likely: str
    counted: str
    peers: str
    england: str
    icon: str
    state: str
    side: str
    """favourable, unfavourable, or nothing where neither way is better."""
    remark: str
    sentence: str
    """Without the measure's title, which stands beside it."""
    trend: str
    """Only when something is happening."""
    note: str


def row_of(c: Comparison, link: str) -> Row:
    return Row(
        id=c.id,
        title=c.title,
        link=link,
        period=c.period,
        value=cells.own(c),
        likely=cells.likely(c) if c.low is not None else "",
        counted=cells.counted(c) if c.numerator is not None and c.low is not None else "",
        peers=cells.peers(c),
        england=cells.figure(c, c.england, c.england_text),
        icon=ICONS[c.state],
        state=WORDS[c.state],
        side=side(c),
        remark=MAY_BE_CHANCE if c.state in CLEAR and not c.flagged else "",
        sentence=untitled(c),
        trend=c.trend.sentence if c.trend.direction in ("rising", "falling") else "",
        note=c.note or "",
    )


def side(c: Comparison) -> str:
    if c.good is None:
        return ""
    return "favourable" if c.good else "unfavourable"


def untitled(c: Comparison) -> str:
    """The sentence where the title has just been read."""
    text = c.sentence.text.removeprefix(f"{c.title}: ")
    return text[:1].upper() + text[1:]
