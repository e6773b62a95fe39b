"""Kill -9 of the web server and of the database while people answer and sign.

Three times here; `GOLDTHREAD_KILLS=100` is the number that was promised.
"""

import contextlib
import itertools
import os
import random
import signal
import tempfile
import threading
import time
from pathlib import Path

import psutil
import pytest

from goldthread.readers.frameworks import shared_framework
from tests.site import answer, fill, free_port, inspect, post, start

pytestmark = pytest.mark.machine
KILLS = int(os.environ.get("GOLDTHREAD_KILLS", "3"))
PEOPLE = 4
ASKED = [c.id for c in shared_framework("ehc-ref@2026.1").criteria if c.id not in
         ("P1-y9", "P2-four")]  # fmt: skip


def kill(process, home):
    """Every process of the site and of its database, in no order, without a word."""
    victims = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    with contextlib.suppress(OSError, ValueError, psutil.Error):
        first = (home / "database" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
        database = psutil.Process(int(first))
        victims += [database, *database.children(recursive=True)]
    random.shuffle(victims)
    for victim in victims:
        with contextlib.suppress(psutil.Error):
            victim.send_signal(signal.SIGKILL)
    process.wait(30)


class Work:
    """One person after another: all answers, done, signed; what was acknowledged is noted."""

    def __init__(self, port, waiting):
        self.port, self.waiting = port, waiting
        self.signed, self.stop = set(), threading.Event()

    def run(self):
        while not self.stop.is_set() and self.waiting:
            with contextlib.suppress(IndexError):
                person = self.waiting.pop()
                with contextlib.suppress(OSError, ValueError):
                    self.audit(person)

    def audit(self, person):
        for criterion in ASKED:
            if self.stop.is_set():
                return
            answer(self.port, person, criterion, "2")
        post(self.port, person, "education/finish", {})
        if post(self.port, person, "sign", {})[0] == 303:
            self.signed.add(person.audit)


@pytest.fixture
def place():
    """Not pytest's own folder, which no other user may enter: PostgreSQL never runs as root."""
    with tempfile.TemporaryDirectory(prefix="goldthread-killed-") as folder:
        yield Path(folder)


def test_what_was_acknowledged_is_there_after_a_kill(place):
    people = fill(place, PEOPLE * KILLS * 3)
    waiting, acknowledged = list(people), set()
    for _ in range(KILLS):
        port = free_port()
        process = start(place, port)
        work = Work(port, waiting)
        threads = [threading.Thread(target=work.run) for _ in range(PEOPLE)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.5, 6))
        kill(process, place)
        work.stop.set()
        for thread in threads:
            thread.join()
        acknowledged |= work.signed
    found = inspect(place)
    kept = {(a, c): v for a, c, v in found["answers"]}
    told = {(p.audit, c): v for p in people for c, v in p.versions.items()}
    lost = {key for key, version in told.items() if kept.get(key, 0) < version}
    assert lost == set()
    assert told, "nobody answered anything before the kill"
    states = found["audits"]
    assert acknowledged <= {a for a, (state, _) in states.items() if state == "signed"}
    assert all(whole for _, whole in states.values())
    assert found["fault"] == ""
    assert found["counts"] == ""
    assert found["counted"] == sum(state == "signed" for state, _ in states.values())
    half = {a for a, (state, _) in states.items() if state == "signed"}
    counts = {a: len(list(rows)) for a, rows in itertools.groupby(sorted(kept), lambda k: k[0])}
    assert all(counts[a] == len(ASKED) for a in half)
