"""Forms sent twice, rows gone meanwhile, and a clock set back: nothing is done twice or lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goldthread.records.log import record, verify
from goldthread.records.models import Chain, Event, Experience, Membership, Plan
from goldthread.records.scope import scope
from tests.access.everything import digests, everything
from tests.people import NORTH, a_person, client_of

TWICE = (
    ("people/{member}/end/", {}, "administrator", 400),
    ("people/invitations/{invitation}/withdraw/", {}, "administrator", 409),
    ("people/{member}/conflicts/{conflict}/withdraw/", {}, "administrator", 404),
    ("settings/mappings/{mapping}/delete/", {}, "administrator", 404),
    ("settings/sign-in/{slug}/", {"active": ""}, "administrator", 409),
    ("audits/{open}/withdraw", {"reason": "It was allotted twice"}, "quality-lead", 400),
    ("samples/{sample}/replace/{line}/", {"code": "ceased", "words": "Ceased in May"},
     "quality-lead", 400),
    ("samples/{sample}/aside", {"words": "Drawn from the wrong list"}, "quality-lead", 400),
    ("conflicts/", {"plan": "{plan}", "reason": "a neighbour"}, "quality-lead", 400),
    ("privacy/{plan}/erase/", {"typed": "{plan}"}, "administrator", 404),
)  # fmt: skip
"""Address, form, who sends it, and the answer when it is sent again."""


@pytest.fixture
def north():
    return everything(NORTH)


def test_a_form_sent_twice_does_its_work_once(north):
    for path, fields, role, again in TWICE:
        client = client_of(north.people[role])
        whole = f"/work/{NORTH}/{path.format(**north.named)}"
        form = {name: value.format(**north.named) for name, value in fields.items()}
        first = client.post(whole, form)
        wrong = first.context and (first.context.get("fault") or first.context.get("wrong"))
        assert first.status_code in (200, 303), (path, wrong)
        before = digests(NORTH)
        second = client.post(whole, form)
        assert second.status_code == again, path
        assert digests(NORTH) == before, path


def test_a_plan_form_sent_twice_is_stale_the_second_time(north):
    client = client_of(north.people["quality-lead"])
    path = f"/work/{NORTH}/plans/{north.named['plan']}/change/"
    form = {"plan_kind": "reviewed", "need": "MLD", "stamp": client.get(path).context["stamp"]}
    assert client.post(path, form).status_code == 303
    before = digests(NORTH)
    assert client.post(path, form).status_code == 409
    assert digests(NORTH) == before


def test_two_people_change_one_plan_and_the_second_is_told(north):
    path = f"/work/{NORTH}/plans/{north.named['plan']}/change/"
    lead, manager = (client_of(north.people[r]) for r in ("quality-lead", "send-manager"))
    stamps = [browser.get(path).context["stamp"] for browser in (lead, manager)]
    assert lead.post(path, {"plan_kind": "reviewed", "need": "MLD", "stamp": stamps[0]})
    answer = manager.post(path, {"plan_kind": "reviewed", "need": "HI", "stamp": stamps[1]})
    assert answer.status_code == 409
    with scope(authority=NORTH):
        assert Plan.objects.get(reference=north.named["plan"]).need == "MLD"


def test_a_role_taken_between_the_page_and_the_form_ends_it(north):
    here = north.people["administrator"]
    client = client_of(here)
    path = f"/work/{NORTH}/people/{north.named['member']}/end/"
    assert client.get(path).status_code == 200
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(roles=["director"])
    before = digests(NORTH)
    assert client.post(path).status_code == 403
    assert digests(NORTH) == before


def test_a_place_that_ends_between_the_page_and_the_form_ends_it(north):
    here = north.people["quality-lead"]
    client = client_of(here)
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(ended_at=timezone.now())
    before = digests(NORTH)
    answer = client.post(f"/work/{NORTH}/plans/add/", {"plan_kind": "unknown"})
    assert answer.status_code == 404
    assert digests(NORTH) == before


def test_a_page_that_fails_undoes_what_it_wrote(north, monkeypatch):
    """The event is written last: when it cannot be, nothing else stays either."""
    from goldthread.records.actions import plans

    def fails(*_, **__):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(plans, "record", fails)
    client = client_of(north.people["quality-lead"])
    client.raise_request_exception = False
    before = digests(NORTH)
    answer = client.post(f"/work/{NORTH}/plans/add/", {"plan_kind": "unknown"})
    assert answer.status_code == 500
    assert digests(NORTH) == before


def test_a_clock_set_back_an_hour_keeps_the_log_in_order(monkeypatch):
    here = a_person("quality-lead")
    now = timezone.now()
    times = iter((now, now - dt.timedelta(hours=1), now - dt.timedelta(minutes=59)))
    monkeypatch.setattr(timezone, "now", lambda: next(times))
    with scope(authority=NORTH, person=here.person):
        for number in range(3):
            record(here, "plan.add", subject=f"P-{number}")
        events = list(Event.objects.filter(authority_id=NORTH).order_by("number"))
        head = Chain.objects.get(authority_id=NORTH)
    assert [e.subject for e in events] == ["P-0", "P-1", "P-2"]
    assert [e.number for e in events] == [1, 2, 3]
    assert events[1].at < events[0].at
    assert verify(NORTH, events, head).fault == ""


def test_a_clock_set_back_opens_no_link_that_was_used_or_withdrawn(north, client, monkeypatch):
    lead = client_of(north.people["quality-lead"])
    lead.post(f"/work/{NORTH}/families/{north.named['link']}/withdraw")
    earlier = timezone.now() - dt.timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/say/{NORTH}/{north.named['token']}/")
        assert answer.status_code == 404
    with scope(authority=NORTH):
        assert Experience.objects.get(pk=north.named["link"]).answered_at is None
