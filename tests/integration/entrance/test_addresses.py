"""Which addresses there are: of allauth's own, only those that are wanted."""

import subprocess
import sys

import pytest
from django.test import Client

from tests.people import NORTH, a_person, client_of
from tests.signing_in import with_password

UNWANTED = [
    "signup/", "email/", "confirm-email/", "password/set/", "password/reset/",
    "password/reset/done/", "login/code/", "login/code/confirm/", "3rdparty/", "3rdparty/signup/",
    "3rdparty/login/error/", "social/signup/", "2fa/trust/", "2fa/webauthn/signup/", "sessions/",
]  # fmt: skip
OPEN = ["/account/login/", "/account/services/", "/account/inactive/"]
OWN = [
    "/account/", "/account/logout/", "/account/password/change/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
    "/account/reauthenticate/", "/support/", "/steward/",
]  # fmt: skip


@pytest.mark.parametrize("path", UNWANTED)
@pytest.mark.parametrize("known", [True, False])
def test_unwanted_pages_of_allauth_are_not_there(path, known):
    client = (
        client_of(a_person("administrator"), via="password", second=True) if known else Client()
    )
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_answer_everybody_and_are_kept_by_nobody(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", OWN)
def test_own_pages_ask_who_it_is(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("path", [path for path in OWN if path not in ("/support/", "/steward/")])
def test_own_pages_open_for_whoever_signed_in_with_a_password(path):
    here = a_person("auditor")
    with_password(here)
    client = client_of(here, via="password", second=True)
    assert client.get(path).status_code in (200, 302)
    if path != "/account/reauthenticate/":
        assert "login" not in client.get(path).get("Location", "")


def test_a_page_of_allauths_never_shows_its_own_design():
    here = a_person("auditor")
    with_password(here)
    client = client_of(here, via="password", second=True)
    for path in (*OPEN, *OWN[:-3]):
        said = (Client() if path in OPEN else client).get(path).content.decode()
        assert (path, "govuk-template" in said) == (path, True)
        assert "<style" not in said
        assert "onclick" not in said


@pytest.mark.parametrize(
    "path",
    ["/account/elsewhere/", "/account/logout/", "/account/password/change/", "/support/",
     "/account/login/"],
)  # fmt: skip
def test_forms_of_other_sites_are_refused(path):
    here = a_person("auditor")
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(here, via="password", second=True).cookies
    assert client.post(path, {"login": "a", "password": "b"}).status_code == 403


def test_the_public_site_has_no_session():
    answer = Client().get("/")
    assert answer.cookies == {}


def test_the_cookies_of_a_site_behind_tls(tmp_path):
    """Read by a program of its own, because settings are read once."""
    code = (
        "from goldthread.config import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.DEMO)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"GOLDTHREAD_HTTPS": "1", "GOLDTHREAD_HOSTS": "send.example.org",
             "GOLDTHREAD_HOME": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    assert result.stdout.split() == [
        "__Host-gt-session", "__Host-gt-form", "True", "True", "True", "False",
    ]  # fmt: skip


def test_an_account_without_a_password_has_none_to_change():
    answer = client_of(a_person("auditor"), via="passkey").get("/account/password/change/")
    assert answer.status_code == 403
    assert "has no password" in answer.content.decode()


def test_the_wrong_authority_is_not_there_for_the_right_person():
    client = client_of(a_person("auditor"), via="password", second=True)
    assert client.get(f"/work/{NORTH}/").status_code == 200
    assert client.get("/work/202/").status_code == 404
