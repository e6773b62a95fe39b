"""Kept counts as rows: adding to cells, taking away from them, reading them all.

Every change of one authority's counts first locks its pulse, to the end of the transaction: two
signers wait for each other there, for milliseconds, and never in a circle. Statements are few and
the same for one audit and for thousands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection

from goldthread.core.measures.counting import CellKey, Count, added, month_of
from goldthread.records.models import Pulse

Counted = Mapping[CellKey, tuple[Count, ...]]
CHANNEL = "goldthread_pulse"
"""Listeners hear “001 17 …” here when the transaction ends well (`records/listening.py`)."""

_PULSE = """
INSERT INTO records_pulse (authority_id, number, at) VALUES (%s, 1, clock_timestamp())
ON CONFLICT (authority_id) DO UPDATE SET number = records_pulse.number + 1, at = clock_timestamp()
RETURNING number, at
"""
_CELLS = """
INSERT INTO records_cell (authority_id, month, framework, subject, drawn, plan_kind, age_band,
                          need, phase, setting_kind, team, profession)
SELECT %s, * FROM unnest(%s::date[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                         %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
ON CONFLICT ON CONSTRAINT cell_once DO UPDATE SET month = EXCLUDED.month
RETURNING id, month, framework, subject, drawn, plan_kind, age_band, need, phase, setting_kind,
          team, profession
"""
_ADD = """
INSERT INTO records_tally AS kept (authority_id, cell_id, measure, n, met, total, squares,
                                   at0, at1, at2, at3, not_applicable, undecided)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[], %s::bigint[],
                         %s::bigint[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[],
                         %s::int[])
ON CONFLICT ON CONSTRAINT tally_once DO UPDATE SET
    n = kept.n + EXCLUDED.n, met = kept.met + EXCLUDED.met,
    total = kept.total + EXCLUDED.total, squares = kept.squares + EXCLUDED.squares,
    at0 = kept.at0 + EXCLUDED.at0, at1 = kept.at1 + EXCLUDED.at1,
    at2 = kept.at2 + EXCLUDED.at2, at3 = kept.at3 + EXCLUDED.at3,
    not_applicable = kept.not_applicable + EXCLUDED.not_applicable,
    undecided = kept.undecided + EXCLUDED.undecided
"""
_TAKE = """
UPDATE records_tally AS kept SET
    n = kept.n - less.n, met = kept.met - less.met,
    total = kept.total - less.total, squares = kept.squares - less.squares,
    at0 = kept.at0 - less.at0, at1 = kept.at1 - less.at1,
    at2 = kept.at2 - less.at2, at3 = kept.at3 - less.at3,
    not_applicable = kept.not_applicable - less.not_applicable,
    undecided = kept.undecided - less.undecided
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[], %s::bigint[], %s::bigint[],
            %s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[])
    AS less (cell, measure, n, met, total, squares, at0, at1, at2, at3, not_applicable, undecided)
WHERE kept.cell_id = less.cell AND kept.measure = less.measure
"""
_NOTHING_LEFT = """
DELETE FROM records_tally
WHERE cell_id = ANY(%s) AND n = 0 AND not_applicable = 0 AND undecided = 0
"""
_NO_TALLIES = """
DELETE FROM records_cell
WHERE id = ANY(%s) AND NOT EXISTS (SELECT FROM records_tally WHERE cell_id = records_cell.id)
"""
_ALL = """
SELECT cell.month, framework, subject, drawn, plan_kind, age_band, need, phase, setting_kind,
       team, profession, measure, n, met, total, squares, at0, at1, at2, at3, not_applicable,
       undecided
FROM records_cell AS cell LEFT JOIN records_tally AS tally ON tally.cell_id = cell.id
WHERE cell.authority_id = %s ORDER BY cell.id, measure
"""
_CELL_FIELDS = len(fields(CellKey))
_row = attrgetter(*(f.name for f in fields(Count)))
TALLIES_AT_ONCE = 20_000


class Uneven(Exception):
    """What is to be taken away was never added; the message says what to do."""


class Beat(NamedTuple):
    """How often an authority's figures have changed, and when last; None when never."""

    number: int
    at: dt.datetime | None


def key_record(key: CellKey) -> dict[str, str]:
    """A cell as JSON values, for `Audit.cell`."""
    return {
        f.name: key.month.isoformat() if f.name == "month" else getattr(key, f.name)
        for f in fields(CellKey)
    }


def key_from(record: Mapping[str, str]) -> CellKey:
    """The cell of a `key_record`. Errors: KeyError, TypeError, ValueError for any other record."""
    return CellKey(**{**record, "month": dt.date.fromisoformat(record["month"])})  # type: ignore[arg-type]


def beat(authority: str) -> Beat:
    """One beat of the authority's pulse: call it before counts are changed; it holds them.

    Those who listen hear of it once the transaction has ended well, and never when it has not.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PULSE, [authority])
        number, at = cursor.fetchone()
        said = f"{authority} {number} {at.isoformat()}"
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, said])
    return Beat(number, at)


def hold(authority: str) -> None:
    """Holds the authority's counts as they are, to the end of the transaction."""
    Pulse.objects.get_or_create(authority_id=authority)
    Pulse.objects.select_for_update().get(authority_id=authority)


def add(authority: str, counted: Counted) -> None:
    """Adds these counts to the authority's cells, and to those of their months."""
    for part in _parts(with_months(counted)):
        cells = _cells(authority, part)
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [authority, *_columns(cells, part)])


