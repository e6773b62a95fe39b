"""Who gets in where: the wrong authority finds nothing, and readers change nothing."""

from dataclasses import replace

import pytest

from goldthread.records.models import Event, Part
from goldthread.records.queries.audits import my_parts, visible
from goldthread.records.roles import SUPPORT
from goldthread.records.scope import scope
from tests.audits import an_audit
from tests.people import NORTH, SOUTH, a_person, client_of


def test_a_member_sees_their_work():
    here = a_person("auditor")
    answer = client_of(here).get(f"/work/{NORTH}/")
    assert answer.status_code == 200
    assert "Northmere (invented)" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", [SOUTH, "999", "abc"])
def test_elsewhere_there_is_nothing(code):
    assert client_of(a_person("auditor")).get(f"/work/{code}/").status_code == 404


def test_a_session_from_an_authoritys_own_service_opens_that_authority_alone():
    here = a_person("auditor")
    a_person("auditor", code=SOUTH, name="auditor 001")
    client = client_of(here, via="provider", only=NORTH)
    assert client.get(f"/work/{NORTH}/").status_code == 200
    assert client.get(f"/work/{SOUTH}/").status_code == 404


def test_nobody_is_sent_to_sign_in(client):
    answer = client.get(f"/work/{NORTH}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=%2Fwork%2F001%2F")


def test_an_old_session_is_nobodys():
    here = a_person("auditor")
    assert client_of(here, seen=1).get(f"/work/{NORTH}/").status_code == 302
    assert client_of(here, began=1).get(f"/work/{NORTH}/").status_code == 302


def test_an_inspectors_reading_is_an_event():
    here = a_person("inspector")
    client_of(here).get(f"/work/{NORTH}/")
    with scope(authority=NORTH):
        event = Event.objects.latest("number")
    assert (event.action, event.subject) == ("page.read", f"/work/{NORTH}/")


def test_a_new_password_ends_the_sessions_before_it():
    from goldthread.records.models import Person

    here = a_person("auditor")
    client = client_of(here)
    with scope(person=here.person):
        person = Person.objects.get(pk=here.person)
        person.set_password("a new and rather long one")
        person.save()
    answer = client.get(f"/work/{NORTH}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_what_nobody_holds_is_not_a_visitors_own():
    """A visitor is no member, and a part whose auditor is gone has none either."""
    here = a_person("auditor")
    an_audit(here)
    visitor = replace(here, member=None, roles=frozenset(), permissions=SUPPORT, via="support")
    with scope(authority=NORTH, person=here.person):
        assert len(my_parts(here)) == visible(here).count() == 1
        Part.objects.update(auditor=None)
        assert my_parts(visitor) == ()
        assert not visible(visitor).exists()
