"""Brings in past audits in a thread of this process, one spreadsheet a person, and says how far.

What is written is one transaction: when this process ends before, nothing was written.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connections

from goldthread.records.actions.past_audits import Progress
from goldthread.records.scope import Here, NotAllowed, Refused, Stale, scope

Work = Callable[[Progress], int]
FAULT = (
    "The audits could not be brought in because of a fault in Goldthread, and nothing was written: "
    "report it, without the file; see CONTRIBUTING.md."
)


@dataclass
class Bringing:
    """`number`: of the import, once it is there; `wrong`: why it is not."""

    of: int
    done: int = 0
    number: int = 0
    wrong: str = ""

    @property
    def finished(self) -> bool:
        return bool(self.number or self.wrong)


class _Bringings:
    """The newest of each person; threads may use it at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._newest: dict[tuple[str, int | None], Bringing] = {}

    def begin(self, here: Here, of: int, work: Work) -> None:
        bringing = Bringing(of)
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(1, thread_name_prefix="bringing-in")
                atexit.register(self._threads.shutdown, wait=False, cancel_futures=True)
            self._newest[here.authority, here.person] = bringing
            threads = self._threads
        threads.submit(run, here, bringing, work)

    def newest(self, here: Here) -> Bringing | None:
        with self._lock:
            return self._newest.get((here.authority, here.person))

    def forget(self, here: Here) -> None:
        with self._lock:
            self._newest.pop((here.authority, here.person), None)


def run(here: Here, bringing: Bringing, work: Work) -> None:
    """Does the work and notes how it ended; also called by tests, in their own thread."""

    def progress(done: int, of: int) -> None:
        bringing.done, bringing.of = done, of

    try:
        with scope(authority=here.authority, person=here.person):
            number = work(progress)
        bringing.number = number
    except (Refused, Stale, NotAllowed) as refused:
        bringing.wrong = str(refused)
    except Exception:  # a fault of ours must end the waiting
        bringing.wrong = FAULT
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()


_bringings = _Bringings()
begin, newest, forget = _bringings.begin, _bringings.newest, _bringings.forget
