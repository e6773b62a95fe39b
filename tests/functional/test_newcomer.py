"""Journey 11: no account; from a typed name to a report that can be mailed."""

import pytest

from tests.functional.conftest import PHONE, accessible, fits

pytestmark = pytest.mark.browser


def test_from_a_name_to_a_mailable_report(visit, tmp_path):
    page = visit("/")
    when_she_types_part_of_a_name_and_takes_the_suggestion(page)
    file = when_she_downloads_the_report(page, tmp_path)
    then_the_file_needs_nothing_else(visit, file)


def when_she_types_part_of_a_name_and_takes_the_suggestion(page):
    box = page.get_by_role("combobox", name="Name or code of an authority")
    box.press_sequentially("north y")
    options = page.get_by_role("option")
    assert options.all_inner_texts() == ["North Yorkshire"]
    assert page.get_by_role("status").inner_text() == "1 authority"
    accessible(page)
    box.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    box.press("Enter")
    page.wait_for_url("**/authorities/north-yorkshire/")


def when_she_downloads_the_report(page, tmp_path):
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the report to mail").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.name == "north-yorkshire-report.html"
    assert file.stat().st_size < 2_000_000, "small enough for any mail box"
    return file


def then_the_file_needs_nothing_else(visit, file):
    page = visit(file.as_uri(), PHONE)
    assert "North Yorkshire" in page.locator("h1").inner_text()
    assert page.get_by_role("heading", name="What stands out").is_visible()
    fits(page)
    accessible(page)


def test_suggestions_can_be_left_and_moved_through(visit):
    page = visit("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("bu")
    names = page.get_by_role("option").all_inner_texts()
    assert names[:2] == ["Buckinghamshire", "Bury"], "names that begin with it come first"
    box.press("ArrowUp")
    last = page.get_by_role("option").last
    assert last.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == last.get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert page.get_by_role("option").count() == 0
    box.fill("801")
    assert page.get_by_role("option").all_inner_texts() == ["Bristol, City of"]
    page.get_by_role("option").click()
    page.wait_for_url("**/authorities/bristol-city-of/")


def test_a_wrong_name_is_mended(visit):
    page = visit("/")
    page.get_by_role("combobox").fill("Birmingam")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".govuk-error-summary").evaluate("e => e === document.activeElement")
    page.get_by_role("link", name="Birmingham", exact=True).click()
    assert page.locator("h1").inner_text() == "Birmingham"
