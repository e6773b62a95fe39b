"""Every table as the site's own role, whatever the transaction says of who asks."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from goldthread.records.models import Audit, Person, SignedIn
from goldthread.records.policies import NEVER, policies
from goldthread.records.postgres import app_address, connect
from goldthread.records.scope import scope
from tests.access.as_the_site import (
    GARBAGE,
    REFUSED,
    Settings,
    asking,
    outcome,
    pointers,
    tables,
    whole_pointers,
)
from tests.access.everything import digests, everything, owned_tables
from tests.people import NORTH, SOUTH, client_of

OURS, THEIRS, NOWHERE = Settings(NORTH), Settings(SOUTH), Settings()
WITHOUT_AUTHORITY = {
    "records_person", "records_signedin", "records_attempt", "account_emailaddress",
    "mfa_authenticator", "socialaccount_socialaccount",
}  # fmt: skip
"""Tables with policies of their own: whom they concern is a person, not an authority."""


@pytest.fixture(scope="module")
def both(shared):
    """Something in every table of both authorities, and a session of somebody of each."""
    north, south = everything(NORTH), everything(SOUTH)
    client_of(north.people["auditor"])
    client_of(south.people["auditor"])
    return north, south


def one(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def ids(table, code):
    with scope(authority=code):
        ask = f"SELECT array_agg({key_of(table)}) FROM {table} WHERE authority_id = %s"
        return one(ask, code)[0]


def first_id(table, code):
    return min(ids(table, code))


def key_of(table):
    return "pgh_id" if table.endswith("history") else "id"


def copied(table):
    """Columns to copy of a row: all but its key; quoted, for one is called “order”."""
    return [f'"{c}"' for c in owned_tables()[table] if c not in (key_of(table), "authority_id")]


def may_write(table):
    return {p.table: (p.insert, p.update) for p in policies()}[table]


def test_these_statements_are_given_as_the_site_gives_them(home):
    expected = ("goldthread_app", "goldthread_app", False, False)
    asked = (
        "SELECT current_user::text, session_user::text, rolsuper, rolbypassrls FROM pg_roles"
        " WHERE rolname = current_user"
    )
    assert one(asked) == expected
    with connect(app_address(home)) as plain:
        assert plain.execute(asked).fetchone() == expected
        for table in owned_tables():
            assert plain.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_every_table_is_secured_or_out_of_reach():
    found = tables()
    assert len(found) > 45
    assert [name for name, (secured, may) in found.items() if may and not secured] == []
    assert {name for name, (_, may) in found.items() if may} == {p.table for p in policies()}


def test_the_rights_are_those_on_the_page():
    """PostgreSQL's own answer, beside what the migrations were read to say."""
    for policy in policies():
        for command in ("select", "insert", "update", "delete"):
            right = one("SELECT has_table_privilege(%s, %s)", policy.table, command.upper())[0]
            assert right == (getattr(policy, command) != NEVER), (policy.table, command)
        rest = "TRUNCATE, REFERENCES, TRIGGER, MAINTAIN"
        assert one("SELECT has_table_privilege(%s, %s)", policy.table, rest) == (False,)


def test_every_policy_is_for_the_site_or_the_owner_and_only_these():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, permissive, roles::text FROM pg_policies")
        rows = cursor.fetchall()
    owner = {t for t, name, _, roles in rows if name == "owner_all" and "goldthread_app" in roles}
    assert owner == set()
    assert {name for _, name, _, _ in rows} == {"owner_all", "app_read", "app_write"}
    assert {roles for _, n, _, roles in rows if n != "owner_all"} == {"{goldthread_app}"}
    assert {t for t, *_ in rows} == {p.table for p in policies()}


