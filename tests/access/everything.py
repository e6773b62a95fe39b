"""One authority with something in every table, each text of it marked so that it is known again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from goldthread.records.actions.samples import DrawAsked, draw_sample
from goldthread.records.models import (
    Adviser,
    Answer,
    Audit,
    AuditMapping,
    Cell,
    Conflict,
    Decision,
    Experience,
    GateDecision,
    Identity,
    Import,
    Invitation,
    Moderation,
    Part,
    Plan,
    Provider,
    Pulse,
    Reply,
    Sample,
    SampleLine,
    Stored,
    SupportVisit,
    Tally,
)
from goldthread.records.models import (
    Mapping as Saved,
)
from goldthread.records.models.owned import Classed, Owned
from goldthread.records.queries.audits import get_audit
from goldthread.records.queries.experience import digest_of
from goldthread.records.queries.frames import FrameAsked
from goldthread.records.references import new_reference
from goldthread.records.roles import ROLES
from goldthread.records.scope import Here, scope
from goldthread.records.sealing import keyed_digest, seal
from goldthread.web.work.asking import form_of
from tests.audits import a_document
from tests.integration.people.kept import a_whole_plan
from tests.integration.samples.made import digest, documents, plans
from tests.people import NORTH, SOUTH, a_person

MARKS = {NORTH: "Qzxnorth", SOUTH: "Qzxsouth"}
FIRST = {NORTH: 10000, SOUTH: 50000}
"""Plans drawn from are P-10000 on and P-50000 on, so that no reference is in both."""
TOKENS = {NORTH: "north-token-of-an-invented-family", SOUTH: "south-token-of-an-invented-family"}
TODAY = dt.date(2026, 11, 24)
ANCHOR = "rowan-year-5"
CODES = frozenset({
    "reference", "local_digest", "need", "second_need", "age_band", "phase", "plan_kind",
    "setting_kind", "urn", "framework", "purpose", "subject", "mode", "state", "digest", "band",
    "compliance", "agency", "criterion", "value", "first", "kind", "status", "profession", "form",
    "who", "salt", "frame", "frame_digest", "seed", "period", "stratum", "role", "slug", "issuer",
    "asked", "format", "engine", "before", "via", "action", "drawn", "measure", "anchor", "outcome",
    "second", "Moderation.why",
})  # fmt: skip
"""Texts with a vocabulary or a shape of their own; nobody writes anything into them."""


@dataclass(frozen=True)
class Whole:
    """`people`: one of each role, who has to do with none of the rows; `named`: what stands for
    each name in an address."""

    code: str
    mark: str
    people: Mapping[str, Here]
    named: Mapping[str, str]


def everything(code: str) -> Whole:
    """Something in every table, in the test's transaction."""
    mark = MARKS[code]
    people = {
        role: a_person(
            role, code=code, name=f"{mark} {role}",
            agency="parent-carer" if role == "parent-carer-auditor" else "education",
        )
        for role in ROLES
    }  # fmt: skip
    at_work = _at_work(code, mark)
    lead = at_work["lead"]
    with scope(authority=code, person=lead.person):
        named = {**_lists(lead), **_people(lead, at_work)}
    whole = a_whole_plan(lead, f"P-W{code}QQ")
    with scope(authority=code, person=lead.person):
        plan, kept = _plan(lead, at_work)
        named |= kept | _families(lead, plan)
        named |= {"audit": whole.audit, **_audit(lead, plan, at_work)}
        named |= _sample(lead)
        named |= _trust(lead, at_work, whole.audit)
        named |= _calibration(lead, at_work)
        _figures(code)
    mark_every_text(code, mark)
    return Whole(code, mark, people, named)


def _at_work(code: str, mark: str) -> dict[str, Here]:
    """Those who have to do with the rows."""
    return {
        "lead": a_person("quality-lead", code=code, name=f"{mark} Lead at work"),
        "auditor": a_person("auditor", code=code, name=f"{mark} Auditor at work"),
        "health": a_person("auditor", code=code, name=f"{mark} Health at work", agency="health"),
        "writer": a_person("plan-writer", code=code, name=f"{mark} Writer at work"),
        "adviser": a_person("adviser", code=code, name=f"{mark} Adviser at work"),
        "support": a_person("partner-reader", code=code, name=f"{mark} Visitor at work"),
    }  # fmt: skip


def _lists(lead: Here) -> dict[str, str]:
    owner = {"authority_id": lead.authority}
    taken = Import.objects.create(
        **owner, by_id=lead.member, format="csv", file="list.csv", digest="0" * 64, read=2,
        added=1, updated=0, refused=1, columns=["Reference"],
        refusals=[{"row": 2, "field": "need", "kind": "refused", "code": "x", "sentence": "No."}],
    )  # fmt: skip
    saved = Saved.objects.create(**owner, name="Ours", columns={"local_id": "Reference"})
    past = Import.objects.create(
        **owner, by_id=lead.member, format="past-audits", file="audits.xlsx", digest="1" * 64,
        read=1, added=0, updated=0, refused=1, columns=["Reference"],
    )  # fmt: skip
    return {"number": str(taken.pk), "mapping": str(saved.pk), "past": str(past.pk)}


