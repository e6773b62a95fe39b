"""From a note beside a plan to the question behind it, and about the standard."""

import pytest

from tests.functional.conftest import DESK, SMALLEST, accessible, fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [SMALLEST, DESK], ids=["phone", "desk"])
def test_the_standard_is_read_by_section_by_role_and_by_question(visit, size):
    page = visit("/standard/", size)
    fits(page)
    accessible(page)
    page.get_by_role("link", name="The same by who answers").click()
    fits(page)
    accessible(page)
    page.locator('a[href="/standard/F2-quantified/"]').first.click()
    page.get_by_role("heading", name="What each answer looks like").wait_for()
    fits(page)
    accessible(page)
