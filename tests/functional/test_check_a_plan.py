"""Plan writer, Thursday 16:40: drops the plan, reads what was found, takes the Word file back."""

from pathlib import Path

import docx
import pytest

from tests.functional.conftest import DESK, SMALLEST, accessible, fits, tab_to
from tests.integration.web.test_check import PLAN, word

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "Amara's plan.docx"
    path.write_bytes(word(PLAN))
    return path


def given_a_checked_plan(visit, plan, **how):
    page = visit("/check/", **how)
    page.get_by_label("The plan, or several plans").set_input_files(plan)
    page.get_by_role("button", name="Check").click()
    page.wait_for_url("**/1/", timeout=30_000)
    return page


def test_from_the_form_to_the_word_file_with_comments(visit, plan, tmp_path):
    page = given_a_checked_plan(visit, plan)
    assert page.get_by_role("heading", name="Mend these first").is_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="The Word document with comments").click()
    out = tmp_path / "back.docx"
    taken.value.save_as(out)
    assert taken.value.suggested_filename == "Amara's plan checked.docx"
    assert len(list(docx.Document(str(out)).comments)) > 3


def test_it_works_without_scripts(visit, plan):
    page = given_a_checked_plan(visit, plan, javascript=False)
    assert page.get_by_role("heading", name="The golden thread").is_visible()
    page.get_by_role("button", name="Delete this now").click()
    assert page.get_by_role("heading", name="Deleted").is_visible()


@pytest.mark.parametrize("size", [SMALLEST, DESK], ids=["phone", "desk"])
def test_the_pages_are_accessible_and_fit(visit, plan, size):
    page = visit("/check/", size)
    fits(page)
    accessible(page)
    page = given_a_checked_plan(visit, plan, size=size)
    fits(page)
    accessible(page)


def test_marks_and_notes_lead_to_each_other(visit, plan):
    page = given_a_checked_plan(visit, plan)
    page.locator("mark a").first.click()
    assert "#note-" in page.url
    page.locator(".gt-note a").first.click()
    assert "#mark-" in page.url


def test_a_sentence_is_answered_while_one_types(visit):
    page = visit("/try/")
    page.get_by_label("The sentence, or the whole row").press_sequentially("Regular input.")
    page.get_by_role("heading", name="This leaves something open.").wait_for(timeout=10_000)
    page.get_by_label("An outcome").check()
    page.get_by_role("heading", name="This is not yet SMART.").wait_for(timeout=10_000)
    fits(page)
    accessible(page)


def test_a_sentence_by_keyboard_without_scripts(visit):
    page = visit("/try/", javascript=False)
    tab_to(page, "text")
    page.keyboard.type("To improve social skills.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="This leaves something open.").wait_for(timeout=10_000)
