"""An authority's own sign-in service, by the real protocol with a real (pretending) service."""

import json
import warnings
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from goldthread.records.actions.invitations import invite
from goldthread.records.actions.providers import add_provider, change_provider, switch_provider
from goldthread.records.actions.refusing import WrongField
from goldthread.records.models import Event, Membership, Person, Provider
from goldthread.records.scope import NotAllowed, Refused, scope
from goldthread.web.work import adapter_services
from tests.people import NORTH, SOUTH, a_person, client_of
from tests.signing_in import is_in

NOBODY = "Nobody was signed in"

# The pretending service runs in a thread of this process.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")


@pytest.fixture(scope="module")
def issuer():
    with warnings.catch_warnings(record=True):  # its own packages tell of their own future
        from oidc_provider_mock import run_server_in_thread
    with run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def administrator():
    return a_person("administrator")


@pytest.fixture
def service(issuer, administrator):
    connect(administrator, issuer, "north")
    return "north"


def connect(here, issuer, slug):
    with scope(authority=here.authority, person=here.person):
        add_provider(
            here, slug=slug, name="Our sign-in", issuer=issuer, client_id=f"goldthread-{slug}",
            secret="kept well",
        )  # fmt: skip


def claims(issuer, subject, email="", verified=True, **more):
    """What the service says of this subject."""
    said = {"email": email, "email_verified": verified, **more} if email else more
    requests.put(f"{issuer}/users/{subject}", json=said, timeout=5).raise_for_status()


def there(client, slug, **more):
    """The address of the service, to which the browser is sent."""
    answer = client.get(f"/account/oidc/{slug}/login/", more)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def agree(address, subject):
    """The service asks who it is, is told, and sends the browser back."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come_in(client, slug, subject):
    return client.get(agree(there(client, slug), subject))


def test_a_member_comes_in_by_verified_address_to_this_authority_alone(service, issuer):
    here = a_person("auditor")
    a_person("auditor", code=SOUTH, name="auditor 001")
    claims(issuer, "subject-1", "Auditor.001@Example.org")
    client = Client()
    assert come_in(client, service, "subject-1")["Location"] == "/work/"
    assert is_in(client, NORTH), "the service asks for its own second factor"
    assert client.get(f"/work/{SOUTH}/").status_code == 404
    assert client.session["only"] == NORTH
    with scope(door="sign-in"):
        from allauth.socialaccount.models import SocialAccount

        row = SocialAccount.objects.get(user_id=here.person)
        assert (row.provider, row.uid, row.extra_data) == ("north", "subject-1", {})


def test_afterwards_the_subject_counts_and_the_address_no_more(service, issuer):
    a_person("auditor")
    a_person("director")
    claims(issuer, "subject-2", "auditor.001@example.org")
    come_in(Client(), service, "subject-2")
    claims(issuer, "subject-2", "director.001@example.org")
    client = Client()
    come_in(client, service, "subject-2")
    assert "auditor 001" in client.get(f"/work/{NORTH}/").content.decode()


def test_the_place_asked_for_is_where_one_comes_out(service, issuer):
    a_person("auditor")
    claims(issuer, "subject-3", "auditor.001@example.org")
    client = Client()
    address = there(client, service, next=f"/work/{NORTH}/")
    assert client.get(agree(address, "subject-3"))["Location"] == f"/work/{NORTH}/"


@pytest.mark.parametrize(
    ("email", "verified"),
    [("auditor.001@example.org", False), ("stranger@example.org", True), ("", True)],
)
def test_who_is_not_known_is_told_so(service, issuer, email, verified):
    a_person("auditor")
    subject = f"stranger-{verified}-{bool(email)}-{email[:3]}"
    claims(issuer, subject, email, verified)
    client = Client()
    answer = come_in(client, service, subject)
    assert answer.status_code == 403
    assert "you have no access here" in answer.content.decode()
    assert client.get("/work/")["Location"].startswith("/account/login/")


def test_microsofts_way_of_saying_verified_counts(service, issuer):
    a_person("auditor")
    claims(issuer, "entra", "auditor.001@example.org", False, xms_edov=True)
    client = Client()
    come_in(client, service, "entra")
    assert is_in(client, NORTH)


def test_a_service_never_opens_the_account_of_another_authoritys_person(service, issuer):
    """Whoever runs Northmere's service may say anything, and still reaches no one of Southfold."""
    there = a_person("administrator", code=SOUTH, name="South Administrator")
    claims(issuer, "impostor", "south.administrator@example.org")
    client = Client()
    assert come_in(client, service, "impostor").status_code == 403
    assert not is_in(client, SOUTH)
    with scope(door="sign-in"):
        from allauth.socialaccount.models import SocialAccount

        assert not SocialAccount.objects.filter(user_id=there.person).exists()


