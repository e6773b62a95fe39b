"""What a panel has before it: two audits of one document, question by question, and its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.core.audit.explaining import answer_words, difference_sentences
from goldthread.core.audit.judgement import CANNOT_DECIDE, Value, parse_value
from goldthread.core.audit.moderating import Compared, Decided, compare, due, noted_difference
from goldthread.core.audit.themes import in_order
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.core.framework.grade import Grade
from goldthread.records.queries.audits import AnswerRow, value_of
from goldthread.records.queries.moderation import (
    DecisionRow,
    Given,
    ModerationRow,
    Side,
    Sides,
)
from goldthread.records.queries.replies import ReplyRow
from goldthread.records.roles import AGENCIES
from goldthread.web.work.fields import Posted, text

WHY = {
    "double": "Two blind audits differ",
    "gate": "A gate is answered 0 or 1",
    "outstanding": "It came to the top band",
    "reply": "After a reply",
    "asked": "Somebody asked",
}
CHOICES = ("first", "second", "other")
MACHINE = "The machine suggested {answer}, {when}."
WHEN = {
    "after": "shown after the first answer",
    "before": "shown before it",
}


@dataclass(frozen=True)
class Said:
    """One side's answer. `hint`: what this answer looks like for this question; `signed`: the
    auditor's own answer, where moderation has changed it."""

    title: str
    value: Value
    answer: str
    hint: str
    agency: str
    by: str
    row: AnswerRow
    signed: str = ""


@dataclass(frozen=True)
class Typed:
    """What was chosen and written for one question, as it was sent."""

    choice: str = ""
    value: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Question:
    """One question with both answers. `must`: the panel decides on it; `asked`: a reply names
    it."""

    criterion: Criterion
    first: Said
    second: Said | None
    must: bool
    asked: bool
    machine: str
    options: tuple[tuple[str, str], ...]
    typed: Typed = Typed()
    error: str = ""

    @property
    def differs(self) -> bool:
        return self.second is not None and self.second.value != self.first.value


@dataclass(frozen=True)
class Before:
    """Everything that is before the panel. `sentences`: why it looks; `compared`: None where there
    is no second audit."""

    sentences: tuple[str, ...]
    compared: Compared | None
    must: tuple[str, ...]
    asked: frozenset[str]
    framework: Framework
    pair: Sides


def before_panel(
    framework: Framework, row: ModerationRow, pair: Sides, replies: Iterable[ReplyRow]
) -> Before:
    """What a waiting moderation is about, by the rule of the framework and by replies."""
    first, second = pair.first.counts, pair.second.counts if pair.second else None
    found = due(framework, pair.first.purpose, first, second)
    asked = frozenset(c for reply in replies for c in reply.criteria)
    answered = {j.criterion for j in first.judgements}
    wanted = (set(found.criteria) if found else set()) | (asked & answered)
    return Before(
        sentences=found.sentences if found else (),
        compared=compare(framework, first, second) if second else None,
        must=tuple(c.id for c in in_order(framework, framework.criteria) if c.id in wanted),
        asked=asked,
        framework=framework,
        pair=pair,
    )


def questions_shown(
    before: Before, typed: Mapping[str, Typed], errors: Mapping[str, str], every: bool
) -> list[Question]:
    """The questions on the page, in the order of reading: those to decide, those that differ and
    those somebody wrote about; all, where that was asked for."""
    answers = {j.criterion: j.value for j in before.pair.first.counts.judgements}
    second = before.pair.second
    others = {j.criterion: j.value for j in second.counts.judgements} if second else {}
    shown = set(before.must) | typed.keys() | errors.keys()
    if before.compared:
        shown |= {d.criterion for d in before.compared.differences}
    return [
        _question(before, c, answers[c.id], others.get(c.id), typed, errors)
        for c in in_order(before.framework, before.framework.criteria)
        if c.id in answers and (every or c.id in shown)
    ]


def _question(
    before: Before, criterion: Criterion, first: Value, second: Value | None,
    typed: Mapping[str, Typed], errors: Mapping[str, str],
) -> Question:  # fmt: skip
    pair, framework = before.pair, before.framework
    one = _said(framework, criterion, "What counts now", first, pair.first)
    other = None
    if pair.second and second is not None:
        other = _said(framework, criterion, "Second audit, blind", second, pair.second)
    return Question(
        criterion=criterion, first=one, second=other, must=criterion.id in before.must,
        asked=criterion.id in before.asked, machine=_machine(framework, one, other),
        options=options(framework, criterion), typed=typed.get(criterion.id, Typed()),
        error=errors.get(criterion.id, ""),
    )  # fmt: skip


def _said(framework: Framework, criterion: Criterion, title: str, value: Value, side: Side) -> Said:
    given = side.given.get(criterion.id, Given(AnswerRow(criterion.id), "", ""))
    hints = {str(number): hint for number, hint in criterion.descriptors.items()}
    return Said(
        title, value, numbered(framework, value), hints.get(str(value), ""),
        AGENCIES.get(given.agency, ""), given.by, given.row, _signed(framework, given.row, value),
    )  # fmt: skip


