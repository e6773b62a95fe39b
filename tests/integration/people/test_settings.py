"""Settings: what is chosen holds, and nothing is removed that was not confirmed by number."""

import pytest

from goldthread.records.models import Event, Identity, Mapping, Plan, Provider, Settings, Stored
from goldthread.records.queries.settings import Chosen
from goldthread.records.scope import scope
from tests.integration.people.kept import SURNAME, a_whole_plan, found_anywhere
from tests.people import NORTH, SOUTH, a_person, client_of

ADDRESS = f"/work/{NORTH}/settings/"
POSTED = {
    "framework": "ehc-ref@2026.1", "blind": "no", "keeps_identity": "yes",
    "keeps_documents": "yes", "document_months": "12", "words_months": "13",
    "identity_months": "14", "staff_months": "15", "local_sign_in": "yes",
    "yearly_target": "250", "contact": "dpo@northmere.example.org", "reply_days": "20",
}  # fmt: skip


@pytest.fixture
def client():
    return client_of(a_person("administrator"))


def kept(code=NORTH):
    with scope(authority=code):
        row = Settings.objects.get()
        return {name: getattr(row, name) for name in Chosen.__dataclass_fields__}


def test_what_is_chosen_holds(client):
    answer = client.post(ADDRESS, POSTED)
    assert (answer.status_code, answer["Location"]) == (303, f"{ADDRESS}?saved=yes")
    assert kept() == {
        "framework": "ehc-ref@2026.1", "blind": False, "keeps_identity": True,
        "keeps_documents": True, "document_months": 12, "words_months": 13, "identity_months": 14,
        "staff_months": 15, "local_sign_in": True, "yearly_target": 250,
        "contact": "dpo@northmere.example.org", "reply_days": 20,
    }  # fmt: skip
    with scope(authority=NORTH):
        event = Event.objects.get()
    assert event.action == "settings.change"
    assert set(event.detail["changed"]) == {
        "blind", "document_months", "words_months", "identity_months", "staff_months",
        "yearly_target", "contact", "reply_days",
    }  # fmt: skip
    assert "northmere.example" not in str(event.detail)
    page = client.get(f"{ADDRESS}?saved=yes").content.decode()
    assert "The settings are saved." in page
    assert 'value="250"' in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("framework", "best@1", "There is no edition “best@1”"),
        ("framework", "advice@2026.1", "There is no edition"),
        ("document_months", "0", "Months must be"),
        ("words_months", "301", "Months must be"),
        ("identity_months", "-3", "Months must be"),
        ("staff_months", "two", "Months must be"),
        ("yearly_target", "", "Audits a year must be"),
        ("reply_days", "", "Days for a reply must be"),
        ("reply_days", "366", "Days for a reply must be"),
        ("contact", "x" * 201, "The contact is too long"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(client, field, value, sentence):
    client.get(ADDRESS)
    before = kept()
    answer = client.post(ADDRESS, {**POSTED, field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<a href="#{field}">{sentence}' in page
    assert f'id="{field}-error"' in page
    assert kept() == before


def confirming(page):
    """The hidden fields of the page that asks once more."""
    import re

    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', page))


@pytest.fixture
def _two_plans():
    lead = a_person("quality-lead")
    a_whole_plan(lead)
    a_whole_plan(lead, "P-QTHER2")
    a_whole_plan(a_person("quality-lead", code=SOUTH))


@pytest.mark.usefixtures("_two_plans")
def test_identities_go_after_their_number_was_confirmed(client):
    said = {**POSTED, "keeps_identity": "no"}
    page = client.post(ADDRESS, said).content.decode()
    assert '<strong id="identities">2</strong>' in page
    assert kept()["keeps_identity"] is True
    assert client.post(ADDRESS, confirming(page)).status_code == 303
    assert kept()["keeps_identity"] is False
    assert "records_identity" not in found_anywhere(NORTH, SURNAME)
    with scope(authority=NORTH):
        assert Plan.objects.count() == 2
        assert Stored.objects.exclude(file=None).count() == 2
        (event,) = Event.objects.all()
        assert event.detail["identities_removed"] == 2
    with scope(authority=SOUTH):
        assert Identity.objects.count() == 1


@pytest.mark.usefixtures("_two_plans")
def test_files_go_and_what_was_read_stays(client):
    page = client.post(ADDRESS, {**POSTED, "keeps_documents": "no"}).content.decode()
    assert '<strong id="files">2</strong>' in page
    assert client.post(ADDRESS, confirming(page)).status_code == 303
    with scope(authority=NORTH):
        assert Stored.objects.exclude(file=None).count() == 0
        assert Stored.objects.count() == 2
        assert Identity.objects.count() == 2


@pytest.mark.usefixtures("_two_plans")
def test_another_number_than_was_confirmed_removes_nothing(client):
    page = client.post(ADDRESS, {**POSTED, "keeps_identity": "no"}).content.decode()
    a_whole_plan(a_person("quality-lead"), "P-THJRD2")
    assert client.post(ADDRESS, confirming(page)).status_code == 409
    with scope(authority=NORTH):
        assert Identity.objects.count() == 3
    assert kept()["keeps_identity"] is True


SERVICE = {"name": "Northmere", "slug": "northmere", "issuer": "https://login.example.org/n",
           "client_id": "abc", "secret": "hush-hush"}  # fmt: skip


def test_a_sign_in_service_is_added_and_switched(client):
    address = f"{ADDRESS}sign-in/"
    assert client.post(address, SERVICE).status_code == 303
    page = client.get(address).content.decode()
    assert "https://login.example.org/n" in page
    assert "hush-hush" not in page
    assert client.post(f"{address}northmere/", {"active": "no"}).status_code == 303
    with scope(authority=NORTH):
        row = Provider.objects.get()
        assert not row.active
        assert "hush-hush" not in row.secret
    assert client.post(f"{address}northmere/", {"active": "no"}).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [("issuer", "http://login.example.org"), ("slug", "North mere"), ("name", ""),
     ("client_id", "")],
)  # fmt: skip
def test_a_wrong_service_is_refused_and_the_secret_is_not_shown(client, field, value):
    answer = client.post(f"{ADDRESS}sign-in/", {**SERVICE, field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<a href="#{field}">' in page
    assert "hush-hush" not in page


def test_a_mapping_is_deleted_and_another_authoritys_is_not_there(client):
    for code in (NORTH, SOUTH):
        a_person("administrator", code=code)
        with scope(authority=code):
            Mapping.objects.create(authority_id=code, name="Our list", columns={"a": "b"})
    with scope(authority=SOUTH):
        theirs = Mapping.objects.get().pk
    with scope(authority=NORTH):
        ours = Mapping.objects.get().pk
    assert "Our list" in client.get(f"{ADDRESS}mappings/").content.decode()
    assert client.post(f"{ADDRESS}mappings/{theirs}/delete/").status_code == 404
    assert client.post(f"{ADDRESS}mappings/{ours}/delete/").status_code == 303
    assert "None is saved" in client.get(f"{ADDRESS}mappings/").content.decode()
    with scope(authority=SOUTH):
        assert Mapping.objects.count() == 1


@pytest.mark.parametrize("path", ["", "sign-in/", "sign-in/x/", "mappings/1/delete/"])
@pytest.mark.parametrize("role", ["quality-lead", "send-manager", "director", "inspector"])
def test_others_change_no_settings(role, path):
    assert client_of(a_person(role)).post(ADDRESS + path, POSTED).status_code == 403
