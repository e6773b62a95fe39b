"""Who may open which page, and what the pages of people do."""

import datetime as dt
import html
import re

import pytest
from django.utils import timezone

from goldthread.records.actions.invitations import invite
from goldthread.records.models import Conflict, Event, Invitation, Membership
from goldthread.records.roles import PERMISSIONS, ROLES
from goldthread.records.scope import scope
from tests.integration.people.kept import a_whole_plan
from tests.people import NORTH, SOUTH, a_person, client_of

PAGES = {
    "people/": "see-people",
    "people/roles/": "see-people",
    "people/invite/": "manage-people",
    "people/{member}/": "see-people",
    "people/{member}/change/": "manage-people",
    "people/{member}/end/": "manage-people",
    "people/{member}/reset/": "manage-people",
    "people/{member}/erase/": "erase",
    "conflicts/": "see-my-work",
    "settings/": "manage-settings",
    "settings/sign-in/": "manage-settings",
    "settings/mappings/": "manage-settings",
    "log/": "see-log",
    "log/events.csv": "see-log",
    "log/verify/": "see-log",
    "privacy/": "export-subject",
    "privacy/{plan}/": "export-subject",
    "privacy/{plan}/erase/": "erase",
}


@pytest.fixture
def boss():
    return a_person("administrator")


@pytest.fixture
def lead():
    return a_person("quality-lead")


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_whoever_may_and_nobody_else(role):
    plan = a_whole_plan(a_person("quality-lead", name="The Lead")).plan
    auditor = a_person("auditor", name="Ann Ash")
    client = client_of(a_person(role, name="The Reader"))
    for page, permission in PAGES.items():
        address = f"/work/{NORTH}/{page.format(member=auditor.member, plan=plan)}"
        expected = 200 if permission in ROLES[role].permissions else 403
        assert client.get(address).status_code == expected, (role, page)
        assert client.get(address.replace(NORTH, SOUTH)).status_code == 404, page


@pytest.mark.parametrize("role", ["administrator", "quality-lead", "inspector"])
def test_another_authoritys_people_and_plans_are_not_there(role):
    plan = a_whole_plan(a_person("quality-lead", code=SOUTH)).plan
    stranger = a_person("auditor", code=SOUTH)
    client = client_of(a_person(role, "administrator"))
    for page in PAGES:
        if "{" in page:
            address = f"/work/{NORTH}/{page.format(member=stranger.member, plan=plan)}"
            assert client.get(address).status_code == 404, page


def test_those_who_may_not_manage_are_not_offered_it(lead):
    auditor = a_person("auditor", name="Ann Ash")
    page = client_of(lead).get(f"/work/{NORTH}/people/").content.decode()
    assert "Ann Ash" in page
    assert "people/invite" not in page
    page = client_of(lead).get(f"/work/{NORTH}/people/{auditor.member}/").content.decode()
    assert "/change/" not in page
    assert "/erase/" not in page


def test_the_table_of_roles_says_all_that_roles_may(lead):
    page = html.unescape(client_of(lead).get(f"/work/{NORTH}/people/roles/").content.decode())
    for role in ROLES.values():
        row = re.search(rf">{role.title}</th>.*?</tr>", page, re.S)
        assert row, role.title
        for name, says in PERMISSIONS.items():
            assert (says in row[0].lower()) == (name in role.permissions), (role.title, name)


def inviting(**fields):
    values = {"name": "Bob Beech", "email": "Bob.Beech@example.org", "roles": ["auditor"],
              "agency": "health", "profession": "", "team": "", "capacity": "4",
              "ends_on": ""}  # fmt: skip
    return {**values, **fields}


def test_an_invitation_gives_a_link_once(boss):
    client = client_of(boss)
    answer = client.post(f"/work/{NORTH}/people/invite/", inviting())
    (link,) = set(re.findall(rf"http://testserver/join/{NORTH}/[^/\"<]+/", answer.content.decode()))
    page = client.get(f"/work/{NORTH}/people/").content.decode()
    assert "bob.beech@example.org" in page
    assert link not in page
    with scope(authority=NORTH):
        row = Invitation.objects.get()
        assert (row.roles, row.agency) == (["auditor"], "health")
        assert Event.objects.get().action == "invitation.make"


def test_an_inspectors_invitation_ends_when_it_was_said(boss):
    last = timezone.localdate() + dt.timedelta(days=90)
    said = inviting(roles=["inspector"], agency="", ends_on=f"{last.day}/{last.month}/{last.year}")
    assert client_of(boss).post(f"/work/{NORTH}/people/invite/", said).status_code == 200
    with scope(authority=NORTH):
        until = timezone.localtime(Invitation.objects.get().member_until)
    assert (until.date(), until.time()) == (last + dt.timedelta(days=1), dt.time())


