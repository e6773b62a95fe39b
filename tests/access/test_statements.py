"""Ten thousand statements at random, in scopes that are not the other authority's."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from goldthread.records.scope import scope
from tests.access.as_the_site import GARBAGE, REFUSED, Pointer, Settings, outcome, pointers
from tests.access.everything import Whole, digests, everything, owned_tables
from tests.people import NORTH, SOUTH

SEED, NUMBER = 20261124, 10_000


@dataclass(frozen=True)
class Target:
    """A table, its columns, its key, and keys of the other authority's rows."""

    table: str
    columns: list[str]
    key: str
    theirs: list[int]


def targets(code: str) -> list[Target]:
    from django.db import connection

    found = []
    with scope(authority=code), connection.cursor() as cursor:
        for table, columns in owned_tables().items():
            key = "pgh_id" if table.endswith("history") else "id"
            cursor.execute(f"SELECT {key} FROM {table} WHERE authority_id = %s LIMIT 20", [code])
            found.append(Target(table, columns, key, [number for (number,) in cursor.fetchall()]))
    return found


def settings_of(rng: random.Random, ours: Whole) -> Settings:
    """Of somebody of ours, of nobody, or garbage; never of the other authority."""
    kind = rng.randrange(4)
    if kind == 0:
        return rng.choice(GARBAGE)
    if kind == 1:
        return Settings()
    person = str(rng.choice(list(ours.people.values())).person) if kind == 2 else ""
    return Settings(ours.code, person)


def statement(
    rng: random.Random, ours: Whole, theirs: Whole, there: list[Target], keys: list[Pointer]
) -> tuple[str, tuple[object, ...]]:
    """Something that asks for, or would change, the other authority's rows."""
    t = rng.choice(there)
    column, other = f'"{rng.choice(t.columns)}"', rng.choice(there)
    where, value = _where(rng, t, theirs)
    plain = ", ".join(f'"{c}"' for c in t.columns if c not in (t.key, "authority_id"))
    pointer = rng.choice(keys)
    target = next(x for x in there if x.table == pointer.target)
    return rng.choice((
        (f"SELECT * FROM {t.table} WHERE {where}", (value,)),
        (f"SELECT {column} FROM {t.table} WHERE {where} FOR UPDATE", (value,)),
        (f"SELECT x.* FROM {t.table} x JOIN {other.table} o USING (authority_id) WHERE"
         f" o.authority_id = %s LIMIT 5", (theirs.code,)),
        (f"SELECT 1 FROM {other.table} WHERE EXISTS (SELECT 1 FROM {t.table} WHERE {where})",
         (value,)),
        (f"WITH gone AS (DELETE FROM {t.table} WHERE {where} RETURNING *) SELECT * FROM gone",
         (value,)),
        (f"UPDATE {t.table} SET {column} = {column} WHERE {where}", (value,)),
        (f"UPDATE {t.table} SET authority_id = '{ours.code}' WHERE {where}", (value,)),
        (f"UPDATE {t.table} x SET {column} = x.{column} FROM {other.table} o"
         f" WHERE o.authority_id = %s AND x.authority_id = o.authority_id", (theirs.code,)),
        (f"DELETE FROM {t.table} WHERE {where}", (value,)),
        (f"INSERT INTO {t.table} (authority_id, {plain}) SELECT %s, {plain} FROM {t.table}"
         " LIMIT 1", (theirs.code,)),
        (f"UPDATE {pointer.table} SET {pointer.column} = %s", (rng.choice(target.theirs),)),
    ))  # fmt: skip


def _where(rng: random.Random, t: Target, theirs: Whole) -> tuple[str, object]:
    return rng.choice((
        ("authority_id = %s", theirs.code),
        (f"{t.key} = %s", rng.choice(t.theirs)),
        (f"{t.table}::text ILIKE %s", f"%{theirs.mark}%"),
        ("authority_id <> %s", NORTH),
    ))  # fmt: skip


def test_ten_thousand_statements_reach_nothing():
    ours, theirs = everything(NORTH), everything(SOUTH)
    rng, told = random.Random(SEED), Counter[int | str]()
    there, keys, before = targets(SOUTH), pointers(), digests(SOUTH)
    for _ in range(NUMBER):
        settings = settings_of(rng, ours)
        asked, values = statement(rng, ours, theirs, there, keys)
        said = outcome(settings, asked, *values)
        assert said == 0 or said in REFUSED, (said, settings, asked, values)
        told[said] += 1
    assert digests(SOUTH) == before
    assert told.keys() >= {0, "42501", "23503", "22P02"}, told
    assert told[0] > NUMBER / 3, told
