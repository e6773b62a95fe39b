"""Kept counts, summed as somebody asks for them: by month, need, team and so on, and filtered.

What these cost depends on the authority's own counts alone. Read `pulse` before the figures of a
page: an audit that is signed in between then makes the page look again, and none is missed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Sum

from goldthread.core.measures.counting import EVERY, GROUPS, CellKey, Count
from goldthread.records.cells import Beat
from goldthread.records.models import Cell, Pulse, Tally
from goldthread.records.scope import Here

DIMENSIONS = tuple(f.name for f in fields(CellKey))
_NUMBERS = tuple(f.name for f in fields(Count) if f.name != "measure")


@dataclass(frozen=True)
class Filters:
    """Only counts of cells with one of these values each; an empty tuple lets all pass.

    `since`, `until`: months, both included; any day of them will do.
    """

    framework: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    plan_kind: tuple[str, ...] = ()
    age_band: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    setting_kind: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    profession: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Tallied:
    """A sum of counts. `by`: the values of what was asked for, in the order asked."""

    by: tuple[Any, ...]
    count: Count


def tallied(
    here: Here, filters: Filters, by: tuple[str, ...] = (), measures: Iterable[str] = ()
) -> tuple[Tallied, ...]:
    """The authority's counts: one for each measure and each group that has any, sorted.

    `by`: names of `CellKey` fields; `measures`: only these, or all. A measure that nothing was
    counted of is not there: it is never a nought. Errors: NotAllowed; ValueError for an unknown
    name.
    """
    here.check("see-figures")
    if unknown := set(by) - set(DIMENSIONS):
        raise ValueError(f"Counts are not kept by “{min(unknown)}”.")
    wanted = _wanted(here, filters, "cell__") & _kind(filters, by, "cell__")
    rows = Tally.objects.filter(wanted, authority_id=here.authority)
    if only := tuple(measures):
        rows = rows.filter(measure__in=only)
    groups = [f"cell__{name}" for name in by]
    found = rows.values_list(*groups, "measure").annotate(*(Sum(name) for name in _NUMBERS))
    return tuple(
        Tallied(tuple(row[: len(by)]), Count(row[len(by)], *map(int, row[len(by) + 1 :])))
        for row in found.order_by(*groups, "measure")
    )


def options(here: Here, filters: Filters | None = None) -> dict[str, tuple[Any, ...]]:
    """The values that counts are kept under, sorted: `CellKey` field -> values.

    Errors: NotAllowed.
    """
    here.check("see-figures")
    wanted = _wanted(here, filters or Filters()) & _kind(Filters(), GROUPS, "")
    rows = Cell.objects.filter(wanted)
    found = rows.aggregate(
        **{f"all_{name}": ArrayAgg(name, distinct=True, default=[]) for name in DIMENSIONS}
    )
    return {name: tuple(sorted(found[f"all_{name}"])) for name in DIMENSIONS}


def pulse(here: Here) -> Beat:
    """How often the authority's figures have changed, and when last. Errors: NotAllowed."""
    here.check("see-figures")
    found = Pulse.objects.filter(authority_id=here.authority).values_list("number", "at").first()
    return Beat(*found) if found else Beat(0, None)


def _kind(filters: Filters, by: Iterable[str], prefix: str) -> Q:
    """Cells of whole months where nothing is asked of groups; else those of single groups."""
    of_groups = any(name in by or getattr(filters, name) for name in GROUPS)
    whole = Q(**{f"{prefix}need": EVERY})
    return ~whole if of_groups else whole


def _wanted(here: Here, filters: Filters, prefix: str = "") -> Q:
    wanted = Q(**{f"{prefix}authority_id": here.authority})
    for name in DIMENSIONS:
        if values := getattr(filters, name, ()):
            wanted &= Q(**{f"{prefix}{name}__in": values})
    if filters.since:
        wanted &= Q(**{f"{prefix}month__gte": filters.since.replace(day=1)})
    if filters.until:
        wanted &= Q(**{f"{prefix}month__lte": filters.until})
    return wanted
