"""The one sentence that can honestly be said of a comparison, chosen by rule from wording content.

Every sentence is: the result with how sure it is, what the peers have, and the verdict.
"""

from __future__ import annotations

from typing import NamedTuple

from goldthread.core.benchmark.cells import Cell, missing_words
from goldthread.core.benchmark.nation import Placement
from goldthread.core.benchmark.show import chances, count, sentence_decimals, shown
from goldthread.core.benchmark.states import more_needed
from goldthread.core.benchmark.values import Comparator, Sentence, State
from goldthread.core.measures.definition import Measure
from goldthread.core.places import Authority

Wording = dict[str, str]


class Facts(NamedTuple):
    """What a sentence is chosen from."""

    measure: Measure
    authority: Authority
    comparator: Comparator
    year: int
    cell: Cell
    used: int
    median: float | None
    yes: int
    state: State
    placement: Placement | None


def sentence(facts: Facts, wording: Wording) -> Sentence:
    """The sentence and the id of the rule that chose it."""
    if facts.state is State.NO_FIGURE:
        return _no_figure(facts, wording)
    if facts.measure.kind == "words":
        return _fill("compare.words", wording, **_common(facts))
    if facts.measure.kind == "answer":
        return _answer(facts, wording)
    rule = _verdict_rule(facts)
    parts = (_result(facts, wording), _peers(facts, wording), _verdict(rule, facts, wording))
    return Sentence(rule, " ".join(p for p in parts if p))


def peers_words(comparator: Comparator, wording: Wording) -> str:
    """The comparator as a sentence names it: “Statistical neighbours”."""
    return wording[f"peers.{comparator.id.partition(':')[0]}"]


def _fill(rule: str, wording: Wording, **names: object) -> Sentence:
    return Sentence(rule, wording[rule].format(**names))


def _common(facts: Facts) -> dict[str, object]:
    return {
        "title": facts.measure.title,
        "authority": facts.authority.name,
        "period": facts.cell.period or facts.year,
        "text": facts.cell.text,
        "things": _things(facts.measure),
    }


def _things(measure: Measure) -> str:
    """What the denominator counts, for “fewer than 10 … were counted”."""
    return measure.denominator.label if measure.denominator else measure.numerator.label


def _no_figure(facts: Facts, wording: Wording) -> Sentence:
    note = missing_words(facts.cell, wording)
    return _fill("compare.no-figure", wording, **_common(facts), note=note)


def _answer(facts: Facts, wording: Wording) -> Sentence:
    peers = peers_words(facts.comparator, wording)
    names = {**_common(facts), "peers": peers, "yes": facts.yes, "used": facts.used}
    return _fill("compare.answer", wording, **names)


def _result(facts: Facts, wording: Wording) -> str:
    measure, cell = facts.measure, facts.cell
    decimals = sentence_decimals(measure, cell.value, facts.median)
    value = shown(cell.value, measure.unit, decimals)
    if cell.low is None or cell.high is None:
        return wording["compare.result.plain"].format(**_common(facts), value=value)
    rule = "compare.result" if measure.kind == "proportion" else "compare.result.rate"
    return wording[rule].format(
        **_common(facts),
        value=value,
        low=shown(cell.low, measure.unit, decimals, short=True),
        high=shown(cell.high, measure.unit, decimals, short=True),
        numerator=count(cell.numerator),
        denominator=count(cell.denominator),
    )


def _peers(facts: Facts, wording: Wording) -> str:
    if facts.median is None:
        rule = "compare.peers.few" if facts.used else "compare.peers.none"
        return wording[rule].format(used=facts.used)
    decimals = sentence_decimals(facts.measure, facts.cell.value, facts.median)
    median = shown(facts.median, facts.measure.unit, decimals, short=True)
    return wording["compare.peers"].format(
        peers=peers_words(facts.comparator, wording), median=median
    )


def _verdict_rule(facts: Facts) -> str:
    if facts.state is State.NOT_COMPARED:
        return "compare.peers.few" if facts.measure.counted else "compare.no-interval"
    if facts.state is State.OWN_DATA_ONLY:
        return "compare.own-few" if facts.authority.ranked else "compare.own-small"
    return f"compare.{facts.state.value.replace(' ', '-')}"


def _verdict(rule: str, facts: Facts, wording: Wording) -> str:
    if rule == "compare.peers.few":  # already said of the peers
        return ""
    if rule == "compare.no-interval":
        return facts.measure.interval_note
    placed, n = facts.placement, facts.cell.denominator
    more = more_needed(n, placed.reliability) if placed and n else 0
    above = max(placed.above, 1 - placed.above) if placed else 0.5
    return wording[rule].format(
        **_common(facts), chances=chances(above), denominator=count(n), more=count(more)
    )
