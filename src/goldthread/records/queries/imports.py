"""Lists that were taken in, and how their columns are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goldthread.core.audit.listing import Refusal
from goldthread.records.models import Import, Plan
from goldthread.records.models import Mapping as SavedColumns
from goldthread.records.queries.plans import PAST_AUDITS, last_import, not_listed
from goldthread.records.scope import Here


@dataclass(frozen=True)
class Taken:
    """One list that was taken in."""

    id: int
    at: dt.datetime
    by_name: str
    format: str
    file: str
    read: int
    added: int
    updated: int
    refused: int
    refusals: tuple[Refusal, ...]


def imports(here: Here, most: int = 50) -> tuple[Taken, ...]:
    """The lists taken in last, without what was refused."""
    rows = _lists().select_related("by__person").defer("refusals").order_by("-id")[:most]
    return tuple(_taken(row, ()) for row in rows)


def _lists() -> QuerySet[Import]:
    return Import.objects.exclude(format=PAST_AUDITS)


def find_import(here: Here, number: int) -> Taken:
    """Errors: ObjectDoesNotExist."""
    row = _lists().select_related("by__person").get(pk=number)
    return _taken(row, row.refusals)


def _taken(row: Import, refusals: Sequence[Mapping[str, Any]]) -> Taken:
    return Taken(
        id=row.pk, at=row.at, by_name=row.by.person.name if row.by else "", format=row.format,
        file=row.file, read=row.read, added=row.added, updated=row.updated, refused=row.refused,
        refusals=tuple(Refusal(**refusal) for refusal in refusals),
    )  # fmt: skip


def same_file(here: Here, digest: str) -> dt.datetime | None:
    """When the newest list was taken in, if it was this very file."""
    newest = _lists().order_by("-id").first()
    return newest.at if newest is not None and newest.digest == digest else None


def listed_now(here: Here) -> Mapping[str, str]:
    """Digest of the list's own id -> reference, of plans in force that the last list held."""
    rows = Plan.objects.exclude(local_digest="").filter(ceased_on=None)
    rows = rows.exclude(not_listed(last_import(here)))
    return dict(rows.values_list("local_digest", "reference"))


def columns_of(here: Here, mapping: int) -> Mapping[str, str]:
    """A saved column mapping: our field -> header; “date_order” and “sheet” where they are not the
    usual. Errors: ObjectDoesNotExist."""
    columns: Mapping[str, str] = SavedColumns.objects.get(pk=mapping).columns
    return columns
