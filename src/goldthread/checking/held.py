"""Checks asked for on the site, held in this process's memory and nowhere else.

Nothing is written to disk or database. A check is dropped after half an hour, at once when its
owner says so, or when newer ones need the room; only who has its unguessable address can see it.
"""

from __future__ import annotations

import atexit
import datetime as dt
import secrets
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from goldthread.checking.job import Answered, Files, Job, Outcome, Refused
from goldthread.checking.pool import Pool
from goldthread.checking.worker import fault

MINUTES = 30
MOST_BYTES = 400 * 1024 * 1024
"""Of documents held at once; a record is about as large as its document."""
MOST_DOCUMENTS = 400
"""Held at once, however small."""
MOST_WAITING = 40
"""Documents in hand; more are refused until some are done."""
SWEEP = 30.0
"""Seconds between looks for what has had its time; nobody need come for it to be dropped."""
WORKERS = 2


class Busy(Exception):
    """Too many documents are being checked; try again shortly."""


@dataclass
class One:
    """One document of a check."""

    files: Files
    outcome: Outcome | None = None
    said: str = "waiting"

    @property
    def name(self) -> str:
        return self.files.document.name

    @property
    def answered(self) -> Answered | None:
        return self.outcome if isinstance(self.outcome, Answered) else None

    @property
    def refused(self) -> Refused | None:
        return self.outcome if isinstance(self.outcome, Refused) else None

    @property
    def size(self) -> int:
        return sum(len(f.data) for f in self.files.all)


@dataclass
class Check:
    """What was asked for together."""

    token: str
    documents: list[One]
    until: float
    begun: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    @property
    def done(self) -> int:
        return sum(one.outcome is not None for one in self.documents)

    @property
    def finished(self) -> bool:
        return self.done == len(self.documents)

    @property
    def size(self) -> int:
        return sum(one.size for one in self.documents)


class Held:
    """Every check of this process. Threads may use it at once."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._checks: OrderedDict[str, Check] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = Pool(workers)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="check")
        self._closing = threading.Event()
        self._sweeper: threading.Thread | None = None
        atexit.register(self.close)

    def begin(self, documents: list[Files], job: Job) -> Check:
        """Starts checking; returns at once. Errors: Busy."""
        check = Check(
            secrets.token_urlsafe(24), [One(f) for f in documents], time.monotonic() + MINUTES * 60
        )
        with self._lock:
            self._drop_old()
            if self._full(check):
                raise Busy
            self._checks[check.token] = check
            self._make_room()
            self._start_sweeping()
        for one in check.documents:
            self._threads.submit(self._run, one, job)
        return check

    def find(self, token: str) -> Check | None:
        with self._lock:
            self._drop_old()
            return self._checks.get(token)

    def drop(self, token: str) -> None:
        with self._lock:
            self._checks.pop(token, None)

    def now(self, files: Files, job: Job) -> Outcome:
        """One document, waited for and not held."""
        return self._pool.check(files, job)

    def annotate(self, one: One) -> bytes | Refused:
        """The document with its findings on it. Errors: LookupError when it has none yet."""
        if one.answered is None:
            raise LookupError(one.name)
        return self._pool.annotate(one.files.document, one.answered.record)

    def close(self) -> None:
        self._closing.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._pool.close()

    def _run(self, one: One, job: Job) -> None:
        one.said = "being read and checked"
        try:
            one.outcome = self._pool.check(one.files, job, lambda said: setattr(one, "said", said))
        except Exception as error:  # a fault of ours must end the waiting
            one.outcome = fault(one.name, type(error).__name__)

    def _full(self, new: Check) -> bool:
        """Whether what is in hand leaves no room; what is finished can make way."""
        open_ = [c for c in self._checks.values() if not c.finished]
        waiting = sum(len(c.documents) - c.done for c in open_) + len(new.documents)
        return waiting > MOST_WAITING or sum(c.size for c in open_) + new.size > MOST_BYTES

    def _start_sweeping(self) -> None:
        if self._sweeper is None:
            self._sweeper = threading.Thread(target=self._sweep, name="forget", daemon=True)
            self._sweeper.start()

    def _sweep(self) -> None:
        while not self._closing.wait(SWEEP):
            with self._lock:
                self._drop_old()

    def _drop_old(self) -> None:
        now = time.monotonic()
        for token in [t for t, c in self._checks.items() if c.until < now]:
            del self._checks[token]

    def _make_room(self) -> None:
        """Drops the oldest finished checks while too much is held."""
        held = sum(c.size for c in self._checks.values())
        count = sum(len(c.documents) for c in self._checks.values())
        for token in [t for t, c in self._checks.items() if c.finished]:
            if held <= MOST_BYTES and count <= MOST_DOCUMENTS:
                return
            gone = self._checks.pop(token)
            held -= gone.size
            count -= len(gone.documents)


_held: Held | None = None
_making = threading.Lock()


def held() -> Held:
    """This process's checks; its checking processes start when first needed."""
    global _held
    with _making:
        if _held is None:
            _held = Held()
        return _held
