"""Documents, what was read in them, and who may read them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from pydantic import TypeAdapter

from goldthread.core.audit.advice_time import Timeliness, timeliness
from goldthread.core.report.check_record import AnswerRecord, CheckRecord, ParagraphRecord
from goldthread.records.models import Document, Part, Stored
from goldthread.records.scope import Here
from goldthread.records.sealing import open_sealed

READING = dt.timedelta(minutes=20)
"""A document still being read after this long was cut short: the site stopped meanwhile."""
CUT_SHORT = "Reading was cut short when the site stopped: add the file again."
MOST_ADVICE = 12
ENDINGS = (".docx", ".docm", ".pdf", ".txt")
_PARAGRAPHS = TypeAdapter(tuple[ParagraphRecord, ...])


@dataclass(frozen=True)
class DocumentRow:
    """One version of one document. `dated_on`: of advice, the day on which it came.

    `state`: listed (only its dates are known), reading, read, refused (`problem` says why).
    """

    id: int
    reference: str
    plan: str
    plan_id: int
    writer: int | None
    """Membership of whoever writes the plan."""
    kind: str
    status: str
    version: int
    profession: str
    author: int | None
    author_name: str
    requested_on: dt.date | None
    dated_on: dt.date | None
    added_at: dt.datetime
    digest: str
    state: str
    problem: str
    kept: bool = False
    """Whether what was read is stored."""
    newest: bool = True
    """Whether no later version of it was added."""

    @property
    def timeliness(self) -> Timeliness | None:
        """Of advice: whether it came within six weeks."""
        if self.kind != "advice":
            return None
        return timeliness(self.requested_on, self.dated_on, timezone.localdate())


@dataclass(frozen=True)
class StoredFile:
    """The file as it came."""

    name: str
    data: bytes


def readable(here: Here) -> Q:
    """Which documents this person may read: all, or those of their own plans, or those they audit.

    Who writes a plan reads everything of it; who advised on it reads the plan and their own advice.
    """
    if here.can("read-documents"):
        return Q()
    if here.member is None:
        return Q(pk__in=())
    allowed = Q(pk__in=())
    if here.can("see-own-plans"):
        allowed |= Q(plan__writer=here.own) | Q(author=here.own)
        allowed |= Q(plan__advisers=here.own, kind="plan")
    if here.can("audit"):
        mine = Part.objects.filter(audit__document=OuterRef("pk"), auditor=here.own)
        allowed |= Exists(mine.exclude(audit__state="withdrawn"))
    return allowed


def may_read(here: Here, document: int) -> bool:
    return Document.objects.filter(readable(here), pk=document).exists()


def find_document(here: Here, reference: str) -> DocumentRow:
    """Errors: ObjectDoesNotExist when there is none that this person may read."""
    rows = Document.objects.filter(readable(here), reference=reference).distinct()
    return _rows(rows.select_related("plan", "author__person").get())[0]


def documents_of(here: Here, plan: int) -> tuple[DocumentRow, ...]:
    """Those of a plan that this person may read: plans first, the newest version of each first."""
    rows = (
        Document.objects.filter(readable(here), plan=plan)
        .select_related("plan", "author__person")
        .distinct()
    )
    order = {"plan": 0, "review": 1, "advice": 2}
    found = sorted(_rows(*rows), key=lambda d: -d.version)
    return tuple(sorted(found, key=lambda d: (order.get(d.kind, 9), d.profession, d.author or 0)))


def recent_documents(here: Here, most: int = 50) -> tuple[DocumentRow, ...]:
    """Those added last that this person may read."""
    rows = Document.objects.filter(readable(here)).select_related("plan", "author__person")
    return tuple(_rows(*rows.distinct().order_by("-id")[:most]))


def drafts(here: Here) -> tuple[DocumentRow, ...]:
    """Newest versions of drafts that were read, the newest first: at most 200 are looked at."""
    rows = Document.objects.filter(readable(here), kind="plan", status="draft", state="read")
    rows = rows.select_related("plan", "author__person").distinct().order_by("-id")[:200]
    return tuple(d for d in _rows(*rows) if d.newest)


def hidden_from(here: Here, document: int) -> bool:
    """Whether the machine's findings are kept from this person: they audit it blind just now, or
    read it for an audit alone."""
    mine = Part.objects.filter(audit__document=document, auditor=here.own)
    if mine.filter(audit__mode="blind").exclude(audit__state__in=("signed", "withdrawn")).exists():
        return True
    if here.can("read-documents"):
        return False
    own = Q(plan__writer=here.own) | Q(author=here.own) | Q(plan__advisers=here.own)
    return not Document.objects.filter(own, pk=document).exists()


def held_against(document: int) -> tuple[tuple[StoredFile, ...], StoredFile | None]:
    """What a version of a plan is checked against: the newest advice, and the version before it.

    Only files that are kept; for the reading itself, within the scope of whoever added it.
    """
    row = Document.objects.get(pk=document)
    others = Document.objects.filter(plan=row.plan_id, state="read")
    latest = set(_latest({row.plan_id}).values())
    advice = [d.pk for d in others.filter(kind="advice").order_by("id") if d.pk in latest]
    before = others.filter(kind="plan", version__lt=row.version).order_by("-version").first()
    previous = _files([before.pk]) if before else ()
    return _files(advice[:MOST_ADVICE]), previous[0] if previous else None


def _files(documents: list[int]) -> tuple[StoredFile, ...]:
    rows = Stored.objects.filter(document__in=documents, file__isnull=False)
    rows = rows.select_related("document").order_by("document_id")
    return tuple(
        StoredFile(called(r.document.reference, open_sealed(r.name).decode()), open_sealed(r.file))
        for r in rows
        if r.file is not None
    )


def called(reference: str, name: str) -> str:
    """The reference, with the file's ending where it is a usual one: “D-7KQ2XD.docx”."""
    ending = next((e for e in ENDINGS if name.lower().endswith(e)), "")
    return reference + ending