def test_a_session_of_a_service_changes_nothing_of_the_account(service, issuer):
    """Else it could set a password, or a passkey, that opens the person's other authority."""
    here = a_person("auditor")
    with scope(door="sign-in"):
        Person.objects.filter(pk=here.person).update(is_support=True, is_steward=True)
    claims(issuer, "subject-4", "auditor.001@example.org")
    client = Client()
    come_in(client, service, "subject-4")
    for path in ("/account/password/change/", "/account/2fa/", "/account/2fa/totp/activate/",
                 "/account/2fa/webauthn/add/", "/account/2fa/recovery-codes/", "/support/",
                 "/steward/"):  # fmt: skip
        assert (path, client.get(path).status_code) == (path, 403)
    assert client.post("/account/elsewhere/").status_code == 403
    page = client.get("/account/").content.decode()
    assert "Change your password" not in page
    assert "sign in with a password" in page


def test_an_open_invitation_is_accepted_on_the_way_in(service, issuer, administrator):
    with scope(authority=NORTH, person=administrator.person):
        invite(administrator, email="invited@example.org", name="In Vited", roles=["director"],
               agency="education")  # fmt: skip
    claims(issuer, "invited", "invited@example.org")
    client = Client()
    come_in(client, service, "invited")
    assert is_in(client, NORTH)
    with scope(authority=NORTH):
        assert Event.objects.latest("number").action == "invitation.accept"
        assert Membership.objects.filter(person__email="invited@example.org").count() == 1


def test_a_place_that_ended_is_no_way_in(service, issuer):
    from django.utils import timezone

    here = a_person("auditor")
    claims(issuer, "subject-5", "auditor.001@example.org")
    come_in(Client(), service, "subject-5")
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(ended_at=timezone.now())
    assert come_in(Client(), service, "subject-5").status_code == 403


def test_a_callback_works_once(service, issuer):
    a_person("auditor")
    claims(issuer, "subject-6", "auditor.001@example.org")
    client = Client()
    back = agree(there(client, service), "subject-6")
    assert client.get(back).status_code == 302
    client.post("/account/logout/")
    for again in (client, Client()):
        answer = again.get(back)
        assert answer.status_code == 403
        assert NOBODY in answer.content.decode()
        assert not is_in(again, NORTH)


def test_a_callback_belongs_to_the_browser_that_asked(service, issuer):
    a_person("auditor")
    claims(issuer, "subject-7", "auditor.001@example.org")
    back = agree(there(Client(), service), "subject-7")
    victim = Client()
    there(victim, service)
    assert victim.get(back).status_code == 403
    state = parse_qs(urlsplit(there(victim, service)).query)["state"][0]
    code = parse_qs(urlsplit(back).query)["code"][0]
    mixed = f"/account/oidc/north/login/callback/?code={code}&state={state}"
    assert victim.get(mixed).status_code == 403, "the nonce is another session's"
    assert not is_in(victim, NORTH)


def test_the_request_carries_a_challenge_and_a_nonce_and_nothing_from_the_link(service):
    address = there(Client(), service, auth_params="prompt=none", scope="admin", process="login")
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) == 64
    assert "prompt" not in asked
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}


def tampered(change):
    """The token endpoint's answer, changed on the way."""
    real = adapter_services.Protocol.get_access_token_data

    def get(self, *args, **named):
        data = real(self, *args, **named)
        return {**data, "id_token": change(data["id_token"])}

    return get


def other_payload(token, **more):
    import base64

    head, body, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    body = base64.urlsafe_b64encode(json.dumps({**said, **more}).encode()).decode().rstrip("=")
    return f"{head}.{body}.{signature}"


def unsigned(token):
    import base64

    head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return f"{head}.{token.split('.')[1]}."


