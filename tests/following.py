"""People who follow an authority's figures, and auditors who have only to sign.

`python -m tests.following HOME AUDITORS` fills an empty data folder with four counted audits, and
prints a line of JSON for a director and for each auditor, as `tests.site` does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.prepared import prepared
from tests.site import ROOT, Auditor, environment

COUNTED = 4


def people(home: Path, auditors: int) -> tuple[Auditor, list[Auditor]]:
    """A director, and auditors of whose audits every question is answered, the part not done."""
    prepared(home)
    done = subprocess.run(
        [sys.executable, "-m", "tests.following", str(home), str(auditors)],
        env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    director, *others = (Auditor(**json.loads(line)) for line in done.stdout.splitlines())
    return director, others


def _fill(home: Path, auditors: int) -> None:
    from django.utils import timezone

    from goldthread.cli import database
    from goldthread.readers.frameworks import shared_framework
    from goldthread.records.actions.counting import count_many
    from goldthread.records.postgres import connect, owner_address
    from goldthread.records.scope import scope
    from tests.audits import an_audit
    from tests.integration.counting.made import signed_audit
    from tests.people import NAMES, NORTH, a_person

    database.migrate()
    with connect(owner_address(home), autocommit=True) as owner:
        for code, name in NAMES.items():
            owner.execute("INSERT INTO records_authority VALUES (%s, %s, false)", (code, name))
    rows = [signed_audit(signed_at=timezone.now()) for _ in range(COUNTED)]
    with scope(authority=NORTH):
        count_many(rows, shared_framework)
    _say(a_person("director"), "")
    for number in range(auditors):
        here = a_person("auditor", name=f"auditor {number}")
        audit = an_audit(here, document=False)
        _answer_all(here, audit)
        _say(here, audit)


def _say(here: object, audit: str) -> None:
    from django.conf import settings

    from tests.people import NORTH, client_of

    key = client_of(here).cookies[settings.SESSION_COOKIE_NAME].value  # type: ignore[arg-type]
    print(json.dumps(asdict(Auditor(key, NORTH, audit, "education"))))


def _answer_all(here: object, reference: str) -> None:
    """Every question at 2, as rows."""
    from goldthread.records.models import Answer, Audit, Part
    from goldthread.records.scope import scope
    from goldthread.web.work.asking import form_of
    from tests.audits import the_audit
    from tests.people import NORTH

    asked = form_of(the_audit(here, reference)).asked("education")  # type: ignore[arg-type]
    with scope(authority=NORTH):
        audit = Audit.objects.get(reference=reference)
        part = Part.objects.get(audit=audit)
        Answer.objects.bulk_create(
            Answer(authority_id=NORTH, audit=audit, part=part, criterion=criterion, value="2",
                   first="2", comment="Seen.", answered_by_id=part.auditor_id)
            for criterion in asked
        )  # fmt: skip
        for row in (audit, part):
            row.state = "under-way"
            row.save()


if __name__ == "__main__":
    os.environ["GOLDTHREAD_HOME"] = sys.argv[1]
    from goldthread.cli import database

    with database.running():
        database.start_django()
        _fill(Path(sys.argv[1]), int(sys.argv[2]))
