"""The quality lead looks at how good the plans are, in a browser, on the demonstration."""

import re

import pytest

from tests.functional.conftest import SMALLEST, fits
from tests.functional.work.conftest import BASE, follow, good

pytestmark = [pytest.mark.browser, pytest.mark.machine]


def test_the_quality_lead_reads_the_picture_and_what_is_behind_it(door):
    page = door.enter("Quality lead")
    follow(page, "Quality")
    assert page.locator("h1").inner_text() == "How good our plans are"
    assert "drawn at random" in page.locator(".gt-sentence").inner_text()
    good(page)
    page.get_by_text("Choose a period or a group of plans").click()
    page.get_by_label("First month").fill("2020-01")
    page.get_by_label("Last month").fill("2035-12")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("since=2020-01"))
    assert "from January 2020 to December 2035" in page.locator(".gt-sentence").inner_text()
    for path in ("criteria/F2-quantified/", "issues/", "advice/", "waiting/"):
        page.goto(f"{BASE}quality/{path}")
        good(page)


def test_a_director_on_a_small_phone_without_scripts_opens_an_audit(door):
    page = door.enter("Director", size=SMALLEST, javascript=False)
    page.goto(f"{BASE}quality/")
    fits(page)  # axe is a script itself
    number = page.locator("#criteria tbody td a").first
    said = number.inner_text().split()[0]
    with page.expect_navigation():
        number.click()
    assert f"{said} audit" in page.locator("main").inner_text()
    fits(page)
