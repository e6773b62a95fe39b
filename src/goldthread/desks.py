"""Who works and who only waits: a few threads do all the work, many may hold a stream open.

An open page costs a thread of the server for as long as it is open. Were that a thread that also
works, it would keep a connection to the database, of which there are few; so a request is worked
on at one of a few desks, and the server's own threads only wait. The desks' threads stay, and each
has one connection.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

DESKS = 4
"""Requests that one server process works on at the same time."""
STREAMS = 100
"""Open pages that one server process keeps informed at the same time; others ask now and then."""
THREADS = DESKS + STREAMS + 4
"""Of the server: some are left for requests that wait for a desk, whatever is open."""

Result = TypeVar("Result")
_here = threading.local()


class Desks:
    """Before `open`, and at a desk itself, work is done where it is asked for."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None

    def open(self, number: int = DESKS) -> None:
        self._pool = ThreadPoolExecutor(number, "desk", initializer=_sit_down)

    def run(self, work: Callable[..., Result], *given: Any) -> Result:
        """What `work` returns or raises, at the next free desk."""
        if self._pool is None or getattr(_here, "at_desk", False):
            return work(*given)
        return self._pool.submit(work, *given).result()


def _sit_down() -> None:
    _here.at_desk = True


desks = Desks()


class Seats:
    """So many may wait; who finds none free is told so at once."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(number)

    def take(self) -> bool:
        return self._free.acquire(blocking=False)

    def leave(self) -> None:
        self._free.release()
