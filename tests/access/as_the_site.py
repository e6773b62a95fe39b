"""SQL as the site's own role gives it, in a scope that may be anything."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

SET = (
    "SELECT set_config('goldthread.authority', %s, true),"
    " set_config('goldthread.person', %s, true), set_config('goldthread.door', %s, true),"
    " set_config('goldthread.session', %s, true)"
)


@dataclass(frozen=True)
class Settings:
    """What a transaction says of who asks, right or wrong."""

    authority: str = ""
    person: str = ""
    door: str = ""
    session: str = ""


GARBAGE = (
    Settings("002' OR true --", "", ""), Settings("0020"), Settings(" 002"), Settings("00"),
    Settings("%"), Settings("002,001"), Settings("{002}"), Settings("NULL"),
    Settings("\u0660\u0660\u0662"),
    Settings("", "0"), Settings("", "-1"), Settings("", "x"), Settings("", "9" * 30),
    Settings("", "", "SIGN-IN"), Settings("", "", "sign-in,erase"), Settings("", "", "owner"),
    Settings("", "", " command"), Settings("", "", "true"), Settings("", "", "", "%"),
    Settings("999", "1.5", "erase "),
)  # fmt: skip
"""None of them is an authority, a person, a door or a session."""


@contextlib.contextmanager
def asking(settings: Settings) -> Iterator[Any]:
    """A cursor in a step of its own; foreign keys are looked at before it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SET, [settings.authority, settings.person, settings.door, settings.session])
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def outcome(settings: Settings, statement: str, *values: Any) -> int | str:
    """How many rows it saw or touched; or the code of the error, which undid it."""
    try:
        with asking(settings) as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", "")) or type(error).__name__


REFUSED = {
    "42501": "insufficient privilege, or a row that a policy does not let in",
    "23503": "a foreign key that leads nowhere",
    "23505": "a key that is there already",
    "22P02": "a setting that is no number",
    "22003": "a setting that is too large a number",
    "0A000": "a command that is not for tables with policies",
}
"""Errors that say that somebody may not, or that a setting means nothing."""


@dataclass(frozen=True)
class Pointer:
    """A foreign key of one column, from a table of an authority's rows to another."""

    table: str
    column: str
    target: str


def pointers() -> list[Pointer]:
    """Every foreign key between tables that have an authority, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_KEYS} AND array_length(k.conkey, 1) = 1 ORDER BY 1, 2")
        return [Pointer(table, columns[0], target) for table, columns, target in cursor.fetchall()]


def whole_pointers() -> set[Pointer]:
    """Those of them that compare the authority too."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_KEYS} AND array_length(k.conkey, 1) = 2")
        return {
            Pointer(table, next(c for c in columns if c != "authority_id"), target)
            for table, columns, target in cursor.fetchall()
            if "authority_id" in columns
        }


_HAS = (
    "EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = {} AND a.attname = 'authority_id'"
    " AND NOT a.attisdropped)"
)
_KEYS = (
    "SELECT k.conrelid::regclass::text, (SELECT array_agg(a.attname ORDER BY a.attnum)"
    " FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)),"
    " k.confrelid::regclass::text FROM pg_constraint k WHERE k.contype = 'f' AND "
    + _HAS.format("k.conrelid")
    + " AND "
    + _HAS.format("k.confrelid")
)


def tables() -> dict[str, tuple[bool, bool]]:
    """Every table of the database -> (policies are on, and for its owner too; the site's role has
    some right to it)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity,"
            " has_table_privilege(oid,"
            "  'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
            " OR has_any_column_privilege(oid, 'SELECT, INSERT, UPDATE, REFERENCES')"
            " FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')"
            " AND relnamespace NOT IN ('pg_catalog'::regnamespace,"
            "  'information_schema'::regnamespace, 'pg_toast'::regnamespace)"
        )
        return {name: (secured, may) for name, secured, may in cursor.fetchall()}
