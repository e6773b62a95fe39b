"""What an allotted audit's workbook shows, and whether one that comes back is ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from goldthread.core.audit.workbook import Identity, Line, blank_digest
from goldthread.core.audit.workbook_back import Now
from goldthread.core.framework.framework import Framework
from goldthread.records.actions.answers import OPEN
from goldthread.records.queries.audits import AnswerRow, AuditRow
from goldthread.records.scope import Here, Refused
from goldthread.records.sealing import keyed_digest


def identity_for(
    here: Here, audit: AuditRow, agency: str, lines: Sequence[Line], framework: Framework
) -> Identity:
    """Who and what a workbook made now is, under this authority's seal."""
    unsealed = Identity(
        audit=audit.reference,
        authority=here.authority,
        agency=agency,
        framework=framework.key,
        blank=blank_digest(framework, agency, lines),
        made=timezone.now().isoformat(timespec="seconds"),
        answers={line.criterion.id: (line.version, line.value) for line in lines},
    )
    return replace(unsealed, seal=_seal(here, unsealed))


def _seal(here: Here, identity: Identity) -> str:
    return keyed_digest(here.authority, f"workbook\0{identity.said}")


def check_authority(here: Here, identity: Identity) -> None:
    """Errors: Refused for another authority's workbook, or one whose identification changed."""
    if identity.authority != here.authority:
        raise Refused(
            f"This workbook is another authority's (code {identity.authority[:3]}), not yours "
            f"({here.authority}): sign in there to bring it back."
        )
    if identity.seal != _seal(here, identity):
        raise Refused(
            "The sheet that says what audit this workbook is was changed, or comes from another "
            "workbook: download the workbook again and copy your answers into it."
        )


def check_form(identity: Identity, audit: AuditRow, lines: Sequence[Line], framework: Framework,
               ) -> None:  # fmt: skip
    """Errors: Refused for another edition, or other questions than are asked now."""
    again = "download the workbook again and copy your answers into it."
    if identity.framework != framework.key:
        raise Refused(
            f"This workbook asks the questions of {identity.framework}, and audit "
            f"{audit.reference} is by {framework.key}: {again}"
        )
    if identity.blank != blank_digest(framework, identity.agency, lines):
        raise Refused(
            f"The questions of audit {audit.reference} have changed since this workbook was "
            f"downloaded: {again}"
        )


def check_open(audit: AuditRow, agencies: Sequence[str]) -> None:
    """Errors: Refused when the audit, or one of these parts, takes no answers from this person."""
    if audit.state in ("signed", "withdrawn"):
        raise Refused(
            f"Audit {audit.reference} is {audit.state} by now, so its answers no longer change; "
            "nothing was taken from the workbook."
        )
    for agency in agencies:
        part = audit.part(agency)
        if part is None or not part.mine:
            raise Refused(
                f"This part of audit {audit.reference} is allotted to somebody else by now: ask "
                "the quality lead; nothing was taken from the workbook."
            )
        if part.state not in OPEN:
            raise Refused(
                f"Your part of audit {audit.reference} is done: open it again on the audit's "
                "page, then bring the workbook back."
            )


def now_of(row: AnswerRow | None) -> Now:
    """The answer as it stands, for comparing."""
    if row is None:
        return Now()
    return Now(row.value, row.comment, row.version, row.evidence)
