"""Two invented authorities that every connection sees, and a clean slate in each test."""

from pathlib import Path

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


@pytest.fixture(scope="module")
def shared(_invented: None, one_transaction: None) -> None:
    """For fixtures that fill the database once for all tests of a file."""


@pytest.fixture(autouse=True)
def _two_authorities(_invented: None, db: None) -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
