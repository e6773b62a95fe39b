"""The right of reply on the real database: whose it is, until when, and what answers it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goldthread.records.actions.moderation import ask_moderation
from goldthread.records.actions.replies import answer_reply, give_reply
from goldthread.records.models import Event, Membership, Moderation, Reply, Settings
from goldthread.records.queries.audits import get_audit
from goldthread.records.queries.replies import (
    get_reply,
    may_reply,
    my_replies,
    replies_to,
    right_of,
    unanswered,
)
from goldthread.records.scope import NotAllowed, Refused, Stale, scope
from tests.integration.work.test_moderating import LOW, decide_as, inside, row_of
from tests.moderated import a_pair, a_signed_pair, signed_days_ago
from tests.people import NORTH, a_person

ASKED = ("F2-quantified", "L1-plain", "B2-specific")
WORDS = "The hours stand in the appendix that came with the plan."


@pytest.fixture
def lead():
    return a_person("quality-lead", name="Maud Ferris")


@pytest.fixture
def pair():
    return a_signed_pair(NORTH, {"L1-plain": "1"}, {})


def reply_as(here, audit, words=WORDS, criteria=("F2-quantified",)):
    with inside(here):
        return give_reply(here, get_audit(here, audit), words, criteria, ASKED)


def answer_as(here, reference, outcome, words="Thank you; we looked again."):
    with inside(here):
        return answer_reply(here, reference, outcome, words)


def test_writer_and_adviser_may_reply_once_each_and_are_told_until_when(pair):
    last = timezone.localdate() + dt.timedelta(days=15)
    for here, who in ((pair.writer, "writer"), (pair.author, "adviser")):
        with inside(here):
            (right,) = may_reply(here)
        assert (right.audit, right.who, right.window.until) == (pair.first, who, last)
        reference = reply_as(here, pair.first)
        assert reply_as(here, pair.first) == reference
        with inside(here):
            assert may_reply(here) == ()
            (row,) = my_replies(here)
            assert (row.words, row.criteria, row.who) == (WORDS, ("F2-quantified",), who)
            with pytest.raises(Refused, match="replied to this audit already"):
                give_reply(here, get_audit(here, pair.first), "Something else.", (), ASKED)
    with scope(authority=NORTH):
        assert Event.objects.filter(action="reply.give", subject=pair.first).count() == 2
        assert "appendix" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_nobody_replies_to_another_ones_work(pair, lead):
    other = a_person("plan-writer", name="Another writer")
    with inside(other), pytest.raises(NotAllowed, match="Only who wrote"):
        give_reply(other, get_audit(lead, pair.first), WORDS, (), ASKED)
    with inside(lead), pytest.raises(NotAllowed, match="may not reply"):
        give_reply(lead, get_audit(lead, pair.first), WORDS, (), ASKED)
    with inside(pair.writer), pytest.raises(NotAllowed, match="second, blind marking"):
        give_reply(pair.writer, get_audit(pair.writer, pair.second), WORDS, (), ASKED)
    with inside(other):
        assert (may_reply(other), right_of(other, row_of(pair.first).pk)) == ((), None)


def test_before_it_is_signed_there_is_nothing_to_reply_to(lead):
    pair = a_pair(NORTH)
    with inside(pair.writer), pytest.raises(NotAllowed, match="not signed yet"):
        give_reply(pair.writer, get_audit(lead, pair.first), WORDS, (), ASKED)


@pytest.mark.parametrize(
    ("words", "criteria", "said"),
    [
        ("no", (), "at least 10"),
        ("x" * 4001, (), "below 4,000"),
        (WORDS, ("Z9-x",), "of this audit"),
    ],
)
def test_a_reply_says_something_about_questions_of_the_audit(pair, words, criteria, said):
    with pytest.raises(Refused, match=said):
        reply_as(pair.writer, pair.first, words, criteria)


def test_after_the_last_day_the_day_is_said_and_without_days_there_is_none(pair):
    signed_days_ago(pair.first, 16, NORTH)
    with inside(pair.writer):
        assert may_reply(pair.writer) == ()
    with pytest.raises(Refused, match=r"could be given until \d+ \w+ \d{4}\. Ask the quality"):
        reply_as(pair.writer, pair.first)
    with scope(authority=NORTH):
        Settings.objects.update(reply_days=0)
    with inside(pair.writer):
        assert may_reply(pair.writer)[0].window.until is None
    assert reply_as(pair.writer, pair.first)


def test_an_audit_that_moderation_changed_may_be_replied_to_again(pair, lead):
    first = reply_as(pair.writer, pair.first)
    answer_as(lead, first, "noted")
    with inside(lead):
        waits = ask_moderation(lead, get_audit(lead, pair.first), "A new report has come.")
    decide_as(lead, waits, {"L1-plain": "3"})
    with inside(pair.writer):
        assert [right.audit for right in may_reply(pair.writer)] == [pair.first]
    assert reply_as(pair.writer, pair.first, "Thank you, now it is right.") != first
    with inside(lead):
        assert len(replies_to(lead, row_of(pair.first).pk)) == 2


@pytest.mark.parametrize("outcome", ["kept", "noted"])
def test_an_answer_is_given_once_and_the_writer_reads_no_name(pair, lead, outcome):
    reference = reply_as(pair.writer, pair.first)
    with inside(lead):
        (row,) = unanswered(lead)
        assert row.by == pair.writer.name
    with pytest.raises(Refused, match="at least 10"):
        answer_as(lead, reference, outcome, "no")
    assert answer_as(lead, reference, outcome) == ""
    assert answer_as(lead, reference, outcome) == ""
    with pytest.raises(Stale, match="answered meanwhile"):
        answer_as(a_person("quality-lead", name="Other"), reference, "moderated")
    with inside(pair.writer):
        row = get_reply(pair.writer, reference)
    assert (row.state, row.outcome, row.answer, row.answered_by) == (
        "answered", outcome, "Thank you; we looked again.", "",
    )  # fmt: skip
    assert row.mine
    with inside(lead):
        assert unanswered(lead) == ()


def test_a_panel_is_the_answer_where_the_reply_leads_to_one(pair, lead):
    reference = reply_as(pair.writer, pair.first, criteria=("L1-plain",))
    other = reply_as(pair.author, pair.first, criteria=())
    waits = answer_as(lead, reference, "moderated", "")
    assert answer_as(lead, reference, "moderated", "") == waits
    assert answer_as(lead, other, "moderated", "") == waits
    with scope(authority=NORTH):
        assert Moderation.objects.get().why == "reply"
    with inside(pair.writer):
        row = get_reply(pair.writer, reference)
        assert (row.state, row.outcome, row.moderation) == ("waiting", "moderated", waits)
    with pytest.raises(Refused, match="L1-plain: choose which answer counts"):
        decide_as(lead, waits, {})
    decide_as(lead, waits, {"L1-plain": "3"})
    for here, mine in ((pair.writer, reference), (pair.author, other)):
        with inside(here):
            row = get_reply(here, mine)
        assert (row.state, row.answer) == ("answered", "We read Section F together and agreed.")
    with scope(authority=NORTH):
        event = Event.objects.get(action="moderation.decide")
    assert event.detail["replies"] == [reference, other]


def test_a_reply_joins_a_moderation_that_waits(lead):
    pair = a_signed_pair(NORTH, LOW, {})
    reference = reply_as(pair.writer, pair.first)
    with scope(authority=NORTH):
        waits = Moderation.objects.get().reference
    assert answer_as(lead, reference, "moderated") == waits


def test_nobody_answers_their_own_reply(pair):
    reference = reply_as(pair.writer, pair.first)
    also = a_person("quality-lead", "plan-writer", name=pair.writer.name)
    with pytest.raises(NotAllowed, match="your own reply"):
        answer_as(also, reference, "noted")


def test_a_role_removed_midway_and_a_plan_erased_end_it(pair, lead):
    from goldthread.records.actions.erasure import erase_plan

    reference = reply_as(pair.writer, pair.first)
    admin = a_person("administrator")
    with inside(admin):
        erase_plan(admin, pair.plan.reference, pair.plan.reference)
    with inside(pair.writer):
        assert may_reply(pair.writer) == ()
        assert get_reply(pair.writer, reference).words == ""
    assert answer_as(lead, reference, "noted", "The plan was erased.") == ""
    with scope(authority=NORTH):
        Membership.objects.filter(pk=lead.member).update(roles=["director"])
        assert Reply.objects.get().outcome == "noted"
    with pytest.raises(NotAllowed):
        answer_as(a_person("director", name="Maud Ferris"), reference, "noted")
