"""What every test may ask for: a real database, a real browser, a home of its own."""

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as examples

from tests.browser import FLAGS, MISSING, find_browser, install_browser, install_tesseract
from tests.prepared import SHARED

# Before the settings are read, which is why they are named here and not in pyproject.toml. Tests
# never touch the data folder of the person who runs them: each test process has its own, with a
# database server of its own, started when first asked for.
_HOME = tempfile.TemporaryDirectory(prefix="goldthread-tests-")
os.environ["GOLDTHREAD_HOME"] = _HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.config.settings"
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "GOLDTHREAD_HOSTS", "GOLDTHREAD_HTTPS"):
    os.environ.pop(_name, None)
# Playwright's plain interface keeps an event loop in this thread, at which Django refuses to touch
# the database; nothing here runs inside that loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


TOGETHER = "tests/functional/work/"

# Until all tests are found, almost everything made stays to the end: searching it again and again
# for garbage takes a fifth of that time.
gc.disable()

# Nothing is timed in a test: another program may have the processor for half a second.
examples.register_profile("untimed", deadline=None)
examples.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings, and settle which browser is used before test processes start."""
    from django.conf import settings

    _ = settings.DEBUG  # pytest-django sets Django up only when the settings have been read
    # Test processes started by this one inherit its environment; with this name in it they would
    # read the settings before they have a home of their own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    shared = tempfile.TemporaryDirectory(prefix="goldthread-shared-")
    config.add_cleanup(shared.cleanup)
    os.environ[SHARED] = shared.name
    may_install = os.environ.get("GOLDTHREAD_INSTALL_BROWSER") == "1"
    browser = find_browser() or (install_browser() if may_install else None)
    if browser:
        os.environ["GOLDTHREAD_BROWSER"] = browser
    if may_install:
        install_tesseract()


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests stay in one test process, and so do those of a folder that shares something
    dear: the demonstration is invented once."""
    from xdist.scheduler import LoadFileScheduling

    class ByFileOrFolder(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return TOGETHER if file.startswith(TOGETHER) else file

    return ByFileOrFolder(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser, its tests are skipped, saying why; in CI that is a failure."""
    if item.get_closest_marker("browser") and not find_browser():
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)


@pytest.fixture(scope="session")
def home() -> Path:
    """The data folder of this test process."""
    return Path(_HOME.name)


@pytest.fixture(scope="session")
def database_server(home: Path) -> Iterator[Path]:
    """A running embedded PostgreSQL in `home`, with the two roles and an empty database."""
    from goldthread.records.postgres import embedded

    with embedded(home):
        yield home


@pytest.fixture(scope="session")
def django_db_setup(database_server: Path, django_db_blocker: Any) -> Iterator[None]:
    """The real migrations, run by the owner; tests then connect as the site does."""
    from django.core.management import call_command
    from django.db import connections

    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield
        connections.close_all()


@pytest.fixture(scope="module")
def one_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Around all tests of a file: what a fixture of the whole file writes in it is there for each
    test, which goes back to it, and is gone after the last."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the running site, which has no database: figure pages must not need one.

    In place of pytest-django's `live_server`, which empties all tables as the site's own role; that
    role may not.
    """
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless browser, for tests marked `browser`; ask it for a new page or context.

    One for each file and no longer: while it lives, its event loop runs, and Django then refuses
    the database to everybody in this process.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), headless=True, args=list(FLAGS)
        )
        yield browser
        browser.close()
