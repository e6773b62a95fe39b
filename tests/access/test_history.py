"""Every change leaves a row of history, which nobody can change and which names nobody."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from goldthread.records.models import Plan
from goldthread.records.models.history import HIDDEN
from goldthread.records.models.owned import Classed
from goldthread.records.scope import scope
from tests.access.everything import everything, owned_tables
from tests.people import NORTH

NAMING = ("identity", "special", "named", "words", "document", "credential")


def histories():
    """(model, the model of its history), as the application registry has them."""
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            yield tracked, model


@pytest.fixture(scope="module")
def north(shared):
    return everything(NORTH)


def rows(table, where=""):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} {where}")
        return cursor.fetchone()[0]


def test_every_model_with_history_has_one_and_only_these():
    assert {m.__name__ for m, _ in histories()} == {
        "Settings", "Membership", "Conflict", "Invitation", "Provider", "SupportVisit", "Plan",
        "Mapping", "Document", "GateDecision", "Experience", "Sample", "SampleLine", "Audit",
        "Part", "Answer", "Moderation", "Decision", "Reply", "AuditMapping",
    }  # fmt: skip


TWO = {
    "CharField": ("first", "second"),
    "TextField": ("first", "second"),
    "PositiveSmallIntegerField": (51, 52),
    "DateTimeField": ("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
}
"""Two values of each kind of field that a test can write anywhere."""


def a_field(model, history):
    """A field of a model that its history keeps too, and that may be anything."""
    kept = {field.name for field in history._meta.concrete_fields}
    return next(
        field for field in model._meta.concrete_fields
        if field.name in kept and field.get_internal_type() in TWO and field.name != "slug"
    )  # fmt: skip


def test_a_bulk_change_and_a_change_in_sql_leave_a_row_each(north):
    for model, history in histories():
        table, kept, field = model._meta.db_table, history._meta.db_table, a_field(model, history)
        one, two = TWO[field.get_internal_type()]
        with scope(authority=NORTH):
            row = model.objects.latest("pk")
            before = rows(kept)
            assert model.objects.filter(pk=row.pk).update(**{field.name: one}) == 1
            assert rows(kept) == before + 1, model
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {field.column} = %s WHERE id = %s",
                               [two, row.pk])  # fmt: skip
            assert rows(kept) == before + 2, model
            last = history.objects.latest("pgh_id")
            assert (last.pgh_label, last.pgh_obj_id) == ("update", row.pk)


def test_a_bulk_change_of_many_leaves_a_row_of_each(north):
    with scope(authority=NORTH):
        before, number = rows("records_planhistory"), Plan.objects.count()
        assert number > 5
        Plan.objects.update(team="West and East")
        assert rows("records_planhistory") == before + number


def test_a_row_that_goes_leaves_what_it_was(north):
    with scope(authority=NORTH):
        plan = Plan.objects.create(authority_id=NORTH, reference="P-GONE22", team="East")
        number = plan.pk
        Plan.objects.filter(pk=number).delete()
        history = apps.get_model("records", "PlanHistory")
        labels = history.objects.filter(pgh_obj_id=number).order_by("pgh_id")
        assert [(r.pgh_label, r.team) for r in labels] == [("insert", "East"), ("delete", "East")]


@pytest.mark.parametrize(("model", "history"), list(histories()), ids=lambda m: m.__name__)
def test_no_history_names_anybody(model, history):
    assert issubclass(model, Classed)
    hidden = {name for name, said in model.personal.items() if said in NAMING}
    kept = {field.name for field in history._meta.concrete_fields}
    assert kept & hidden == set()
    assert kept >= {f for f in model.plain if f not in ("advisers",)}
    columns = {model._meta.get_field(name).column for name in hidden}
    assert columns & set(owned_tables()[history._meta.db_table]) == set()


def test_what_is_hidden_is_what_names_somebody():
    assert set(HIDDEN) == set(NAMING)


LONGEST_CUT = 13
"""Characters of the longest field that cuts a mark before its own words begin."""


def test_nothing_marked_as_naming_somebody_is_in_any_history(north):
    """What stands in the rows: no name, and no text that somebody wrote about somebody."""
    free = {
        (m, n) for m, _ in histories() for n, said in m.personal.items()
        if said in ("named", "words", "identity", "special")
    }  # fmt: skip
    with scope(authority=NORTH):
        said = {
            str(value) for m, n in free for value in m.objects.values_list(n, flat=True)
            if north.mark in str(value)
        }  # fmt: skip
        # A short field cuts its mark off, and what is left may stand in a plain field as well.
        said = {text for text in said if len(text) > LONGEST_CUT}
        assert len(said) > 5
        for model, history in histories():
            for row in history.objects.values():
                assert (model.__name__, said & {str(value) for value in row.values()}) == (
                    model.__name__, set(),
                )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET authority_id = authority_id", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_neither_history_nor_log_can_be_changed(statement, north):
    for table in [h._meta.db_table for _, h in histories()] + ["records_event"]:
        with (
            scope(authority=NORTH, door="erase"),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))
