"""The mailed report in a real browser, from a file, as a director opens it."""

import pytest
from typer.testing import CliRunner

from goldthread.cli.main import app
from tests.functional.conftest import accessible

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "leeds.html"
    result = CliRunner().invoke(app, ["compare", "383", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    return out.as_uri()


@pytest.fixture(scope="module", params=[1280, 320])
def page(request, chromium, address):
    """The report in a window of this width; bypasses its policy so that axe can be put in."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.asked = []
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.goto(address)
    yield page
    context.close()


def test_nothing_is_asked_of_the_network(page, address):
    assert page.asked == [address]


def test_axe_finds_nothing(page):
    accessible(page)


def test_the_page_is_no_wider_than_the_window(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_one_of_the_two_sizes_of_each_picture_shows(page):
    shown = page.locator("figure svg:visible").count()
    assert shown == page.locator("figure").count() > 0


def test_the_first_words_after_the_title_are_the_findings(page):
    first = page.locator("main h2").first
    assert first.inner_text() == "What stands out"
    assert first.bounding_box()["y"] < 900
