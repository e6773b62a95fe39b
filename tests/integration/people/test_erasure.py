"""After an erasure nothing in the whole database says who it was; grades stay and still verify."""

import json

import pytest
from django.db import connection, transaction

from goldthread.core.audit.audit import SignedAudit
from goldthread.records.actions.erasure import erase_person, erase_plan
from goldthread.records.actions.opening import find_or_make_person
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import verify
from goldthread.records.models import (
    Answer,
    Audit,
    Chain,
    Conflict,
    Document,
    Event,
    Experience,
    Identity,
    Invitation,
    Membership,
    Person,
    Plan,
    Settings,
    SignedIn,
)
from goldthread.records.scope import NotAllowed, Refused, scope
from tests.integration.people.kept import (
    STRINGS,
    a_whole_plan,
    found_anywhere,
)
from tests.people import NORTH, SOUTH, a_person, client_of


@pytest.fixture
def lead():
    return a_person("quality-lead")


@pytest.fixture
def boss():
    return a_person("administrator")


def erased(here, reference):
    with scope(authority=here.authority, person=here.person):
        return erase_plan(here, reference, reference.lower())


def test_nothing_of_the_child_is_left_in_any_table(lead, boss):
    whole = a_whole_plan(lead)
    before = found_anywhere(NORTH, *STRINGS)
    assert {text for texts in before.values() for text in texts} == set(STRINGS)
    done = erased(boss, whole.plan)
    assert vars(done) == {"documents": 1, "experiences": 1, "audits": 2, "answers": 2}
    assert found_anywhere(NORTH, *STRINGS) == {}
    with scope(authority=NORTH):
        for model in (Plan, Identity, Document, Experience, Conflict):
            assert not model.objects.exists(), model


def test_grades_stay_and_still_verify(lead, boss):
    whole = a_whole_plan(lead)
    erased(boss, whole.plan)
    with scope(authority=NORTH):
        signed = Audit.objects.get(reference=whole.audit)
        assert (signed.plan, signed.document, signed.experience) == (None, None, None)
        assert (signed.state, bool(signed.band)) == ("signed", True)
        assert SignedAudit.from_json(json.dumps(signed.signed)).digest == signed.digest
        assert Answer.objects.get(audit=signed).value == "2"
        assert Audit.objects.get(reference=whole.open_audit).state == "withdrawn"


def test_one_event_says_that_it_was_done(lead, boss):
    whole = a_whole_plan(lead)
    erased(boss, whole.plan)
    with scope(authority=NORTH):
        (event,) = Event.objects.all()
        assert (event.action, event.subject) == ("plan.erase", whole.plan)
        assert event.detail == {"documents": 1, "experiences": 1, "audits": 2, "answers": 2}
        assert not verify(NORTH, Event.objects.order_by("number"), Chain.objects.get()).fault


def test_another_plan_is_not_touched(lead, boss):
    whole, other = a_whole_plan(lead), a_whole_plan(lead, "P-QTHER2")
    erased(boss, whole.plan)
    with scope(authority=NORTH):
        assert Identity.objects.get().plan.reference == other.plan
        assert Answer.objects.exclude(comment="").count() == 2
        assert Document.objects.get().reference == other.document


def test_the_reference_must_be_typed(lead, boss):
    whole = a_whole_plan(lead)
    with scope(authority=NORTH, person=boss.person):
        with pytest.raises(WrongField) as caught, transaction.atomic():
            erase_plan(boss, whole.plan, "P-WHQLE3")
        assert caught.value.field == "typed"
        assert Identity.objects.count() == 1


def test_only_an_administrator_erases(lead):
    whole = a_whole_plan(lead)
    with scope(authority=NORTH, person=lead.person), pytest.raises(NotAllowed):
        erase_plan(lead, whole.plan, whole.plan)


def test_another_authoritys_plan_is_not_there(lead):
    whole = a_whole_plan(lead)
    south = a_person("administrator", code=SOUTH)
    with scope(authority=SOUTH, person=south.person), pytest.raises(Plan.DoesNotExist):
        erase_plan(south, whole.plan, whole.plan)


NAME, EMAIL = "Ottoline Bracegirdle", "ottoline.bracegirdle@example.org"


