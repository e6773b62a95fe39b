"""The demonstration as anybody starts it, and people signed in to it with one click."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import DESK, SMALLEST, Faults, accessible, fits
from tests.site import CLEARED, ROOT, free_port

BASE = "/work/001/"


class Demo:
    """A running demonstration: where it is, and what it said as it started."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.site = home, f"http://127.0.0.1:{port}"
        kept = {k: v for k, v in os.environ.items() if k not in CLEARED}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "goldthread", "demo", "--no-browser", "--port", str(port)],
            env={**kept, "GOLDTHREAD_HOME": str(home)}, cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        self.said = list(self._until_ready())

    def _until_ready(self) -> Iterator[str]:
        """Until the site answers and everybody is invented, whichever comes first."""
        left = {"Goldthread is ready at ", "Sign in as somebody invented at "}
        said = []
        for line in self.process.stdout or ():
            said.append(line)
            yield line
            left -= {words for words in left if line.startswith(words)}
            if not left:
                return
        raise RuntimeError("the demonstration did not start: " + "".join(said))

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """One for each test process: it is filled anew, which takes a while."""
    with tempfile.TemporaryDirectory(prefix="goldthread-demo-") as name:
        running = Demo(Path(name), free_port())
        yield running
        running.stop()


class Door:
    """Opens pages of browsers of their own; `enter` signs in as somebody invented."""

    def __init__(self, chromium: Any, site: str) -> None:
        self.chromium, self.site = chromium, site
        self.contexts: list[Any] = []
        self.faults = Faults()

    def open(self, address: str, size: dict[str, int] = DESK, javascript: bool = True) -> Any:
        context = self.chromium.new_context(
            viewport=size, java_script_enabled=javascript, base_url=self.site
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # of a machine that does much else
        self.faults.listen(page, self.site)
        page.goto(address)
        return page

    def enter(self, role: str, name: str = "[^,]+", **how: Any) -> Any:
        """The first of that role, in Northmere before Southfold, on the page of their work."""
        page = self.open("/demo/", **how)
        page.get_by_role("button", name=re.compile(rf"as {name}, {role}$")).first.click()
        page.wait_for_url("**/work/00*/")
        return page


@pytest.fixture
def door(chromium: Any, demo: Demo) -> Iterator[Door]:
    opened = Door(chromium, demo.site)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.faults == []


def good(page: Any) -> None:
    """Accessible, and it fits a desk and the smallest phone."""
    fits(page)
    accessible(page)
    if page.viewport_size == DESK:
        page.set_viewport_size(SMALLEST)
        fits(page)
        page.set_viewport_size(DESK)


def press(page: Any, words: str) -> None:
    """The button of these words, and what comes after it."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def follow(page: Any, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=words, exact=True).first.click()
