"""Nothing is invented beside the work of a real authority, or beside what is invented already."""

import pytest
from django.utils import timezone

from goldthread.records.actions.demo import fill, is_filled, refuse_real_work
from goldthread.records.actions.opening import find_or_make_person
from goldthread.records.models import Membership
from goldthread.records.postgres import connect, owner_address
from goldthread.records.scope import Refused, scope
from tests.people import a_person

REAL = "305"


@pytest.fixture(scope="module")
def real_authority(django_db_setup, home):
    """Committed, and taken away again after the last test's transaction has rolled back."""
    with connect(owner_address(home), autocommit=True) as owner:
        owner.execute("INSERT INTO records_authority VALUES (%s, 'Bromley', true)", [REAL])
        yield
        owner.execute("DELETE FROM records_authority WHERE code = %s", [REAL])


@pytest.mark.parametrize("ended", [False, True])
def test_never_where_a_real_authority_works_or_worked(real_authority, ended):
    refuse_real_work()
    with scope(authority=REAL, door="command"):
        person = find_or_make_person("somebody@example.org", "Somebody")
        Membership.objects.create(
            authority_id=REAL, person=person, roles=["administrator"],
            ended_at=timezone.now() if ended else None,
        )  # fmt: skip
    with pytest.raises(Refused, match="holds the work of a real authority"):
        refuse_real_work()


def test_never_twice():
    assert not is_filled()
    a_person("auditor")  # opens the authority

    def never():
        raise AssertionError("nothing need be made")

    assert fill(never, print) is False
