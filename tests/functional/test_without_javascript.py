"""Everything works when no script runs."""

import pytest

pytestmark = pytest.mark.browser


def test_find_choose_peers_and_year(visit):
    page = visit("/", javascript=False)
    page.get_by_label("Name or code of an authority").fill("Leeds")
    page.get_by_role("button", name="Show").click()
    assert page.locator("h1").inner_text() == "Leeds"
    page.get_by_label("Compared with", exact=True).select_option("region")
    page.get_by_role("button", name="Show").click()
    assert "other authorities of Yorkshire and The Humber" in page.locator("main").inner_text()
    page.get_by_role("link", name="New plans issued within 20 weeks", exact=True).last.click()
    assert page.url.endswith("/plans-within-20-weeks/?peers=region")
    page.get_by_label("Year", exact=True).select_option("2022")
    page.get_by_role("button", name="Show").click()
    assert "in 2022" in page.locator(".gt-sentence").inner_text()
    assert "peers=region" in page.url


def test_an_own_group_by_boxes(visit):
    page = visit("/authorities/leeds/group/", javascript=False)
    page.get_by_label("Bradford").check()
    page.get_by_role("button", name="Compare with this group").click()
    assert page.get_by_text("There is a problem").is_visible()
    assert page.get_by_label("Bradford").is_checked(), "what was ticked stays ticked"
    for name in ("Sheffield", "Kirklees"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Compare with this group").click()
    assert "your own group of 3" in page.locator("main").inner_text()


def test_several_side_by_side(visit):
    page = visit("/compare/", javascript=False)
    for name in ("Leeds", "Kent"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Compare").click()
    assert page.locator("h1").inner_text() == "2 authorities side by side"
    page.get_by_label("Add an authority").select_option("Surrey")
    page.get_by_label("Measure", exact=True).select_option("plans-within-20-weeks")
    page.get_by_role("button", name="Show").click()
    assert page.locator("h1").inner_text() == "3 authorities side by side"
    assert page.locator("main img").count() == 1
    page.get_by_role("link", name="Remove Kent").click()
    assert page.locator("h1").inner_text() == "2 authorities side by side"


def test_the_national_table_sorts(visit):
    page = visit("/measures/plans-within-20-weeks/", javascript=False)
    head = page.get_by_role("columnheader", name="Result")
    head.get_by_role("link").click()
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("link").click()
    assert head.get_attribute("aria-sort") == "descending"
