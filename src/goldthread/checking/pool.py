"""Checking processes kept ready, each replaced when a file takes it down."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from queue import LifoQueue
from typing import IO, Any

from goldthread.checking import wire
from goldthread.checking.job import LARGEST, Answered, File, Files, Job, Outcome, Refused
from goldthread.checking.worker import too_much_memory
from goldthread.core.report.check_record import CheckRecord

SECONDS = 20.0
"""For one document, counted anew at each sign of progress (a page of a scan recognised)."""
MOST_SECONDS = 15 * 60.0
"""For one document, whatever progress it makes."""

Progress = Callable[[str], None]


class Pool:
    """`size` processes at most; started when first needed; used by any number of threads."""

    def __init__(self, size: int = 2) -> None:
        self.size = size
        self._idle: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(size):
            self._idle.put(None)
        self._all: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self, files: Files, job: Job, progress: Progress | None = None) -> Outcome:
        """The outcome of one document; waits for a free process."""
        for file in files.all:
            if len(file.data) > LARGEST:
                return too_large(file.name, len(file.data))
        with self._process() as process:
            return process.check(files, job, progress or _silent)

    def annotate(self, file: File, record: CheckRecord) -> bytes | Refused:
        """The document with its findings on it, written in a checking process."""
        with self._process() as process:
            return process.annotate(file, record)

    def close(self) -> None:
        """Ends all processes, also those at work."""
        self._closed = True
        with self._lock:
            processes = list(self._all)
            self._all.clear()
        for process in processes:
            process.kill()

    @contextlib.contextmanager
    def _process(self) -> Iterator[_Process]:
        process = self._idle.get()
        if process is None or not process.alive():
            process = _Process()
            with self._lock:
                self._all.add(process)
        try:
            yield process
        finally:
            if not process.alive():
                with self._lock:
                    self._all.discard(process)
                process = None
            self._idle.put(process)


class _Process:
    """One checking process and the pipes to it."""

    def __init__(self) -> None:
        # -P: a file called csv.py where the person stands must not be imported.
        command = [sys.executable, "-P", "-m", "goldthread.checking.worker"]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        self._to: IO[bytes] = self._process.stdin  # type: ignore[assignment]
        self._from: IO[bytes] = self._process.stdout  # type: ignore[assignment]

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._to, self._from):
            with contextlib.suppress(OSError):
                stream.close()

    def check(self, files: Files, job: Job, progress: Progress) -> Outcome:
        header = {"job": job.model_dump(mode="json"), "names": _names(files)}
        blobs = [f.data for f in files.all]
        kind, answer = self._ask(files.document.name, header, blobs, progress)
        if kind == "answered":
            return Answered.model_validate_json(answer)
        return Refused.model_validate_json(answer)

    def annotate(self, file: File, record: CheckRecord) -> bytes | Refused:
        blobs = [file.data, record.model_dump_json().encode()]
        kind, answer = self._ask(file.name, {"annotate": file.name}, blobs, _silent)
        return answer if kind == "written" else Refused.model_validate_json(answer)

    def _ask(
        self, name: str, header: dict[str, Any], blobs: list[bytes], progress: Progress
    ) -> tuple[str, bytes]:
        """Sends, waits, and ends the process when it is too slow or breaks off."""
        watch = _Watch(self.kill_quietly)
        try:
            wire.send(self._to, header, *blobs)
            while True:
                told, answer = wire.receive(self._from)
                if "progress" not in told:
                    return str(told["kind"]), answer[0]
                watch.again()
                progress(str(told["progress"]))
        except (OSError, EOFError, ValueError):
            self.kill()
            return "refused", self._why(name, watch).model_dump_json().encode()
        finally:
            watch.stop()

    def kill_quietly(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()

    def _why(self, name: str, watch: _Watch) -> Refused:
        if watch.fired:
            return _too_slow(name)
        if self._process.returncode == 1:  # it died without a word of its own: out of memory
            return too_much_memory(name)
        sentence = (
            f"{name} broke the program that reads it, so it was refused: open it in Word or a PDF "
            "viewer, save it anew and try again."
        )
        return Refused(name=name, code="reader-broke", sentence=sentence)


class _Watch:
    """Calls `late` when `SECONDS` pass without `again`, or `MOST_SECONDS` in all."""

    def __init__(self, late: Callable[[], None]) -> None:
        self.fired = False
        self._late = late
        self._last = threading.Timer(MOST_SECONDS, self._fire)
        self._last.daemon = True
        self._last.start()
        self._next = self._timer()

    def again(self) -> None:
        self._next.cancel()
        self._next = self._timer()

    def stop(self) -> None:
        self._next.cancel()
        self._last.cancel()

    def _timer(self) -> threading.Timer:
        timer = threading.Timer(SECONDS, self._fire)
        timer.daemon = True
        timer.start()
        return timer

    def _fire(self) -> None:
        self.fired = True
        self._late()


def _names(files: Files) -> dict[str, object]:
    return {
        "document": files.document.name,
        "advice": [f.name for f in files.advice],
        "previous": files.previous.name if files.previous else None,
    }


def too_large(name: str, size: int) -> Refused:
    sentence = (
        f"{name} is {size / 2**20:.0f} MB; the most that is read is {LARGEST / 2**20:.0f} MB. "
        "Save it with smaller pictures, or without them."
    )
    return Refused(name=name, code="too-large", sentence=sentence)


def _too_slow(name: str) -> Refused:
    sentence = (
        f"{name} takes longer than {SECONDS:.0f} seconds to read, so it was refused: check what it "
        "is, or save it anew and try again."
    )
    return Refused(name=name, code="too-slow", sentence=sentence)


def _silent(_: str) -> None:
    pass