@pytest.mark.parametrize(
    ("fields", "target", "sentence"),
    [
        ({"roles": []}, "roles", "Choose at least one role."),
        ({"roles": ["king"]}, "roles", "There is no role “king”"),
        ({"agency": ""}, "agency", "Say for which agency this auditor answers."),
        ({"roles": ["parent-carer-auditor"]}, "agency", "A parent carer auditor answers for"),
        ({"roles": ["inspector"]}, "ends_on", "Inspector needs a last day, at most 90 days"),
        ({"ends_on": "1/1/2020"}, "ends_on", "The last day is in the past"),
        ({"ends_on": "soon"}, "ends_on", "The last day must be a date"),
        ({"team": "x" * 81}, "team", "The team is too long"),
        ({"email": "bob"}, "email", "Give an e-mail address"),
        ({"name": " "}, "name", "Give the name"),
    ],
)
def test_what_is_wrong_is_said_and_linked(boss, fields, target, sentence):
    answer = client_of(boss).post(f"/work/{NORTH}/people/invite/", inviting(**fields))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<a href="#{target}">{sentence}' in page
    assert f'id="{target}"' in page
    assert f'id="{target}-error"' in page
    with scope(authority=NORTH):
        assert not Invitation.objects.exists()
        assert not Event.objects.exists()


def test_an_inspector_gets_ninety_days_and_not_one_more(boss):
    last = timezone.localdate() + dt.timedelta(days=91)
    said = inviting(roles=["inspector"], ends_on=f"{last.day}/{last.month}/{last.year}")
    assert client_of(boss).post(f"/work/{NORTH}/people/invite/", said).status_code == 400


def test_an_invitation_is_withdrawn(boss):
    with scope(authority=NORTH, person=boss.person):
        invite(boss, email="b@example.org", name="B", roles=["director"], agency="")
        number = Invitation.objects.get().pk
    client, address = client_of(boss), f"/work/{NORTH}/people/invitations/{{}}/withdraw/"
    assert client.post(address.format(number)).status_code == 303
    assert client.post(address.format(number)).status_code == 409
    assert "No invitation is open." in client.get(f"/work/{NORTH}/people/").content.decode()


def changing(**fields):
    values = {"roles": ["auditor", "adviser"], "agency": "health", "profession": "",
              "team": "West", "capacity": "7", "ends_on": ""}  # fmt: skip
    return {**values, **fields}


def test_a_change_holds_from_the_next_page_on(boss):
    auditor = a_person("auditor", name="Ann Ash")
    client = client_of(auditor)
    assert client.get(f"/work/{NORTH}/people/").status_code == 403
    answer = client_of(boss).post(
        f"/work/{NORTH}/people/{auditor.member}/change/", changing(roles=["director"])
    )
    assert answer.status_code == 303
    assert client.get(f"/work/{NORTH}/people/").status_code == 200
    with scope(authority=NORTH):
        row = Membership.objects.get(pk=auditor.member)
        assert (row.roles, row.team, row.capacity) == (["director"], "West", 7)
        event = Event.objects.get()
    assert (event.action, event.subject) == ("member.change", f"member-{auditor.member}")
    assert "West" not in str(event.detail)


def test_the_form_shows_what_stands_and_what_was_typed(boss):
    auditor = a_person("auditor", name="Ann Ash", team="North", capacity=9)
    client, address = client_of(boss), f"/work/{NORTH}/people/{auditor.member}/change/"
    page = client.get(address).content.decode()
    assert 'id="role-auditor" name="roles" value="auditor"' in page
    assert re.search(r'id="role-auditor"[^>]* checked', page)
    assert not re.search(r'id="role-director"[^>]* checked', page)
    assert 'value="North"' in page
    page = client.post(address, changing(capacity="many", team="South")).content.decode()
    assert 'value="many"' in page
    assert 'value="South"' in page