def test_nothing_runs_with_somebody_elses_rights():
    """No function of ours runs as its owner, and no view shows what its owner sees."""
    ours = "pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
    assert one(f"SELECT count(*) FROM pg_proc WHERE prosecdef AND {ours}") == (0,)
    assert one(
        "SELECT count(*) FROM pg_views WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    ) == (0,)
    assert one("SELECT count(*) FROM pg_class WHERE relkind = 'm'") == (0,)


@pytest.mark.parametrize("settings", [NOWHERE, *GARBAGE], ids=str)
def test_without_an_authority_there_is_no_row(settings, both):
    _, south = both
    guest = south.people["auditor"].person
    for table in owned_tables():
        seen = outcome(settings, f"SELECT * FROM {table}")
        assert seen == 0 or seen in REFUSED, table
    for table in WITHOUT_AUTHORITY:
        seen = outcome(settings, f"SELECT * FROM {table}")
        assert seen == 0 or seen in REFUSED, (table, guest)


def test_one_authority_sees_no_row_of_another(both):
    for table in owned_tables():
        assert outcome(OURS, f"SELECT 1 FROM {table} WHERE authority_id = %s", SOUTH) == 0, table
        assert outcome(OURS, f"SELECT 1 FROM {table} WHERE authority_id = %s", NORTH) > 0, table
        assert outcome(THEIRS, f"SELECT 1 FROM {table} WHERE authority_id = %s", SOUTH) > 0, table
        key, number = key_of(table), first_id(table, SOUTH)
        assert outcome(OURS, f"SELECT 1 FROM {table} WHERE {key} = %s", number) == 0, table


def test_nobodys_account_or_session_is_seen_from_another_authority(both):
    north, south = both
    for whole in both:
        assert outcome(Settings(whole.code), "SELECT 1 FROM records_person") > len(whole.people)
    theirs = [here.person for here in south.people.values()]
    for table, column in (
        ("records_person", "id"), ("records_signedin", "person_id"),
        ("records_membership", "person_id"),
    ):  # fmt: skip
        ask = f"SELECT 1 FROM {table} WHERE {column} = ANY(%s)"
        assert outcome(OURS, ask, theirs) == 0
        mine = Settings(NORTH, str(north.people["auditor"].person))
        assert outcome(mine, ask, theirs) == 0
        change = f"UPDATE {table} SET {column} = {column} WHERE {column} = ANY(%s)"
        assert outcome(mine, change, theirs) == 0
        assert outcome(mine, f"DELETE FROM {table} WHERE {column} = ANY(%s)", theirs) == 0
    with scope(door="command"):
        assert Person.objects.filter(pk__in=theirs).count() == len(theirs)
        assert SignedIn.objects.filter(person__in=theirs).count() == 1


def test_one_authority_changes_no_row_of_another(both):
    before = digests(SOUTH)
    for settings in (NOWHERE, OURS, *GARBAGE):
        for table in owned_tables():
            allowed = {0, *REFUSED}
            where = "WHERE authority_id = %s"
            column = copied(table)[0]
            change = f"UPDATE {table} SET {column} = {column} {where}"
            assert outcome(settings, change, SOUTH) in allowed, table
            assert outcome(settings, f"DELETE FROM {table} {where}", SOUTH) in allowed, table
    assert digests(SOUTH) == before


def test_no_row_is_added_to_another_authority_or_moved_there(both):
    before = digests(SOUTH)
    for table in owned_tables():
        columns = ", ".join(copied(table))
        add = (
            f"INSERT INTO {table} (authority_id, {columns}) SELECT %s, {columns} FROM {table}"
            " LIMIT 1"
        )
        assert outcome(OURS, add, SOUTH) == "42501", table
        assert outcome(OURS, f"UPDATE {table} SET authority_id = %s", SOUTH) == "42501", table
    assert digests(SOUTH) == before


def test_no_row_is_taken_over_by_its_key(both):
    """“On conflict do update” must not reach another authority's row either."""
    before = digests(SOUTH)
    for table in owned_tables():
        if may_write(table)[1] == NEVER:
            continue
        columns, key = copied(table), key_of(table)
        listed = ", ".join(columns)
        take = (
            f"INSERT INTO {table} ({key}, authority_id, {listed})"
            f" SELECT %s, authority_id, {listed} FROM {table} LIMIT 1"
            f" ON CONFLICT ({key}) DO UPDATE SET authority_id = EXCLUDED.authority_id"
        )
        said = outcome(OURS, take, first_id(table, SOUTH))
        assert isinstance(said, str), table
        assert said in REFUSED, table
    assert digests(SOUTH) == before


def test_every_pointer_between_an_authoritys_rows_compares_the_authority():
    found = pointers()
    assert len(found) > 25
    assert [p for p in found if p not in whole_pointers()] == []


def test_nothing_points_to_another_authoritys_row(both):
    with scope(authority=SOUTH):  # an audit to which any answer could be added
        Audit.objects.create(authority_id=SOUTH, reference="A-BARE22", framework="x", mode="blind")
    before = digests(SOUTH)
    for p in pointers():
        own = f"(SELECT min(id) FROM {p.table})"
        point = f"UPDATE {p.table} SET {p.column} = %s WHERE id = {own}"
        told = {outcome(OURS, point, number) for number in ids(p.target, SOUTH)}
        # A unique key is looked at first: where there is one, another of their rows tells.
        assert "23503" in told, p
        assert told <= {"23503", "23505"}, p
    assert digests(SOUTH) == before


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE {t}", "TRUNCATE {t} CASCADE", "DROP TABLE {t}",
        "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE {t} DISABLE TRIGGER ALL", "ALTER TABLE {t} DISABLE TRIGGER USER",
        "ALTER TABLE {t} OWNER TO CURRENT_USER", "ALTER TABLE {t} ADD COLUMN mine int",
        "DROP POLICY app_read ON {t}", "ALTER POLICY app_read ON {t} USING (true)",
        "CREATE POLICY mine ON {t} USING (true)", "CREATE TRIGGER mine AFTER INSERT ON {t}"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE mine AS ON SELECT TO {t} DO INSTEAD SELECT 1", "CREATE INDEX mine ON {t} (id)",
    ],
)  # fmt: skip
def test_no_table_can_be_changed_or_emptied(statement):
    for table, (secured, _) in tables().items():
        if "POLICY app_read" in statement and not secured:
            continue  # there is none
        said = outcome(OURS, statement.format(t=table))
        assert said == "42501", (table, said)


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE goldthread_owner", "SET SESSION AUTHORIZATION goldthread_owner",
        "SET session_replication_role = replica", "ALTER ROLE CURRENT_USER BYPASSRLS",
        "ALTER ROLE CURRENT_USER SUPERUSER", "CREATE SCHEMA mine", "CREATE TABLE public.mine ()",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "COPY records_plan TO '/tmp/plans'",
        "COPY records_plan TO PROGRAM 'cat'", "SELECT pg_read_file('PG_VERSION')",
        "SELECT lo_import('PG_VERSION')",
        "CREATE PUBLICATION mine FOR ALL TABLES", "SELECT * FROM pg_authid",
        "SELECT * FROM django_migrations",
    ],
)  # fmt: skip
def test_the_role_cannot_raise_itself(statement):
    assert outcome(OURS, statement) == "42501"


