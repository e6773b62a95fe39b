"""The reference pages are what the YAML says, and every link in them leads somewhere."""

import re

import pytest

from goldthread.cli.documents import pages
from goldthread.content import folder
from goldthread.home import PROJECT

PAGES = pages(folder("reference"))


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_the_generated_one(name: str):
    committed = (PROJECT / "docs" / "reference" / name).read_text("utf-8")
    assert committed == PAGES[name], "run: python -m goldthread.cli.documents"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_an_entry_has_its_anchor(name: str):
    for page, anchor in re.findall(r"\]\((measures|sources)\.md#([a-z0-9-]+)\)", PAGES[name]):
        assert f'<a id="{anchor}"></a>' in PAGES[f"{page}.md"]
