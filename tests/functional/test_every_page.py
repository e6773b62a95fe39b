"""Every kind of page, error states too: axe clean, and never wider than the smallest screen."""

import pytest

from tests.functional.conftest import DESK, SMALLEST, ZOOMED, accessible, fits

pytestmark = pytest.mark.browser

PLACE = "/authorities/birmingham/"
MEASURE = f"{PLACE}measures/plans-within-20-weeks/"
PAGES = [
    "/", PLACE, f"{PLACE}group/", MEASURE, f"{MEASURE}?peers=england",
    f"{PLACE}measures/inspection-outcome/", "/authorities/city-of-london/", "/compare/",
    "/compare/?a=birmingham&a=leeds&a=kent",
    "/compare/?a=birmingham&a=leeds&measure=plans-within-20-weeks", "/england/", "/measures/",
    "/measures/plans-within-20-weeks/", "/data/", "/data/changes/", "/methods/",
    "/accessibility/", "/privacy/", "/api/",
    "/find?q=", "/find?q=north", "/find?q=Birmingam", "/find?q=Cumbria",
    f"{PLACE}?peers=nonsense", f"{PLACE}group/?go=1&peer=301", "/compare/?a=birmingham", "/nowhere",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_accessible_and_narrow_enough(visit, address):
    page = visit(address, SMALLEST)
    fits(page)
    accessible(page)
    page.set_viewport_size(ZOOMED)
    fits(page)
    page.set_viewport_size(DESK)
    fits(page)
    accessible(page)


@pytest.mark.parametrize("address", [PLACE, MEASURE])
def test_nothing_is_lost_on_paper(visit, address):
    page = visit(address)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Menu").is_visible()
    assert not page.get_by_role("button", name="Show").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("main table").first.is_visible()


def test_text_spacing_of_a_readers_own_breaks_nothing(visit):
    """WCAG 1.4.12."""
    page = visit(MEASURE, SMALLEST)
    page.evaluate(
        "document.querySelectorAll('main *').forEach(e => { e.style.lineHeight = '1.5';"
        " e.style.letterSpacing = '0.12em'; e.style.wordSpacing = '0.16em' })"
    )
    fits(page)
