"""Row-level security: the database itself keeps each authority's rows apart.

Every model of this app gets `ForceRowSecurity` in the migration that makes its table; a test walks
all models. FORCE makes the policies hold for the table's owner too; only a superuser is above them,
and neither of our roles is one.
"""

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def app_role() -> str:
    """The role the site connects as."""
    return str(settings.DATABASES["default"]["USER"])


class ForceRowSecurity(Operation):
    """Enable and force row-level security on a model's table.

    `read`: SQL condition on the rows the site's role may see. `write`: the condition on rows it may
    add, change and remove; None means that it may do none of these. The owner's role sees and
    writes every row.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, read: str, write: str | None = None) -> None:
        self.model = model
        self.read = read
        self.write = write

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model, self.read, self.write], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: Django's picture of the model stays the same."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table, role = self._names(app_label, schema_editor, to_state)
        for statement in self._statements(table, role):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table, role = self._names(app_label, schema_editor, from_state)
        for policy in ("owner_all", "app_read", "app_write"):
            schema_editor.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")
        schema_editor.execute(f"REVOKE ALL ON {table} FROM {role}")
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Force row-level security on {self.model}"

    def _statements(self, table: str, role: str) -> list[str]:
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"REVOKE ALL ON {table} FROM {role}, PUBLIC",
            f"GRANT SELECT ON {table} TO {role}",
            f"CREATE POLICY app_read ON {table} FOR SELECT TO {role} USING ({self.read})",
        ]
        if self.write is not None:
            statements += [
                f"GRANT INSERT, UPDATE, DELETE ON {table} TO {role}",
                f"CREATE POLICY app_write ON {table} TO {role} "
                f"USING ({self.write}) WITH CHECK ({self.write})",
            ]
        return statements

    def _names(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> tuple[str, str]:
        table = state.apps.get_model(app_label, self.model)._meta.db_table
        return schema_editor.quote_name(table), schema_editor.quote_name(app_role())
