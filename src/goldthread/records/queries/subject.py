"""Everything that is kept about one child or one person, for whoever asks to see their data."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from goldthread.records.models import (
    Adviser,
    Answer,
    Audit,
    Conflict,
    Decision,
    Document,
    Event,
    Experience,
    GateDecision,
    Identity,
    Import,
    Invitation,
    Membership,
    Moderation,
    Part,
    Plan,
    Reply,
    SampleLine,
    SignedIn,
    Stored,
)
from goldthread.records.models.owned import Classed
from goldthread.records.scope import Here, scope
from goldthread.records.sealing import open_sealed

Record = Mapping[str, Any]
WITHHELD = ("credential", "document")
"""Credentials would let somebody in; documents are given as files."""


@dataclass(frozen=True)
class Section:
    """Records of one kind, each as what its fields are called and hold (JSON values)."""

    title: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class KeptFile:
    """A document as it was added, or what was read from it. `name` has no folder."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Everything:
    """What is kept about `who`: a plan's reference, or “member-12”."""

    who: str
    title: str
    sections: tuple[Section, ...]
    files: tuple[KeptFile, ...] = ()


def about_plan(here: Here, reference: str) -> Everything:
    """All that is kept about the child of a plan. Errors: NotAllowed, ObjectDoesNotExist."""
    here.check("export-subject")
    plan = Plan.objects.get(authority_id=here.authority, reference=reference)
    documents = Document.objects.filter(plan=plan).order_by("id")
    audits = Audit.objects.filter(Q(plan=plan) | Q(document__plan=plan)).order_by("id")
    stored = list(Stored.objects.filter(document__plan=plan).select_related("document"))
    sections = (
        _section("Whom the plan is about", Identity.objects.filter(plan=plan)),
        _section("The plan", [plan]),
        _section("Who advised on it", Adviser.objects.filter(plan=plan)),
        _section("The lists it came in", Import.objects.filter(pk=plan.source_id)),
        _section("Documents", documents),
        Section("What the machine found in them", tuple(_findings(row) for row in stored)),
        _section("Decisions on drafts", GateDecision.objects.filter(document__plan=plan)),
        _section("Places in samples", SampleLine.objects.filter(plan=plan)),
        _section("Audits", audits),
        _section("Parts of audits", Part.objects.filter(audit__in=audits)),
        _section("Answers of auditors", Answer.objects.filter(audit__in=audits).order_by("id")),
        _section("Moderations", Moderation.objects.filter(audit__in=audits).order_by("id")),
        _section("What moderation decided", Decision.objects.filter(moderation__audit__in=audits)),
        _section("Replies to audits", Reply.objects.filter(audit__in=audits).order_by("id")),
        _section("What the family said", Experience.objects.filter(plan=plan)),
        _section("Declared conflicts of interest", Conflict.objects.filter(plan=plan)),
        _events(here, Q(subject=reference) | Q(subject__in=_references(documents, audits))),
        _history("PlanHistory", plan.pk),
    )
    return Everything(reference, f"Plan {reference}", sections, tuple(_files(stored)))


def about_person(here: Here, member: int) -> Everything:
    """All that this authority keeps about one of its people. Errors: as `about_plan`."""
    here.check("export-subject")
    with scope(authority=here.authority, person=here.person, door="erase"):
        row = Membership.objects.select_related("person").get(
            authority_id=here.authority, pk=member
        )
        person = row.person
        mine = {"authority_id": here.authority}
        sections = (
            _section("Account", [person]),
            _section("Place in this authority", [row]),
            _section("Invitations", Invitation.objects.filter(**mine, email=person.email)),
            _section("Where they are signed in", SignedIn.objects.filter(person=person)),
            _section("Declared conflicts of interest", Conflict.objects.filter(member=row)),
            _section("Plans they write", Plan.objects.filter(writer=row), ("reference", "team")),
            _section("Plans they advised on", Adviser.objects.filter(member=row), ("plan",)),
            _section("Parts of audits", Part.objects.filter(auditor=row)),
            _section("Audits they signed", Audit.objects.filter(signed_by=row),
                     ("reference", "framework", "signed_at")),
            _section("Answers they gave", Answer.objects.filter(answered_by=row),
                     ("audit", "criterion", "answered_at")),
            _section("Replies they gave", Reply.objects.filter(member=row)),
            _section("Replies they answered", Reply.objects.filter(answered_by=row),
                     ("audit", "outcome", "answered_at")),
            _section("Moderations they asked for or decided",
                     Moderation.objects.filter(Q(opened_by=row) | Q(decided_by=row)),
                     ("audit", "reference", "opened_by", "opened_at", "decided_by", "decided_at")),
            _events(here, Q(person=person.pk) | Q(subject=f"member-{member}")),
            _history("MembershipHistory", row.pk),
        )  # fmt: skip
    return Everything(f"member-{member}", person.name, sections)