def take(authority: str, counted: Counted) -> None:
    """Takes these counts away; what is left with nothing goes. Errors: Uneven."""
    for part in _parts(with_months(counted)):
        cells = _cells(authority, part)
        ids = list(cells.values())
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, _columns(cells, part))
            if cursor.rowcount != sum(map(len, part.values())):
                raise Uneven(
                    f"The kept counts of authority {authority} are not those of its audits; "
                    f"run: goldthread counts rebuild --authority {authority}"
                )
            cursor.execute(_NOTHING_LEFT, [ids])
            cursor.execute(_NO_TALLIES, [ids])


def with_months(counted: Counted) -> Counted:
    """These cells, and beside them the cells of their months (`counting.month_of`)."""
    months: dict[CellKey, list[tuple[Count, ...]]] = {}
    for key, counts in counted.items():
        months.setdefault(month_of(key), []).append(counts)
    return {**counted, **{key: added((), chain(*each)) for key, each in months.items()}}


def clear(authority: str) -> None:
    """Takes every kept count of the authority away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_tally WHERE authority_id = %s", [authority])
        cursor.execute("DELETE FROM records_cell WHERE authority_id = %s", [authority])


def kept(authority: str) -> dict[CellKey, tuple[Count, ...]]:
    """Every cell with its counts, those of months too, sorted by measure; a cell without any
    has an empty tuple."""
    found: dict[CellKey, list[Count]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [authority])
        for row in cursor.fetchall():
            counts = found.setdefault(CellKey(*row[:_CELL_FIELDS]), [])
            if row[_CELL_FIELDS] is not None:
                counts.append(Count(*row[_CELL_FIELDS:]))
    return {key: tuple(counts) for key, counts in found.items()}


def _parts(counted: Counted) -> Iterable[Counted]:
    """Cell by cell in their order, so many at once that a statement stays of moderate size."""
    part: dict[CellKey, tuple[Count, ...]] = {}
    held = 0
    for key in sorted(counted):
        part[key] = counted[key]
        held += len(counted[key])
        if held >= TALLIES_AT_ONCE:
            yield part
            part, held = {}, 0
    if part:
        yield part


def _cells(authority: str, keys: Iterable[CellKey]) -> dict[CellKey, int]:
    """The row of each cell, made when it is the first, and held to the end of the transaction."""
    columns = [list(column) for column in zip(*map(astuple, keys), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [authority, *columns])
        return {CellKey(*row[1:]): row[0] for row in cursor.fetchall()}


def _columns(cells: Mapping[CellKey, int], counted: Counted) -> Sequence[list[Any]]:
    rows = ((cells[key], *_row(count)) for key, counts in counted.items() for count in counts)
    return [list(column) for column in zip(*rows, strict=True)]
