"""Password, then code: the way in, and every way it must not open."""

import time

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from goldthread.records.models import Attempt, SignedIn
from goldthread.records.scope import scope
from goldthread.records.sessions import digest
from goldthread.web.work.session import IDLE, LONGEST
from tests.people import NORTH, SOUTH, a_person, client_of
from tests.signing_in import (
    CODE,
    LOGIN,
    PASSWORD,
    code_at,
    give,
    give_code,
    is_in,
    signed_in,
    with_password,
)

WRONG = "The e-mail address or the password is not right."
WAIT = "Too many wrong attempts. Wait 15 minutes, then try again."
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.77"}


@pytest.fixture
def later(monkeypatch):
    """`later(seconds)` moves every clock that the entrance reads."""
    moved, real_time, real_now = [0.0], time.time, timezone.now

    def move(seconds):
        moved[0] += seconds

    monkeypatch.setattr(time, "time", lambda: real_time() + moved[0])
    monkeypatch.setattr(timezone, "now", lambda: real_now() + timezone.timedelta(seconds=moved[0]))
    return move


def test_password_and_code_open_the_work():
    here = a_person("auditor")
    client = signed_in(here)
    assert is_in(client, NORTH)
    assert not is_in(client, SOUTH)


def test_a_password_alone_leads_to_the_second_step_and_no_further():
    here = a_person("auditor")
    client = Client()
    answer = give(client, with_password(here))
    assert (answer.status_code, answer["Location"]) == (302, "/work/")
    for path in (f"/work/{NORTH}/", "/work/", "/account/", "/support/", "/steward/"):
        answer = client.get(path)
        assert (path, answer.status_code, answer["Location"]) == (path, 302, "/account/2fa/")
    assert "before you can go on" in client.get("/account/2fa/").content.decode()


def test_between_password_and_code_nobody_is_signed_in():
    here = a_person("auditor")
    client = Client()
    assert give(client, with_password(here, code=True))["Location"] == CODE
    assert client.get(f"/work/{NORTH}/")["Location"].startswith(LOGIN)
    assert client.get("/account/2fa/")["Location"].startswith(LOGIN)


