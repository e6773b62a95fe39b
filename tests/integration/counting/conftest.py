"""The same two invented authorities as for the other pages of people at work, and a third whose
rows are written for good, so that many connections see them; it is emptied afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldthread.records.postgres import connect, owner_address
from tests.integration.work.conftest import _invented, _two_authorities

__all__ = ["_invented", "_two_authorities"]
THIRD = "003"
EMPTIED = (
    "tally", "cell", "pulse", "event", "chain", "audit", "sampleline", "sample", "plan",
    "audithistory", "samplelinehistory", "samplehistory", "planhistory",
)  # fmt: skip


@pytest.fixture
def third(_invented: None, home: Path, django_db_blocker: Any) -> Iterator[str]:
    with connect(owner_address(home), autocommit=True) as owner, django_db_blocker.unblock():
        owner.execute(
            "INSERT INTO records_authority VALUES (%s, 'Eastwick (invented)', false)"
            " ON CONFLICT DO NOTHING", (THIRD,),
        )  # fmt: skip
        yield THIRD
        for table in EMPTIED:
            owner.execute(f"DELETE FROM records_{table} WHERE authority_id = %s", (THIRD,))  # type: ignore[arg-type]
        owner.execute("DELETE FROM records_authority WHERE code = %s", (THIRD,))