def test_the_last_administrator_stays_one(boss):
    second = a_person("administrator", name="Second Boss")
    client = client_of(boss)

    def change(member, **fields):
        return client.post(f"/work/{NORTH}/people/{member}/change/", changing(**fields))

    assert "from yourself" in change(boss.member).content.decode()
    day = timezone.localdate() + dt.timedelta(days=9)
    limited = {"roles": ["administrator"], "ends_on": f"{day.day}/{day.month}/{day.year}"}
    assert change(boss.member, **limited).status_code == 400
    assert client.post(f"/work/{NORTH}/people/{boss.member}/end/").status_code == 400
    assert change(second.member, roles=["director"]).status_code == 303
    with scope(authority=NORTH, person=second.person):
        Membership.objects.filter(pk=second.member).update(roles=["administrator"])
        Membership.objects.filter(pk=boss.member).update(ends_at="2099-01-01T00:00Z")
    answer = change(second.member, roles=["director"])
    assert "This is the last administrator" in answer.content.decode()
    with scope(authority=NORTH):
        assert Membership.objects.get(pk=second.member).roles == ["administrator"]


def test_access_ends_at_once_and_once(boss):
    auditor = a_person("auditor", name="Ann Ash")
    client, address = client_of(auditor), f"/work/{NORTH}/people/{auditor.member}/end/"
    assert client.get(f"/work/{NORTH}/").status_code == 200
    assert client_of(boss).post(address).status_code == 303
    assert client.get(f"/work/{NORTH}/").status_code == 404
    assert client_of(boss).post(address).status_code == 400
    assert "Access has ended" in client_of(boss).get(f"/work/{NORTH}/people/").content.decode()


def test_a_link_for_a_new_password_is_shown(boss):
    auditor = a_person("auditor", name="Ann Ash")
    address = f"/work/{NORTH}/people/{auditor.member}/reset/"
    page = client_of(boss).post(address, {"second": "yes"}).content.decode()
    assert re.search(r'href="http://testserver/account/reset/[^"]+" id="link"', page)


def test_a_link_is_refused_for_who_also_works_elsewhere(boss):
    auditor = a_person("auditor", name="Ann Ash")
    a_person("auditor", name="Ann Ash", code=SOUTH)
    answer = client_of(boss).post(f"/work/{NORTH}/people/{auditor.member}/reset/")
    assert answer.status_code == 400
    assert "also opens other places" in answer.content.decode()


DECLARED = {"plan": "", "urn": "", "team": "", "reason": "I teach there"}


def test_auditors_declare_their_own_and_take_none_back(lead):
    plan = a_whole_plan(lead).plan
    auditor = a_person("auditor", name="Ann Ash")
    client, address = client_of(auditor), f"/work/{NORTH}/conflicts/"
    for fields in ({"plan": plan.lower()}, {"urn": "123456"}, {"team": "North"}):
        assert client.post(address, {**DECLARED, **fields}).status_code == 303
        assert client.post(address, {**DECLARED, **fields}).status_code == 400  # already
    page = client.get(address).content.decode()
    for said in (f"Plan {plan}", "School 123456", "Team North"):
        assert said in page
    with scope(authority=NORTH):
        found = Conflict.objects.filter(member_id=auditor.member)
        number = found.latest("pk").pk
        events = Event.objects.filter(action="conflict.declare")
        assert (found.count(), events.count()) == (3, 3)
    back = f"/work/{NORTH}/people/{auditor.member}/conflicts/{number}/withdraw/"
    assert client.post(back).status_code == 403
    assert client_of(lead).post(back).status_code == 303
    with scope(authority=NORTH):
        assert Conflict.objects.filter(member_id=auditor.member).count() == 2


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({}, "plan"),
        ({"urn": "123456", "team": "North"}, "plan"),
        ({"plan": "P-NQNE22"}, "plan"),
        ({"urn": "12345"}, "urn"),
        ({"urn": "１２３４５６"}, "urn"),
        ({"team": "x" * 81}, "team"),
        ({"team": "North", "reason": "why"}, "reason"),
        ({"team": "North", "reason": "x" * 301}, "reason"),
    ],
)
def test_a_conflict_that_cannot_be_is_refused(fields, target):
    client = client_of(a_person("auditor"))
    answer = client.post(f"/work/{NORTH}/conflicts/", {**DECLARED, **fields})
    assert answer.status_code == 400
    assert f'<a href="#{target}">' in answer.content.decode()


def test_leads_and_administrators_declare_for_others_and_directors_do_not(lead, boss):
    auditor = a_person("auditor", name="Ann Ash")
    address = f"/work/{NORTH}/people/{auditor.member}/conflicts/"
    for here, team in ((lead, "North"), (boss, "South")):
        said = {**DECLARED, "team": team}
        assert client_of(here).post(address, said).status_code == 303
    assert client_of(a_person("director")).get(address).status_code == 403
    page = client_of(lead).get(f"/work/{NORTH}/people/{auditor.member}/").content.decode()
    assert "Team North" in page
    assert "Team South" in page
