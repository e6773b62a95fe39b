"""The base layout in a real browser: policy kept, menu and skip link by keyboard, axe clean."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium, site):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.asked = []
    page.goto(f"{site}/nowhere")
    page.wait_for_load_state("load")
    yield page
    page.close()


def test_the_layout(page, site):
    faults = [fault for fault in page.faults if "404" not in fault]
    assert faults == []
    assert {url for url in page.asked if not url.startswith(site)} == set()
    assert "govuk-frontend-supported" in page.locator("body").get_attribute("class")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"

    menu = page.get_by_role("button", name="Menu")
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("link", name="Methods").first.is_visible()
