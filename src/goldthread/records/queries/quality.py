"""Who and what stands behind an authority's figures: for floors, links and intervals.

Counts know no person (`counts.py`); these queries look at the audits themselves, and give numbers
of people, never names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q
from django.db.models.fields.json import KT

from goldthread.records.models import Plan
from goldthread.records.queries.counts import DIMENSIONS, Filters
from goldthread.records.queries.standing import COUNTED, counted
from goldthread.records.scope import Here

SEEN_BY = ("need", "phase", "setting_kind", "plan_kind", "age_band", "team", "profession")


class Behind(NamedTuple):
    """One audit that figures are made of, and whose work it is: memberships, None where unknown."""

    month: dt.date
    cell: dict[str, str]
    """Its groups: SEEN_BY."""
    auditor: int | None
    """Who led it."""
    writer: int | None
    """Of the plan."""
    author: int | None
    """Of the advice."""


def behind(here: Here, filters: Filters) -> tuple[Behind, ...]:
    """The audits of these cells. Errors: NotAllowed."""
    here.check("see-figures")
    lead = FilteredRelation("parts", condition=Q(parts__lead=True))
    # The database takes the cell apart: a year's audits are a thousand small texts of JSON.
    cell = {f"in_{name}": KT(f"cell__{name}") for name in ("month", *SEEN_BY)}
    rows = (
        counted(here)
        .filter(in_cells(filters))
        .annotate(led=lead, **cell)
        .values_list("led__auditor", "plan__writer", "document__author", *cell)
    )
    months: dict[str, dt.date] = {}
    return tuple(
        Behind(
            months.get(month) or months.setdefault(month, dt.date.fromisoformat(month)),
            dict(zip(SEEN_BY, values, strict=True)), *who,
        )
        for *who, month, values in ((*row[:4], row[4:]) for row in rows)
    )  # fmt: skip


def in_cells(filters: Filters) -> Q:
    """Audits whose counts are kept in cells that the filters let pass."""
    wanted = ~Q(cell={}) & Q(state="signed", purpose__in=COUNTED)
    for name in DIMENSIONS:
        if values := getattr(filters, name, ()):
            wanted &= Q(**{f"cell__{name}__in": list(values)})
    # Months are written 2026-11-01, so that their texts stand in the order of time.
    if filters.since:
        wanted &= Q(cell__month__gte=f"{filters.since:%Y-%m}-01")
    if filters.until:
        wanted &= Q(cell__month__lte=f"{filters.until:%Y-%m}-01")
    return wanted


HELD = ("plan_kind", "age_band", "need", "phase", "setting_kind", "team")
"""Groups that a plan's own row knows."""


def plans_held(here: Here, filters: Filters) -> int:
    """How many plans of these groups are in force, as far as they are recorded here."""
    here.check("see-figures")
    rows = Plan.objects.filter(ceased_on=None).exclude(issued_on=None, amended_on=None)
    for name in HELD:
        if values := getattr(filters, name, ()):
            rows = rows.filter(**{f"{name}__in": values})
    return rows.count()


def answered(criterion: str, values: Iterable[int]) -> Q:
    """Audits in which one of these answers to a question counts, after moderation."""
    wanted = Q()
    for value in values:
        said: dict[str, Any] = {"judgements": [{"criterion": criterion, "value": value}]}
        wanted |= Q(standing__isnull=False, standing__contains=said)
        wanted |= Q(standing__isnull=True, signed__contains=said)
    return wanted


def behind_figure(filters: Filters, criterion: str = "", short: bool = False) -> Q:
    """The audits behind a figure: those of the cells; of one question, those in which it counts.

    `short`: only those that stand at 0 or 1.
    """
    wanted = in_cells(filters)
    if criterion:
        wanted &= answered(criterion, (0, 1) if short else (0, 1, 2, 3))
    return wanted
