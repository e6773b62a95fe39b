"""On the real server, as the role the site uses: what it may not do, it cannot do."""

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from goldthread.records.actions.authorities import AuthorityRow, load_authorities
from goldthread.records.models import Authority
from goldthread.records.postgres import app_address, connect, owner_address

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def one(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


@pytest.fixture
def authorities():
    load_authorities([AuthorityRow("201", "City of London"), AuthorityRow("909", "Cumbria", False)])


@pytest.fixture
def committed(home):
    """A row that every connection sees; removed afterwards."""
    with connect(owner_address(home), autocommit=True) as owner:
        owner.execute("INSERT INTO records_authority VALUES ('201', 'City of London', true)")
        yield
        owner.execute("DELETE FROM records_authority WHERE code = '201'")


def test_the_site_is_a_plain_role_that_owns_nothing():
    assert one("SELECT current_user, session_user") == ("goldthread_app", "goldthread_app")
    assert one(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    ) == (False, False, False, False, False)
    assert one(
        "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles "
        "WHERE rolname = current_user)"
    ) == (0,)
    assert one("SELECT count(*) FROM pg_database WHERE pg_get_userbyid(datdba) = user") == (0,)
    assert one("SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member "
               "WHERE r.rolname = current_user") == (0,)  # fmt: skip


def test_the_owner_is_no_superuser_either():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = user")
        assert cursor.fetchone() == (False,)


def test_every_table_of_ours_forces_row_level_security():
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("goldthread.")
    }
    assert "records_authority" in tables
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) "
            "AND relrowsecurity AND relforcerowsecurity",
            [list(tables)],
        )
        assert {name for (name,) in cursor.fetchall()} == tables


def test_the_site_sees_what_the_owner_wrote(committed):
    assert list(
        Authority.objects.filter(code__gte="100").values_list("code", "name", "current")
    ) == [("201", "City of London", True)]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO records_authority VALUES ('999', 'Northmere', true)",
        "UPDATE records_authority SET name = 'Northmere'",
        "DELETE FROM records_authority",
        "TRUNCATE records_authority",
        "ALTER TABLE records_authority DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE records_authority NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY app_read ON records_authority",
        "CREATE POLICY mine ON records_authority TO goldthread_app USING (true)",
        "DROP TABLE records_authority",
        "ALTER TABLE records_authority OWNER TO goldthread_app",
        "CREATE TABLE mine (id int)",
        "SELECT * FROM django_migrations",
        "SET ROLE goldthread_owner",
        "SET SESSION AUTHORIZATION goldthread_owner",
        "ALTER ROLE goldthread_app SUPERUSER",
        "CREATE ROLE mine",
    ],
)
def test_the_site_may_not(statement, committed):
    with (
        pytest.raises(ProgrammingError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert list(Authority.objects.filter(code__gte="100").values_list("name", flat=True)) == [
        "City of London"
    ]


def test_the_site_cannot_grant_itself_more():
    """PostgreSQL answers with a warning here, so what counts is what the role has afterwards."""
    one_row = "SELECT has_table_privilege('records_authority', 'INSERT, UPDATE, DELETE, TRUNCATE')"
    with connection.cursor() as cursor:
        cursor.execute("GRANT ALL ON records_authority TO goldthread_app")
    assert one(one_row) == (False,)


def test_the_owner_must_have_a_policy_too(authorities):
    """FORCE holds for the owner: with its policy gone it sees nothing."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP POLICY owner_all ON records_authority")
        cursor.execute("SELECT count(*) FROM records_authority")
        assert cursor.fetchone() == (0,)


def test_nobody_gets_in_without_the_password(home):
    address = app_address(home)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=address.host, port=address.port, dbname=address.name, user=address.user,
            password="guess", connect_timeout=5,
        )  # fmt: skip
    with connect(address) as plain:
        assert plain.execute("SELECT current_user").fetchone() == ("goldthread_app",)


def table_exists():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('records_authority') IS NOT NULL")
        return cursor.fetchone()


def test_the_migration_goes_back_and_forth():
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    executor.migrate([("records", None)])
    assert table_exists() == (False,)
    executor = MigrationExecutor(connections["owner"])
    executor.migrate([("records", "0001_authority")])
    assert table_exists() == (True,)


def test_the_models_and_the_migrations_agree():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
