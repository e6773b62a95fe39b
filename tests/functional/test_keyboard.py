"""Journeys with the keyboard alone."""

import pytest

from tests.functional.conftest import focused, tab_to

pytestmark = pytest.mark.browser


def test_from_the_first_page_to_a_measure(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q", "the search comes first"
    page.keyboard.type("Kent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/authorities/kent/")
    tab_to(page, page.locator(".gt-findings a").first.inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/**")
    page.locator("#peers").focus()
    page.keyboard.type("the 66")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Show"


def test_details_open_by_keyboard(visit):
    page = visit("/authorities/kent/")
    details = page.locator("details").first
    summary = details.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert details.get_attribute("open") is not None


def test_an_error_takes_the_focus_and_leads_to_its_field(visit):
    page = visit("/find?q=")
    assert page.locator(".govuk-error-summary").evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_wide_table_scrolls_by_keyboard(visit):
    slugs = ("leeds", "kent", "surrey", "birmingham", "essex", "devon", "bury", "york", "barnet")
    page = visit("/compare/?" + "&".join(f"a={s}" for s in (*slugs, "westmorland-and-furness")))
    box = page.locator(".gt-scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.gt-scroll').scrollLeft > 0")