def test_row_security_cannot_be_switched_off(both):
    """Switching it off does not open the rows: a statement that policies would narrow fails."""
    for table in owned_tables():
        with asking(OURS) as cursor:
            cursor.execute("SET LOCAL row_security = off")
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                cursor.execute(f"SELECT * FROM {table}")
            cursor.execute("SET LOCAL row_security = on")


def copy_of(table):
    """What copying the table out gives, in our scope."""
    with asking(OURS) as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copying:
        return b"".join(bytes(part) for part in copying).decode().lower()


def copy_into(table):
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} FROM STDIN") as copying,
    ):
        copying.write(b"")


def test_copying_out_shows_ones_own_rows_and_copying_in_is_refused(both):
    _, south = both
    for table in owned_tables():
        text = copy_of(table)
        assert text, table
        assert south.mark.lower() not in text, table
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            copy_into(table)


def test_what_a_statement_says_of_its_failure_does_not_hold_anothers_words(both):
    """Unique keys across authorities would tell that a row is there; its words they never tell."""
    _, south = both
    with pytest.raises(DatabaseError) as caught, asking(OURS) as cursor:
        cursor.execute(
            "INSERT INTO records_provider (authority_id, slug, name, issuer, client_id, secret,"
            " active) VALUES (%s, %s, '', '', '', '', true)",
            [NORTH, south.named["slug"]],
        )
    assert south.mark.lower() not in str(caught.value).lower()
