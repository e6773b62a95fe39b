"""The pages of samples in a real browser: axe clean, no sideways scrolling, by keyboard alone.

What the browser asks is answered in this thread by Django's test client, within the test's own
transaction: the pages are the real ones, and people and plans are gone when the test ends.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.finders import find
from django.db import connections

from goldthread.records.models import Membership, Part, Sample, SampleLine
from goldthread.records.scope import scope
from tests.functional.conftest import accessible, fits
from tests.integration.samples.made import auditors, documents, drawn, lead, plans
from tests.people import NORTH, client_of

pytestmark = pytest.mark.browser
BASE = f"/work/{NORTH}/samples/"
SITE = "http://localhost"
WIDTHS = (1280, 320)


@pytest.fixture
def made():
    """A lead, nine auditors, plans with documents, one sample drawn and half allotted."""
    here = lead()
    auditors("education", "health", "social-care", capacity=10)
    documents(plans(90))
    with scope(authority=NORTH):
        Membership.objects.filter(pk=here.member).update(capacity=0)
    return here, drawn(here, 12, keys=("need",), address="subject=plan&key=need")


class Answers:
    """Answers a browser's requests; `faults`: what it complained of and what else it asked."""

    def __init__(self, here):
        self.client = client_of(here)
        self.shared = connections["default"]
        self.faults = []

    def listen(self, page):
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.route("**/*", self.answer)

    def answer(self, route, request):
        # Playwright calls this in a context of its own, which has no connection yet.
        connections["default"] = self.shared
        asked = urlsplit(request.url)
        if f"{asked.scheme}://{asked.netloc}" != SITE:
            self.faults.append(f"asked {request.url}")
            route.abort()
        elif asked.path.startswith("/static/"):
            route.fulfill(path=Path(find(asked.path.removeprefix("/static/"))))
        else:
            self._page(route, request, asked.path + (f"?{asked.query}" if asked.query else ""))

    def _page(self, route, request, to):
        if request.method == "POST":
            kind = "application/x-www-form-urlencoded"
            said = self.client.post(to, request.post_data or "", content_type=kind)
        else:
            said = self.client.get(to)
        if said.status_code in (302, 303):
            # A redirect would go past this door to the network, so the page itself leads on.
            body = f'<meta http-equiv="refresh" content="0; url={said["Location"]}">'
            route.fulfill(status=200, content_type="text/html", body=body)
            return
        headers = {k: v for k, v in said.items() if k != "Cross-Origin-Opener-Policy"}
        route.fulfill(status=said.status_code, headers=headers, body=said.content)


@pytest.fixture
def opened(chromium, made):
    """A page of a fresh browser in which the lead is signed in."""
    answers = Answers(made[0])
    context = chromium.new_context(base_url=SITE, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    answers.listen(page)
    yield page
    context.close()
    assert [fault for fault in answers.faults if "Failed to load resource" not in fault] == []


def _sound(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_load_state()
        fits(page)
        accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_the_draw_to_the_allotted_audits(opened):
    page = opened
    page.goto(BASE)
    _sound(page)
    page.get_by_role("button", name="Draw a sample").click()
    for step in ("What do you want to audit?", "How should they be chosen?", "Which are in?"):
        page.get_by_role("heading", name=step).wait_for()
        _sound(page)
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="How many?").wait_for()
    page.get_by_label("How many to draw").fill("12")
    _sound(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Draw 12 now").wait_for()
    _sound(page)
    page.get_by_role("button", name="Draw 12 now").click()
    page.get_by_role("heading", name="Is this draw fair?").wait_for()
    _sound(page)
    page.get_by_role("link", name="Sample S-").click()
    page.get_by_role("button", name="Allot 12 audits").click()
    _sound(page)
    page.get_by_role("button", name="Show who would get what").click()
    _sound(page)
    page.get_by_role("button", name="Allot 12 audits").click()
    page.get_by_text("12 not begun, 0 to allot").wait_for()
    _sound(page)


def test_the_other_pages_and_their_errors(opened, made):
    page, reference = opened, made[1]
    page.goto(f"{BASE}{reference}/allot/")
    page.get_by_label("How many now").fill("6")
    page.get_by_role("button", name="Show who would get what").click()
    page.get_by_role("button", name="Allot 6 audits").click()
    page.get_by_text("6 not begun, 6 to allot").wait_for()
    with scope(authority=NORTH):
        part = Part.objects.first().pk
        line = SampleLine.objects.filter(role="main", sample__reference=reference).first()
        assert Sample.objects.count() == 1
    for address in (
        "waiting/", f"parts/{part}/", f"{reference}/replace/{line.reference}/",
        "new/how/?mode=thematic&go=1", "new/which/?mode=risk-led&why=old+plans+worry+us",
        "new/which/?need=NONE&go=1", "new/size/?size=4000&go=1",
        f"{reference}/allot/preview/?due=x&number=2&agency=education",
    ):  # fmt: skip
        page.goto(BASE + address)
        _sound(page)
    page.goto(f"{BASE}{reference}/replace/{line.reference}/")
    page.get_by_role("button", name="Replace").click()
    _sound(page)


def test_by_keyboard_alone(opened):
    page = opened
    page.goto(BASE + "new/size/")
    field = page.get_by_label("How many to draw")
    for _ in range(60):
        page.keyboard.press("Tab")
        if field.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Draw 9 now").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Is this draw fair?").wait_for()
