"""What a person answers to one question of a framework, with the words it rests on.

A judgement is a person's, a `Finding` (`core/checks/finding.py`) is the machine's. Neither is ever
made into the other: a judgement only remembers what the machine said beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from goldthread.core.checks.finding import State
from goldthread.core.framework.criterion import Criterion, NotApplicable
from goldthread.core.framework.framework import Framework

Value = int | NotApplicable | Literal["cannot-decide"]
"""0 to 3, the reason code why the question does not apply, or “cannot-decide”."""
CANNOT_DECIDE: Literal["cannot-decide"] = "cannot-decide"
REASONS: tuple[NotApplicable, ...] = get_args(NotApplicable)
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that a judgement rests on.

    `document`: the caller's name for it; `paragraph`: its number there; `quote` is the
    paragraph's text from `start` to `end`, counted in characters from 0.
    """

    document: str
    paragraph: int
    start: int
    end: int
    quote: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class MachineSeen:
    """What the machine suggested for the question, and whether the person saw it before the first
    answer (assisted) or after it (blind)."""

    value: int | None
    state: State
    when: When


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's answer to one question.

    `by`: the person's reference, never a name; `agency`: as in `core/audit/sharing.py`; `at`: with
    its time zone; `first`: the first answer, where it was changed after the machine was seen.
    Errors: ValueError for a time without a zone.
    """

    criterion: str
    value: Value
    by: str
    agency: str
    at: dt.datetime
    evidence: tuple[Evidence, ...] = ()
    comment: str = ""
    first: Value | None = None
    machine: MachineSeen | None = None

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"{self.criterion}: the time of the answer needs its time zone.")


def parse_value(text: str, criterion: Criterion, framework: Framework) -> Value:
    """“0” to “3”, a reason code or “cannot-decide” as a value of this question.

    Errors: ValueError, one sentence, for an answer that the question does not have.
    """
    said = text.strip()
    if said == CANNOT_DECIDE:
        return CANNOT_DECIDE
    if said in criterion.descriptors:
        return int(said)
    for reason in REASONS:
        if said == reason and reason in framework.not_applicable:
            return reason
    raise ValueError(_no_such_answer(said, criterion, framework))


def _no_such_answer(said: str, criterion: Criterion, framework: Framework) -> str:
    answers = ", ".join(sorted(criterion.descriptors))
    if said == "3" and criterion.family == "presence":
        return f"{criterion.id} has no 3: what it asks for is there (2) or not; choose {answers}."
    if said == "not-applicable":
        return f"{criterion.id}: say why it does not apply; choose one of the reasons."
    reasons = ", ".join(framework.not_applicable)
    return (
        f"{criterion.id} has no answer “{said}”; choose {answers}, cannot-decide, "
        f"or a reason why it does not apply: {reasons}."
    )


def check_value(value: Value, criterion: Criterion, framework: Framework) -> None:
    """Errors: ValueError, one sentence, for a value that the question does not have."""
    if parse_value(str(value), criterion, framework) != value:
        raise ValueError(_no_such_answer(str(value), criterion, framework))


def check_evidence(evidence: Evidence, paragraphs: Mapping[int, str]) -> None:
    """Errors: ValueError, one sentence, when the quote is not exactly the marked words.

    `paragraphs`: number -> text, of the document that the evidence names.
    """
    where = f"Paragraph {evidence.paragraph} of {evidence.document}"
    text = paragraphs.get(evidence.paragraph)
    if text is None:
        raise ValueError(f"{where} does not exist; mark the words again.")
    if not 0 <= evidence.start < evidence.end <= len(text):
        raise ValueError(
            f"{where} has {len(text)} characters, and {evidence.start} to {evidence.end} was "
            "marked; mark the words again."
        )
    if text[evidence.start : evidence.end] != evidence.quote:
        raise ValueError(f"{where} does not say “{evidence.quote}” there; mark the words again.")


def judgement_record(judgement: Judgement) -> dict[str, Any]:
    """A judgement as JSON values; the time in UTC, so that one moment has one form."""
    machine = judgement.machine
    return {
        "criterion": judgement.criterion,
        "value": judgement.value,
        "by": judgement.by,
        "agency": judgement.agency,
        "at": judgement.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "evidence": [_evidence_record(e) for e in judgement.evidence],
        "comment": judgement.comment,
        "first": judgement.first,
        "machine": machine and {"value": machine.value, "state": machine.state,
                                "when": machine.when},
    }  # fmt: skip


def _evidence_record(evidence: Evidence) -> dict[str, Any]:
    return {name: getattr(evidence, name) for name in Evidence.__dataclass_fields__}


def judgement_from(record: Mapping[str, Any]) -> Judgement:
    """The judgement of a `judgement_record`. Errors: KeyError, TypeError or ValueError for what is
    no such record."""
    machine = record["machine"]
    return Judgement(
        criterion=record["criterion"],
        value=record["value"],
        by=record["by"],
        agency=record["agency"],
        at=dt.datetime.fromisoformat(record["at"]),
        evidence=tuple(Evidence(**e) for e in record["evidence"]),
        comment=record["comment"],
        first=record["first"],
        machine=MachineSeen(**machine) if machine else None,
    )
