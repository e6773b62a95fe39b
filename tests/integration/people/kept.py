"""A plan of an invented child about which something is kept in every table that can hold it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from goldthread.core.audit.audit import Blank, Subject, questions, sign
from goldthread.core.audit.judgement import Evidence, Judgement
from goldthread.readers.frameworks import load_framework
from goldthread.records.actions.audits import wordless
from goldthread.records.models import (
    Adviser,
    Answer,
    Audit,
    Conflict,
    Decision,
    Document,
    Experience,
    GateDecision,
    Identity,
    Import,
    Moderation,
    Part,
    Plan,
    Reply,
    Sample,
    SampleLine,
    Stored,
)
from goldthread.records.scope import Here, scope
from goldthread.records.sealing import keyed_digest, seal

FORENAME, SURNAME = "Zebedee", "Quillfeather"
LOCAL_ID = "LOCAL-77-ZQ"
UPN = "Z" + "9" * 11 + "Q"  # as long as one, and none
QUOTE = "Zebedee needs forty minutes of sky-blue reading"
COMMENT = "The Quillfeathers were not asked about evenings"
STRINGS = (
    FORENAME, SURNAME, LOCAL_ID, UPN, QUOTE, COMMENT, "override-words", "conflict-words",
    "swapped-words", "family-words", "panel-words", "reply-words", "answer-words", "999111",
)  # fmt: skip


@dataclass(frozen=True)
class Whole:
    plan: str
    audit: str
    open_audit: str
    document: str


def a_whole_plan(lead: Here, reference: str = "P-WHQLE2") -> Whole:
    """Everything there can be about one plan, in the lead's authority, signed audit and all."""
    with scope(authority=lead.authority, person=lead.person):
        plan = _plan(lead, reference)
        document = _document(lead, plan)
        line = _line(lead, plan)
        experience = Experience.objects.create(
            authority_id=lead.authority, plan=plan, form="family@1", who="parent",
            answers={"q1": 3}, comment="family-words", answered_at=timezone.now(),
        )  # fmt: skip
        made: dict[str, Any] = {
            "plan": plan, "document": document, "line": line, "experience": experience,
            "facts": {"status": "final", "year": 4, "age": 9, "setting": "mainstream"},
        }  # fmt: skip
        signed = _audit(lead, f"A-S{reference[-5:]}", **made)
        _sign(lead, signed)
        _moderated(lead, signed)
        unsigned = _audit(lead, f"A-V{reference[-5:]}", **made)
    return Whole(reference, signed.reference, unsigned.reference, document.reference)


def _plan(lead: Here, reference: str) -> Plan:
    owner = {"authority_id": lead.authority}
    source = Import.objects.create(
        **owner, by_id=lead.member, format="csv", file=f"{SURNAME} list.csv", digest="0" * 64,
        read=1, added=1, updated=0, refused=0,
    )  # fmt: skip
    plan = Plan.objects.create(
        **owner, reference=reference, local_digest=keyed_digest(lead.authority, reference),
        need="SLCN", age_band="5-10", year=4, phase="primary", setting_kind="mainstream",
        urn="999111", team="North", writer_id=lead.member, issued_on=dt.date(2025, 3, 4),
        source=source,
    )  # fmt: skip
    Identity.objects.create(
        **owner, plan=plan, forename=FORENAME, surname=SURNAME, born=dt.date(2016, 5, 6), upn=UPN,
        local_id=LOCAL_ID,
    )  # fmt: skip
    Adviser.objects.create(**owner, plan=plan, member_id=lead.member)
    Conflict.objects.create(**owner, member_id=lead.member, plan=plan, reason="conflict-words")
    return plan


def _document(lead: Here, plan: Plan) -> Document:
    document = Document.objects.create(
        authority_id=lead.authority, reference=f"D-{plan.reference[2:]}", plan=plan, kind="plan",
        status="final", author_id=lead.member, dated_on=dt.date(2025, 3, 4), state="read",
    )  # fmt: skip
    paragraphs = [{"number": 1, "text": QUOTE, "section": "F", "location": {}}]
    record = {"answers": [{"criterion": "F1", "answer": 2}], "findings": [{"reason": QUOTE}]}
    Stored.objects.create(
        authority_id=lead.authority, document=document, name=seal(b"../Zebedee plan?.txt"),
        file=seal(QUOTE.encode()), paragraphs=seal(json.dumps(paragraphs).encode()),
        record=seal(json.dumps(record).encode()), framework="ehc-ref@2026.1", engine="1",
    )  # fmt: skip
    GateDecision.objects.create(
        authority_id=lead.authority, document=document, state="overridden",
        reason="override-words", by_id=lead.member,
    )  # fmt: skip
    return document


