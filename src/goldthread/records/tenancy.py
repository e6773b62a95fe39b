"""Row-level security: the database itself keeps each authority's rows apart.

Every table gets `ForceRowSecurity` in the migration that makes it; a test walks all tables. FORCE
makes the policies hold for the table's owner too; only a superuser is above them, and neither of
our roles is one. What the policies read is set by `scope`.
"""

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

OWN = "authority_id = nullif(current_setting('goldthread.authority', true), '')"
"""The row belongs to the authority in whose scope the transaction runs."""
ME = "nullif(current_setting('goldthread.person', true), '')::bigint"


def at_door(*doors: str) -> str:
    """SQL condition: the transaction passes through one of these doors."""
    listed = ", ".join(f"'{door}'" for door in doors)
    return f"current_setting('goldthread.door', true) IN ({listed})"


def app_role() -> str:
    """The role the site connects as."""
    return str(settings.DATABASES["default"]["USER"])


class ForceRowSecurity(Operation):
    """Enable and force row-level security on a table.

    `read`: SQL condition on the rows the site's role may see. `write`: the condition on rows it may
    add, change and remove; None means that it may do none of these. `append`: it may add only.
    The owner's role sees and writes every row. `table`: for tables of other packages.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self, model: str, read: str, write: str | None = None, append: bool = False, table: str = ""
    ) -> None:
        self.model = model
        self.read = read
        self.write = write
        self.append = append
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            type(self).__name__,
            [self.model, self.read, self.write],
            {"append": self.append, "table": self.table},
        )

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
        return f"Force row-level security on {self.model or self.table}"

    def _statements(self, table: str, role: str) -> list[str]:
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"REVOKE ALL ON {table} FROM {role}, PUBLIC",
            f"GRANT SELECT ON {table} TO {role}",
            f"CREATE POLICY app_read ON {table} FOR SELECT TO {role} USING ({self.read})",
        ]
        if self.write is not None and self.append:
            statements += [
                f"GRANT INSERT ON {table} TO {role}",
                f"CREATE POLICY app_write ON {table} FOR INSERT TO {role} "
                f"WITH CHECK ({self.write})",
            ]
        elif self.write is not None:
            statements += [
                f"GRANT INSERT, UPDATE, DELETE ON {table} TO {role}",
                f"CREATE POLICY app_write ON {table} TO {role} "
                f"USING ({self.write}) WITH CHECK ({self.write})",
            ]
        return statements

    def _names(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> tuple[str, str]:
        table = self.table or state.apps.get_model(app_label, self.model)._meta.db_table
        return schema_editor.quote_name(table), schema_editor.quote_name(app_role())


class SameAuthority(Operation):
    """A foreign key that also compares authorities: no row may point into another authority.

    Row-level security does not look at what a foreign key points to, so without this a row could
    name another authority's by its number.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, *fields: str) -> None:
        self.model = model
        self.fields = fields

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model, *self.fields], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: Django's picture of the model stays the same."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        for name in self.fields:
            column = model._meta.get_field(name).column
            target = model._meta.get_field(name).related_model._meta.db_table
            schema_editor.execute(
                f"CREATE UNIQUE INDEX IF NOT EXISTS {target}_of_authority "
                f"ON {target} (authority_id, id)"
            )
            schema_editor.execute(
                f"ALTER TABLE {model._meta.db_table} ADD CONSTRAINT {self._name(name)} "
                f"FOREIGN KEY (authority_id, {column}) REFERENCES {target} (authority_id, id) "
                "DEFERRABLE INITIALLY DEFERRED"
            )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        for name in self.fields:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {self._name(name)}")

    def describe(self) -> str:
        return f"Keep {', '.join(self.fields)} of {self.model} within the authority"

    def _name(self, field: str) -> str:
        return f"{self.model}_{field}_same_authority".lower()


class InstallTriggers(Operation):
    """The triggers that a model's options name, without a new picture of every model for each.

    pgtrigger's own operation draws all models anew each time: seconds, at every first start.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str) -> None:
        self.model = model

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: the triggers stand in the model's options already."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for trigger in to_state.models[app_label, self.model.lower()].options.get("triggers", ()):
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for trigger in to_state.models[app_label, self.model.lower()].options["triggers"]:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        return f"Install the triggers of {self.model}"


class ChangeTriggers(InstallTriggers):
    """Other triggers in a model's options and on its table, after its fields changed.

    `triggers`: as pgtrigger compiles them, one for each name that there was.
    """

    def __init__(self, model: str, triggers: list[Any]) -> None:
        super().__init__(model)
        self.triggers = triggers

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model, self.triggers], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        model = state.models[app_label, self.model.lower()]
        model.options = {**model.options, "triggers": self.triggers}
        state.reload_model(app_label, self.model.lower(), delay=True)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, from_state)
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Change the triggers of {self.model}"
