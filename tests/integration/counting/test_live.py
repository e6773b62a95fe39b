"""What open pages follow: who may, what is said, and when it ends."""

import datetime as dt
import json
import re
import threading

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from goldthread.desks import Desks, Seats
from goldthread.records import cells
from goldthread.records.cells import Beat
from goldthread.records.models import Event, Membership
from goldthread.records.scope import scope
from goldthread.records.sessions import SessionStore
from goldthread.web.work.views import live
from tests.people import NORTH, SOUTH, a_person, client_of

AT = dt.datetime(2026, 11, 24, 14, 5, tzinfo=dt.UTC)
STREAM, NOW = f"/work/{NORTH}/live/", f"/work/{NORTH}/live/now/"


class Quiet:
    """An ear that says what it is told to, one answer for each call; in the end, nothing."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def wait(self, authority, number, seconds):
        self.asked.append((authority, number, seconds))
        return self.answers.pop(0) if self.answers else None


@pytest.fixture
def quiet(monkeypatch):
    """Nothing is heard, and the test's own transaction goes on after a request."""
    ear = Quiet()
    monkeypatch.setattr(live, "ear", ear)
    monkeypatch.setattr(live, "close_old_connections", lambda: None)
    return ear


def close(response):
    """What the server does when it has sent all; it would also put the test's connection away."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def lines(response):
    return b"".join(response.streaming_content).decode()


def test_a_stream_says_number_and_time_and_nothing_else(quiet, monkeypatch):
    here = a_person("partner-reader")
    with scope(authority=NORTH):
        beat = cells.beat(NORTH)
    monkeypatch.setattr(live, "LONGEST", 0.0)
    response = client_of(here).get(STREAM)
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Accel-Buffering"] == "no"
    said = lines(response)
    assert said.startswith(f"retry: {live.RETRY}\nid: {beat.number}\n")
    (data,) = re.findall(r"data: (.*)\n", said)
    assert json.loads(data) == {"number": beat.number, "at": beat.at.isoformat()}


def test_asking_says_the_same(quiet):
    here = a_person("director")
    client = client_of(here)
    assert client.get(NOW).json() == {"number": 0, "at": ""}
    with scope(authority=NORTH):
        beat = cells.beat(NORTH)
    assert client.get(NOW).json() == {"number": beat.number, "at": beat.at.isoformat()}


@pytest.mark.parametrize("address", [STREAM, NOW])
def test_only_those_who_see_figures_of_this_authority_follow_them(address, quiet):
    assert client_of(a_person("auditor")).get(address).status_code == 403
    assert client_of(a_person("director", code=SOUTH)).get(address).status_code == 404
    assert RequestFactory().get(address).path == address


def test_no_form_is_taken(quiet):
    assert client_of(a_person("director")).head(STREAM).status_code == 405


def test_without_a_free_seat_the_page_is_sent_to_ask(quiet, monkeypatch):
    monkeypatch.setattr(live, "seats", Seats(1))
    client = client_of(a_person("director"))
    first = client.get(STREAM)
    assert first.status_code == 200
    assert client.get(STREAM).status_code == 204
    close(first)
    close(first)  # twice frees one seat
    second = client.get(STREAM)
    assert second.status_code == 200
    assert client.get(STREAM).status_code == 204
    close(second)


def beats(ear, looks, seconds=(0.0,)):
    """The lines of a stream that begins at number 1. `looks`: what looking finds, in turn."""
    left = list(looks)

    def look():
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return list(live.events(NORTH, Beat(1, AT), look))


def test_news_heartbeats_and_what_was_missed(quiet):
    quiet.answers = [Beat(2, AT), None, None, None]
    said = beats(quiet, [Beat(2, AT), Beat(5, AT), None])
    assert [line.splitlines()[0] for line in said] == [
        f"retry: {live.RETRY}", "id: 2", ": still here", "id: 5",
    ]  # fmt: skip
    assert [number for _, number, _ in quiet.asked] == [1, 2, 2, 5]
    assert all(seconds <= live.HEARTBEAT * 1.2 for *_, seconds in quiet.asked)


def test_a_stream_ends_when_the_database_cannot_be_asked(quiet):
    assert len(beats(quiet, [OperationalError("gone")])) == 1


def test_a_stream_ends_by_itself(quiet, monkeypatch):
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr(live.time, "monotonic", lambda: float(next(clock)))
    said = list(live.events(NORTH, Beat(1, AT), lambda: Beat(1, AT)))
    assert said[1:] == [": still here\n\n"] * (len(said) - 1)
    assert len(said) < 10


def heartbeat_of(here, change):
    """Whether a stream goes on after this change, at its next heartbeat."""
    client = client_of(here)
    response = client.get(STREAM)
    parts = iter(response.streaming_content)
    assert b"id:" in next(parts)
    assert next(parts) == b": still here\n\n"
    change(client)
    ended = next(parts, None) is None
    close(response)
    return not ended


def test_a_stream_goes_on_while_its_person_may_see_figures(quiet):
    assert heartbeat_of(a_person("director"), lambda client: None)


@pytest.mark.parametrize(
    "change",
    [
        {"roles": ["auditor"]},
        {"ended_at": timezone.now() - dt.timedelta(hours=1)},
        {"ends_at": timezone.now() - dt.timedelta(hours=1)},
    ],
)
def test_it_ends_with_the_role_and_with_the_membership(quiet, change):
    here = a_person("director")

    def take(client):
        with scope(authority=NORTH):
            Membership.objects.filter(pk=here.member).update(**change)

    assert not heartbeat_of(here, take)


def test_it_ends_when_its_person_signs_out(quiet):
    def sign_out(client):
        SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value).delete()

    assert not heartbeat_of(a_person("director"), sign_out)


def test_it_ends_when_the_session_was_idle_too_long(quiet):
    def wait(client):
        store = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
        store["seen"] = store["seen"] - 2 * 60 * 60
        store.save()

    assert not heartbeat_of(a_person("director"), wait)


def seen(client):
    return SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)["seen"]


def test_an_open_page_does_not_keep_its_session_from_ending(quiet, monkeypatch):
    here = a_person("director")
    long_ago = int(timezone.now().timestamp()) - 1800
    client = client_of(here, seen=long_ago)
    close(client.get(STREAM))
    client.get(NOW)
    client.get(f"/work/{NORTH}/", headers={"X-Goldthread-By-Itself": "1"})
    assert seen(client) == long_ago
    client.get(f"/work/{NORTH}/")
    assert seen(client) > long_ago


def test_an_inspector_leaves_an_event_for_each_page_and_none_for_following_it(quiet):
    client = client_of(a_person("inspector"))
    close(client.get(STREAM))
    client.get(NOW)
    with scope(authority=NORTH):
        assert not Event.objects.filter(action="page.read").exists()


def part(here, number, at):
    request = RequestFactory().get("/work/001/quality/?need=ASD")
    request.here = here
    context = {"live": {"number": number, "at": at, "address": request.get_full_path()}}
    return render_to_string("work/parts/live.html", context, request)


def test_the_page_says_when_it_was_true_by_our_clocks(monkeypatch):
    here = a_person("director")
    july = dt.datetime(2026, 7, 14, 13, 5, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: july)
    text = part(here, 3, july - dt.timedelta(days=1, hours=1))
    assert f'data-live="{STREAM}"' in text
    assert 'data-live-number="3"' in text
    assert "They last changed at 13:05 on 13 July 2026." in text
    assert 'href="/work/001/quality/?need=ASD">Look again' in text
    assert "No audit has been signed yet." in part(here, 0, None)


def test_desks_work_where_they_are_asked_until_they_are_opened():
    desks = Desks()
    assert desks.run(threading.current_thread) is threading.current_thread()
    desks.open(1)
    assert desks.run(threading.current_thread).name.startswith("desk")
    # Work at a desk that asks for a desk stays there: one desk would wait for itself for ever.
    assert desks.run(lambda: desks.run(threading.current_thread)).name.startswith("desk")
    with pytest.raises(ZeroDivisionError):
        desks.run(lambda: 1 // 0)
