"""Adding documents, and storing what was read in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils import timezone

from goldthread.core.report.check_record import CheckRecord
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Document, Membership, Plan, Settings, Stored
from goldthread.records.queries.documents import dumped
from goldthread.records.queries.plans import visible_plans
from goldthread.records.references import new_reference
from goldthread.records.scope import Here
from goldthread.records.sealing import seal

KINDS = ("plan", "review", "advice")
STATUSES = ("unknown", "draft", "final", "amended")


@dataclass(frozen=True)
class Described:
    """What somebody says of a document. `author`: the membership of an adviser; `dated_on`: of
    advice the day it came, else the date of the document."""

    kind: str = "plan"
    status: str = "unknown"
    profession: str = ""
    author: int | None = None
    requested_on: dt.date | None = None
    dated_on: dt.date | None = None


@dataclass(frozen=True)
class Added:
    """A document that now waits to be read."""

    id: int
    reference: str
    plan: str
    version: int


def add_document(here: Here, plan: str, described: Described, digest: str) -> Added:
    """A new version, to be read. `digest`: SHA-256 of its file.

    Errors: NotAllowed; WrongField, also when this very file is there already; ObjectDoesNotExist
    for a plan that this person may not see.
    """
    here.check("add-documents")
    row = visible_plans(here).select_for_update().get(reference=plan)
    _check(here, described)
    _check_new(row, described, digest)
    document = _noted(row, described, digest) or _made(
        here, row, described, state="reading", digest=digest
    )
    record(
        here, "document.add", subject=document.reference, plan=plan, kind=described.kind,
        version=document.version, digest=digest,
    )  # fmt: skip
    return Added(document.pk, document.reference, plan, document.version)


def note_advice(here: Here, plan: str, described: Described) -> str:
    """Advice of which only the dates are known: asked for, perhaps come. Gives its reference.

    Errors: as `add_document`.
    """
    here.check("add-documents")
    row = visible_plans(here).select_for_update().get(reference=plan)
    _check(here, described)
    if described.kind != "advice" or described.requested_on is None:
        raise WrongField("requested_on", "Give the day on which the advice was asked for.")
    document = _made(here, row, described, state="listed", digest="")
    record(here, "document.note", subject=document.reference, plan=plan, kind="advice")
    return document.reference


def store_read(here: Here, document: int, name: str, data: bytes, read: CheckRecord) -> bool:
    """Keeps what was read, encrypted: the file too, where the authority keeps files.

    False when the document was erased meanwhile. Errors: NotAllowed.
    """
    here.check("add-documents")
    row = Document.objects.select_for_update().filter(pk=document, state="reading").first()
    if row is None:
        return False
    keeps = Settings.objects.get(authority_id=here.authority).keeps_documents
    Stored.objects.update_or_create(
        document=row, authority_id=here.authority, defaults=_sealed(name, data, read, keeps)
    )
    row.state = "read"
    if row.status == "unknown":
        row.status = read.document.status
    row.save(update_fields=["state", "status"])
    record(
        here, "document.read", subject=row.reference, framework=read.document.framework,
        engine=read.document.engine, file_kept=keeps,
    )  # fmt: skip
    return True


def refuse_read(here: Here, document: int, code: str, sentence: str) -> bool:
    """Notes why a document could not be read. `sentence` names it by its reference only."""
    here.check("add-documents")
    row = Document.objects.select_for_update().filter(pk=document, state="reading").first()
    if row is None:
        return False
    row.state, row.problem = "refused", sentence[:300]
    row.save(update_fields=["state", "problem"])
    record(here, "document.refuse", subject=row.reference, code=code)
    return True


def _sealed(name: str, data: bytes, read: CheckRecord, keeps: bool) -> dict[str, object]:
    suggested = {
        a.criterion: {"answer": a.answer, "state": a.state, "confidence": round(a.confidence, 3)}
        for a in read.answers
    }
    bare = read.model_copy(update={"paragraphs": ()})
    return {
        "name": seal(name.encode()),
        "file": seal(data) if keeps else None,
        "paragraphs": seal(dumped(read.paragraphs)),
        "record": seal(bare.model_dump_json().encode()),
        "machine": suggested,
        "framework": read.document.framework,
        "engine": read.document.engine,
    }


def _check(here: Here, described: Described) -> None:
    """Errors: WrongField."""
    if described.kind not in KINDS:
        raise WrongField("kind", "Choose what the document is.")
    if described.status not in STATUSES:
        raise WrongField("status", "Choose draft, final, amended, or as the document says.")
    if described.kind == "advice" and not described.profession:
        raise WrongField("profession", "Choose the profession of whoever gave the advice.")
    today = timezone.localdate()
    for name in ("requested_on", "dated_on"):
        day = getattr(described, name)
        if day is not None and not dt.date(1990, 1, 1) <= day <= today:
            raise WrongField(name, "The date must be in the past, and not before 1990.")
    known = Membership.objects.filter(authority_id=here.authority, pk=described.author)
    if described.author is not None and not known.exists():
        raise WrongField("author", "Choose the adviser from the list.")


def _check_new(plan: Plan, described: Described, digest: str) -> None:
    same = Document.objects.filter(plan=plan, kind=described.kind, digest=digest)
    found = same.exclude(state="refused").first()
    if found is not None:
        raise WrongField(
            "files",
            f"This very file is with plan {plan.reference} already, as {found.reference}, "
            f"version {found.version}; nothing was added.",
        )


def _line(described: Described) -> dict[str, Any]:
    """What a later version supersedes; `queries.documents` says the same of a row."""
    advice = described.kind == "advice"
    return {
        "kind": described.kind,
        "profession": described.profession if advice else "",
        "author_id": described.author if advice else None,
    }


def _noted(plan: Plan, described: Described, digest: str) -> Document | None:
    """Advice whose dates were noted before it came: the file joins them."""
    if described.kind != "advice":
        return None
    rows = Document.objects.filter(plan=plan, state="listed", **_line(described))
    document = rows.order_by("-id").first()
    if document is None:
        return None
    document.requested_on = described.requested_on or document.requested_on
    document.dated_on = described.dated_on or document.dated_on
    document.state, document.digest, document.added_at = "reading", digest, timezone.now()
    document.save()
    return document


def _made(here: Here, plan: Plan, described: Described, state: str, digest: str) -> Document:
    told = _line(described)
    before = Document.objects.filter(plan=plan, **told).exclude(state="refused")
    last = before.aggregate(last=Max("version"))["last"] or 0
    document = Document(
        authority_id=here.authority, reference=new_reference("D"), plan=plan,
        status=described.status if described.kind == "plan" else "unknown",
        version=last + 1, requested_on=described.requested_on,
        dated_on=described.dated_on, state=state, digest=digest, **told,
    )  # fmt: skip
    document.save(force_insert=True)
    return document
