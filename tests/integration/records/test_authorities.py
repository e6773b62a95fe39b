"""Loading the reference list: adds, updates, keeps what is no longer named, refuses doubles."""

import pytest
from django.db.utils import IntegrityError

from goldthread.records.actions.authorities import AuthorityRow, load_authorities
from goldthread.records.models import Authority

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def rows():
    return list(
        Authority.objects.using("owner")
        .filter(code__gte="100")
        .values_list("code", "name", "current")
    )


def test_a_second_list_updates_the_first():
    load_authorities([AuthorityRow("839", "Poole"), AuthorityRow("301", "Barking")])
    assert load_authorities([AuthorityRow("301", "Barking and Dagenham")]) == 1
    assert rows() == [("301", "Barking and Dagenham", True), ("839", "Poole", False)]


def test_the_same_list_twice_changes_nothing():
    listed = [AuthorityRow("301", "Barking and Dagenham"), AuthorityRow("909", "Cumbria", False)]
    load_authorities(listed)
    load_authorities(listed)
    assert rows() == [("301", "Barking and Dagenham", True), ("909", "Cumbria", False)]


def test_a_code_named_twice_is_refused_and_nothing_changes():
    load_authorities([AuthorityRow("301", "Barking and Dagenham")])
    with pytest.raises(ValueError, match="names these codes twice: 302"):
        load_authorities([AuthorityRow("302", "Barnet"), AuthorityRow("302", "Barnet")])
    assert rows() == [("301", "Barking and Dagenham", True)]


@pytest.mark.parametrize(
    "row", [AuthorityRow("30", "Short"), AuthorityRow("E10", "Letters"), AuthorityRow("301", "")]
)
def test_the_database_refuses_a_row_that_is_no_authority(row):
    with pytest.raises(IntegrityError):
        load_authorities([row])
