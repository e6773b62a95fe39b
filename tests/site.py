"""A whole site of its own with auditors at work, started and killed from outside.

`python -m tests.site fill HOME AUDITORS` fills an empty data folder, and prints a line of JSON for
each auditor: session key, authority, audit and agency. `python -m tests.site inspect HOME` prints
what stands in it as one object of JSON.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.prepared import prepared

ROOT = Path(__file__).parent.parent
CLEARED = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE")


@dataclass
class Auditor:
    """One browser at work: its session, its audit, and what was acknowledged to it."""

    session: str
    code: str
    audit: str
    agency: str
    versions: dict[str, int] = field(default_factory=dict)
    token: str = ""

    @property
    def base(self) -> str:
        return f"/work/{self.code}/audits/{self.audit}/"


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in CLEARED}
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return {**kept, "GOLDTHREAD_HOME": str(home), "GOLDTHREAD_COLD": "1", "PYTHONPATH": path}


def fill(home: Path, auditors: int) -> list[Auditor]:
    """Auditors with one audit each, in a database that is not running afterwards."""
    prepared(home)
    done = subprocess.run(
        [sys.executable, "-m", "tests.site", "fill", str(home), str(auditors)],
        env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return [Auditor(**json.loads(line)) for line in done.stdout.splitlines()]


def inspect(home: Path) -> dict[str, Any]:
    """What a database that was stopped holds: answers, audits, and whether its log and its counts
    are whole."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.site", "inspect", str(home)],
        env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int, workers: int = 1) -> subprocess.Popen[bytes]:
    """`goldthread serve`, once it answers; in a process group of its own."""
    said = home / "said"
    with said.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "goldthread", "serve", "--port", str(port),
             "--workers", str(workers)],
            env=environment(home), cwd=ROOT, start_new_session=True, stdout=file, stderr=file,
        )  # fmt: skip
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"the site ended as it started: {said.read_text()}")
        with contextlib.suppress(OSError):
            if ask(port, "GET", "/health")[0] == 200:
                return process
        time.sleep(0.05)
    raise RuntimeError("the site did not answer for a minute")


@contextlib.contextmanager
def serving(home: Path, port: int, workers: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    process = start(home, port, workers)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def ask(
    port: int, method: str, path: str, fields: Mapping[str, Any] | None = None, cookie: str = ""
) -> tuple[int, bytes, Mapping[str, str]]:
    """Status, body and headers of one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie} if cookie else {}
    body = None
    if fields is not None:
        body = urllib.parse.urlencode(fields)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()


FORM = "a" * 32
"""A form's token, which its cookie must equal; any will do."""


def post(port: int, auditor: Auditor, path: str, fields: Mapping[str, Any]) -> tuple[int, bytes]:
    """A form of this auditor, with its token."""
    cookie = f"gt-session={auditor.session}; gt-form={FORM}"
    sent = {**fields, "csrfmiddlewaretoken": FORM}
    status, body, _ = ask(port, "POST", auditor.base + path, sent, cookie)
    return status, body


def get(port: int, auditor: Auditor, path: str) -> tuple[int, bytes]:
    status, body, _ = ask(port, "GET", auditor.base + path, None, f"gt-session={auditor.session}")
    return status, body


def answer(port: int, auditor: Auditor, criterion: str, value: str) -> bool:
    """One answer; True when it was acknowledged."""
    version = auditor.versions.get(criterion, 0)
    status, body = post(
        port, auditor, f"{auditor.agency}/answer",
        {"criterion": criterion, "value": value, "version": version, "comment": "seen"},
    )  # fmt: skip
    if status != 200:
        return False
    auditor.versions[criterion] = json.loads(body)["version"]
    return True


def _fill(auditors: int) -> None:
    from django.conf import settings

    from goldthread.cli import database
    from goldthread.records.postgres import connect, owner_address
    from tests.audits import an_audit
    from tests.people import NAMES, NORTH, a_person, client_of

    database.migrate()
    with connect(owner_address(Path(os.environ["GOLDTHREAD_HOME"])), autocommit=True) as owner:
        for code, name in NAMES.items():
            owner.execute("INSERT INTO records_authority VALUES (%s, %s, false)", (code, name))
    for number in range(auditors):
        here = a_person("auditor", name=f"auditor {number}")
        key = client_of(here).cookies[settings.SESSION_COOKIE_NAME].value
        print(json.dumps({"session": key, "code": NORTH, "audit": an_audit(here),
                          "agency": "education"}))  # fmt: skip


def _inspect() -> None:
    from goldthread.core.audit.signed import SignedAudit
    from goldthread.readers.frameworks import shared_framework
    from goldthread.records.actions.counting import KEEPS_COUNTS, check
    from goldthread.records.log import verify
    from goldthread.records.models import Answer, Audit, Chain, Event
    from goldthread.records.scope import Here, scope
    from tests.people import NORTH

    with scope(authority=NORTH):
        chain = Chain.objects.filter(authority_id=NORTH).first()
        found = verify(NORTH, Event.objects.order_by("number"), chain)
        audits = {
            a.reference: (
                a.state,
                a.state != "signed"
                or SignedAudit.from_json(json.dumps(a.signed)).digest == a.digest,
            )
            for a in Audit.objects.order_by("reference")
        }
        answers = Answer.objects.order_by("audit__reference", "criterion").values_list(
            "audit__reference", "criterion", "version"
        )
        reader = Here(authority=NORTH, person=None, permissions=frozenset({KEEPS_COUNTS}))
        counts = check(reader, shared_framework)
        print(json.dumps({"fault": found.fault, "events": found.events, "audits": audits,
                          "answers": list(answers), "counts": counts.fault,
                          "counted": counts.audits}))  # fmt: skip


def _main(what: str, rest: list[str]) -> None:
    from goldthread.cli import database

    with database.running():
        database.start_django()
        _fill(int(rest[0])) if what == "fill" else _inspect()


if __name__ == "__main__":
    os.environ["GOLDTHREAD_HOME"] = sys.argv[2]
    _main(sys.argv[1], sys.argv[3:])
