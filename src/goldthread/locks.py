"""Locks on files that the system takes back when a process ends, however it ends.

Not process numbers with start times: numbers come again, and start times move with the clock.
"""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def try_lock(path: Path) -> IO[bytes] | None:
    """The locked file, made when absent; None when another holder has it. Closing it unlocks it."""
    file = path.open("ab")
    try:
        _lock(file)
    except OSError as error:
        file.close()
        if error.errno in BUSY:
            return None
        raise
    return file


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for the lock on `path` and hold it inside this block."""
    while (file := try_lock(path)) is None:
        time.sleep(0.05)
    with file:
        yield


class Presence:
    """Who is here: one locked file each in a folder. To be used under a lock of the caller's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mine: IO[bytes] | None = None

    def enter(self) -> None:
        """Be counted until `leave`, or until this process ends."""
        self.folder.mkdir(exist_ok=True)
        self.mine = try_lock(self.folder / f"{os.getpid()}-{time.monotonic_ns()}")

    def leave(self) -> None:
        """No longer be counted; nothing happens when not here."""
        if self.mine:
            self.mine.close()
            Path(self.mine.name).unlink(missing_ok=True)
            self.mine = None

    def anybody(self) -> bool:
        """True when a member is here; forgets those whose process ended without leaving."""
        living = False
        for path in self.folder.iterdir():
            if file := try_lock(path):
                file.close()
                path.unlink(missing_ok=True)
            else:
                living = True
        return living


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