def _references(documents: Iterable[Document], audits: Iterable[Audit]) -> list[str]:
    return [row.reference for row in (*documents, *audits)]


def _section(title: str, rows: Iterable[Classed], only: tuple[str, ...] = ()) -> Section:
    return Section(title, tuple(_record(row, only) for row in rows))


def _record(row: Classed, only: tuple[str, ...]) -> Record:
    """A row's fields with something in them, in the order of the model."""
    names = [
        field.name
        for field in row._meta.concrete_fields
        if (field.name in only or not only)
        and field.name != "authority"
        and row.personal.get(field.name) not in WITHHELD
    ]
    said = {name: _plain(getattr(row, name)) for name in names}
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    """A value as JSON; a row that is pointed to by its reference, or its kind and number."""
    if isinstance(value, Membership):
        return f"member-{value.pk}"
    if isinstance(value, Model):
        return getattr(value, "reference", None) or f"{value._meta.model_name}-{value.pk}"
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value


def _events(here: Here, which: Q) -> Section:
    rows = Event.objects.filter(which, authority_id=here.authority).order_by("number")
    names = ("number", "at", "person", "via", "action", "subject", "detail")
    return _section("The event log", rows, names)


def _history(model: str, row: int) -> Section:
    """How the row stood before, as the database noted it: numbers and codes, never a name."""
    rows = apps.get_model("records", model).objects.filter(pgh_obj_id=row).order_by("pgh_id")
    said = [{name: _plain(value) for name, value in kept.items()} for kept in rows.values()]
    return Section("How it stood before", tuple(said))


def _findings(row: Stored) -> Record:
    record = json.loads(open_sealed(row.record))
    return {
        "document": row.document.reference,
        "framework": row.framework,
        "engine": row.engine,
        "answers": record.get("answers", []),
        "findings": record.get("findings", []),
    }


def _files(stored: Iterable[Stored]) -> Iterable[KeptFile]:
    for row in stored:
        reference = row.document.reference
        if row.file is not None:
            name = open_sealed(row.name).decode()
            yield KeptFile(f"{reference} {safe_name(name)}", open_sealed(row.file))
        paragraphs = json.loads(open_sealed(row.paragraphs))
        text = "\n\n".join(str(paragraph["text"]) for paragraph in paragraphs)
        yield KeptFile(f"{reference} as read.txt", text.encode())


def safe_name(name: str) -> str:
    """The file's own name, without folders and signs that a computer takes for something else."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign if sign.isalnum() or sign in " ._-" else "_" for sign in last)
    return kept.strip(". ")[-120:] or "document"


@dataclass(frozen=True)
class Holding:
    """How much is kept about the child of a plan, and whether anything names them."""

    reference: str
    named: bool
    documents: int
    audits: int
    signed: int
    answers: int
    experiences: int


def holding(here: Here, reference: str) -> Holding:
    """Numbers for whoever answers a request. Errors: NotAllowed, ObjectDoesNotExist."""
    here.check("export-subject")
    plan = Plan.objects.get(authority_id=here.authority, reference=reference)
    audits = Audit.objects.filter(Q(plan=plan) | Q(document__plan=plan))
    return Holding(
        reference=reference,
        named=Identity.objects.filter(plan=plan).exists(),
        documents=Document.objects.filter(plan=plan).count(),
        audits=audits.count(),
        signed=audits.filter(state="signed").count(),
        answers=Answer.objects.filter(audit__in=audits).count(),
        experiences=Experience.objects.filter(plan=plan).count(),
    )


def with_plan(here: Here, sought: str) -> tuple[str, ...]:
    """References of the plans of whoever is sought: a reference, a surname, or both names.

    At most 20. Whoever answers a request must find the child by name, where names are kept.
    Errors: NotAllowed.
    """
    here.check("export-subject")
    if not sought:
        return ()
    rows = Plan.objects.filter(authority_id=here.authority)
    exact = rows.filter(reference=sought.upper())
    named = rows
    for word in sought.split():
        named = named.filter(
            Q(identity__surname__iexact=word)
            | Q(identity__forename__iexact=word)
            | Q(identity__local_id__iexact=word)
        )
    found = (exact | named).order_by("reference").values_list("reference", flat=True)
    return tuple(found[:20])