def _rows(*documents: Document) -> list[DocumentRow]:
    kept = set(Stored.objects.filter(document__in=documents).values_list("document_id", flat=True))
    latest = _latest({d.plan_id for d in documents})
    return [_row(d, d.pk in kept, latest.get(_line(d)) == d.pk) for d in documents]


def _line(document: Document) -> tuple[Any, ...]:
    """What a later version supersedes: the plan, its last review, one person's advice."""
    author = document.author_id if document.kind == "advice" else None
    return document.plan_id, document.kind, document.profession, author


def _latest(plans: set[int]) -> dict[tuple[Any, ...], int]:
    every = Document.objects.filter(plan__in=plans).exclude(state="refused")
    every = every.order_by("version", "id")
    return {_line(document): document.pk for document in every}


def _row(document: Document, kept: bool, newest: bool) -> DocumentRow:
    cut = document.state == "reading" and document.added_at < timezone.now() - READING
    return DocumentRow(
        id=document.pk, reference=document.reference, plan=document.plan.reference,
        plan_id=document.plan_id, writer=document.plan.writer_id, kind=document.kind,
        status=document.status, version=document.version, profession=document.profession,
        author=document.author_id,
        author_name=document.author.person.name if document.author else "",
        requested_on=document.requested_on, dated_on=document.dated_on,
        added_at=document.added_at, digest=document.digest,
        state="refused" if cut else document.state,
        problem=CUT_SHORT if cut else document.problem, kept=kept, newest=newest,
    )  # fmt: skip


def _stored(here: Here, document: int, *fields: str) -> Stored | None:
    """What is kept of a document; None as well for somebody who may not read it."""
    if not may_read(here, document):
        return None
    return Stored.objects.filter(document=document).only("id", *fields).first()


def paragraphs_of(here: Here, document_id: int) -> tuple[ParagraphRecord, ...]:
    """The text; none when it is not kept, or this person may not read it. Errors: CannotOpen."""
    stored = _stored(here, document_id, "paragraphs")
    return _PARAGRAPHS.validate_json(open_sealed(stored.paragraphs)) if stored else ()


def record_of(here: Here, document_id: int) -> CheckRecord | None:
    """What the machine found, without the text; None as for `paragraphs_of`. Errors: CannotOpen."""
    stored = _stored(here, document_id, "record")
    return CheckRecord.model_validate_json(open_sealed(stored.record)) if stored else None


def machine_of(here: Here, document_id: int) -> Mapping[str, AnswerRecord]:
    """Criterion -> the machine's suggestion; none as for `paragraphs_of`. Errors: CannotOpen."""
    record = record_of(here, document_id)
    return {answer.criterion: answer for answer in record.answers} if record else {}


def file_of(here: Here, document_id: int) -> StoredFile | None:
    """The file as it came; None when it is not kept, or as for `paragraphs_of`."""
    stored = _stored(here, document_id, "name", "file")
    if stored is None or stored.file is None:
        return None
    return StoredFile(open_sealed(stored.name).decode(), open_sealed(stored.file))


def name_of(here: Here, document_id: int) -> str:
    """The name that the file had; empty as for `paragraphs_of`."""
    stored = _stored(here, document_id, "name")
    return open_sealed(stored.name).decode() if stored else ""


def dumped(paragraphs: tuple[ParagraphRecord, ...]) -> bytes:
    """Paragraphs as the JSON that `paragraphs_of` reads."""
    return json.dumps([p.model_dump(mode="json") for p in paragraphs], ensure_ascii=False).encode()
