"""The authority that the other tests here try to reach has something in every table."""

import pytest
from django.apps import apps

from goldthread.records.scope import scope
from tests.access.everything import digests, everything, owned_tables, texts
from tests.access.table import in_authority
from tests.access.wandering import body
from tests.people import NORTH, SOUTH, client_of


@pytest.fixture(scope="module")
def there(shared):
    return everything(NORTH), everything(SOUTH)


def test_no_table_is_empty(there):
    for whole in there:
        empty = {table for table, (rows, _) in digests(whole.code).items() if not rows}
        assert empty == set()
    ours = {m._meta.db_table for m in apps.get_models() if m._meta.app_label == "records"}
    assert ours - owned_tables().keys() == {
        "records_authority", "records_person", "records_signedin", "records_attempt"
    }  # fmt: skip


def test_every_text_is_marked(there):
    for whole in there:
        with scope(authority=whole.code):
            for model, field in texts():
                said = list(model.objects.values_list(field.name, flat=True))
                assert said, model
                assert all(whole.mark in text for text in said), (model, field.name)


def test_the_mark_is_seen_by_those_who_may(there):
    """Else its absence elsewhere would say nothing."""
    _, south = there
    shown = set()
    for role in ("quality-lead", "administrator"):
        client = client_of(south.people[role])
        for row in in_authority():
            answer = client.get(row.filled(SOUTH, south.named))
            if answer.status_code == 200 and south.mark.lower().encode() in body(answer).lower():
                shown.add(row.path)
    assert len(shown) > 30, shown
