"""Plan writer, Thursday 16:40: drops the plan, reads what was found, takes the Word file back."""

from pathlib import Path

import docx
import pytest

from tests.functional.conftest import DESK, SMALLEST, accessible, fits, tab_to
from tests.integration.api.test_checks import ADVICE
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
    page.get_by_role("heading", name="Mend these first").wait_for()
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


SAMPLES = Path(__file__).parents[2] / "samples" / "plans"
LATER, EARLIER = "plan-007-0002-docx.docx", "plan-007-0000-docx.docx"


@pytest.mark.parametrize("size", [SMALLEST, DESK], ids=["phone", "desk"])
def test_a_long_plan_with_advice_and_an_earlier_version_fits_too(visit, tmp_path, size):
    advice = tmp_path / "salt.txt"
    advice.write_text(ADVICE, encoding="utf-8")
    page = visit("/check/", size)
    page.get_by_text("Hold one plan against its advice").click()
    page.get_by_label("The plan, or several plans").set_input_files(SAMPLES / LATER)
    page.get_by_label("Advice reports").set_input_files(advice)
    page.get_by_label("The earlier version").set_input_files(SAMPLES / EARLIER)
    page.get_by_role("button", name="Check").click()
    page.wait_for_url("**/1/", timeout=30_000)
    for heading in ("From advice to plan", "Since the earlier version", "The golden thread"):
        assert page.get_by_role("heading", name=heading).is_visible()
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    fits(page)
    accessible(page)


def test_the_thread_has_its_table_and_can_be_taken_away(visit, plan):
    page = given_a_checked_plan(visit, plan)
    picture = page.get_by_role("group", name="The golden thread as a picture").locator("svg")
    assert picture.get_attribute("role") == "img"
    page.get_by_text("The same as a table").click()
    assert page.get_by_role("table", name="Links of the golden thread").is_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the picture").click()
    assert taken.value.suggested_filename.endswith(".svg")


def test_several_plans_and_a_broken_one_by_keyboard(visit, plan, tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 this is no zip")
    page = visit("/check/")
    page.get_by_label("The plan, or several plans").set_input_files([plan, broken])
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What was found").wait_for(timeout=30_000)
    assert page.get_by_text("Not read. broken.docx").is_visible()
    accessible(page)
    fits(page)
    tab_to(page, plan.name)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Mend these first").wait_for()
    accessible(page)
    page.get_by_role("link", name="All documents of this check").click()


def test_what_is_wrong_with_the_form_is_said_and_led_to(visit):
    page = visit("/check/")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    accessible(page)
    page.get_by_role("link", name="Choose a plan to check").click()
    assert page.evaluate("document.activeElement.id") == "plans"


def test_on_paper_there_are_no_buttons_but_all_findings(visit, plan):
    page = given_a_checked_plan(visit, plan)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Delete this now").is_visible()
    assert page.locator(".gt-note").first.is_visible()


def test_when_it_is_gone_the_page_says_why(visit):
    page = visit("/check/" + "x" * 32 + "/1/")
    assert page.get_by_text("30 minutes").is_visible()
    accessible(page)


def test_an_example_is_tried_by_a_click(visit):
    page = visit("/try/", SMALLEST)
    page.get_by_role("button", name="To improve social skills.").click()
    page.get_by_role("heading", name="This is not yet SMART.").wait_for()
    assert page.get_by_label("An outcome").is_checked()
    fits(page)
    accessible(page)
