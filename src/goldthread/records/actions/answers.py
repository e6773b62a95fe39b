"""Answers as they are given: one question at a time, each kept before it is acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from goldthread.core.audit.transitions import next_state
from goldthread.records.log import record
from goldthread.records.models import Answer, Audit, Part
from goldthread.records.queries.audits import AnswerRow, AuditRow, answer_row
from goldthread.records.scope import Here, NotAllowed, Refused, Stale

LONGEST_COMMENT = 4000
MOST_EVIDENCE = 12
MOST_SECONDS = 600
"""Seconds that one save may add to the time spent: a page left open is not work."""
OPEN = ("allotted", "under-way", "reopened")


@dataclass(frozen=True)
class Given:
    """What somebody gave for one question. `value` is already one that the question has.

    `version`: of the answer the form showed, 0 for none; `machine`: what the machine suggested
    for this question (value, state), or empty; `evidence`: places already checked.
    """

    criterion: str
    value: str = ""
    comment: str = ""
    evidence: Sequence[Mapping[str, Any]] = ()
    version: int = 0
    seconds: int = 0
    machine: Mapping[str, Any] = field(default_factory=dict)


def save_answer(
    here: Here, audit: AuditRow, agency: str, given: Given, before: AnswerRow
) -> AnswerRow:
    """Keeps one answer; the same answer sent twice is kept once. `before`: as it was just read.

    Errors: NotAllowed when the part is another's or is closed; Stale when the answer was changed
    meanwhile; Refused for a text that is too long or evidence that is too much.
    """
    here.check("audit")
    _check_size(given)
    part = part_to_answer(here, audit, agency)
    if _same(before, given):
        return before
    if before.version != given.version:
        raise Stale(_changed_meanwhile(given))
    saved = (
        _changed(audit, before, given, here) if before.version else _new(here, audit, part, given)
    )
    _note_work(part, given)
    # What somebody answers of an anchor plan is for nobody else, so the log has not the answer.
    value = {} if audit.anchor else {"value": given.value}
    record(here, "answer.save", subject=audit.reference, criterion=given.criterion,
           version=saved.version, **value)  # fmt: skip
    return saved


def _changed_meanwhile(given: Given) -> str:
    return f"{given.criterion} was answered in another window; look before you change it."


def part_to_answer(here: Here, audit: AuditRow, agency: str) -> Part:
    """The person's own part of this audit, locked. Errors: NotAllowed."""
    part = Part.objects.select_for_update().select_related("audit").get(
        audit_id=audit.id, agency=agency
    )  # fmt: skip
    if part.auditor_id is None or part.auditor_id != here.member:
        raise NotAllowed("This part is allotted to somebody else; nothing was changed.")
    if part.audit.state in ("signed", "withdrawn"):
        raise NotAllowed(f"This audit is {part.audit.state}; its answers no longer change.")
    if part.state not in OPEN:
        raise NotAllowed("This part is done; open it again before you change an answer.")
    return part


def _check_size(given: Given) -> None:
    if len(given.comment) > LONGEST_COMMENT:
        raise Refused(
            f"{given.criterion}: the comment has {len(given.comment):,} characters; keep it "
            f"below {LONGEST_COMMENT:,}."
        )
    if len(given.evidence) > MOST_EVIDENCE:
        raise Refused(f"{given.criterion}: keep at most {MOST_EVIDENCE} quotes.")


def _same(row: AnswerRow, given: Given) -> bool:
    """Whether this was kept already: a browser sends again when it heard no answer."""
    kept = (row.value, row.comment, [dict(e) for e in row.evidence])
    sent = (given.value, given.comment, [dict(e) for e in given.evidence])
    return row.version > 0 and kept == sent


def _new(here: Here, audit: AuditRow, part: Part, given: Given) -> AnswerRow:
    try:
        with transaction.atomic():
            made = Answer.objects.create(
                authority_id=here.authority, audit_id=audit.id, part=part,
                criterion=given.criterion, value=given.value, first=given.value,
                comment=given.comment, evidence=[dict(e) for e in given.evidence],
                answered_by_id=here.member, answered_at=timezone.now(),
                machine=_machine(audit, given),
            )  # fmt: skip
    except IntegrityError as error:
        raise Stale(_changed_meanwhile(given)) from error
    return answer_row(made)


def _changed(audit: AuditRow, before: AnswerRow, given: Given, here: Here) -> AnswerRow:
    """The answer with a new version, unless another save came between."""
    first = before.first or given.value
    after = replace(
        before, value=given.value, first=first, comment=given.comment,
        evidence=tuple(dict(e) for e in given.evidence), version=before.version + 1,
        machine=before.machine if before.first else _machine(audit, given), at=timezone.now(),
    )  # fmt: skip
    changed = Answer.objects.filter(
        audit_id=audit.id, criterion=given.criterion, version=before.version
    ).update(
        value=after.value, first=after.first, comment=after.comment,
        evidence=list(after.evidence), version=after.version, machine=dict(after.machine),
        answered_by_id=here.member, answered_at=after.at,
    )  # fmt: skip
    if not changed:
        raise Stale(_changed_meanwhile(given))
    return after


def _machine(audit: AuditRow, given: Given) -> dict[str, Any]:
    """What the machine had suggested when the first answer was given, and whether it was seen."""
    if not (given.machine and given.value):
        return {}
    return {**given.machine, "when": "before" if audit.blank.mode == "assisted" else "after"}


def _note_work(part: Part, given: Given) -> None:
    """The part and the audit are under way, and the time spent is counted."""
    spent = min(max(given.seconds, 0), MOST_SECONDS)
    changes: dict[str, Any] = {"seconds": part.seconds + spent} if spent else {}
    if part.state == "allotted":
        changes |= {"state": next_state("part", "allotted", "start"), "opened_at": timezone.now()}
    if changes:
        Part.objects.filter(pk=part.pk).update(**changes)
    if part.audit.state == "allotted":
        started = next_state("audit", "allotted", "start")
        Audit.objects.filter(pk=part.audit_id, state="allotted").update(state=started)
