"""Reads a list of plans in a process of its own, capped in memory and time.

A list comes from somebody's computer, so it is trusted no more than a plan is: whatever it does to
the process that reads it, the caller gets a list or one sentence.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from goldthread.checking import wire
from goldthread.checking.job import Refused
from goldthread.checking.worker import MEMORY
from goldthread.core.audit.listing import Listed, ListError
from goldthread.core.audit.mapping import ColumnMapping

SECONDS = 20
"""Of the processor, for one list (Linux, macOS)."""
CLOCK = 60.0
"""Seconds by the clock: a busy machine is no fault of the list."""
SIGXCPU = -24
_LISTED = TypeAdapter(Listed)


def read_list_capped(
    files: Sequence[tuple[str, bytes]],
    today: dt.date,
    authority: str | None = None,
    mapping: ColumnMapping | None = None,
) -> Listed | Refused:
    """As `readers.lists.read_list`, in a process of 1.5 GiB and 20 seconds of processor.

    Never raises for what a list holds: `Refused.sentence` says why it was not read. Its codes:
    list (no sound list), too-slow, too-much-memory, reader-broke, fault.
    """
    name = files[0][0] if files else "The list"
    header = {
        "names": [n for n, _ in files],
        "today": today.isoformat(),
        "authority": authority,
        "mapping": mapping.model_dump(mode="json") if mapping else None,
        "memory": MEMORY,
        "seconds": SECONDS,
    }
    return _asked(name, header, [data for _, data in files])


def _asked(name: str, header: dict[str, Any], blobs: list[bytes]) -> Listed | Refused:
    # -P: a file called csv.py where the person stands must not be imported.
    command = [sys.executable, "-P", "-m", "goldthread.checking.listing"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        late = threading.Event()
        watch = threading.Timer(CLOCK, _end, (process, late))
        watch.daemon = True
        watch.start()
        try:
            wire.send(process.stdin, header, *blobs)  # type: ignore[arg-type]
            told, answer = wire.receive(process.stdout)  # type: ignore[arg-type]
            return _answer(told["kind"], answer[0])
        except (OSError, EOFError, ValueError, LookupError, ValidationError):
            return _why(name, _ended(process), late.is_set())
        finally:
            watch.cancel()
            with contextlib.suppress(OSError):
                process.stdin.close()  # type: ignore[union-attr]


def _answer(kind: str, answer: bytes) -> Listed | Refused:
    if kind == "listed":
        return _LISTED.validate_json(answer)
    return Refused.model_validate_json(answer)


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):
        process.kill()


def _ended(process: subprocess.Popen[bytes]) -> int:
    """How the process ended, by itself if it does so at once."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(timeout=5)
    process.kill()
    return process.wait()


def _why(name: str, code: int, late: bool) -> Refused:
    if late or code == SIGXCPU:
        sentence = (
            f"{name} takes longer than {SECONDS} seconds to read, so it was refused: check "
            "that it is a list of plans, or save it anew and try again."
        )
        return Refused(name=name, code="too-slow", sentence=sentence)
    if code in (1, -6):  # no word of its own, or stopped by a library: out of memory
        return _too_much(name)
    sentence = (
        f"{name} broke the program that reads it, so it was refused: open it in Excel, save it "
        "anew and try again."
    )
    return Refused(name=name, code="reader-broke", sentence=sentence)


def _too_much(name: str) -> Refused:
    sentence = (
        f"{name} needs more than {MEMORY / 2**30:.1f} GB of memory to read, so it was refused: "
        "check that it is a list of plans, or save it anew without what is not part of it."
    )
    return Refused(name=name, code="too-much-memory", sentence=sentence)


# --- In the capped process -------------------------------------------------------------------


def main() -> None:
    """Answers one message with one message."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing a library prints may mix in
    gc.disable()  # one list and then the end: looking for cycles takes a fifth of the time
    header, blobs = wire.receive(sys.stdin.buffer)
    _cap(header["memory"], header["seconds"])
    kind, answer = _read(header, list(zip(header["names"], blobs, strict=True)))
    wire.send(answers, {"kind": kind}, answer)


def _read(header: dict[str, Any], files: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    from goldthread.readers.lists import read_list  # only this process needs it

    name = files[0][0] if files else "The list"
    mapping = header["mapping"]
    try:
        listed = read_list(
            files,
            dt.date.fromisoformat(header["today"]),
            ColumnMapping.model_validate(mapping) if mapping else None,
            header["authority"],
        )
        return "listed", _LISTED.dump_json(listed)
    except ListError as error:
        refused = Refused(name=name, code="list", sentence=str(error))
    except MemoryError:
        refused = _too_much(name)
    except Exception as error:  # a fault of ours must not be blamed on the list
        sentence = (
            f"{name} could not be read because of a fault in Goldthread ({type(error).__name__}): "
            "report it, without the list; see CONTRIBUTING.md."
        )
        refused = Refused(name=name, code="fault", sentence=sentence)
    return "refused", refused.model_dump_json().encode()


def _cap(memory: int, seconds: int) -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            used = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds + 1))


if __name__ == "__main__":
    main()
