import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from goldthread.core.benchmark.standout import StandsOut
from goldthread.core.report.report import authority_report
from goldthread.writers.html import html
from tests.builders import authority, comparator, comparison, library, silent, source

VOID = {"meta", "br", "img", "hr", "input", "link", "path", "rect", "line", "circle", "use"}


def draw(spec):
    return f'<svg role="img"><title>t</title><desc>{spec["description"][:9]}</desc></svg>'


class Page(HTMLParser):
    """Collects elements in order and insists that each is closed in order."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def make(place=None, name="Northmere", content=None, draw=draw):
    good = comparison()
    found = StandsOut((good,), (), (), (silent(),), "A note on chance.")
    report = authority_report(
        place or authority(name=name), comparator(), [good, silent()], found, content or library()
    )
    return html(report, draw)


def test_the_page_is_well_formed_and_named():
    page = Page(make())
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1


def test_headings_never_skip_a_level():
    levels = [int(tag[1]) for tag, _ in Page(make()).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_nothing_is_fetched_and_nothing_runs():
    page = Page(make())
    names = {tag for tag, _ in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    outside = [
        (tag, value)
        for tag, attrs in page.elements
        for key, value in attrs.items()
        if key in ("src", "href", "action", "data") and not value.startswith("#")
    ]
    assert outside == [("a", "https://example.org/plans")]
    assert not re.search(r"@import|url\((?!#)", make())
    assert not any(key.startswith("on") for _, attrs in page.elements for key in attrs)


def test_every_link_inside_leads_somewhere():
    page = Page(make())
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    assert inner <= set(ids)


def test_every_table_has_a_caption_and_scoped_headings():
    page = Page(make())
    assert len(page.all("table")) == len(page.all("caption")) > 3
    assert all(th.get("scope") in ("col", "row") for th in page.all("th"))


def test_every_picture_has_its_table():
    page = Page(make())
    assert 2 * len(page.all("figure")) == len(page.all("svg")) == 2 * len(page.all("details")) >= 4


def test_real_charts_are_inline_named_and_without_outside_references():
    markup = make(draw=None)
    page = Page(markup)
    pictures = page.all("svg")
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert len(pictures) == 4
    for picture in pictures:
        assert set(picture["aria-labelledby"].split()) <= set(ids)
        assert "width" not in picture
    assert not re.search(r"@import|url\((?!#)|xlink:href|<image", markup)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_a_hostile_name_is_text(hostile):
    page = Page(make(name=hostile))
    assert not {tag for tag, _ in page.elements} & {"script", "img"}


def test_only_web_addresses_become_links():
    content = library(sources={"invented-plans": source(link="javascript:alert(1)")})
    page = Page(make(content=content))
    assert all(a["href"].startswith("#") for a in page.all("a"))


def test_the_same_content_gives_the_same_bytes():
    assert make() == make()