def somebody(**fields):
    """A person with an account, a session, an invitation, a factor and an address at allauth."""
    here = a_person("auditor", name=NAME, **fields)
    client_of(here)
    with scope(authority=here.authority, door="sign-in"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO account_emailaddress (email, verified, \"primary\", user_id)"
            " VALUES (%s, true, true, %s)", [EMAIL, here.person],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO mfa_authenticator (type, data, user_id, created_at)"
            " VALUES ('totp', '{}', %s, now())", [here.person],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO socialaccount_socialaccount"
            " (provider, uid, last_login, date_joined, extra_data, user_id)"
            " VALUES ('x', %s, now(), now(), '{}', %s)", [EMAIL, here.person],
        )  # fmt: skip
    with scope(authority=here.authority):
        Invitation.objects.create(
            authority_id=here.authority, email=EMAIL, name=NAME, digest="d" * 64,
            expires_at="2099-01-01T00:00Z",
        )  # fmt: skip
        Settings.objects.update(contact=f"{NAME}, {EMAIL}")
        Conflict.objects.create(
            authority_id=here.authority, member_id=here.member, team="North", reason="my team"
        )
    return here


def erase_somebody(boss, here):
    with scope(authority=NORTH, person=boss.person):
        erase_person(boss, here.member, NAME)


def test_nothing_of_a_person_is_left_in_any_table(boss):
    here = somebody()
    texts = (NAME, EMAIL, "Bracegirdle")
    tables = {"records_person", "records_invitation", "records_settings", "account_emailaddress"}
    assert tables <= found_anywhere(NORTH, *texts).keys()
    erase_somebody(boss, here)
    assert found_anywhere(NORTH, *texts) == {}
    with scope(authority=NORTH, door="erase"), connection.cursor() as cursor:
        for table in ("account_emailaddress", "mfa_authenticator", "socialaccount_socialaccount"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE user_id = %s", [here.person])
            assert cursor.fetchone() == (0,)
        assert not SignedIn.objects.filter(person=here.person).exists()
        row = Membership.objects.select_related("person").get(pk=here.member)
        assert (row.person.name, row.person.is_active) == (f"Former member {here.person}", False)
        assert row.ended_at is not None
        assert not row.person.has_usable_password()


def test_an_erased_person_cannot_come_in_again(boss):
    here = somebody()
    client = client_of(here)
    assert client.get(f"/work/{NORTH}/").status_code == 200
    erase_somebody(boss, here)
    assert client.get(f"/work/{NORTH}/").status_code == 302


def test_who_also_works_elsewhere_keeps_that_place(boss):
    here = somebody()
    south = a_person("auditor", code=SOUTH, name=NAME)
    assert south.person == here.person
    erase_somebody(boss, here)
    with scope(authority=NORTH, door="erase"):
        row = Membership.objects.select_related("person").get(pk=here.member)
        assert row.person.name == f"Former member {row.person_id}" != NAME
        assert Person.objects.get(pk=here.person).name == NAME
    with scope(authority=NORTH):
        assert not Person.objects.filter(email=EMAIL).exists()
    assert client_of(south).get(f"/work/{SOUTH}/").status_code == 200
    assert client_of(south).get(f"/work/{NORTH}/").status_code == 404


def test_two_who_work_elsewhere_can_both_be_erased(boss):
    for name in ("Ann Ash", "Bob Beech"):
        here = a_person("auditor", name=name)
        a_person("auditor", code=SOUTH, name=name)
        with scope(authority=NORTH, person=boss.person):
            erase_person(boss, here.member, name)
    assert found_anywhere(NORTH, "to-be-named") == {}


@pytest.mark.parametrize("whom", ["self", "administrator", "twice", "mistyped"])
def test_who_is_not_erased(boss, whom):
    here = boss if whom == "self" else somebody()
    if whom == "administrator":
        here = a_person("administrator", name="Second Boss")
    if whom == "twice":
        erase_somebody(boss, here)
    typed = "Somebody Else" if whom == "mistyped" else here.name
    with scope(authority=NORTH, person=boss.person), pytest.raises(Refused):
        erase_person(boss, here.member, typed)


def test_the_same_address_may_be_invited_again(boss):
    here = somebody()
    erase_somebody(boss, here)
    with scope(door="command"):
        assert find_or_make_person(EMAIL, NAME).pk != here.person
