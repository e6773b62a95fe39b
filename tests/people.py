"""Invented people at work in two invented authorities, for tests with the real database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from goldthread.records.actions.opening import find_or_make_person
from goldthread.records.models import Membership, Settings
from goldthread.records.queries.here import find_here
from goldthread.records.scope import Here, scope

NORTH, SOUTH = "001", "002"
NAMES = {NORTH: "Northmere (invented)", SOUTH: "Southfold (invented)"}


def open_for_tests(code: str = NORTH) -> None:
    """The authority's settings, within the test's transaction."""
    with scope(authority=code):
        Settings.objects.get_or_create(authority_id=code, defaults={"salt": f"salt-{code}"})


def a_person(*roles: str, code: str = NORTH, name: str = "", **fields: Any) -> Here:
    """Somebody with these roles: an account, a membership, and their place."""
    open_for_tests(code)
    called = name or f"{'-'.join(roles)} {code}"
    with scope(authority=code, door="command"):
        email = f"{called.lower().replace(' ', '.')}@example.org"
        person = find_or_make_person(email, called)
        values = {"roles": list(roles), "agency": "education", **fields}
        if "inspector" in roles:
            values.setdefault("ends_at", timezone.now() + dt.timedelta(days=14))
        Membership.objects.update_or_create(authority_id=code, person=person, defaults=values)
    with scope(authority=code, person=person.pk):
        here = find_here(code, person.pk, "demo")
    assert here is not None
    return here


def client_of(here: Here, **session: Any) -> Client:
    """A browser in which this person has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from goldthread.records.models import Person
    from goldthread.records.sessions import SessionStore

    with scope(person=here.person):
        person = Person.objects.get(pk=here.person)
    now = int(timezone.now().timestamp())
    store = SessionStore()
    store.update({
        SESSION_KEY: str(person.pk), HASH_SESSION_KEY: person.get_session_auth_hash(),
        BACKEND_SESSION_KEY: "goldthread.web.work.backend.People",
        "via": "demo", "began": now, "seen": now, **session,
    })  # fmt: skip
    store.save(must_create=True)
    client = Client()
    client.cookies["gt-session"] = store.session_key
    return client
