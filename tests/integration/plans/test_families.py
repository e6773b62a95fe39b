"""A family answers once, by a link that nobody keeps; what all said is counted together."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.core.stats import wilson
from goldthread.readers.experience import shared_form
from goldthread.records.models import Audit, Event, Experience
from goldthread.records.scope import scope
from tests.integration.plans.given import a_plan, events
from tests.people import NORTH, SOUTH, a_person, client_of

FORM = shared_form()
FAMILIES = f"/work/{NORTH}/families/"


@pytest.fixture
def lead():
    return a_person("quality-lead")


def a_link(lead, plan="", who="parent-carer"):
    """Path of a new link."""
    plan = plan or a_plan()
    answer = client_of(lead).post(f"{FAMILIES}ask/{plan}/", {"who": who})
    return re.search(r"http://testserver(/say/[^<]+)<", answer.content.decode())[1]


def say(link, answer="fully", client=None, **fields):
    given = {f"q-{q.id}": answer for q in FORM.questions}
    return (client or Client()).post(link, {**given, **fields})


def rows():
    with scope(authority=NORTH):
        return list(Experience.objects.order_by("id"))


def test_a_family_answers_without_signing_in_and_without_a_cookie(lead):
    plan = a_plan()
    link = a_link(lead, plan)
    family = Client(enforce_csrf_checks=True)
    page = family.get(link)
    text = page.content.decode()
    assert page.status_code == 200
    assert plan not in text
    assert "Northmere" not in text
    assert page["Cache-Control"] == "no-store"
    for question in FORM.questions:
        assert question.words.replace("'", "&#x27;") in text
    answer = say(link, client=family, comment="It took long.")
    assert (answer.status_code, answer["Location"]) == (303, "/say/thanks/?young=0")
    assert family.get(answer["Location"]).status_code == 200
    assert not family.cookies
    [row] = rows()
    assert set(row.answers.values()) == {"fully"}
    assert row.comment == "It took long."
    assert events() == ["experience.ask", "experience.answer"]


def test_a_link_works_once_and_only_its_digest_was_kept(lead):
    link = a_link(lead)
    token = link.rstrip("/").rsplit("/", 1)[1]
    [row] = rows()
    assert token not in str(vars(row))
    assert len(row.digest) == 64
    say(link)
    assert say(link, "not-at-all").status_code == 404
    assert Client().get(link).status_code == 404
    [row] = rows()
    assert (set(row.answers.values()), row.digest) == ({"fully"}, "")


def test_a_link_runs_out_is_withdrawn_and_belongs_to_one_authority(lead):
    link = a_link(lead)
    assert Client().get(link.replace(f"/say/{NORTH}/", f"/say/{SOUTH}/")).status_code == 404
    assert Client().get(f"/say/{NORTH}/guessed/").status_code == 404
    assert Client().get(f"/say/xyz/{'a' * 500}/").status_code == 404
    with scope(authority=NORTH):
        Experience.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    other = a_link(lead)
    number = rows()[-1].pk
    assert client_of(lead).post(f"{FAMILIES}{number}/withdraw").status_code == 303
    assert Client().get(other).status_code == 404
    assert say(other).status_code == 404
    assert events() == ["experience.ask", "experience.ask", "experience.withdraw"]


def test_what_was_answered_cannot_be_withdrawn(lead):
    say(a_link(lead))
    assert client_of(lead).post(f"{FAMILIES}{rows()[0].pk}/withdraw").status_code == 400


def test_a_form_from_another_site_is_refused(lead):
    link = a_link(lead)
    answer = Client(headers={"Sec-Fetch-Site": "cross-site"}).post(link, {"comment": "x"})
    assert answer.status_code == 403
    assert rows()[0].answered_at is None


def test_young_people_are_asked_in_their_own_words(lead):
    for link in (a_link(lead, who="young-person"), a_link(lead) + "?wording=young-person"):
        page = Client().get(link).content.decode()
        assert FORM.questions[0].young_words.replace("'", "&#x27;") in page
        assert FORM.questions[0].words not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Answer at least one question"),
        ({"q-heard": "certainly"}, "Choose one of the answers"),
        ({"comment": "x" * 2001}, "at most 2,000 characters"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_link_stays_open(lead, fields, said):
    link = a_link(lead)
    answer = Client().post(link, fields)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert say(link).status_code == 303


def test_there_is_no_figure_below_five_and_then_the_one_that_wilson_gives(lead):
    for number in range(4):
        say(a_link(lead), comment=f"Remark {number}")
    page = client_of(lead).get(FAMILIES).content.decode()
    assert "Fewer than 5 families have answered" in page
    assert "%" not in page.split("<h2", 1)[0].split("main-content")[-1]
    assert "Remark" not in page
    say(a_link(lead), "not-at-all")
    page = client_of(lead).get(FAMILIES).content.decode()
    interval = wilson(4, 5)
    assert "5 families have answered" in page
    assert "4 of 5" in page
    assert f"{100 * interval.low:.0f}% and {100 * interval.high:.0f}%" in page
    assert "Remark 3" in page


def test_comments_are_for_those_who_may_read_documents(lead):
    for _ in range(5):
        say(a_link(lead), comment="In confidence")
    for role, sees in (("send-manager", True), ("partner-reader", False), ("analyst", False)):
        page = client_of(a_person(role)).get(FAMILIES).content.decode()
        assert ("In confidence" in page) is sees
        assert ("Families asked" in page) is False


def test_the_newest_audit_of_the_plan_points_to_the_answers(lead):
    plan = a_plan()
    with scope(authority=NORTH):
        from goldthread.records.models import Plan

        made = [
            Audit.objects.create(
                authority_id=NORTH, reference=f"A-{n}", mode="blind", framework="ehc-ref@2026.1",
                plan=Plan.objects.get(reference=plan), state=state,
            )
            for n, state in enumerate(["allotted", "under-way", "withdrawn"])
        ]  # fmt: skip
    say(a_link(lead, plan))
    with scope(authority=NORTH):
        pointed = [Audit.objects.get(pk=a.pk).experience_id for a in made]
    assert pointed == [None, rows()[0].pk, None]


def test_events_do_not_tell_whose_answers_came(lead):
    plan = a_plan()
    say(a_link(lead, plan), comment="Secret words")
    with scope(authority=NORTH):
        event = Event.objects.latest("number")
    assert event.person is None
    assert plan not in event.subject
    assert "Secret" not in str(event.detail)


def test_whom_to_ask_must_be_chosen(lead):
    plan = a_plan()
    answer = client_of(lead).post(f"{FAMILIES}ask/{plan}/", {"who": "neighbour"})
    assert answer.status_code == 400
    assert rows() == []