def _signed(framework: Framework, row: AnswerRow, value: Value) -> str:
    own = value_of(row.value) if row.value else value
    return numbered(framework, own) if own != value else ""


def numbered(framework: Framework, value: Value) -> str:
    """“1 Partly met”, “Not applicable: …”."""
    words = answer_words(framework, value).rstrip(".")
    return f"{value} {words}" if isinstance(value, int) else words


def options(framework: Framework, criterion: Criterion) -> tuple[tuple[str, str], ...]:
    """Every answer that the question has: as it is sent, as it is read."""
    values: list[Value] = [int(n) for n in sorted(criterion.descriptors)]
    values += [*framework.not_applicable, CANNOT_DECIDE]  # type: ignore[list-item]
    return tuple((str(value), numbered(framework, value)) for value in values)


def _machine(framework: Framework, first: Said, second: Said | None) -> str:
    for side in (first, second):
        if side is not None and side.row.machine:
            told = side.row.machine
            value = told.get("value")
            if value is None:
                return "The machine could not tell."
            return MACHINE.format(
                answer=numbered(framework, value), when=WHEN.get(told.get("when", ""), "shown")
            )
    return "The machine suggested nothing here."


def typed_of(posted: Posted, before: Before) -> dict[str, Typed]:
    """Criterion -> what was sent for it, where anything was."""
    found = {}
    for judgement in before.pair.first.counts.judgements:
        c = judgement.criterion
        sent = Typed(*(text(posted, f"{name}-{c}") for name in ("choice", "value", "reason")))
        if sent.choice or sent.reason:
            found[c] = sent
    return found


def decided_of(
    before: Before, typed: Mapping[str, Typed]
) -> tuple[tuple[Decided, ...], dict[str, str]]:
    """The decisions that were sent, and a sentence for each that says nothing clear."""
    decided, faults = [], {}
    criteria = {c.id: c for c in before.framework.criteria}
    for criterion, sent in typed.items():
        try:
            value = _chosen(before, criteria[criterion], sent)
        except ValueError as error:
            faults[criterion] = str(error)
        else:
            decided.append(Decided(criterion, value, sent.reason))
    return tuple(decided), faults


def _chosen(before: Before, criterion: Criterion, sent: Typed) -> Value:
    """Errors: ValueError, one sentence."""
    sides = {"first": before.pair.first, "second": before.pair.second}
    side = sides.get(sent.choice)
    if side is not None:
        for judgement in side.counts.judgements:
            if judgement.criterion == criterion.id:
                return judgement.value
    if sent.choice == "other" and sent.value:
        return parse_value(sent.value, criterion, before.framework)
    if sent.choice == "other":
        raise ValueError(f"{criterion.id}: choose the other answer.")
    raise ValueError(f"{criterion.id}: choose which answer counts, and say why.")


def graded_said(framework: Framework, grade: Grade) -> list[tuple[str, str]]:
    """Band, index and compliance as a page shows them."""
    dial = framework.grading.compliance if framework.grading else {}
    return [
        ("Band", _band(framework, grade)),
        ("Quality index", _index(grade)),
        ("Compliance", dial.get(grade.compliance, grade.compliance)),
    ]


def shortly_said(framework: Framework, grade: Grade) -> str:
    """“Good, 81.0 in 100, compliance: defects”."""
    return f"{_band(framework, grade)}, {_index(grade)}, compliance: {grade.compliance}"


def _band(framework: Framework, grade: Grade) -> str:
    return framework.band_label(grade.capped) if grade.capped else "no band"


def _index(grade: Grade) -> str:
    return "no index" if grade.index is None else f"{grade.index:.1f} in 100"


@dataclass(frozen=True)
class Line:
    """One decision as a page shows it."""

    criterion: str
    question: str
    first: str
    second: str
    now: str
    reason: str
    changed: bool


@dataclass(frozen=True)
class Outcome:
    """What was decided. `sentences`: what is different since, empty where nothing is."""

    row: ModerationRow
    why: str
    sentences: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def reason(self) -> str:
        return self.row.words.get("whole", "")


def outcome_of(framework: Framework, row: ModerationRow) -> Outcome:
    """A decided moderation in words."""
    criteria = {c.id: c for c in framework.criteria}
    order = {c.id: n for n, c in enumerate(in_order(framework, framework.criteria))}
    known = sorted((d for d in row.decisions if d.criterion in order),
                   key=lambda d: order[d.criterion])  # fmt: skip
    noted = noted_difference(
        row.before, row.after, [(d.criterion, value_of(d.first), value_of(d.value)) for d in known]
    )
    lines = tuple(_line(framework, criteria[d.criterion], d) for d in known)
    return Outcome(row, WHY[row.why], difference_sentences(framework, noted), lines)


def _line(framework: Framework, criterion: Criterion, decision: DecisionRow) -> Line:
    first, second, now = (
        numbered(framework, value_of(said)) if said else ""
        for said in (decision.first, decision.second, decision.value)
    )
    return Line(
        criterion.id, criterion.question, first, second, now, decision.reason, decision.changed
    )