def _people(lead: Here, at_work: Mapping[str, Here]) -> dict[str, str]:
    owner = {"authority_id": lead.authority}
    slug = f"service-{lead.authority}"
    now = timezone.now()
    invitation = Invitation.objects.create(
        **owner, email=f"guest-{lead.authority}@example.org", name="Guest", roles=["auditor"],
        agency="education", digest=digest_of(lead.authority, "guest"), invited_by_id=lead.member,
        expires_at=now + dt.timedelta(days=7),
    )  # fmt: skip
    conflict = Conflict.objects.create(
        **owner, member_id=at_work["auditor"].member, team="North", reason="neighbours"
    )
    Provider.objects.create(
        **owner, slug=slug, name="Sign-in", issuer=f"https://{slug}.invalid", client_id="client"
    )
    SupportVisit.objects.create(
        **owner, person_id=at_work["support"].person, reason="To see why a list did not come in",
        ends_at=now + dt.timedelta(minutes=30), ended_at=now,
    )  # fmt: skip
    return {
        "invitation": str(invitation.pk), "conflict": str(conflict.pk), "slug": slug,
        "member": str(at_work["auditor"].member),
    }  # fmt: skip


def _plan(lead: Here, at_work: Mapping[str, Here]) -> tuple[Plan, dict[str, str]]:
    owner = {"authority_id": lead.authority}
    reference = new_reference("P")
    plan = Plan.objects.create(
        **owner, reference=reference, local_digest=keyed_digest(lead.authority, reference),
        need="ASD", age_band="5-10", phase="primary", setting_kind="school", urn="999222",
        team="West", writer_id=at_work["writer"].member, issued_on=dt.date(2025, 4, 1),
    )  # fmt: skip
    Identity.objects.create(**owner, plan=plan, forename="A", surname="B", local_id="C")
    Adviser.objects.create(**owner, plan=plan, member_id=at_work["adviser"].member)
    document = a_document(plan, status="draft", author_id=at_work["writer"].member)
    Stored.objects.filter(document=document).update(file=seal(b"the file"))
    GateDecision.objects.create(
        **owner, document=document, state="asked", reason="why not", by_id=lead.member
    )
    return plan, {"plan": reference, "document": document.reference}


def _families(lead: Here, plan: Plan) -> dict[str, str]:
    owner = {"authority_id": lead.authority, "plan": plan, "form": "family@2026.1"}
    link = Experience.objects.create(
        **owner, who="parent-carer", digest=digest_of(lead.authority, TOKENS[lead.authority]),
        expires_at=timezone.now() + dt.timedelta(days=30),
    )  # fmt: skip
    Experience.objects.create(
        **owner, who="parent-carer", answers={}, comment="said", answered_at=timezone.now()
    )
    return {"link": str(link.pk), "token": TOKENS[lead.authority]}


def _audit(lead: Here, plan: Plan, at_work: Mapping[str, Here]) -> dict[str, str]:
    """An audit under way, of two agencies."""
    owner = {"authority_id": lead.authority}
    audit = Audit.objects.create(
        **owner, reference=new_reference("A"), plan=plan, document=plan.documents.get(),
        framework="ehc-ref@2026.1", mode="assisted", facts={"status": "final", "year": 4},
    )  # fmt: skip
    part = Part.objects.create(
        **owner, audit=audit, agency="education", auditor_id=at_work["auditor"].member, lead=True
    )
    Part.objects.create(**owner, audit=audit, agency="health", auditor_id=at_work["health"].member)
    Answer.objects.create(
        **owner, audit=audit, part=part, criterion="F1", value="2", first="2", comment="so",
        answered_by_id=at_work["auditor"].member,
    )  # fmt: skip
    pages = form_of(get_audit(lead, audit.reference)).pages["education"]
    return {
        "open": audit.reference, "part": str(part.pk), "agency": "education",
        "theme": pages[0].theme,
    }  # fmt: skip


def _sample(lead: Here) -> dict[str, str]:
    documents(plans(8, lead.authority, FIRST[lead.authority]), code=lead.authority)
    asked = FrameAsked()
    seen = digest(lead, asked, TODAY)
    reference = draw_sample(lead, DrawAsked(asked, size=3, seen=seen), TODAY)
    line = SampleLine.objects.filter(sample__reference=reference, role="main").first()
    assert line is not None
    Sample.objects.filter(reference=reference).update(why="why")
    return {"sample": reference, "line": line.reference, "step": "which"}


