"""Invitations: one address, one use, one week; and links to a new password."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.records.actions.entrance import reset_link
from goldthread.records.actions.invitations import digest, invite, withdraw
from goldthread.records.actions.refusing import WrongField
from goldthread.records.models import Event, Invitation, Membership, Person, SignedIn
from goldthread.records.scope import NotAllowed, Refused, scope
from tests.people import NORTH, SOUTH, a_person, client_of
from tests.signing_in import LOGIN, PASSWORD, give, is_in, signed_in, with_password

EMAIL = "newly.come@example.org"


@pytest.fixture
def administrator():
    return a_person("administrator")


def an_invitation(here, email=EMAIL, **fields):
    values = {"name": "Newly Come", "roles": ["auditor"], "agency": "health", **fields}
    with scope(authority=here.authority, person=here.person):
        return invite(here, email=email, **values)


def path_of(token, code=NORTH):
    return f"/join/{code}/{token}/"


def row_of(token, code=NORTH):
    with scope(authority=code):
        return Invitation.objects.get(digest=digest(token))


def events(code=NORTH):
    with scope(authority=code):
        return list(Event.objects.order_by("number").values_list("action", flat=True))


def test_a_newcomer_joins_signs_in_and_must_set_up_a_second_step(administrator):
    token = an_invitation(administrator)
    client = Client()
    page = client.get(path_of(token))
    assert page.status_code == 200
    assert "Northmere (invented)" in page.content.decode()
    answer = client.post(path_of(token), {"password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, f"{LOGIN}?next=/work/{NORTH}/")
    assert give(client, EMAIL).status_code == 302
    assert client.get(f"/work/{NORTH}/")["Location"] == "/account/2fa/"
    with scope(authority=NORTH, door="sign-in"):
        member = Membership.objects.get(person__email=EMAIL)
        assert (member.roles, member.agency) == (["auditor"], "health")
    assert events() == ["invitation.make", "invitation.accept"]


def test_the_table_does_not_hold_the_link(administrator):
    token = an_invitation(administrator)
    with scope(authority=NORTH):
        assert token not in str(list(Invitation.objects.values()))
    assert len(token) >= 43, "32 random bytes"


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_does_not_open_says_why(administrator, method):
    used, withdrawn, expired = (an_invitation(administrator, f"n{i}@example.org") for i in range(3))
    Client().post(path_of(used), {"password": PASSWORD})
    with scope(authority=NORTH, person=administrator.person):
        withdraw(administrator, row_of(withdrawn).pk)
        Invitation.objects.filter(digest=digest(expired)).update(expires_at=timezone.now())
    said = {
        used: (410, "has been used already"),
        withdrawn: (410, "was withdrawn"),
        expired: (410, "has expired"),
        "nonsense": (404, "is not known here"),
    }
    for token, (status, words) in said.items():
        answer = getattr(Client(), method)(path_of(token), {"password": PASSWORD})
        assert answer.status_code == status
        assert words in answer.content.decode()


def test_one_authoritys_link_is_nothing_in_another(administrator):
    token = an_invitation(administrator)
    assert Client().get(path_of(token, SOUTH)).status_code == 404
    assert Client().post(path_of(token, SOUTH), {"password": PASSWORD}).status_code == 404
    assert row_of(token).used_at is None


@pytest.mark.parametrize("password", ["", "too short", "qwerty123456", "newly.come@example.org"])
def test_an_easy_password_leaves_the_invitation_open(administrator, password):
    token = an_invitation(administrator)
    answer = Client().post(path_of(token), {"password": password})
    assert answer.status_code == 400
    assert 'href="#password"' in answer.content.decode()
    assert row_of(token).used_at is None
    with scope(door="sign-in"):
        assert not Person.objects.filter(email=EMAIL).exists()


def test_who_is_signed_in_with_the_address_joins_at_once(administrator):
    elsewhere = a_person("adviser", code=SOUTH, name="South Adviser")
    token = an_invitation(administrator, "south.adviser@example.org")
    client = signed_in(elsewhere)
    assert client.post(path_of(token))["Location"] == f"/work/{NORTH}/"
    assert is_in(client, NORTH)


def test_somebody_elses_invitation_is_refused(administrator):
    token = an_invitation(administrator)
    client = client_of(a_person("auditor"))
    answer = client.post(path_of(token))
    assert answer.status_code == 403
    assert "another e-mail address" in answer.content.decode()
    assert row_of(token).used_at is None


def test_an_invitation_never_sets_the_password_of_an_account_with_a_place(administrator):
    """Else an administrator could invite anybody's address and take their account over."""
    there = a_person("administrator", code=SOUTH, name="South Administrator")
    token = an_invitation(administrator, "south.administrator@example.org")
    answer = Client().post(path_of(token), {"password": PASSWORD})
    assert answer["Location"].startswith(LOGIN)
    with scope(person=there.person):
        assert not Person.objects.get(pk=there.person).check_password(PASSWORD)
    assert row_of(token).used_at is None


