"""The headings of a table of plans, read in a process of its own, capped in memory and time.

For the page on which somebody says which column is which; the list itself is read by `listing`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from goldthread.checking.job import Refused
from goldthread.checking.listing import SECONDS
from goldthread.checking.worker import MEMORY
from goldthread.core.audit.listing import ListError

MOST = 500
"""Headings of one table."""


def headings_capped(name: str, data: bytes) -> tuple[str, ...] | Refused:
    """As `readers.lists.headers_of` for one file; never raises for what it holds."""
    # -P: a file called csv.py where the person stands must not be imported.
    command = [sys.executable, "-P", "-m", "goldthread.checking.headings", name]
    sentence = f"{name} could not be read: open it in Excel, save it anew and try again."
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=data, capture_output=True, timeout=SECONDS, check=True
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return Refused(name=name, code="reader-broke", sentence=sentence)
    if "refused" in told:
        return Refused(name=name, code="list", sentence=told["refused"])
    return tuple(told["headings"])


# --- In the capped process -------------------------------------------------------------------


def main(arguments: Sequence[str]) -> None:
    """Reads a file from standard input and writes its headings as JSON."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing a library prints may mix in
    _cap_memory()
    from goldthread.readers.lists import headers_of  # only this process needs it

    try:
        headings = headers_of([(arguments[0], sys.stdin.buffer.read())])
        told: dict[str, object] = {"headings": [h for h in headings if h][:MOST]}
    except ListError as error:
        told = {"refused": str(error)}
    with answers:
        json.dump(told, answers)


def _cap_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(sys.argv[1:])
