"""The gate for drafts: what keeps a draft plan from being called ready to issue.

A critical gate of the framework at 0 blocks (standard.md, part a, “Grade”; users.md, row 20). A
person's answer wins over the machine's. The block goes when a new version of the document is
judged and it is gone there, or when somebody overrides it with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from goldthread.core.audit.judgement import CANNOT_DECIDE, Value
from goldthread.core.audit.signed import Subject
from goldthread.core.audit.themes import in_order, theme_name, theme_of
from goldthread.core.checks.finding import State
from goldthread.core.framework.applicability import applicable
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework

SHORTEST_REASON = 15
"""Characters of an override's reason, without the spaces round it."""
NOTHING_BLOCKS = "No critical gate is known to be at 0, so nothing holds this draft back."


class MachineAnswer(Protocol):
    """What the gate reads of an `AnswerRecord` (`core/report/check_record.py`)."""

    @property
    def state(self) -> State: ...

    @property
    def answer(self) -> int | None: ...

    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that keeps a draft back: why, who saw it, and what to do."""

    criterion: str
    why: str
    source: Literal["machine", "people"]
    next_step: str


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody lets one block pass. `by`: the person's reference; `at`: with its time zone.

    Errors: ValueError for a reason of fewer than 15 characters or a time without a zone.
    """

    criterion: str
    reason: str
    by: str
    at: dt.datetime

    def __post_init__(self) -> None:
        if len(self.reason.strip()) < SHORTEST_REASON:
            raise ValueError(
                f"{self.criterion}: say in at least {SHORTEST_REASON} characters why the plan can "
                "be issued as it is."
            )
        if self.at.utcoffset() is None:
            raise ValueError(f"{self.criterion}: the time of the override needs its time zone.")


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a draft is ready to issue, and the sentences that say why."""

    state: Literal["ready", "blocked", "overridden"]
    sentences: tuple[str, ...]


def blocks(
    framework: Framework,
    machine: Mapping[str, MachineAnswer],
    people: Mapping[str, Value],
    subject: Subject,
) -> tuple[Block, ...]:
    """What keeps this version of a document back, in the order of reading.

    `machine`: criterion -> the machine's answer, which counts where it is 0 and to be mended;
    `people`: criterion -> a person's answer, which wins, also where it is “cannot-decide”.
    Criteria that do not apply to the subject never block.
    """
    critical = _critical(framework, subject)
    every = (_block(framework, c, machine.get(c.id), people.get(c.id)) for c in critical)
    return tuple(block for block in every if block is not None)


def _critical(framework: Framework, subject: Subject) -> tuple[Criterion, ...]:
    found = applicable(
        framework, subject.status, subject.year, subject.age, subject.setting, subject.profiles
    )
    return in_order(framework, (c for c in found.criteria if c.gate == "critical"))


def _block(
    framework: Framework, criterion: Criterion, machine: MachineAnswer | None, said: Value | None
) -> Block | None:
    where = theme_name(framework, theme_of(framework, criterion.section))
    if said is not None:
        if said != 0:
            return None
        why = f"{where}: a person answered 0 to “{criterion.question}”."
        return Block(criterion.id, why, "people", _next_step(criterion))
    if machine is None or machine.state != "mend" or machine.answer != 0:
        return None
    why = f"{where}: the machine found this. {machine.reason}"
    step = f"{_next_step(criterion)} If the machine is wrong, answer the question yourself."
    return Block(criterion.id, why, "machine", step)


def _next_step(criterion: Criterion) -> str:
    wanted = criterion.descriptors["2"]
    return f"Mend the draft and add the new version. What is asked for: {wanted}"


def unchecked(
    framework: Framework,
    machine: Mapping[str, MachineAnswer],
    people: Mapping[str, Value],
    subject: Subject,
) -> tuple[str, ...]:
    """Ids of the critical gates that neither a person nor the machine could answer: they do not
    block, and nobody knows that they are met. Arguments as in `blocks`."""
    return tuple(
        c.id
        for c in _critical(framework, subject)
        if people.get(c.id, CANNOT_DECIDE) == CANNOT_DECIDE
        and (c.id in people or c.id not in machine or machine[c.id].answer is None)
    )


def ready(
    blocked: Iterable[Block], overrides: Iterable[Override], not_checked: Iterable[str] = ()
) -> Readiness:
    """Whether the draft may be called ready to issue.

    An override counts for its criterion only; one for a criterion that does not block changes
    nothing. `not_checked`: as `unchecked` gives them; they are named and do not block.
    """
    every, open_questions = tuple(blocked), _not_checked(tuple(not_checked))
    given = {override.criterion: override for override in overrides}
    left = [block for block in every if block.criterion not in given]
    if not every:
        return Readiness("ready", (NOTHING_BLOCKS, *open_questions))
    if left:
        sentences = (f"{b.criterion}: {b.why} {b.next_step}" for b in left)
        return Readiness("blocked", (*sentences, *open_questions))
    sentences = (f"{b.criterion}: {b.why} Let pass: {given[b.criterion].reason}" for b in every)
    return Readiness("overridden", (*sentences, *open_questions))


def _not_checked(criteria: tuple[str, ...]) -> tuple[str, ...]:
    return (f"Not checked by anyone yet: {', '.join(criteria)}.",) if criteria else ()
