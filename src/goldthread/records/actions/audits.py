"""From a part that is done to an audit that somebody signed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from goldthread.core.audit.audit import sign
from goldthread.core.audit.judgement import Judgement
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.audit.transitions import next_state
from goldthread.core.framework.framework import Framework
from goldthread.records.actions.answers import part_to_answer
from goldthread.records.actions.counting import cell_of, count
from goldthread.records.actions.moderation import open_where_due
from goldthread.records.log import record
from goldthread.records.models import Answer, Audit, Part
from goldthread.records.queries.audits import AuditRow, judgements_of
from goldthread.records.queries.standing import counts
from goldthread.records.scope import Here, NotAllowed, Refused, Stale
from goldthread.records.sealing import keyed_digest


def finish_part(here: Here, audit: AuditRow, agency: str, asked: Iterable[str]) -> None:
    """The auditor has answered all of their questions (`asked`).

    Errors: NotAllowed as for answering; Refused, naming what is not answered yet.
    """
    here.check("audit")
    part = part_to_answer(here, audit, agency)
    given = set(
        Answer.objects.filter(audit_id=audit.id).exclude(value="").values_list(
            "criterion", flat=True
        )
    )  # fmt: skip
    left = [criterion for criterion in asked if criterion not in given]
    if left:
        raise Refused(f"Not answered yet: {', '.join(left)}.")
    if part.state == "allotted":
        raise Refused("Nothing of this part was answered yet.")
    part.state, part.done_at = next_state("part", part.state, "finish"), timezone.now()
    part.save(update_fields=["state", "done_at"])
    row = Audit.objects.select_for_update().get(pk=audit.id)
    if row.state == "under-way" and not row.parts.exclude(state="done").exists():
        row.state = next_state("audit", row.state, "complete")
        row.save(update_fields=["state"])
    record(here, "part.finish", subject=audit.reference, agency=agency)


def reopen_part(here: Here, audit: AuditRow, agency: str, reason: str) -> None:
    """A part that was done is open again. Errors: NotAllowed, Refused."""
    row, part = _locked(audit, agency)
    lead = audit.part(agency)
    mine = any(p.lead and p.mine for p in audit.parts) or (lead is not None and lead.mine)
    if not (mine or here.can("withdraw-audits")):
        raise NotAllowed("Only its auditor, the lead auditor or the quality lead opens it again.")
    if len(reason.strip()) < 5:
        raise Refused("Say in a few words why the part is opened again.")
    if row.state in ("signed", "withdrawn"):
        raise Refused(f"This audit is {row.state}; audit the document again instead.")
    part.state, part.done_at = _next("part", part.state, "reopen"), None
    part.save(update_fields=["state", "done_at"])
    if row.state == "ready":
        row.state = next_state("audit", "ready", "reopen")
        row.save(update_fields=["state"])
    record(here, "part.reopen", subject=audit.reference, agency=agency)


def withdraw_audit(here: Here, audit: AuditRow, reason: str) -> None:
    """An audit that will not be finished; its answers are kept and never counted."""
    here.check("withdraw-audits")
    if len(reason.strip()) < 5:
        raise Refused("Say in a few words why the audit is withdrawn.")
    row = Audit.objects.select_for_update().get(pk=audit.id)
    row.state = _next("audit", row.state, "withdraw")
    row.save(update_fields=["state"])
    record(here, "audit.withdraw", subject=audit.reference)


def sign_audit(here: Here, audit: AuditRow, framework: Framework) -> SignedAudit:
    """The lead auditor answers for the whole audit; signing twice signs once.

    Answers, grade and digest are kept in one statement, so there is no half-signed audit; the
    authority's figures have it from the same transaction on.
    Errors: NotAllowed; Stale when a part was opened again; core.audit.audit.NotReady.
    """
    here.check("audit")
    if not any(part.lead and part.mine for part in audit.parts):
        raise NotAllowed("Only the lead auditor signs; nothing was changed.")
    row = Audit.objects.select_for_update().get(pk=audit.id)
    if row.state == "signed":
        return SignedAudit.from_json(json.dumps(row.signed))
    if row.state != "ready":
        raise Stale("A part is not done, or was opened again; look at the audit as it is now.")
    given = [wordless(here.authority, j) for j in judgements_of(audit)]
    signed = sign(framework, audit.blank, given, f"member {here.member}", timezone.now())
    _keep(row, signed, here)
    waits = open_where_due(here, row, framework)
    count(row, framework)
    record(here, "audit.sign", subject=audit.reference, digest=row.digest, mode=row.mode,
           band=row.band, moderation=waits)  # fmt: skip
    return signed


def _keep(row: Audit, signed: SignedAudit, here: Here) -> None:
    row.state = next_state("audit", row.state, "sign")
    row.signed, row.digest = json.loads(signed.to_json()), signed.digest
    row.signed_at, row.signed_by_id = signed.at, here.member
    row.band, row.index = signed.grade.capped or "", signed.grade.index
    row.compliance = signed.grade.compliance
    row.seconds = sum(Part.objects.filter(audit=row).values_list("seconds", flat=True))
    row.cell = cell_of(row) if counts(row) else {}
    row.save()


def wordless(authority: str, judgement: Judgement) -> Judgement:
    """The judgement with keyed digests in place of words: what was signed stays provable after
    the words are gone, and says nothing of them."""
    return replace(
        judgement,
        comment=keyed_digest(authority, judgement.comment) if judgement.comment.strip() else "",
        evidence=tuple(
            replace(place, quote=keyed_digest(authority, place.quote))
            for place in judgement.evidence
        ),
    )


def _locked(audit: AuditRow, agency: str) -> tuple[Audit, Part]:
    row = Audit.objects.select_for_update().get(pk=audit.id)
    return row, Part.objects.select_for_update().get(audit=row, agency=agency)


def _next(thing: str, state: str, event: str) -> str:
    try:
        return next_state(thing, state, event)  # type: ignore[arg-type]
    except ValueError as error:
        raise Refused(str(error)) from error
