"""Calibration in a browser: a whole marking by keyboard on the smallest phone; the lead's pages."""

import os
import re
from pathlib import Path

import pytest

from goldthread.readers.anchors import find_anchor
from tests.functional.conftest import DESK, SMALLEST, tab_to
from tests.functional.work.conftest import BASE, follow, good, press

pytestmark = [pytest.mark.browser, pytest.mark.machine]
PICTURES = os.environ.get("GOLDTHREAD_PICTURES", "")
"""A folder to which the pages are drawn as well, to look at."""


def pictured(page, name):
    if PICTURES:
        for size in (DESK, SMALLEST):
            page.set_viewport_size(size)
            path = Path(PICTURES) / f"{name}-{size['width']}.png"
            page.screenshot(path=path, full_page=True)
        page.set_viewport_size(SMALLEST)


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_into(page, question):
    while not question.evaluate("q => q.contains(document.activeElement)"):
        page.keyboard.press("Tab")


def answered_by_keyboard(page, agreed):
    """How many questions there were: the first is answered 1, the others as agreed."""
    answered = 0
    while "/health/" in page.url:
        for question in page.locator("[data-criterion]").all():
            tab_into(page, question)
            value = agreed[question.get_attribute("data-criterion")].answer
            page.keyboard.press("1" if answered == 0 else str(value))
            question.locator("[data-saved]").get_by_text("Saved at").wait_for()
            assert "The machine" not in question.inner_text()
            answered += 1
        last = page.get_by_role("button", name="Save and finish this part").count()
        tab_to(page, "Save and finish this part" if last else "Save and continue")
        enter(page)
    return answered


def test_an_auditor_marks_an_anchor_by_keyboard_on_a_small_phone(door):
    agreed = find_anchor("samir-year-7").anchor.answers
    page = door.enter("Auditor", "Farid Whitcombe", size=SMALLEST)
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    tab_to(page, "Calibration")
    enter(page)
    good(page)
    pictured(page, "calibration-first")
    tab_to(page, "Samir, Year 7")
    enter(page)
    good(page)
    pictured(page, "calibration-before")
    tab_to(page, "Mark this plan")
    enter(page)
    pictured(page, "calibration-audit")
    tab_to(page, "Begin")
    enter(page)
    page.wait_for_url("**/health/*/")
    good(page)
    pictured(page, "calibration-form")
    assert answered_by_keyboard(page, agreed) == 5
    tab_to(page, "My part is done")
    enter(page)
    tab_to(page, "Sign the audit")
    enter(page)
    assert page.url.endswith("/calibration/samir-year-7/")
    text = page.locator("main").inner_text()
    assert "You gave the agreed answer to 4 of 5 questions." in text
    assert "The other one was stricter." in text
    assert agreed["C1-health-needs"].reason.split("”")[0] in text
    good(page)
    pictured(page, "calibration-after")
    page.goto(f"{BASE}calibration/")
    assert "4 of 5" in page.locator("main").inner_text()
    good(page)
    pictured(page, "calibration-results")


def test_the_quality_lead_asks_and_follows_by_name(door):
    page = door.enter("Quality lead")
    follow(page, "Calibration")
    press(page, "Ask people to mark")
    good(page)
    press(page, "Ask them")
    assert "Choose at least one anchor plan." in page.locator(".govuk-error-summary").inner_text()
    good(page)
    for name in ("Rowan, Year 5", "Maisie, Year 3", "Priya Nkemelu", "Moira Delacroix"):
        page.get_by_label(name).check()
    pictured(page, "calibration-ask")
    page.set_viewport_size(DESK)
    press(page, "Ask them")
    said = page.locator(".govuk-notification-banner").inner_text()
    assert re.search(r"[1-4] asked for", said)  # fewer where the invented year left some under way
    row = page.get_by_role("row", name="Moira Delacroix")
    assert "Maisie, Year 3, due" in row.inner_text()
    good(page)
    pictured(page, "calibration-lead")
    page.set_viewport_size(DESK)
    press(page, "Take back Maisie, Year 3 from Moira Delacroix")
    waiting = page.get_by_role("row", name="Moira Delacroix").get_by_role("cell").last
    assert "Maisie" not in waiting.inner_text()
    assert "Rowan, Year 5, due" in waiting.inner_text()
    hers = door.enter("Auditor", "Priya Nkemelu")
    assert "Anchor plan: Maisie, Year 3" in hers.locator("main").inner_text()
    good(hers)
