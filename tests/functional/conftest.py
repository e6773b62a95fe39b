"""A browser on the running site, with the real figures and no database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from goldthread.readers.shared import get_benchmark

PHONE = {"width": 375, "height": 700}
SMALLEST = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}
"""1280 by 1024 at 400 %."""
DESK = {"width": 1280, "height": 900}
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
"""axe then describes one of each other kind of finding, which halves its time on long pages."""
VIOLATIONS = "how => axe.run(how).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
AXE = Axe().axe_script
"""Half a megabyte, put into each page once."""


@pytest.fixture(scope="session")
def figures():
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return get_benchmark()


class Faults(list[str]):
    """What the browser complained of, and who else was asked; both must stay empty."""

    def listen(self, page: Any, site: str) -> None:
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", self._console)
        page.on("request", lambda r: self._request(r.url, site))

    def _console(self, message: Any) -> None:
        # An answer of 400 or 404 is itself written to the console.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.append(message.text)

    def _request(self, url: str, site: str) -> None:
        if not url.startswith((site, "data:", "blob:", "file:")):
            self.append(f"asked {url}")


@pytest.fixture
def visit(chromium: Any, site: str, figures: Any) -> Iterator[Callable[..., Any]]:
    """`visit(address, size, javascript=True)` opens a page of a fresh browser profile."""
    contexts, faults = [], Faults()

    def open_page(address: str, size: dict[str, int] = DESK, javascript: bool = True) -> Any:
        context = chromium.new_context(
            viewport=size, java_script_enabled=javascript, base_url=site, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        faults.listen(page, site)
        page.goto(address)
        return page

    yield open_page
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert faults == []
    assert cookies == []


def accessible(page: Any) -> None:
    """No violation that axe can find, with what and where."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS, ONLY_VIOLATIONS) == []


def fits(page: Any) -> None:
    """Nothing scrolls sideways."""
    page.wait_for_load_state()  # a link was followed: until it is there, it has no elements
    wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide[0] <= wide[1]


def focused(page: Any) -> str:
    """The words (or the id) of what has the focus."""
    return str(
        page.evaluate("(document.activeElement.innerText || document.activeElement.id).trim()")
    )


def tab_to(page: Any, words: str, most: int = 60) -> None:
    """Presses Tab until the focus is on these words; it must always be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const b = document.activeElement.getBoundingClientRect();"
            " return [b.width, b.height] })()"
        )
        assert min(box) > 0, f"the focus is on something unseen before {words}"
        if focused(page) == words:
            return
    raise AssertionError(f"Tab never reaches {words!r}")
