"""Journey 1: Monday, four minutes, a phone."""

import re

import pytest

from tests.functional.conftest import PHONE, accessible, fits

pytestmark = pytest.mark.browser


def test_three_sentences_tap_one_share_it(visit):
    page = given_a_director_at_birminghams_page(visit)
    then_what_is_good_what_is_not_and_what_cannot_be_told_come_first(page)
    address = when_she_taps_the_first_unfavourable_one(page)
    then_peers_trend_and_method_are_there(page)
    then_the_lead_member_sees_the_same(visit, address, page)


def given_a_director_at_birminghams_page(visit):
    page = visit("/authorities/birmingham/", PHONE)
    assert page.locator("h1").inner_text() == "Birmingham"
    fits(page)
    return page


def then_what_is_good_what_is_not_and_what_cannot_be_told_come_first(page):
    standing = page.locator("section").first
    assert standing.locator("h2").inner_text() == "What stands out"
    titles = standing.locator("h3").all_inner_texts()
    assert titles[:2] == ["Clearly on the favourable side", "Clearly on the unfavourable side"]
    assert titles[-1] == "Cannot be told yet"
    for group in standing.locator("ul").all():
        assert 1 <= group.locator("li").count() <= 3
    said = standing.locator("li").all_inner_texts()
    assert all(re.search(r"likely .+ to ", text) for text in said), "each says how sure"
    assert re.search(r"would (?:settle|help to tell)", said[-1])


def when_she_taps_the_first_unfavourable_one(page):
    heading = page.get_by_role("heading", name="Clearly on the unfavourable side")
    link = heading.locator("xpath=following-sibling::ul[1]//a").first
    title = link.inner_text()
    link.click()
    page.wait_for_url("**/measures/**")
    assert page.locator("h1").inner_text() == title
    return page.url


def then_peers_trend_and_method_are_there(page):
    fits(page)
    accessible(page)
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("i => i.complete || new Promise(done => { i.onload = done })")
        assert picture.evaluate("i => i.naturalWidth") > 0
        assert "size=narrow" in picture.evaluate("i => i.currentSrc")
        assert len(picture.get_attribute("alt")) > 60
    for heading in ("Beside its peers", "Over the years", "How this figure is made"):
        assert page.get_by_role("heading", name=heading).is_visible()


def then_the_lead_member_sees_the_same(visit, address, page):
    other = visit(address)
    assert other.locator("main .gt-sentence").inner_text().split() == (
        page.locator("main .gt-sentence").inner_text().split()
    )
