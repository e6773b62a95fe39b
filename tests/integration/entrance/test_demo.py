"""One-click sign-in: on one's own machine, as invented people, and nowhere else."""

import os
import subprocess
import sys

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from goldthread.config.environment import read_environment
from goldthread.records.models import Membership, Person
from goldthread.records.postgres import connect, owner_address
from goldthread.records.queries.entrance import demo_people
from goldthread.records.scope import scope
from tests.people import NORTH, SOUTH, a_person
from tests.signing_in import is_in

HERE = {"HTTP_HOST": "127.0.0.1:8000"}
REAL = "212"


@pytest.fixture
def demo():
    """The addresses as they are when the settings say that this is a demo."""
    with override_settings(
        DEMO=True,
        ROOT_URLCONF="tests.demo_urls",
        ALLOWED_HOSTS=["127.0.0.1", "site.example", "testserver"],
    ):
        yield


def enter(person, **more):
    client = Client()
    return client, client.post("/demo/", {"person": person}, **{**HERE, **more})


def test_everybody_is_offered_by_role_and_one_click_lets_in(demo):
    here = a_person("auditor", name="Ann Auditor")
    a_person("quality-lead", name="Quentin Lead")
    page = Client().get("/demo/", **HERE).content.decode()
    assert page.index("Ann Auditor") < page.index("Quentin Lead"), "in the order of roles"
    client, answer = enter(here.person)
    assert (answer.status_code, answer["Location"]) == (303, "/work/")
    assert is_in(client, NORTH)
    assert not is_in(client, SOUTH)


def test_it_works_when_nobody_is_invented_yet(demo):
    page = Client().get("/demo/", **HERE)
    assert page.status_code == 200
    assert "Nobody has been invented yet" in page.content.decode()


def test_a_demo_session_changes_nothing_of_the_account(demo):
    client, _ = enter(a_person("auditor").person)
    assert client.get("/account/", **HERE).status_code == 200
    for path in ("/account/password/change/", "/account/2fa/", "/support/", "/steward/"):
        assert client.get(path, **HERE).status_code == 403


@pytest.fixture(scope="module")
def real_authority(django_db_setup, home):
    """Committed, and taken away again after the last test's transaction has rolled back."""
    with connect(owner_address(home), autocommit=True) as owner:
        owner.execute("INSERT INTO records_authority VALUES (%s, 'Wandsworth', true)", [REAL])
        yield
        owner.execute("DELETE FROM records_authority WHERE code = %s", [REAL])


def test_nobody_who_has_or_had_a_place_in_a_real_authority(real_authority, demo):
    only = a_person("auditor", name="Only Invented")
    for name, ended in (("Also Real", None), ("Once Real", timezone.now())):
        here = a_person("auditor", name=name)
        with scope(authority=REAL, door="command"):
            Membership.objects.create(
                authority_id=REAL, person_id=here.person, roles=["auditor"], ended_at=ended
            )
        assert enter(here.person)[1].status_code == 404
    assert [person.id for person in demo_people()] == [only.person]


@pytest.mark.parametrize(
    "change", [{"is_support": True}, {"is_steward": True}, {"is_active": False}]
)
def test_nobody_who_works_for_the_service_or_is_gone(demo, change):
    here = a_person("auditor")
    with scope(door="sign-in"):
        Person.objects.filter(pk=here.person).update(**change)
    assert demo_people() == ()
    assert enter(here.person)[1].status_code == 404


@pytest.mark.parametrize("said", ["", "0", "x", "-1", "99999999", "1 OR 1=1"])
def test_nobody_else_is_let_in(demo, said):
    a_person("auditor")
    assert enter(said)[1].status_code == 404


def test_it_must_be_asked_on_this_machine_by_its_own_name(demo):
    here = a_person("auditor")
    assert Client().get("/demo/", HTTP_HOST="site.example").status_code == 404
    assert enter(here.person, HTTP_HOST="site.example")[1].status_code == 404


def test_the_form_is_protected(demo):
    here = a_person("auditor")
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/", {"person": here.person}, **HERE).status_code == 403


def test_in_production_there_is_no_such_address():
    here = a_person("auditor")
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/", {"person": here.person}).status_code == 404
    with override_settings(DEMO=True):
        assert Client().get("/demo/").status_code == 404, "it is not even mounted"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GOLDTHREAD_HTTPS", "1"),
        ("GOLDTHREAD_HOSTS", "send.example.org"),
        ("GOLDTHREAD_HOSTS", "127.0.0.1,send.example.org"),
        ("GOLDTHREAD_HOSTS", "*"),
        ("GOLDTHREAD_HOSTS", "0.0.0.0"),
    ],
)
def test_settings_refuse_a_demo_for_other_people(name, value, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_DEMO", "1")
    assert read_environment().demo
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match="works on this machine alone"):
        read_environment()


def test_without_the_variable_there_is_no_demo(monkeypatch):
    monkeypatch.delenv("GOLDTHREAD_DEMO", raising=False)
    assert not read_environment().demo


@pytest.mark.machine
def test_a_whole_start_refuses_in_one_sentence(tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "goldthread", "demo", "--no-browser", "--port", "48231"],
        env={**os.environ, "GOLDTHREAD_HOME": str(tmp_path), "GOLDTHREAD_HTTPS": "1"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert "works on this machine alone" in result.stderr
    assert "Traceback" not in result.stderr
