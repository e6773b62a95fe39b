"""What the site's role may do with each table, read from the migrations that say so.

Without a database, so that `docs/reference/access.md` can be written anywhere; a test holds it to
what PostgreSQL itself says.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from goldthread.records.tenancy import ME, OWN, ForceRowSecurity

NEVER = ""
"""The condition of a command that the role may not give at all."""
_PLACE = "EXISTS (SELECT 1 FROM records_{} {letter} WHERE {letter}.person_id = records_person.id"
_OF_ONE = " AND {letter}.authority_id = nullif(current_setting('goldthread.authority', true), ''))"
_WORDS = (
    ((_PLACE + _OF_ONE).format("membership", letter="m"), "with a place in the authority in scope"),
    ((_PLACE + _OF_ONE).format("supportvisit", letter="v"), "who visited the authority in scope"),
    (OWN, "of the authority in scope"),
    (f"person_id = {ME}", "of the person in scope"),
    (f"user_id = {ME}", "of the person in scope"),
    (f"id = {ME}", "the person in scope"),
    ("session_key = current_setting('goldthread.session', true)", "the session in scope"),
    ("current_setting('goldthread.door', true) IN ", "at the door "),
    ("true", "always"),
)


@dataclass(frozen=True)
class Policy:
    """SQL conditions on the rows of one table; `NEVER` where there is no such right."""

    table: str
    select: str
    insert: str = NEVER
    update: str = NEVER
    delete: str = NEVER


def policies() -> tuple[Policy, ...]:
    """Of every table that the site's role may touch, by name."""
    found: dict[str, Policy] = {}
    loader = MigrationLoader(None)
    for key in loader.graph.leaf_nodes("records"):
        for app, name in loader.graph.forwards_plan(key):
            for operation in loader.disk_migrations[app, name].operations:
                if isinstance(operation, ForceRowSecurity):
                    policy = _policy(operation)
                    found[policy.table] = policy
    return tuple(found[table] for table in sorted(found))


def _policy(said: ForceRowSecurity) -> Policy:
    table = said.table or apps.get_model("records", said.model)._meta.db_table
    write = said.write or NEVER
    change = NEVER if said.append else write
    return Policy(table, said.read, write, change, change)


def in_words(condition: str) -> str:
    """A condition as people read it: the settings of the transaction by what they are."""
    for sql, words in _WORDS:
        condition = condition.replace(sql, words)
    return condition.replace(" OR ", " or ").replace(" AND ", " and ").replace("'", "") or "never"
