"""Signing in as people do it: a whole site in processes of its own, and a real browser."""

import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.functional.conftest import DESK, SMALLEST, accessible, fits, focused, tab_to
from tests.prepared import prepared

pytestmark = [
    pytest.mark.browser,
    pytest.mark.machine,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
PASSWORD = "seven quiet harbours"
ROOT = Path(__file__).parents[2]


def code_of(secret, later=0):
    """RFC 6238, written out: the code as many seconds later."""
    moment = int(time.time()) + later
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", moment // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture(scope="module")
def issuer():
    """A sign-in service that speaks the real protocol, and lets anybody be anybody."""
    import warnings

    with warnings.catch_warnings(record=True):
        from oidc_provider_mock import run_server_in_thread
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def data_folder():
    """Not pytest's own, which it shuts to other users: as root, PostgreSQL runs as another."""
    with tempfile.TemporaryDirectory(prefix="goldthread-tests-") as name:
        yield name


@pytest.fixture(scope="module")
def place(issuer, data_folder):
    """The address of a site that runs, with the demo's door and nobody of the demo, and the links
    that its administrator would hand out."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "GOLDTHREAD_HOME": data_folder, "GOLDTHREAD_DEMO": "1", "GOLDTHREAD_COLD": "1"
    }  # fmt: skip
    goldthread = [sys.executable, "-m", "goldthread"]
    prepared(Path(data_folder))
    process = subprocess.Popen(
        [*goldthread, "serve", "--port", str(port)],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        said = [process.stdout.readline()]
        while said[-1] and "/demo/" not in said[-1]:
            said.append(process.stdout.readline())
        assert f"http://127.0.0.1:{port}/demo/" in said[-1], "".join(said)
        told = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("people_for_sign_in.py")), issuer],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        yield {"site": f"http://localhost:{port}", **json.loads(told.stdout)}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.fixture
def visit(chromium, place):
    """`visit(path, size, javascript)` opens a page of a fresh browser profile."""
    contexts = []

    def open_page(path, size=DESK, javascript=True):
        context = chromium.new_context(
            base_url=place["site"], viewport=size, java_script_enabled=javascript
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def sign_in(page, email, password=PASSWORD):
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def join(page, path):
    page.goto(path)
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Join")


def set_up_codes(page):
    """The key and the code that was used."""
    page.get_by_role("link", name="Set up an app that shows codes").click()
    secret = page.locator("#key").inner_text()
    code = code_of(secret)
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Set up")
    assert page.locator(".gt-codes li").count() == 10
    return secret, code


def look(page):
    """Both widths, without a violation and without scrolling sideways."""
    for size in (SMALLEST, DESK):
        page.set_viewport_size(size)
        fits(page)
        accessible(page)


def test_invited_joined_and_signed_in_again_without_javascript(visit, place):
    page = visit(place["join"][0], javascript=False)
    join(page, place["join"][0])
    sign_in(page, "ines@example.org")
    assert page.locator("h1").inner_text() == "Second step of signing in"
    secret, used = set_up_codes(page)
    page.get_by_role("button", name="I have kept them; go on").click()
    assert "Northmere (invented)" in page.locator("body").inner_text()
    page.get_by_role("link", name="Sign out").click()
    press(page, "Sign out")
    sign_in(page, "ines@example.org")
    page.get_by_label("Code from your app, or a recovery code").fill(used)
    press(page, "Continue")
    assert page.get_by_text("There is a problem").is_visible()
    # Of a telephone whose clock is fast: the used one may be this half minute's.
    page.get_by_label("Code from your app, or a recovery code").fill(code_of(secret, later=30))
    press(page, "Continue")
    assert page.url == f"{place['site']}/work/001/"


def test_every_page_of_the_entrance_is_sound(visit, place):
    page = visit("/account/login/")
    look(page)
    press(page, "Sign in")
    look(page)
    for path in ("/account/services/", "/demo/", place["reset"], "/join/001/nonsense/"):
        page.goto(path)
        look(page)
    page.goto(place["join"][1])
    look(page)
    press(page, "Join")
    look(page)
    join(page, place["join"][1])
    sign_in(page, "kai@example.org")
    look(page)
    page.get_by_role("link", name="Set up an app that shows codes").click()
    look(page)
    page.get_by_label("Code", exact=True).fill("000000")
    press(page, "Set up")
    look(page)
    page.goto("/account/2fa/")
    secret, _ = set_up_codes(page)
    look(page)
    for path in ("/account/", "/account/2fa/", "/account/password/change/", "/account/logout/",
                 "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/add/",
                 "/account/2fa/recovery-codes/generate/", "/account/reauthenticate/",
                 "/account/2fa/reauthenticate/", "/support/"):  # fmt: skip
        page.goto(path)
        look(page)
    page.goto("/account/logout/")
    press(page, "Sign out")
    sign_in(page, "kai@example.org")
    look(page)
    page.get_by_label("Code from your app, or a recovery code").fill("000000")
    press(page, "Continue")
    look(page)
    assert secret


def test_a_passkey_signs_in_by_itself(visit, place):
    page = visit(place["join"][2])
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    join(page, place["join"][2])
    sign_in(page, "pat@example.org")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of this passkey").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/work/001/")
    assert "Northmere (invented)" in page.locator("body").inner_text()
    page.goto("/account/2fa/webauthn/")
    assert "Work laptop" in page.locator("main").inner_text()
    look(page)
    page.goto("/account/logout/")
    press(page, "Sign out")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/work/001/")
    page.goto("/account/logout/")
    press(page, "Sign out")
    sign_in(page, "pat@example.org")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/work/001/")


def test_by_an_authoritys_own_service(visit, place, issuer):
    said = {"email": "olu@example.org", "email_verified": True}
    requests.put(f"{issuer}/users/olu", json=said, timeout=5).raise_for_status()
    page = visit("/account/login/")
    page.get_by_role("link", name="Sign in with your authority’s own service").click()
    page.get_by_role("link", name="Northmere (invented): Northmere sign-in").click()
    assert page.url.startswith(issuer)
    page.locator("input[name=sub]").first.fill("olu")
    page.get_by_role("button", name="Authorize").first.click()
    page.wait_for_url("**/work/001/")
    assert page.goto("/work/002/").status == 404
    assert page.goto("/account/password/change/").status == 403
    look(page)


def test_as_somebody_invented_by_one_click(visit, place):
    page = visit("/demo/", javascript=False)
    page.get_by_role("button", name="Sign in as Ada Admin, Administrator").first.click()
    assert page.locator("h1").inner_text() == "My work"


def guess(site):
    """What one wrong password for the administrator is answered."""
    with requests.Session() as web:
        page = web.get(f"{site}/account/login/", timeout=60).text
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = {"login": "admin.002@example.org", "password": "a", "csrfmiddlewaretoken": token}
        return web.post(f"{site}/account/login/", form, timeout=60).text


def test_guesses_sent_at_the_same_moment_are_counted_one_by_one(place):
    with ThreadPoolExecutor(10) as pool:
        said = list(pool.map(guess, [place["site"]] * 10))
    wrong = sum("The e-mail address or the password is not right" in text for text in said)
    wait = sum("Too many wrong attempts" in text for text in said)
    assert (wrong, wait) == (5, 5)


def test_by_keyboard_alone(visit, place):
    page = visit("/account/login/")
    tab_to(page, "id_login")
    page.keyboard.type("nobody@example.org")
    page.keyboard.press("Tab")
    assert focused(page) == "id_password"
    page.keyboard.type("not the password")
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.get_by_text("There is a problem").wait_for()
    tab_to(page, "The e-mail address or the password is not right.")
    page.keyboard.press("Enter")
    assert focused(page) == "id_login"
    page.goto("/demo/")
    words = ""
    while words != "Sign in as Ada Admin, Administrator":
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.textContent.trim()")
        assert words != "API", "the end of the page came first"
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/00*/")
