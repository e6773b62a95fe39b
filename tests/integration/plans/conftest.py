"""Two invented authorities that every connection sees, and documents read where they are added."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from goldthread.records.postgres import connect, owner_address


@pytest.fixture(scope="session")
def _invented(django_db_setup: None, home: Path) -> None:
    """Committed once by the owner: the site's role may not add authorities."""
    from tests.people import NAMES  # Django is not set up yet when this file is read

    with connect(owner_address(home), autocommit=True) as owner:
        for code, name in NAMES.items():
            owner.execute(
                "INSERT INTO records_authority VALUES (%s, %s, false) ON CONFLICT DO NOTHING",
                (code, name),
            )


@pytest.fixture(autouse=True)
def _two_authorities(_invented: None, db: None) -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def at_once(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> Callable[[], AbstractContextManager[None]]:
    """`with at_once():` documents added inside are read when it ends, in this thread: no other
    sees what this test's transaction wrote."""
    from goldthread.web.work import taking_in

    def begin(tasks: list[taking_in.Task]) -> None:
        for task in tasks:
            taking_in.take_in(task)

    monkeypatch.setattr(taking_in, "begin", begin)

    @contextmanager
    def reading() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return reading
