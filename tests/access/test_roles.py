"""Every address as every role, with something in every table of two authorities."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.records.actions.support import enter
from goldthread.records.models import Event, Membership, Person
from goldthread.records.queries.here import find_here
from goldthread.records.roles import ROLES
from goldthread.records.scope import scope
from tests.access.everything import digests, everything
from tests.access.table import in_authority
from tests.people import NORTH, SOUTH, a_person, client_of

TABLE = in_authority()
GROWS = {"records_event", "records_chain"}
"""What reading may write: that an inspector or support staff read it."""


@pytest.fixture(scope="module")
def north(shared):
    return everything(NORTH)


@pytest.fixture(scope="module")
def south(north):
    return everything(SOUTH)


def of_support(code=NORTH):
    """Support staff on a visit."""
    with scope(door="command"):
        person = Person.objects.create(email="support@example.org", name="Sam", is_support=True)
    enter(person.pk, code, "To see why a list did not come in", 30)
    with scope(authority=code, person=person.pk):
        here = find_here(code, person.pk, "password")
    assert here.via == "support"
    return here


def got(client, row, whole, code="", method="get"):
    answer = getattr(client, method)(row.filled(code or whole.code, whole.named))
    return answer.status_code


def differences(expected, found):
    return {path: (expected[path], found[path]) for path in found if expected[path] != found[path]}


@pytest.mark.parametrize("role", [*ROLES, "support"])
def test_what_opens_is_what_the_table_says_and_reading_writes_nothing(role, north):
    here = of_support() if role == "support" else north.people[role]
    client, before = client_of(here), digests(NORTH)
    found = {row.path: got(client, row, north) for row in TABLE}
    assert differences({row.path: row.answer(here) for row in TABLE}, found) == {}
    after = digests(NORTH)
    written = {table for table in before if before[table] != after[table]}
    assert written == (GROWS if here.watched else set())
    if here.watched:
        with scope(authority=NORTH):
            reads = Event.objects.filter(person=here.person, action="page.read").count()
        may = sum(row.permission in here.permissions for row in TABLE)
        assert reads <= may
        assert reads >= sum(row.answer(here) < 400 and not row.quiet for row in TABLE)


@pytest.mark.parametrize("role", [*ROLES, "support"])
def test_a_form_without_the_permission_is_refused(role, north):
    here = of_support() if role == "support" else north.people[role]
    client, before = client_of(here), digests(NORTH)
    refused = [row for row in TABLE if not row.may_send(here)]
    assert refused
    found = {row.path: got(client, row, north, method="post") for row in refused}
    assert {path: status for path, status in found.items() if status != 403} == {}
    assert digests(NORTH) == before


@pytest.mark.parametrize("role", [*ROLES, "support"])
def test_another_authority_is_not_there(role, north, south):
    here = of_support() if role == "support" else north.people[role]
    client = client_of(here)
    for method in ("get", "post"):
        found = {row.path: got(client, row, south, method=method) for row in TABLE}
        assert {path: status for path, status in found.items() if status != 404} == {}
    assert client.get("/work/").headers.get("Location", f"/work/{NORTH}/") == f"/work/{NORTH}/"


@pytest.mark.parametrize("role", [*ROLES, "support"])
def test_another_authoritys_things_are_not_there_under_ones_own_code(role, north, south):
    here = of_support() if role == "support" else north.people[role]
    client, naming = client_of(here), [row for row in TABLE if row.names_something]
    for method in ("get", "post"):
        expected = {
            row.path: row.to_stranger(here, method == "post") for row in naming
        }  # fmt: skip
        found = {row.path: got(client, row, south, NORTH, method) for row in naming}
        assert differences(expected, found) == {}


def test_whoever_is_not_signed_in_is_sent_to_sign_in(north):
    for row in TABLE:
        for method in ("get", "post", "put", "patch", "delete", "options", "head"):
            path = row.filled(NORTH, north.named)
            answer = getattr(Client(), method)(path)
            assert answer.status_code == 302, (method, path)
            assert answer["Location"].startswith("/account/login/?next=")
            assert answer.content == b""


def steward():
    with scope(door="command"):
        person = Person.objects.create(
            email="steward@example.org", name="Stella", is_steward=True
        )  # fmt: skip
    return replace(a_person("director", name="for its fields"), person=person.pk)


def support_without_a_visit():
    with scope(door="command"):
        person = Person.objects.create(email="support@example.org", name="Sam", is_support=True)
    return replace(a_person("director", name="for its fields"), person=person.pk)


def with_a_visit_that_ended():
    from goldthread.records.models import SupportVisit

    here = of_support()
    past = timezone.now() - dt.timedelta(seconds=1)
    with scope(authority=NORTH):
        SupportVisit.objects.filter(person_id=here.person).update(ends_at=past)
    return here


def member(**fields):
    here = a_person("quality-lead", "administrator", name="Once here")
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(**fields)
    return here


def inactive():
    here = a_person("quality-lead", "administrator", name="Inactive")
    with scope(person=here.person):
        Person.objects.filter(pk=here.person).update(is_active=False)
    return here


def expired_inspector():
    here = a_person("inspector", name="Long gone")
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(
            ends_at=timezone.now() - dt.timedelta(seconds=1)
        )
    return here


STRANGERS = {
    "steward": steward,
    "support without a visit": support_without_a_visit,
    "support after a visit": with_a_visit_that_ended,
    "a place that ended": lambda: member(ended_at=timezone.now()),
    "a place that begins tomorrow": lambda: member(
        starts_on=timezone.localdate() + dt.timedelta(days=1)
    ),
    "a place with an invented role": lambda: member(roles=["superuser"]),
    "inactive": inactive,
    "expired inspector": expired_inspector,
}


@pytest.mark.parametrize("who", STRANGERS)
def test_who_has_no_place_finds_nothing(who, north):
    client, before = client_of(STRANGERS[who]()), digests(NORTH)
    expected = 403 if who == "a place with an invented role" else 404
    for method in ("get", "post"):
        found = {row.path: got(client, row, north, method=method) for row in TABLE}
        assert {path: status for path, status in found.items() if status != expected} == {}
    assert {t for t, d in digests(NORTH).items() if before[t] != d} == set()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_change_nothing(method, north):
    client, before = client_of(north.people["quality-lead"]), digests(NORTH)
    for row in TABLE:
        status = got(client, row, north, method=method)
        assert status < 500
    assert digests(NORTH) == before