def test_a_place_that_ended_opens_again_with_the_new_roles_only(administrator):
    here = a_person("director", name="Once Director")
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(ended_at=timezone.now())
    token = an_invitation(administrator, "once.director@example.org")
    client = signed_in(here)
    assert client.post(path_of(token)).status_code == 303
    with scope(authority=NORTH):
        assert Membership.objects.get(pk=here.member).roles == ["auditor"]


def test_inviting_again_closes_the_earlier_link(administrator):
    first, second = an_invitation(administrator), an_invitation(administrator)
    assert Client().get(path_of(first)).status_code == 410
    assert Client().get(path_of(second)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"roles": []}, "roles"),
        ({"roles": ["emperor"]}, "roles"),
        ({"roles": ["inspector"]}, "ends_on"),
        (
            {"roles": ["inspector"], "member_until": timezone.now() + dt.timedelta(days=400)},
            "ends_on",
        ),
        ({"agency": "army"}, "agency"),
        ({"email": "no address"}, "email"),
        ({"email": "administrator.001@example.org"}, "email"),
        ({"name": "  "}, "name"),
    ],
)
def test_what_cannot_be_invited(administrator, fields, field):
    with pytest.raises(WrongField) as caught:
        an_invitation(administrator, **fields)
    assert caught.value.field == field


def test_only_who_manages_people_invites():
    with pytest.raises(NotAllowed):
        an_invitation(a_person("quality-lead"))


def a_link(administrator, here, **more):
    with scope(authority=NORTH, person=administrator.person):
        return reset_link(administrator, here.member, **more)


def test_a_link_sets_a_new_password_once_and_ends_every_session(administrator):
    here = a_person("auditor")
    client = signed_in(here)
    link = a_link(administrator, here)
    assert Client().get(link).status_code == 200
    assert Client().post(link, {"password": "short"}).status_code == 400
    assert Client().post(link, {"password": "eight louder rivers"})["Location"] == LOGIN
    assert not is_in(client, NORTH)
    with scope(person=here.person):
        assert not SignedIn.objects.filter(person_id=here.person).exists()
    again = Client().post(link, {"password": "nine other rivers"})
    assert again.status_code == 410
    answer = give(Client(), "auditor.001@example.org", "eight louder rivers")
    assert answer["Location"] == "/account/2fa/authenticate/", "the second step stays"


def test_a_link_may_take_the_second_step_away(administrator):
    here = a_person("auditor")
    with_password(here, code=True)
    link = a_link(administrator, here, forget_second=True)
    Client().post(link, {"password": "eight louder rivers"})
    client = Client()
    give(client, "auditor.001@example.org", "eight louder rivers")
    assert client.get(f"/work/{NORTH}/")["Location"] == "/account/2fa/"


def test_a_link_grows_old(administrator, settings):
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(a_link(administrator, a_person("auditor"))).status_code == 410


@pytest.mark.parametrize("path", ["/account/reset/zzzz/abc-def/", "/account/reset/-/x/"])
def test_an_invented_link_opens_nothing(path):
    assert Client().get(path).status_code == 410


def test_no_link_for_an_account_that_opens_other_places_too(administrator):
    here = a_person("auditor", name="Both Places")
    a_person("auditor", code=SOUTH, name="Both Places")
    with pytest.raises(Refused, match="also opens other places"):
        a_link(administrator, here)


def test_no_link_for_support_staff(administrator):
    here = a_person("auditor")
    with scope(door="sign-in"):
        Person.objects.filter(pk=here.person).update(is_support=True)
    with pytest.raises(Refused):
        a_link(administrator, here)


def test_only_who_manages_people_makes_links():
    lead = a_person("quality-lead")
    with pytest.raises(NotAllowed), scope(authority=NORTH, person=lead.person):
        reset_link(lead, lead.member)