def own_key(token):
    """Signed well, by somebody else."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa

    head = jwt.get_unverified_header(token)
    said = jwt.decode(token, options={"verify_signature": False})
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(said, key, algorithm="RS256", headers={"kid": head.get("kid", "")})


@pytest.mark.parametrize(
    "change",
    [
        lambda token: other_payload(token, email="administrator.001@example.org"),
        lambda token: other_payload(token, sub="somebody-else"),
        lambda token: token[:-6] + "AAAAAA",
        unsigned,
        own_key,
        lambda token: "",
        lambda token: "not.a.token",
    ],
)
def test_a_tampered_id_token_signs_nobody_in(service, issuer, monkeypatch, change):
    a_person("auditor")
    claims(issuer, "subject-8", "auditor.001@example.org")
    client = Client()
    back = agree(there(client, service), "subject-8")
    monkeypatch.setattr(adapter_services.Protocol, "get_access_token_data", tampered(change))
    answer = client.get(back)
    assert answer.status_code in (403, 502)
    assert NOBODY in answer.content.decode()
    assert not is_in(client, NORTH)


def test_a_token_for_another_audience_or_question_signs_nobody_in(service, issuer, monkeypatch):
    a_person("auditor")
    claims(issuer, "subject-9", "auditor.001@example.org")
    client = Client()
    back = agree(there(client, service), "subject-9")
    real = adapter_services.nonce_of
    monkeypatch.setattr(adapter_services, "nonce_of", lambda verifier: real(verifier) + "0")
    assert client.get(back).status_code == 403
    monkeypatch.undo()
    back = agree(there(client, service), "subject-9")
    with scope(authority=NORTH):
        Provider.objects.update(client_id="another-client")
    assert client.get(back).status_code in (403, 502)
    assert not is_in(client, NORTH)


def test_a_service_that_calls_itself_by_another_name_is_refused(administrator, issuer):
    connect(administrator, issuer.replace("localhost", "127.0.0.1"), "other-name")
    with scope(authority=NORTH):
        Provider.objects.update(issuer=issuer.replace("localhost", "127.0.0.1") + "/tenant")
    answer = Client().get("/account/oidc/other-name/login/")
    assert answer.status_code == 502
    assert NOBODY in answer.content.decode()


def test_a_service_that_does_not_answer_is_said_in_words(administrator):
    connect(administrator, "http://localhost:9", "silent")
    answer = Client().get("/account/oidc/silent/login/")
    assert answer.status_code == 502
    assert "does not answer" in answer.content.decode()


def test_stopping_at_the_service_is_no_fault(service):
    client = Client()
    state = parse_qs(urlsplit(there(client, service)).query)["state"][0]
    answer = client.get(f"/account/oidc/north/login/callback/?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "You stopped at your sign-in service" in answer.content.decode()


def test_connecting_an_account_to_a_service_is_not_offered(service, issuer):
    """allauth's “connect” would link a subject to whoever is signed in."""
    here = a_person("auditor")
    claims(issuer, "subject-10", "stranger@example.org")
    client = client_of(here, via="password", second=True)
    back = agree(there(client, service, process="connect"), "subject-10")
    assert client.get(back).status_code == 403


def test_two_authorities_services_do_not_share_people(service, issuer):
    southern = a_person("administrator", code=SOUTH, name="South Administrator")
    connect(southern, issuer, "south")
    a_person("auditor")
    claims(issuer, "subject-11", "auditor.001@example.org")
    client = Client()
    assert come_in(client, "south", "subject-11").status_code == 403
    back = agree(there(client, "north"), "subject-11").replace("/north/", "/south/")
    assert client.get(back).status_code == 403
    page = Client().get("/account/services/").content.decode()
    assert "Northmere (invented): Our sign-in" in page
    assert "Southfold (invented): Our sign-in" in page


def test_a_service_that_is_off_is_not_there(service, administrator):
    with scope(authority=NORTH, person=administrator.person):
        switch_provider(administrator, service, False)
    assert Client().get("/account/oidc/north/login/").status_code == 404
    assert Client().get("/account/oidc/north/login/callback/?code=1&state=2").status_code == 404
    assert "Our sign-in" not in Client().get("/account/services/").content.decode()
    with (
        pytest.raises(Refused, match="off already"),
        scope(authority=NORTH, person=administrator.person),
    ):
        switch_provider(administrator, service, False)


def test_the_secret_is_sealed_and_another_issuer_cuts_every_link(service, issuer, administrator):
    from allauth.socialaccount.models import SocialAccount

    a_person("auditor")
    claims(issuer, "subject-12", "auditor.001@example.org")
    come_in(Client(), service, "subject-12")
    with scope(authority=NORTH, person=administrator.person):
        assert "kept well" not in Provider.objects.get().secret
        change_provider(administrator, service, name="Ours", issuer=issuer, client_id="x")
    with scope(door="sign-in"):
        assert SocialAccount.objects.count() == 1
    with scope(authority=NORTH, person=administrator.person):
        change_provider(
            administrator, service, name="Ours", issuer="https://login.example.org",
            client_id="x", secret="new",
        )  # fmt: skip
        actions = Event.objects.order_by("number").values_list("action", flat=True)
        assert list(actions) == ["provider.add", "provider.change", "provider.change"]
    with scope(door="sign-in"):
        assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"issuer": "http://login.example.org"}, "issuer"),
        ({"issuer": "login.example.org"}, "issuer"),
        ({"issuer": "https://login.example.org/?a=1"}, "issuer"),
        ({"slug": "Not This One"}, "slug"),
        ({"slug": "north"}, "slug"),
        ({"name": ""}, "name"),
        ({"client_id": " "}, "client_id"),
    ],
)
def test_what_cannot_be_connected(service, administrator, fields, field):
    good = {"slug": "good", "name": "Good", "issuer": "https://login.example.org",
            "client_id": "id", "secret": ""}  # fmt: skip
    with scope(authority=NORTH, person=administrator.person), pytest.raises(WrongField) as caught:
        add_provider(administrator, **{**good, **fields})
    assert caught.value.field == field


def test_only_who_manages_settings_connects_a_service(issuer):
    with pytest.raises(NotAllowed):
        connect(a_person("quality-lead"), issuer, "lead")
