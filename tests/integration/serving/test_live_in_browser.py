"""Open pages follow what somebody else signs: real server, real database, real browser."""

import tempfile
import time
from pathlib import Path

import pytest

from goldthread.records.postgres import Cluster
from tests.following import COUNTED, people
from tests.site import Auditor, free_port, post, serving

pytestmark = [pytest.mark.browser, pytest.mark.machine]
GENEROUS = 30_000
QUALITY = "/work/001/quality/"
FOLLOWS = "[data-live][data-live-following]"


class Site:
    """Somebody who looks, and others who sign one after another."""

    def __init__(self, home: Path, port: int, director: Auditor, auditors: list[Auditor]) -> None:
        self.home, self.port, self.director = home, port, director
        self.waiting, self.counted = auditors, COUNTED
        self.address = f"http://127.0.0.1:{port}"

    def sign(self) -> float:
        """When the signature was acknowledged, by the clock of `time.monotonic`."""
        auditor = self.waiting.pop()
        assert post(self.port, auditor, "education/finish", {})[0] == 303
        assert post(self.port, auditor, "sign", {})[0] == 303
        self.counted += 1
        return time.monotonic()

    @property
    def says(self) -> str:
        return f"{self.counted} plans"


@pytest.fixture(scope="module")
def site():
    with tempfile.TemporaryDirectory(prefix="goldthread-live-") as folder:
        home, port = Path(folder), free_port()
        director, auditors = people(home, 3)
        with serving(home, port):
            yield Site(home, port, director, auditors)


@pytest.fixture
def opened(chromium, site):
    """Opens the page in a browser of its own, in which the director has signed in."""
    contexts = []

    def opening(before="", script=True):
        context = chromium.new_context(java_script_enabled=script)
        contexts.append(context)
        context.add_cookies(
            [{"name": "gt-session", "value": site.director.session, "url": site.address}]
        )
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.set_default_timeout(GENEROUS)
        if before:
            page.add_init_script(before)
        return page

    yield opening
    for context in contexts:
        context.close()


def shows(page, site):
    page.locator("#head").get_by_text(site.says, exact=False).first.wait_for()


def test_a_signature_is_on_an_open_page_at_once(opened, site):
    page = opened()
    page.goto(site.address + QUALITY)
    shows(page, site)
    page.locator(FOLLOWS).wait_for(state="attached")
    assert page.locator("#themes").count() == 0  # too few audits for figures
    look_again = page.get_by_role("link", name="Look again")
    look_again.focus()
    signed = site.sign()
    shows(page, site)
    print(f"\nfrom the signature to the open page: {1000 * (time.monotonic() - signed):.0f} ms")
    page.locator("#themes").wait_for()  # parts that were not there take their places
    order = page.locator("[data-live-part]").evaluate_all("parts => parts.map(p => p.id)")
    fresh = opened()
    fresh.goto(site.address + QUALITY)
    expected = fresh.locator("[data-live-part]").evaluate_all("parts => parts.map(p => p.id)")
    assert order == expected
    assert page.evaluate("document.activeElement.textContent") == "Look again"
    said = page.locator("[data-live-said]")
    said.get_by_text("The figures have changed").wait_for(state="attached")
    assert said.get_attribute("aria-live") == "polite"
    assert page.faults == []


def test_without_streams_the_page_asks_and_stops_when_it_may_not(opened, site):
    page = opened("delete window.EventSource")
    page.clock.install()
    page.goto(site.address + QUALITY)
    shows(page, site)
    page.locator(FOLLOWS).wait_for(state="attached")
    site.sign()
    page.clock.run_for(16_000)
    shows(page, site)
    page.context.clear_cookies()
    page.clock.run_for(16_000)
    page.get_by_text("no longer kept up to date").wait_for(state="attached")
    assert page.locator(FOLLOWS).count() == 0
    assert page.faults == []


def test_it_follows_again_after_the_database_was_away(opened, site):
    page = opened()
    page.goto(site.address + QUALITY)
    page.locator(FOLLOWS).wait_for(state="attached")
    cluster = Cluster(site.home)
    cluster._run("pg_ctl", "-D", str(cluster.data), "-l", str(cluster.log), "-m", "fast", "-w",
                 "restart")  # fmt: skip
    site.sign()
    shows(page, site)


def test_without_script_there_is_a_time_and_a_link(opened, site):
    page = opened(script=False)
    page.goto(f"{site.address}{QUALITY}?draw=random")
    assert "Figures as at" in page.locator("#live-at").text_content()
    page.get_by_role("link", name="Look again").click()
    assert page.url.endswith("quality/?draw=random")
    shows(page, site)
