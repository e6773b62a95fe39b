"""What strictness is measured on: one person's answers to one part of one document, as one number.

Answers of one document are alike, so the plan is the unit and criteria are never counted as if
independent (methods, a.1). A block is the mean of a person's answers to the questions that all who
marked them answered with a number, each less the mean answer to that question, in points of 0 to 3.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from goldthread.core.audit.marks import Mark
from goldthread.core.framework.framework import Framework

FEWEST_QUESTIONS = 3
"""A block of fewer answers says more of the questions than of the person."""


@dataclass(frozen=True, slots=True)
class Block:
    """`unit`: the same text where several people marked the same; `group`: whose questions they
    are (“education” has the shared ones too); `value`: points above what these questions usually
    get; `questions`: how many; `on`: the day of signing."""

    unit: str
    group: str
    by: int
    value: float
    questions: int
    on: dt.date
    anchor: bool = False


def group_of(framework: Framework) -> Mapping[str, str]:
    """Criterion -> whose question it is: “health”, “social-care”, or “education” for the rest."""
    alone = ("health", "social-care")
    return {
        c.id: c.agencies[0] if len(c.agencies) == 1 and c.agencies[0] in alone else "education"
        for c in framework.criteria
    }


def blocks_of(marks: Iterable[Mark], groups: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks that tell auditors apart.

    A document that one person marked tells something only where it was drawn by chance; one of a
    theme, a risk or a draft was chosen, and counts only where two people marked it. Of an anchor
    plan that a person marked again, each time is a block of its own.
    """
    documents: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.criterion in groups:
            documents[mark.document, groups[mark.criterion]].append(mark)
    usual = _usual(mark for rows in documents.values() for mark in rows)
    return tuple(
        block
        for (document, group), rows in sorted(documents.items())
        for block in _of_document(document, group, rows, usual)
    )


def _usual(marks: Iterable[Mark]) -> Mapping[str, float]:
    """Criterion -> its mean answer among all marks."""
    answers: dict[str, list[int]] = defaultdict(list)
    for mark in marks:
        if isinstance(mark.value, int):
            answers[mark.criterion].append(mark.value)
    return {criterion: fmean(values) for criterion, values in answers.items()}


def _of_document(
    document: str, group: str, marks: Sequence[Mark], usual: Mapping[str, float]
) -> Iterator[Block]:
    """Questions that were asked of the same people make one unit of a document."""
    asked: dict[str, set[int]] = defaultdict(set)
    numbers: dict[str, set[int]] = defaultdict(set)
    for mark in marks:
        asked[mark.criterion].add(mark.by)
        if isinstance(mark.value, int):
            numbers[mark.criterion].add(mark.by)
    units: dict[frozenset[int], set[str]] = defaultdict(set)
    for criterion, people in asked.items():
        if numbers[criterion] == people:
            units[frozenset(people)].add(criterion)
    for together, criteria in sorted(units.items(), key=lambda item: sorted(item[0])):
        alone = len(together) < 2
        if len(criteria) >= FEWEST_QUESTIONS and not (alone and marks[0].drawn != "random"):
            unit = "/".join([document, group, *map(str, sorted(together))])
            yield from _blocks(unit, group, criteria, marks, usual)


def _blocks(
    unit: str, group: str, criteria: Collection[str], marks: Sequence[Mark],
    usual: Mapping[str, float],
) -> Iterator[Block]:  # fmt: skip
    times: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.criterion in criteria and isinstance(mark.value, int):
            times[mark.by, mark.audit].append(mark)
    for (by, _), rows in sorted(times.items()):
        gaps = [mark.value - usual[mark.criterion] for mark in rows]  # type: ignore[operator]
        anchor = rows[0].drawn == "anchor"
        yield Block(unit, group, by, fmean(gaps), len(rows), rows[0].on, anchor)


def once(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Each person's first block of each unit: marking an anchor plan again makes no second one."""
    found: dict[tuple[str, int], Block] = {}
    for block in sorted(blocks, key=lambda b: (b.on, b.unit, b.by)):
        found.setdefault((block.unit, block.by), block)
    return tuple(found.values())
