"""Past audits that were brought in, and how spreadsheets of them are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from goldthread.core.audit.listing import Refusal
from goldthread.core.audit.past import PastAudit
from goldthread.core.audit.past_mapping import PastMapping
from goldthread.records.models import Audit, AuditMapping, Import, Plan
from goldthread.records.queries.plans import PAST_AUDITS
from goldthread.records.scope import Here
from goldthread.records.sealing import keyed_digest


@dataclass(frozen=True)
class BroughtIn:
    """One spreadsheet that was brought in. `standing`: audits of it that count now."""

    id: int
    at: dt.datetime
    by_name: str
    file: str
    read: int
    added: int
    replaced: int
    refused: int
    standing: int
    withdrawn: int
    refusals: tuple[Refusal, ...] = ()
    tool: str = ""
    graded: str = ""
    """Class of coverage, A, B or C."""


def brought_in(here: Here, most: int = 50) -> tuple[BroughtIn, ...]:
    """The spreadsheets brought in last, without what was refused."""
    return tuple(_brought(row, ()) for row in _rows().defer("refusals").order_by("-id")[:most])


def find_brought(here: Here, number: int) -> BroughtIn:
    """Errors: ObjectDoesNotExist."""
    row = _rows().get(pk=number)
    told = row.audits.filter(facts__has_key="past").values_list("facts__past", flat=True).first()
    past = told or {}
    return replace(
        _brought(row, row.refusals), tool=past.get("tool", ""), graded=past.get("class", "")
    )


def _rows() -> Any:
    signed, gone = Q(audits__state="signed"), Q(audits__state="withdrawn")
    return (
        Import.objects.filter(format=PAST_AUDITS)
        .select_related("by__person")
        .annotate(standing=Count("audits", filter=signed), gone=Count("audits", filter=gone))
    )


def _brought(row: Any, refusals: Iterable[Mapping[str, Any]]) -> BroughtIn:
    return BroughtIn(
        id=row.pk, at=row.at, by_name=row.by.person.name if row.by else "", file=row.file,
        read=row.read, added=row.added, replaced=row.updated, refused=row.refused,
        standing=row.standing, withdrawn=row.gone,
        refusals=tuple(Refusal(**refusal) for refusal in refusals),
    )  # fmt: skip


def brought_before(here: Here, fingerprint: str) -> dt.datetime | None:
    """When this very table was brought in last, if it was."""
    rows = Import.objects.filter(format=PAST_AUDITS, digest=fingerprint).order_by("-id")
    row = rows.first()
    return None if row is None else row.at


@dataclass(frozen=True)
class SavedMapping:
    id: int
    name: str
    used_at: dt.datetime | None


def past_mappings(here: Here) -> tuple[SavedMapping, ...]:
    """How spreadsheets of audits are read, by name."""
    rows = AuditMapping.objects.order_by("name")
    return tuple(SavedMapping(row.pk, row.name, row.used_at) for row in rows)


def find_mapping(here: Here, number: int) -> tuple[str, PastMapping]:
    """Its name and itself. Errors: ObjectDoesNotExist."""
    row = AuditMapping.objects.get(pk=number)
    return row.name, PastMapping.model_validate(row.record)


# --- What is known of them already -----------------------------------------------------------


def key_of(here: Here, tool: str, past: PastAudit) -> str:
    """By which an audit of this tool is known again; it says nothing of a child."""
    return f"past {keyed_digest(here.authority, f'past{chr(0)}{tool}{chr(0)}{past.key}')[:32]}"


def content_of(here: Here, past: PastAudit) -> str:
    """Another one for a row that was corrected."""
    return keyed_digest(here.authority, past.content)[:32]


def known(here: Here) -> Mapping[str, tuple[int, str]]:
    """Key -> the audit that counts by it and its content; empty content once a child was erased."""
    rows = Audit.objects.filter(purpose="imported", state="signed")
    found = rows.values_list("pk", "signed__by", "facts__past__content")
    return {by: (pk, content or "") for pk, by, content in found}


def plans_named(here: Here, names: Iterable[str]) -> Mapping[str, int]:
    """How a spreadsheet names a plan -> the plan: by its reference here, or by the identifier of
    the lists that were taken in; of a child's number only that identifier's digest is asked."""
    every = {name for name in names if name}
    digests = {keyed_digest(here.authority, name): name for name in every}
    digests |= {name: name for name in every if len(name) == 64}
    by_digest = Plan.objects.filter(local_digest__in=list(digests))
    found = {digests[d]: pk for d, pk in by_digest.values_list("local_digest", "pk")}
    by_name = {name.upper(): name for name in every if len(name) <= 12}
    rows = Plan.objects.filter(reference__in=list(by_name)).values_list("reference", "pk")
    return found | {by_name[reference]: pk for reference, pk in rows}


@dataclass(frozen=True)
class PastShown:
    """What is kept of an imported audit beside its answers."""

    tool: str
    overall: str
    graded: str
    made_from: Mapping[str, tuple[str, ...]]
    compared: frozenset[str]
    source: int | None
    row: str


def past_of(here: Here, audit: int) -> PastShown:
    """Of an audit that may be seen; blank once the child or young person was erased."""
    row = Audit.objects.get(pk=audit)
    told = row.facts.get("past", {})
    return PastShown(
        tool=told.get("tool", ""), overall=told.get("overall", ""), graded=told.get("class", ""),
        made_from={c: tuple(items) for c, items in told.get("made_from", {}).items()},
        compared=frozenset(told.get("compared", ())), source=row.source_id,
        row=told.get("row", ""),
    )  # fmt: skip
