"""What was kept long enough goes, once, in numbers that are written down; grades stay."""

import datetime as dt
import json

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.audit.audit import SignedAudit
from goldthread.records.actions.retention import Due, apply, due, months_before
from goldthread.records.models import (
    Answer,
    Audit,
    Document,
    Event,
    Identity,
    Invitation,
    Membership,
    Plan,
    Settings,
    SignedIn,
    Stored,
)
from goldthread.records.scope import NotAllowed, scope
from tests.integration.people.kept import (
    COMMENT,
    FORENAME,
    LOCAL_ID,
    QUOTE,
    STRINGS,
    SURNAME,
    UPN,
    a_whole_plan,
    found_anywhere,
)
from tests.people import NORTH, SOUTH, a_person, client_of


@pytest.fixture
def boss():
    return a_person("administrator")


def run(here, today):
    with scope(authority=here.authority, person=here.person):
        return apply(here, today)


def in_months(months):
    """A day just past so many months from today."""
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) + dt.timedelta(days=40)


def test_nothing_is_due_at_first_and_nothing_is_written(boss):
    a_whole_plan(a_person("quality-lead"))
    assert run(boss, timezone.localdate()) == Due()
    with scope(authority=NORTH):
        assert not Event.objects.exists()


def test_documents_go_first_and_the_rest_stays(boss):
    whole = a_whole_plan(a_person("quality-lead"))
    assert run(boss, in_months(24)) == Due(documents=1)
    with scope(authority=NORTH):
        assert not Stored.objects.exists()
        assert Document.objects.get().reference == whole.document
        assert Answer.objects.exclude(comment="").count() == 2
        assert Identity.objects.count() == 1


def test_words_go_and_what_was_signed_still_verifies(boss):
    whole = a_whole_plan(a_person("quality-lead"))
    # Two answers, and a decision, a conflict, a line of a sample, a family, a list: one each.
    assert run(boss, in_months(36)) == Due(documents=1, words=9)
    words = (QUOTE, COMMENT, *(text for text in STRINGS if text.endswith("-words")))
    assert found_anywhere(NORTH, *words) == {}
    with scope(authority=NORTH):
        for answer in Answer.objects.all():
            assert answer.value == "2"
            assert answer.evidence == [
                {"document": "D-1", "paragraph": 1, "start": 0, "end": len(QUOTE), "quote": "",
                 "section": "F"}
            ]  # fmt: skip
        signed = Audit.objects.get(reference=whole.audit)
        assert SignedAudit.from_json(json.dumps(signed.signed)).digest == signed.digest
        assert signed.plan.identity.surname == SURNAME


def test_identity_goes_last_and_the_plan_stays_under_its_pseudonym(boss):
    whole = a_whole_plan(a_person("quality-lead"))
    assert run(boss, in_months(72)).plans == 1
    assert found_anywhere(NORTH, FORENAME, SURNAME, LOCAL_ID, UPN, "999111") == {}
    with scope(authority=NORTH):
        assert Plan.objects.get().reference == whole.plan
        assert Plan.objects.get().local_digest == ""
        assert Audit.objects.filter(plan__reference=whole.plan).count() == 2


@pytest.mark.parametrize("date", ["issued_on", "amended_on", "last_review_on", "ceased_on"])
def test_identity_counts_from_the_last_thing_that_happened(boss, date):
    a_whole_plan(a_person("quality-lead"))
    later = in_months(60)
    with scope(authority=NORTH):
        Plan.objects.update(**{date: later})
    assert run(boss, in_months(72)).plans == 0
    assert run(boss, later.replace(year=later.year + 6) + dt.timedelta(days=1)).plans == 1


def test_a_second_run_finds_nothing_and_writes_nothing(boss):
    a_whole_plan(a_person("quality-lead"))
    first = run(boss, in_months(100))
    assert (first.documents, first.words, first.plans) == (1, 9, 1)
    assert run(boss, in_months(100)) == Due()
    with scope(authority=NORTH):
        (event,) = Event.objects.all()
    assert event.action == "retention.apply"
    assert event.detail == vars(first)


def test_what_is_due_is_what_goes(boss):
    a_whole_plan(a_person("quality-lead"))
    left = a_person("auditor", name="Ann Ash")
    with scope(authority=NORTH):
        Membership.objects.filter(pk=left.member).update(ended_at=timezone.now())
    client_of(boss)
    for months in (0, 24, 36, 72):
        day = in_months(months)
        with scope(authority=NORTH, person=boss.person):
            expected = due(boss, day)
        assert run(boss, day) == expected
        assert run(boss, day).nothing


def test_other_authorities_are_not_touched(boss):
    a_whole_plan(a_person("quality-lead", code=SOUTH))
    assert run(boss, in_months(100)).documents == 0
    with scope(authority=SOUTH):
        assert Identity.objects.count() == 1
        assert Stored.objects.count() == 1


def test_people_who_left_become_numbers_and_those_who_stay_do_not(boss):
    long_ago = timezone.now() - dt.timedelta(days=3 * 366 + 40)
    left = a_person("auditor", name="Ann Ash")
    visited = a_person("inspector", name="Una Yew")
    with scope(authority=NORTH, door="erase"):
        Membership.objects.filter(pk=left.member).update(ended_at=long_ago)
        Membership.objects.filter(pk=visited.member).update(ends_at=long_ago)
    assert run(boss, timezone.localdate()).people == 2
    assert found_anywhere(NORTH, "Ann Ash", "ann.ash", "Una Yew", "una.yew") == {}
    assert found_anywhere(NORTH, boss.name)["records_person"]


def test_invitations_and_sessions_that_ended_go(boss):
    client_of(boss)
    with scope(authority=NORTH, door="erase"):
        for days, key in ((-2, "a"), (2, "b")):
            when = timezone.now() + dt.timedelta(days=days)
            Invitation.objects.create(
                authority_id=NORTH, email=f"{key}@example.org", digest=key * 64, expires_at=when
            )
        SignedIn.objects.filter(person=boss.person).update(
            expire_date=timezone.now() - dt.timedelta(days=2)
        )
    found = run(boss, timezone.localdate())
    assert (found.invitations, found.sessions) == (1, 1)
    with scope(authority=NORTH):
        assert Invitation.objects.get().email == "b@example.org"


def test_the_authority_decides_the_months(boss):
    a_whole_plan(a_person("quality-lead"))
    with scope(authority=NORTH):
        Settings.objects.update(document_months=1)
    assert run(boss, in_months(1)).documents == 1


def test_only_an_administrator_sees_what_is_due():
    lead = a_person("quality-lead")
    with scope(authority=NORTH, person=lead.person), pytest.raises(NotAllowed):
        due(lead, timezone.localdate())


def slow_months_before(day, months):
    """One month at a time, by whole days."""
    year, month = day.year, day.month
    for _ in range(months):
        month -= 1
        if month == 0:
            year, month = year - 1, 12
    last = day.day
    while True:
        try:
            return dt.date(year, month, last)
        except ValueError:
            last -= 1


@given(st.dates(dt.date(1930, 1, 1), dt.date(2199, 12, 31)), st.integers(0, 300))
def test_months_are_counted_on_the_calendar(day, months):
    assert months_before(day, months) == slow_months_before(day, months)