def _trust(lead: Here, at_work: Mapping[str, Here], signed: str) -> dict[str, str]:
    """A moderation that waits, a reply to a signed audit, and how past audits are read."""
    owner = {"authority_id": lead.authority}
    audit = Audit.objects.get(reference=signed)
    moderation = Moderation.objects.create(
        **owner, reference=new_reference("M"), audit=audit, why="asked", opened_by_id=lead.member
    )
    Decision.objects.create(
        **owner, moderation=moderation, criterion="F2-quantified", first="2", second="1", value="1",
        reason="because",
    )  # fmt: skip
    reply = Reply.objects.create(
        **owner, reference=new_reference("Y"), audit=audit, member_id=at_work["writer"].member,
        who="writer", words="we did", criteria=["F2-quantified"], answer="thank you",
    )  # fmt: skip
    saved = AuditMapping.objects.create(**owner, name="Last year's", record={})
    return {
        "moderation": moderation.reference, "reply": reply.reference,
        "past_mapping": str(saved.pk), "criterion": "F2-quantified",
    }  # fmt: skip


def _calibration(lead: Here, at_work: Mapping[str, Here]) -> dict[str, str]:
    """An anchor plan that somebody was asked to mark; the plan itself belongs to nobody."""
    owner = {"authority_id": lead.authority}
    audit = Audit.objects.create(
        **owner, reference=new_reference("A"), purpose="anchor", anchor=ANCHOR,
        framework="ehc-ref@2026.1", mode="blind", facts={"agency": "education"},
    )  # fmt: skip
    Part.objects.create(
        **owner, audit=audit, agency="education", auditor_id=at_work["auditor"].member, lead=True
    )
    return {"anchor": ANCHOR, "asked": audit.reference}


def _figures(code: str) -> None:
    """Counts of one cell, and when they last changed."""
    owner = {"authority_id": code}
    group = {
        "framework": "ehc-ref@2026.1", "subject": "plan", "drawn": "random", "team": "West",
        "profession": "therapist", "need": "ASD",
    }  # fmt: skip
    cell = Cell.objects.create(**owner, month=dt.date(2026, 10, 1), **group)
    Cell.objects.create(**owner, month=dt.date(2026, 9, 1), **group)
    Tally.objects.create(**owner, cell=cell, measure="index", n=1, total=700, squares=490000)
    Pulse.objects.get_or_create(**owner)


def mark_every_text(code: str, mark: str) -> None:
    """Puts the mark into every text that somebody could have written."""
    with scope(authority=code):
        for model, field in texts():
            rows = model.objects.filter(authority_id=code)  # type: ignore[attr-defined]
            for row in rows:
                before = str(getattr(row, field.name))
                said = f"{mark} {row.pk} {before}"[: field.max_length or 200]
                rows.filter(pk=row.pk).update(**{field.name: said})
        _mark_the_rest(code, mark)


def texts() -> Iterator[tuple[type[Classed], Any]]:
    """Every field of an authority's rows that holds words of somebody."""
    for model in apps.get_models():
        if not issubclass(model, Owned) or model.__name__ == "Event":
            continue
        for field in model._meta.concrete_fields:
            written = isinstance(field, models.CharField | models.TextField)
            coded = {field.name, f"{model.__name__}.{field.name}"} & CODES
            if written and not coded and field.name != "email":
                yield model, field


def _mark_the_rest(code: str, mark: str) -> None:
    """Words inside JSON, lists and sealed documents."""
    quote = {"document": "D-1", "paragraph": 1, "start": 0, "end": 5, "quote": f"{mark} quoted",
             "section": "F"}  # fmt: skip
    Answer.objects.filter(authority_id=code).update(evidence=[quote])
    Import.objects.filter(authority_id=code).update(columns=[f"{mark} column"])
    Saved.objects.filter(authority_id=code).update(columns={"local_id": f"{mark} column"})
    Invitation.objects.filter(authority_id=code).update(email=f"{mark.lower()}@example.org")
    Stored.objects.filter(authority_id=code).update(name=seal(f"{mark}.txt".encode()))
    for row in Stored.objects.filter(authority_id=code).exclude(file=None):
        row.file = seal(f"{mark} in the file".encode())
        row.save(update_fields=["file"])
    for said in Experience.objects.filter(authority_id=code).exclude(answered_at=None):
        said.answers = {}
        said.save(update_fields=["answers"])


def owned_tables() -> dict[str, list[str]]:
    """Every table whose rows belong to an authority -> its columns, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
            " GROUP BY c.relname HAVING bool_or(a.attname = 'authority_id')"
        )
        return dict(cursor.fetchall())


def digests(code: str) -> dict[str, tuple[int, str]]:
    """Table -> number of this authority's rows, and a digest of all that stands in them."""
    found: dict[str, tuple[int, str]] = {}
    with scope(authority=code, door="command"), connection.cursor() as cursor:
        for table in owned_tables():
            cursor.execute(
                "SELECT count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), ''))"
                f" FROM {table} t WHERE authority_id = %s",
                [code],
            )
            found[table] = cursor.fetchone()
        cursor.execute(
            "SELECT count(*), md5(string_agg(p::text, chr(10) ORDER BY p::text))"
            " FROM records_person p JOIN records_membership m ON m.person_id = p.id"
            " WHERE m.authority_id = %s",
            [code],
        )
        found["records_person"] = cursor.fetchone()
    return found
