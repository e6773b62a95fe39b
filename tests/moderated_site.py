"""A data folder with two blind audits that are ready to sign, and those who have to do with them.

`python -m tests.moderated_site HOME` fills an empty one, and prints one object of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.prepared import prepared
from tests.site import ROOT, environment

OTHERS = 5
"""Audits of other plans, signed: figures of fewer are not shown."""


@dataclass(frozen=True)
class Site:
    """References, and who -> session key, and who -> name."""

    plan: str
    first: str
    second: str
    sessions: dict[str, str]
    names: dict[str, str]


def fill(home: Path) -> Site:
    """In a database that is not running afterwards."""
    prepared(home)
    done = subprocess.run(
        [sys.executable, "-m", "tests.moderated_site", str(home)],
        env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return Site(**json.loads(done.stdout))


def _fill() -> None:
    from django.conf import settings

    from goldthread.cli import database
    from goldthread.records.postgres import connect, owner_address
    from tests.moderated import a_pair, a_signed_audit
    from tests.people import NAMES, NORTH, a_person, client_of

    database.migrate()
    with connect(owner_address(Path(os.environ["GOLDTHREAD_HOME"])), autocommit=True) as owner:
        for code, name in NAMES.items():
            owner.execute("INSERT INTO records_authority VALUES (%s, %s, false)", (code, name))
    for _ in range(OTHERS):
        a_signed_audit(NORTH)
    pair = a_pair(NORTH, {"F2-quantified": "0", "L1-plain": "0"}, {"F2-quantified": "3"})
    people = {
        "first": pair.first_by, "second": pair.second_by, "writer": pair.writer,
        "lead": a_person("quality-lead", code=NORTH, name="Maud Ferris"),
    }  # fmt: skip
    cookie = settings.SESSION_COOKIE_NAME
    print(json.dumps({
        "plan": pair.plan.reference, "first": pair.first, "second": pair.second,
        "sessions": {who: client_of(here).cookies[cookie].value for who, here in people.items()},
        "names": {who: here.name for who, here in people.items()},
    }))  # fmt: skip


def _main() -> None:
    from goldthread.cli import database

    with database.running():
        database.start_django()
        _fill()


if __name__ == "__main__":
    os.environ["GOLDTHREAD_HOME"] = sys.argv[1]
    _main()
