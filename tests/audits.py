"""Audits under way, for tests with the real database."""

from __future__ import annotations

from functools import lru_cache

from goldthread.core.audit.sharing import lead_of
from goldthread.core.report.check_record import CheckRecord
from goldthread.records.models import Audit, Document, Part, Plan, Stored
from goldthread.records.queries.audits import AuditRow, get_audit
from goldthread.records.queries.documents import dumped
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, scope
from goldthread.records.sealing import seal
from tests.records import checked_text_plan


@lru_cache(maxsize=1)
def a_record() -> CheckRecord:
    return checked_text_plan()


def a_plan_of(here: Here, **fields: object) -> Plan:
    with scope(authority=here.authority):
        return Plan.objects.create(
            authority_id=here.authority, reference=new_reference("P"), **fields
        )


def a_document(plan: Plan, **fields: object) -> Document:
    """An invented plan, read and checked, with its words sealed."""
    record = a_record()
    with scope(authority=plan.authority_id):
        document = Document.objects.create(
            authority_id=plan.authority_id, reference=new_reference("D"), plan=plan,
            **{"kind": "plan", "status": "final", "state": "read", **fields},
        )  # fmt: skip
        Stored.objects.create(
            authority_id=plan.authority_id, document=document, name=seal(b"plan.txt"),
            paragraphs=seal(dumped(record.paragraphs)),
            record=seal(record.model_copy(update={"paragraphs": ()}).model_dump_json().encode()),
        )  # fmt: skip
    return document


def an_audit(*auditors: Here, mode: str = "blind", document: bool = True, **fields: object) -> str:
    """An audit with a part for each auditor's agency; its reference."""
    first = auditors[0]
    plan = a_plan_of(first)
    kept = a_document(plan) if document else None
    lead = lead_of([a.agency for a in auditors])  # type: ignore[list-item]
    with scope(authority=first.authority):
        audit = Audit.objects.create(
            authority_id=first.authority, reference=new_reference("A"), plan=plan, document=kept,
            **{"framework": "ehc-ref@2026.1", "mode": mode, "facts": {"status": "final", "year": 4},
               **fields},
        )  # fmt: skip
        for auditor in auditors:
            Part.objects.create(
                authority_id=first.authority, audit=audit, agency=auditor.agency,
                auditor_id=auditor.member, lead=auditor.agency == lead,
            )  # fmt: skip
    return str(audit.reference)


def the_audit(here: Here, reference: str) -> AuditRow:
    with scope(authority=here.authority, person=here.person):
        return get_audit(here, reference)
