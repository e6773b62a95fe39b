"""Hearing that an authority's figures have changed: one ear a process, however many listen to it.

PostgreSQL tells it when a transaction that counted has ended well (`cells.beat`). The ear has a
connection of its own, outside every transaction, with the site's own role; it is there from the
first time that somebody listens, and comes back when the database was away.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time

import psycopg
from django.db import connections

from goldthread.records.cells import CHANNEL, Beat
from goldthread.records.postgres import Address, connect

log = logging.getLogger(__name__)
QUIET = 20.0
"""Seconds without news after which the connection itself is tried."""
AGAIN = (0.5, 10.0)
"""Seconds between two tries to connect, doubled from the first to the last."""


class Ear:
    """Waits for beats. `wait` may be called by any number of threads at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._latest: dict[str, Beat] = {}
        self._turn = 0
        self._thread: threading.Thread | None = None

    def wait(self, authority: str, number: int, seconds: float) -> Beat | None:
        """The authority's next beat after `number`, as soon as it is there.

        None after so many seconds; and at once when the ear was deaf for a while, so that whoever
        waits looks for themselves.
        """
        self._listen()
        until = time.monotonic() + seconds
        with self._changed:
            turn = self._turn
            while True:
                latest = self._latest.get(authority)
                if latest is not None and latest.number > number:
                    return latest
                left = until - time.monotonic()
                if left <= 0 or turn != self._turn:
                    return None
                self._changed.wait(left)

    def _listen(self) -> None:
        with self._changed:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        pause = AGAIN[0]
        while True:
            began = time.monotonic()
            try:
                self._hear()
            except psycopg.Error as error:
                log.info("Not listening for a moment: %s", error)
            if time.monotonic() - began > QUIET:
                pause = AGAIN[0]
            time.sleep(pause)
            pause = min(2 * pause, AGAIN[1])

    def _hear(self) -> None:
        with connect(_address(), autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._wake()
            while True:
                for notice in connection.notifies(timeout=QUIET):
                    self._note(notice.payload)
                connection.execute("SELECT 1")  # raises when the server is gone

    def _wake(self) -> None:
        with self._changed:
            self._turn += 1
            self._changed.notify_all()

    def _note(self, said: str) -> None:
        authority, number, at = said.split()
        beat = Beat(int(number), dt.datetime.fromisoformat(at))
        with self._changed:
            before = self._latest.get(authority)
            if before is None or beat.number > before.number:
                self._latest[authority] = beat
                self._changed.notify_all()


def _address() -> Address:
    said = connections["default"].settings_dict
    return Address(said["HOST"], said["PORT"], said["NAME"], said["USER"], said["PASSWORD"])


ear = Ear()
