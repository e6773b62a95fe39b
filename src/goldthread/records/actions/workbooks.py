"""Taking in an audit workbook: prepared, shown, and only then written, whole or not at all.

Between the two it travels, encrypted, in the page that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from goldthread.core.audit.workbook_back import Change
from goldthread.records.actions.answers import Given, save_answer
from goldthread.records.actions.carried import carried, carry
from goldthread.records.log import record
from goldthread.records.queries.audits import AnswerRow, AuditRow
from goldthread.records.scope import Here, Refused, Stale


@dataclass(frozen=True)
class Prepared:
    """A workbook that was read and held against what stands here."""

    audit: str
    agency: str
    changes: tuple[Change, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.kind == "conflict")


_PREPARED = TypeAdapter(Prepared)


def sealed(here: Here, prepared: Prepared) -> str:
    """The prepared workbook; only this person can send it back."""
    return carry(here, "The workbook", _PREPARED.dump_json(prepared))


def opened(here: Here, text: str) -> Prepared:
    """What `sealed` gave. Errors: Refused when it is too old or not this person's."""
    return _PREPARED.validate_json(carried(here, "The workbook", text))


def take_in(
    here: Here, audit: AuditRow, prepared: Prepared, kept: Mapping[str, AnswerRow],
    shared: Mapping[str, str], chosen: Mapping[str, str], machine: Mapping[str, Mapping[str, Any]],
) -> int:  # fmt: skip
    """Writes what the workbook changes, each answer as if it were given here; how many.

    `kept`: the answers as they were just read; `shared`: question -> agency; `chosen`: question ->
    “here” or “workbook” for each conflict; `machine`: what the machine had suggested, of a blind
    audit, where it is shown after the first answer.
    Errors: NotAllowed as for answering; Refused for a conflict that nobody settled, or too long a
    comment; Stale when an answer changed since it was shown.
    """
    here.check("audit")
    _check_settled(prepared.conflicts, chosen)
    written = 0
    for change in prepared.changes:
        before = kept.get(change.criterion, AnswerRow(change.criterion))
        if before.version != change.version:
            raise Stale(
                f"{change.criterion} was answered while you looked at the workbook, so nothing of "
                "it was taken in: bring it back again."
            )
        given = _given(change, before, chosen, machine.get(change.criterion, {}))
        if given is not None:
            after = save_answer(here, audit, shared[change.criterion], given, before)
            written += after.version != before.version
    record(
        here, "workbook.take", subject=audit.reference, answers=written,
        conflicts=len(prepared.conflicts), left_out=len(prepared.faults),
    )  # fmt: skip
    return written


def _check_settled(conflicts: Sequence[Change], chosen: Mapping[str, str]) -> None:
    open_ = [c.criterion for c in conflicts if chosen.get(c.criterion) not in ("here", "workbook")]
    if open_:
        raise Refused(
            f"Choose which answer counts for {', '.join(open_)}: both were given since the "
            "workbook was downloaded."
        )


def _given(
    change: Change, before: AnswerRow, chosen: Mapping[str, str], machine: Mapping[str, Any]
) -> Given | None:
    """The answer to save; None where nothing is to be done."""
    if not change.does:
        return None
    ours = change.kind == "conflict" and chosen[change.criterion] == "here"
    value = before.value if ours or change.kind == "words" else change.after
    evidence = (*before.evidence, *(asdict(p) for p in change.places))
    return Given(
        change.criterion, value, change.comment, evidence, before.version, 0, dict(machine)
    )