def _line(lead: Here, plan: Plan) -> SampleLine:
    sample = Sample.objects.create(
        authority_id=lead.authority, reference=f"S-{plan.reference[2:]}", title="November",
        mode="random", subject="plan", framework="ehc-ref@2026.1", period="2026-11", frame="",
        frame_digest="0" * 64, salt="salt", seed="0" * 64,
    )  # fmt: skip
    return SampleLine.objects.create(
        authority_id=lead.authority, sample=sample, plan=plan, reference=plan.reference,
        stratum="all", order=1, role="main", reason="swapped-words",
    )  # fmt: skip


def _audit(lead: Here, reference: str, **made: Any) -> Audit:
    audit = Audit.objects.create(
        authority_id=lead.authority, reference=reference, framework="ehc-ref@2026.1",
        mode="assisted", state="under-way", **made,
    )  # fmt: skip
    part = Part.objects.create(
        authority_id=lead.authority, audit=audit, agency="education", auditor_id=lead.member,
        lead=True,
    )  # fmt: skip
    Answer.objects.create(
        authority_id=lead.authority, audit=audit, part=part, criterion="F1", value="2", first="2",
        comment=COMMENT, answered_by_id=lead.member, evidence=[
            {"document": "D-1", "paragraph": 1, "start": 0, "end": len(QUOTE), "quote": QUOTE,
             "section": "F"},
        ],
    )  # fmt: skip
    return audit


def _sign(lead: Here, audit: Audit) -> None:
    """As the site signs: keyed digests in place of words."""
    framework = load_framework(audit.framework)
    blank = Blank(framework.key, Subject("plan", "final", 4, 9, ""), (), "assisted")
    judgements = [
        wordless(
            lead.authority,
            Judgement(
                c.id, 2 if "2" in c.descriptors else "cannot-decide", f"member {lead.member}",
                "education", timezone.now(), (Evidence("D-1", 1, 0, len(QUOTE), QUOTE, "F"),),
                COMMENT,
            ),
        )
        for c in questions(framework, blank).criteria
    ]  # fmt: skip
    signed = sign(framework, blank, judgements, f"member {lead.member}", timezone.now())
    Audit.objects.filter(pk=audit.pk).update(
        state="signed", signed=json.loads(signed.to_json()), digest=signed.digest,
        signed_at=signed.at, signed_by=lead.member, band=signed.grade.capped or "",
    )  # fmt: skip


def _moderated(lead: Here, audit: Audit) -> None:
    """The panel's decision on it, and what its writer says to it."""
    owner = {"authority_id": lead.authority}
    decided = Moderation.objects.create(
        **owner, reference=f"M-{audit.reference[2:]}", audit=audit, why="asked", state="decided",
        opened_by_id=lead.member, decided_by_id=lead.member, decided_at=timezone.now(),
    )  # fmt: skip
    Decision.objects.create(
        **owner, moderation=decided, criterion="F1-each-need", first="2", value="1",
        reason="panel-words",
    )  # fmt: skip
    Reply.objects.create(
        **owner, reference=f"Y-{audit.reference[2:]}", audit=audit, member_id=lead.member,
        who="writer", words="reply-words", answer="answer-words", moderation=decided,
    )  # fmt: skip


def found_anywhere(authority: str, *strings: str) -> dict[str, list[str]]:
    """Every table of the database, every row, every column as text: which hold one of these?

    Through the door that sees accounts, in the authority's scope. Answers table -> strings.
    """
    found: dict[str, list[str]] = {}
    with scope(authority=authority, door="erase"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            for text in strings:
                cursor.execute(
                    f"SELECT count(*) FROM {table} t WHERE strpos(lower(t::text), lower(%s)) > 0",
                    [text],
                )
                if cursor.fetchone()[0]:
                    found.setdefault(table, []).append(text)
    return found