def test_setting_up_codes_without_javascript():
    here = a_person("auditor")
    client = Client()
    give(client, with_password(here))
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = page.split('id="key">')[1].split("<")[0]
    assert "data:image/svg+xml;base64," in page
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 400
    assert secret in wrong.content.decode(), "the key stays the same after a wrong code"
    answer = client.post("/account/2fa/totp/activate/", {"code": code_at(time.time(), secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/account/2fa/recovery-codes/").content.decode().count("<li><code>") == 10
    assert is_in(client, NORTH)


def test_the_secret_of_codes_is_not_readable_in_the_database():
    from allauth.mfa.models import Authenticator

    from tests.signing_in import SECRET

    here = a_person("auditor")
    with_password(here, code=True)
    with scope(door="sign-in"):
        said = str(list(Authenticator.objects.filter(user_id=here.person).values_list("data")))
    assert SECRET not in said


def test_removing_the_last_second_step_shuts_the_work_again():
    client = signed_in(a_person("auditor"))
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get(f"/work/{NORTH}/")["Location"] == "/account/2fa/"


def test_a_code_works_once():
    here = a_person("auditor")
    email = with_password(here, code=True)
    code = code_at(time.time())
    first, second = Client(), Client()
    for client in (first, second):
        give(client, email)
    assert give_code(first, code).status_code == 302
    # allauth remembers used codes in this process; another process would not have.
    from django.core.cache import cache

    cache.clear()
    spaced = f"{code[:3]} {code[3:]}"
    for again in (code, spaced):
        answer = give_code(second, again)
        assert answer.status_code == 400
        assert "was used already" in answer.content.decode()
    assert not is_in(second, NORTH)


def test_a_recovery_code_works_once_and_instead_of_a_code():
    from allauth.mfa.models import Authenticator

    here = a_person("auditor")
    email = with_password(here, code=True)
    with scope(door="sign-in"):
        kind = Authenticator.Type.RECOVERY_CODES
        row = Authenticator.objects.get(user_id=here.person, type=kind)
        code = row.wrap().get_unused_codes()[0]
    for status in (302, 400):
        client = Client()
        give(client, email)
        assert give_code(client, code).status_code == status


def test_known_and_unknown_addresses_get_the_same_answer():
    here = a_person("auditor")
    email = with_password(here)
    answers = []
    for address in (email, "nobody@example.org"):
        said = give(Client(), address, "not the password").content.decode()
        answers.append(said.replace(address, "ADDRESS"))
    plain = [text.split("csrfmiddlewaretoken")[0] for text in answers]
    assert plain[0] == plain[1]
    assert all(WRONG in text for text in answers)


@pytest.mark.parametrize("usable", [True, False])
def test_a_password_is_hashed_once_whoever_it_is(usable, monkeypatch, settings):
    """The slow part is the same for known, unknown and passwordless accounts."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    here = a_person("auditor", name=f"somebody {usable}")
    email = with_password(here)
    if not usable:
        with scope(door="sign-in"):
            from goldthread.records.models import Person

            Person.objects.filter(pk=here.person).update(password=make_password(None))
    counts, real = [], MD5PasswordHasher.encode
    for address in (email, "nobody@example.org"):
        calls = []

        def counted(self, password, salt, calls=calls):
            calls.append(1)
            return real(self, password, salt)

        monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
        give(Client(), address, "not the password")
        counts.append(len(calls))
    assert counts == [1, 1]


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_mean_fifteen_minutes(known, later):
    here = a_person("auditor")
    email = with_password(here, code=True) if known else "nobody@example.org"
    for _ in range(5):
        assert WRONG in give(Client(), email, "guess").content.decode()
    for password in ("guess", PASSWORD):
        answer = give(Client(), email, password, **ELSEWHERE)
        assert answer.status_code == 400
        assert WAIT in answer.content.decode()
    later(14 * 60)
    assert WAIT in give(Client(), email).content.decode()
    later(61)
    answer = give(Client(), email)
    assert (answer.status_code == 302) is known


def test_the_lock_outlasts_the_process_and_says_nothing_of_whom():
    email = with_password(a_person("auditor"))
    for _ in range(5):
        give(Client(), email, "guess")
    from django.core.cache import cache

    cache.clear()
    assert WAIT in give(Client(), email).content.decode()
    with scope(door="sign-in"):
        rows = str(list(Attempt.objects.values()))
    assert "auditor" not in rows
    assert "127.0.0.1" not in rows
    assert Attempt.objects.count() == 0, "nobody sees attempts but the entrance"


def test_twenty_wrong_from_one_address_shut_it_for_everybody_there(later):
    email = with_password(a_person("auditor"))
    for number in range(20):
        assert WRONG in give(Client(), f"guess{number}@example.org").content.decode()
    assert WAIT in give(Client(), email).content.decode()
    assert give(Client(), email, **ELSEWHERE).status_code == 302
    later(15 * 60 + 1)
    assert give(Client(), email).status_code == 302


def test_slow_guessing_never_locks_the_owner_out(later):
    email = with_password(a_person("auditor"))
    for _ in range(12):
        give(Client(), email, "guess")
        later(4 * 60)
    assert give(Client(), email).status_code == 302


def test_five_wrong_codes_mean_a_wait_that_the_password_does_not_undo(later):
    here = a_person("auditor")
    email = with_password(here, code=True)
    for _ in range(5):
        client = Client()
        give(client, email)
        assert "The code is not right" in give_code(client, "000000").content.decode()
    client = Client()
    give(client, email)
    assert WAIT in give_code(client).content.decode()
    later(15 * 60 + 1)
    client = Client()
    give(client, email)
    assert give_code(client, code_at(time.time())).status_code == 302


def test_a_clock_set_back_neither_shuts_out_nor_lets_stay(later):
    here = a_person("auditor")
    client = signed_in(here)
    later(-3600)
    assert not is_in(client, NORTH), "a session from the future is nobody's"
    email = with_password(here, code=True)
    again = Client()
    give(again, email)
    assert give_code(again, code_at(time.time())).status_code == 302
    assert is_in(again, NORTH)
    for _ in range(5):
        give(Client(), email, "guess")
    later(-3600)
    assert give(Client(), email).status_code == 302


def test_the_key_of_a_session_changes_at_sign_in():
    """Whoever planted a session beforehand does not have the one that signed in."""
    here = a_person("auditor")
    email = with_password(here, code=True)
    client = Client()
    give(client, email, "guess")
    give(client, email)
    planted = client.cookies["gt-session"].value
    give_code(client)
    assert client.cookies["gt-session"].value != planted
    thief = Client()
    thief.cookies["gt-session"] = planted
    assert not is_in(thief, NORTH)


def test_a_sign_in_form_sent_twice_does_no_harm():
    here = a_person("auditor")
    client = signed_in(here)
    answer = give(client, with_password(here))
    assert answer.status_code == 302
    assert is_in(client, NORTH)
    assert give_code(client).status_code == 302


def test_a_session_ends_after_an_hour_idle_or_half_a_day(later):
    client = signed_in(a_person("auditor"))
    later(IDLE - 5)
    assert is_in(client, NORTH)
    later(IDLE + 5)
    assert not is_in(client, NORTH)
    client = signed_in(a_person("auditor", name="somebody else"))
    for _ in range(LONGEST // (IDLE - 60) + 1):
        later(IDLE - 60)
        is_in(client, NORTH)
    assert not is_in(client, NORTH)


def test_three_sessions_at_once_and_the_oldest_ends(later):
    here = a_person("auditor")
    clients = []
    for _ in range(4):
        later(40)
        client = Client()
        give(client, with_password(here, code=True))
        assert give_code(client, code_at(time.time())).status_code == 302
        clients.append(client)
    assert [is_in(client, NORTH) for client in clients] == [False, True, True, True]
    page = clients[-1].get("/account/").content.decode()
    assert page.count("A browser") == 3
    assert page.count("This one") == 1


def test_signing_out_elsewhere(later):
    here = a_person("auditor")
    first = signed_in(here)
    second = client_of(here, via="password", second=True)
    assert second.post("/account/elsewhere/").status_code == 303
    assert not is_in(first, NORTH)
    assert is_in(second, NORTH)


def test_a_new_password_ends_every_other_session():
    here = a_person("auditor")
    other = signed_in(here)
    client = client_of(here, via="password", second=True)
    form = {
        "oldpassword": PASSWORD,
        "password1": "eight louder rivers",
        "password2": "eight louder rivers",
    }
    assert client.post("/account/password/change/", form).status_code == 302
    assert is_in(client, NORTH)
    assert not is_in(other, NORTH)
    with scope(person=here.person):
        assert SignedIn.objects.filter(person_id=here.person).count() == 1
    assert give(Client(), "auditor.001@example.org").status_code == 400


@pytest.mark.parametrize(
    "password", ["short one", "123456789012345", "qwerty123456", "auditor.001@example.org"]
)
def test_easy_passwords_are_refused(password):
    here = a_person("auditor")
    with_password(here)
    client = client_of(here, via="password", second=True)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/account/password/change/", form)
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


def test_a_changed_role_holds_at_once():
    from goldthread.records.models import Membership

    here = a_person("quality-lead")
    client = client_of(here)
    assert client.get(f"/work/{NORTH}/").status_code == 200
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(ended_at=timezone.now())
    assert client.get(f"/work/{NORTH}/").status_code == 404


def test_signing_out_leaves_nothing():
    here = a_person("auditor")
    client = signed_in(here)
    key = client.cookies["gt-session"].value
    assert client.post("/account/logout/")["Location"] == LOGIN
    thief = Client()
    thief.cookies["gt-session"] = key
    assert not is_in(thief, NORTH)
    with scope(person=here.person):
        assert not SignedIn.objects.filter(session_key=digest(key)).exists()


def test_the_cookie_says_what_it_must():
    client = Client()
    give(client, with_password(a_person("auditor")))
    cookie = client.cookies["gt-session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not cookie["max-age"], "it ends with the browser"


def test_after_a_while_the_password_is_asked_again_before_the_second_step_changes(later):
    client = signed_in(a_person("auditor"))
    later(20 * 60)
    answer = client.get("/account/2fa/totp/deactivate/")
    assert answer["Location"].startswith("/account/reauthenticate/")
    back = {"password": PASSWORD, "next": "/account/2fa/totp/deactivate/"}
    wrong = client.post("/account/reauthenticate/", {**back, "password": "guess"})
    assert wrong.status_code == 400
    assert (
        client.post("/account/reauthenticate/", back)["Location"] == "/account/2fa/totp/deactivate/"
    )
    assert client.get("/account/2fa/totp/deactivate/").status_code == 200


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(path):
    here = a_person("auditor")
    client = Client()
    form = {"login": with_password(here), "password": PASSWORD, "next": path}
    assert client.post(LOGIN, form)["Location"] == "/work/"


@pytest.mark.parametrize(
    ("role", "via", "status"),
    [
        ("auditor", "password", 403),
        ("auditor", "passkey", 403),
        ("auditor", "provider", 200),
        ("administrator", "password", 200),
    ],
)
def test_an_authority_may_ask_for_its_own_service_alone(role, via, status):
    from goldthread.records.models import Settings

    here = a_person(role)
    a_person(role, code=SOUTH, name=f"{role} 001")
    with scope(authority=NORTH):
        Settings.objects.update(local_sign_in=False)
    client = client_of(here, via=via, second=True)
    answer = client.get(f"/work/{NORTH}/")
    assert answer.status_code == status
    assert ("its own sign-in service alone" in answer.content.decode()) is (status == 403)
    assert client.get(f"/work/{SOUTH}/").status_code == 200, "the other authority did not ask so"


LIKE_A_PASSKEY = (
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"authenticatorData": "AA", "signature": "AA", "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk"}}'
)


@pytest.mark.parametrize(
    "said", ["", "x", "{}", "[]", "null", "7", '{"response": {}}', LIKE_A_PASSKEY]
)
def test_nonsense_is_no_passkey(said):
    client = Client()
    asked = client.get(
        "/account/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"
    answer = client.post("/account/2fa/webauthn/login/", {"credential": said})
    assert answer.status_code in (302, 400)
    assert client.get("/work/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize("broken", [False, True])
def test_a_notice_goes_out_when_the_password_changes(settings, mailoutbox, broken):
    """And a mail server that does not answer keeps nobody from changing it."""
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    if broken:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    here = a_person("auditor")
    email = with_password(here)
    client = client_of(here, via="password", second=True)
    new = "eight louder rivers"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", form)["Location"] == "/account/"
    sent = [message.to for message in mailoutbox]
    assert sent == ([] if broken else [[email]])
