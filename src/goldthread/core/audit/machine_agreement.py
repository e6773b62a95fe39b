"""How far the machine's suggestions agree with people, question by question (users.md, row 41).

Only blind answers say how good the machine is: given before its suggestion was shown. Where people
saw it first they may have followed it, so those answers are counted apart. One person's answers of
each document count, the first audit's, so that documents are independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, NamedTuple

from goldthread.core.audit.marks import Mark, kind_of
from goldthread.core.audit.themes import in_order
from goldthread.core.framework.framework import Framework
from goldthread.core.stats import Interval, mean_interval, wilson
from goldthread.core.stats.pairs import Share

FEWEST = 10
"""With fewer blind answers beside the machine's nothing is said of a question."""
LOW = 2
"""Answers below it are flags: the question is not met."""
NOTHING = "There is no answer beside the machine's."
NO_FLAG = "The machine flagged none of these documents."
NO_FAULT = "People answered below 2 in none of these documents."
State = Literal["measured", "too-few", "not-checked"]


class Silent(NamedTuple):
    """Answers beside which there are not two numbers. `machine`: people gave a number and the
    machine could not tell; `machine_aside`: it said that the question does not apply; `person`:
    the machine gave a number and the person said “does not apply” or could not decide."""

    machine: int = 0
    machine_aside: int = 0
    person: int = 0


@dataclass(frozen=True)
class Beside:
    """Two numbers of a document, a person's own and the machine's, `n` times. `exact`, `adjacent`:
    the same, or at most one apart; `bias`: the machine's less the person's, in points of 0 to 3,
    `bias_range` its interval. `precision`: of the machine's flags (below 2) those that people
    share; `recall`: of the documents that people put below 2 those that it flags."""

    n: int
    exact: Share
    adjacent: Share
    bias: float | None
    bias_range: Interval | None
    precision: Share
    recall: Share
    silent: Silent


@dataclass(frozen=True)
class MachineRow:
    """One question. `state` is by its blind answers alone."""

    criterion: str
    state: State
    blind: Beside
    assisted: Beside


def machine_agreement(framework: Framework, marks: Iterable[Mark]) -> tuple[MachineRow, ...]:
    """Every question of the framework, in the order of reading."""
    held: dict[str, tuple[list[Mark], list[Mark]]] = defaultdict(lambda: ([], []))
    for mark in marks:
        if mark.state and not mark.second and mark.drawn != "anchor":
            held[mark.criterion][mark.seen].append(mark)
    return tuple(
        _row(c.id, held.get(c.id, ([], [])), len(c.descriptors))
        for c in in_order(framework, framework.criteria)
    )


def _row(
    criterion: str, marks: tuple[Sequence[Mark], Sequence[Mark]], categories: int
) -> MachineRow:
    blind, assisted = (_beside(rows, categories) for rows in marks)
    state: State = "measured" if blind.n >= FEWEST else "too-few"
    if not marks[0] and not marks[1]:
        state = "not-checked"
    return MachineRow(criterion, state, blind, assisted)


def _beside(marks: Sequence[Mark], categories: int) -> Beside:
    rows = [
        (mark.value, mark.machine)
        for mark in marks
        if isinstance(mark.value, int) and mark.machine is not None
    ]
    # A machine's 3 of a question that ends at 2 stands for all that there is.
    gaps = [min(said, categories - 1) - person for person, said in rows]
    both = sum(person < LOW and said < LOW for person, said in rows)
    return Beside(
        n=len(rows),
        exact=_share(sum(gap == 0 for gap in gaps), len(gaps), NOTHING),
        adjacent=_share(sum(abs(gap) <= 1 for gap in gaps), len(gaps), NOTHING),
        bias=fmean(gaps) if gaps else None,
        bias_range=mean_interval(gaps) if len(gaps) > 1 else None,
        precision=_share(both, sum(said < LOW for _, said in rows), NO_FLAG),
        recall=_share(both, sum(person < LOW for person, _ in rows), NO_FAULT),
        silent=_silent(marks),
    )


def _share(hits: int, n: int, why: str) -> Share:
    if n == 0:
        return Share(None, None, None, 0, 0, why)
    return Share(hits / n, *wilson(hits, n), hits, n)


def _silent(marks: Iterable[Mark]) -> Silent:
    machine = aside = person = 0
    for mark in marks:
        number = kind_of(mark.value) == "number"
        machine += number and mark.machine is None and mark.state != "not-applicable"
        aside += number and mark.machine is None and mark.state == "not-applicable"
        person += not number and mark.machine is not None
    return Silent(machine, aside, person)


def overall(rows: Iterable[MachineRow]) -> Mapping[State, int]:
    """How many questions there are of each state."""
    found: dict[State, int] = {"measured": 0, "too-few": 0, "not-checked": 0}
    for row in rows:
        found[row.state] += 1
    return found
