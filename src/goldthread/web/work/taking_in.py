"""Reads documents that were added, in threads of this process, and stores what was found.

Reading runs in the capped checking processes and holds no transaction; only storing has one. A
document whose reading the end of this process cuts short says so on its page after a while.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connections
from django.utils import timezone

from goldthread.checking.held import held
from goldthread.checking.job import File, Files, Job, Outcome, Refused
from goldthread.checking.worker import fault
from goldthread.core.plan.plan import Status
from goldthread.core.report.check_record import CheckRecord, ThreadRecord
from goldthread.records.actions.documents import refuse_read, store_read
from goldthread.records.queries.documents import called, held_against
from goldthread.records.scope import Here, scope

MOST_WAITING = 60
"""Documents in hand in this process; more are refused until some are done."""
WORKERS = 2


@dataclass(frozen=True)
class Task:
    """One document to read. `name`: of the file as it came; readers get the reference instead, so
    that no sentence of theirs repeats a name. `kind`: plan, review, advice."""

    here: Here
    document: int
    reference: str
    kind: str
    status: Status
    name: str
    data: bytes
    framework: str

    @property
    def file(self) -> File:
        return File(called(self.reference, self.name), self.data)


class _Reading:
    """The threads of this process, started when first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._waiting = 0

    def room(self, more: int) -> bool:
        with self._lock:
            return self._waiting + more <= MOST_WAITING

    def begin(self, tasks: Sequence[Task]) -> None:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="taking-in")
                atexit.register(self._threads.shutdown, wait=False, cancel_futures=True)
            self._waiting += len(tasks)
            threads = self._threads
        for task in tasks:
            threads.submit(self._run, task)

    def _run(self, task: Task) -> None:
        try:
            take_in(task)
        finally:
            connections.close_all()
            with self._lock:
                self._waiting -= 1


_reading = _Reading()
room = _reading.room
begin = _reading.begin
"""Starts reading these documents; their rows must be committed already."""


def take_in(task: Task) -> None:
    """Reads one document and stores what was found, or why it could not be read."""
    try:
        outcome = _read(task)
    except Exception as error:  # a fault of ours must end the waiting
        outcome = fault(task.file.name, type(error).__name__)
    with scope(authority=task.here.authority, person=task.here.person):
        if isinstance(outcome, Refused):
            refuse_read(task.here, task.document, outcome.code, outcome.sentence)
        else:
            read = _fitting(outcome.record, task.kind)
            store_read(task.here, task.document, task.name, task.data, read)


def _read(task: Task) -> Outcome:
    """Held against advice and the earlier version; without them when one of them cannot be read."""
    today = timezone.localdate()
    job = Job(today=today, framework=task.framework, status=task.status, paragraphs=True)
    files = _files(task)
    outcome = held().now(files, job)
    if isinstance(outcome, Refused) and len(files.all) > 1 and outcome.blame != "document":
        return held().now(Files(task.file), job)
    return outcome


def _files(task: Task) -> Files:
    if task.kind != "plan":
        return Files(task.file)
    with scope(authority=task.here.authority, person=task.here.person):
        advice, previous = held_against(task.document)
    return Files(
        task.file,
        tuple(File(f.name, f.data) for f in advice),
        File(previous.name, previous.data) if previous else None,
    )


def _fitting(read: CheckRecord, kind: str) -> CheckRecord:
    """Of a review or advice only its text is kept: the rules are for plans."""
    if kind == "plan":
        return read
    bare = {"answers": (), "findings": (), "grade_preview": None, "thread": ThreadRecord()}
    return read.model_copy(update={**bare, "advice": (), "changes": ()})
