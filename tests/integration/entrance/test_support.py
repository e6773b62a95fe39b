"""Support staff enter for a reason and a time; the steward enters nowhere."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from goldthread.records.actions.opening import find_or_make_person
from goldthread.records.models import Event, Person, SupportVisit
from goldthread.records.scope import Here, scope
from tests.people import NORTH, SOUTH, a_person, client_of, open_for_tests

REASON = "The sample page shows an error, ticket 4711"


def marked(mark, name="Helping Hand"):
    """Somebody who works for the service and belongs to no authority."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    with scope(door="command"):
        person = find_or_make_person(email, name)
        setattr(person, mark, True)
        person.save()
    return Here(authority="", person=person.pk)


@pytest.fixture
def helper():
    open_for_tests()
    return client_of(marked("is_support"), via="password", second=True)


def ask(client, code=NORTH, reason=REASON, minutes="30"):
    return client.post("/support/", {"code": code, "reason": reason, "minutes": minutes})


def log(code=NORTH):
    with scope(authority=code):
        return list(Event.objects.order_by("number").values_list("action", "via", "subject"))


def test_a_visit_opens_one_authority_and_every_page_is_an_event(helper):
    assert helper.get(f"/work/{NORTH}/").status_code == 404
    assert ask(helper)["Location"] == f"/work/{NORTH}/"
    page = helper.get(f"/work/{NORTH}/")
    assert page.status_code == 200
    assert "Each page you open is written" in page.content.decode()
    assert helper.get(f"/work/{SOUTH}/").status_code == 404
    with scope(authority=NORTH):
        visit = SupportVisit.objects.get()
    assert [(action, via) for action, via, _ in log()] == [
        ("support.enter", "support"),
        ("page.read", "support"),
    ]
    assert log()[0][2] == f"visit-{visit.pk}"


def test_nothing_can_be_changed_in_a_visit(helper):
    ask(helper)
    assert helper.post(f"/work/{NORTH}/").status_code == 403


def test_a_visit_ends_early_or_by_itself(helper):
    ask(helper)
    assert helper.post(f"/support/{NORTH}/leave/").status_code == 303
    assert helper.get(f"/work/{NORTH}/").status_code == 404
    assert helper.post(f"/support/{NORTH}/leave/").status_code == 303, "ending twice is no fault"
    assert [row[0] for row in log()] == ["support.enter", "support.leave"]
    ask(helper)
    with scope(authority=NORTH):
        SupportVisit.objects.filter(ended_at=None).update(ends_at=timezone.now())
    assert helper.get(f"/work/{NORTH}/").status_code == 404


def test_a_new_visit_takes_the_place_of_the_open_one(helper):
    ask(helper, minutes="10")
    ask(helper, minutes="60")
    with scope(authority=NORTH):
        assert SupportVisit.objects.filter(ended_at=None).count() == 1
    assert helper.get("/support/").content.decode().count("End this visit") == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "because"}, "at least 15 characters"),
        ({"reason": "x" + " " * 40}, "at least 15 characters"),
        ({"reason": "long " * 200}, "at most 500"),
        ({"minutes": "61"}, "from 1 to 60"),
        ({"minutes": "0"}, "from 1 to 60"),
        ({"minutes": "soon"}, "from 1 to 60"),
        ({"code": "777"}, "No authority with the code 777"),
        ({"code": SOUTH}, "No authority with the code 002"),
    ],
)
def test_what_is_no_visit(helper, fields, said):
    answer = ask(helper, **fields)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert log() == []


def test_a_member_enters_as_a_member():
    here = a_person("auditor")
    with scope(door="sign-in"):
        Person.objects.filter(pk=here.person).update(is_support=True)
    answer = ask(client_of(here, via="password", second=True))
    assert answer.status_code == 400
    assert "enter it as its member" in answer.content.decode()


@pytest.mark.parametrize("path", ["/support/", "/steward/"])
@pytest.mark.parametrize("via", ["password", "provider", "demo"])
def test_these_pages_are_for_nobody_else(path, via):
    client = client_of(a_person("administrator"), via=via, second=True)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 403
    assert client.post(f"/support/{NORTH}/leave/").status_code == 403
    assert Client().get(path)["Location"].startswith("/account/login/")


def test_support_taken_away_ends_the_visit(helper):
    ask(helper)
    with scope(door="command"):
        Person.objects.update(is_support=False)
    assert helper.get(f"/work/{NORTH}/").status_code == 404


def addresses(resolver, before=""):
    """Every address below /work/<code>/, with something in each place."""
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry, path)
        elif path.startswith("work/<str:code>/"):
            yield "/" + re.sub(r"<(?:(\w+):)?(\w+)>", _something, path)


def _something(match):
    kind, name = match.groups()
    return NORTH if name == "code" else ("1" if kind == "int" else "P-7KQ2XD")


def test_the_steward_sees_no_plan():
    """Every address of an authority answers 404, whatever it is."""
    a_person("quality-lead")
    client = client_of(marked("is_steward"), via="password", second=True)
    assert client.get("/steward/").status_code == 200
    found = sorted(set(addresses(get_resolver())))
    assert f"/work/{NORTH}/" in found
    for path in found:
        assert (path, client.get(path).status_code) == (path, 404)
        assert (path, client.post(path).status_code) == (path, 404)
    assert "You have no place" in client.get("/work/").content.decode()
    assert log() == []
