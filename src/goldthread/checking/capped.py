"""One job in a process of its own, capped in memory and time.

What comes from somebody's computer is trusted no more than a plan is: whatever it does to the
process that reads it, the caller gets an answer or one sentence.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goldthread.checking import wire
from goldthread.checking.job import Refused

SIGXCPU = -24


@dataclass(frozen=True)
class Caps:
    """`memory`: bytes; `seconds`: of the processor (Linux, macOS); `clock`: by the clock, for a
    busy machine is no fault of the file; `what`: what the file should be: “a list of plans”."""

    memory: int
    seconds: int
    clock: float
    what: str


def ask(
    module: str, name: str, header: dict[str, Any], blobs: list[bytes], caps: Caps
) -> tuple[str, bytes] | Refused:
    """What the module's `serve` answers: a kind and bytes.

    Never raises for what the file holds. Codes: too-slow, too-much-memory, reader-broke.
    """
    told = {**header, "name": name, "memory": caps.memory, "seconds": caps.seconds}
    # -P: a file called csv.py where the person stands must not be imported.
    command = [sys.executable, "-P", "-m", module]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        late = threading.Event()
        watch = threading.Timer(caps.clock, _end, (process, late))
        watch.daemon = True
        watch.start()
        try:
            wire.send(process.stdin, told, *blobs)  # type: ignore[arg-type]
            kind, answer = wire.receive(process.stdout)  # type: ignore[arg-type]
            return str(kind["kind"]), answer[0]
        except (OSError, EOFError, ValueError, LookupError):
            return _why(name, _ended(process), late.is_set(), caps)
        finally:
            watch.cancel()
            with contextlib.suppress(OSError):
                process.stdin.close()  # type: ignore[union-attr]


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


def _why(name: str, code: int, late: bool, caps: Caps) -> Refused:
    if late or code == SIGXCPU:
        sentence = (
            f"{name} takes longer than {caps.seconds} seconds to read, so it was refused: check "
            f"that it is {caps.what}, or save it anew and try again."
        )
        return Refused(name=name, code="too-slow", sentence=sentence)
    if code in (1, -6):  # no word of its own, or stopped by a library: out of memory
        return too_much(name, caps.memory, caps.what)
    return broke(name)


def broke(name: str) -> Refused:
    sentence = (
        f"{name} broke the program that reads it, so it was refused: open it in Excel, save it "
        "anew and try again."
    )
    return Refused(name=name, code="reader-broke", sentence=sentence)


def too_much(name: str, memory: int, what: str) -> Refused:
    sentence = (
        f"{name} needs more than {memory / 2**30:.1f} GB of memory to read, so it was refused: "
        f"check that it is {what}, or save it anew without what is not part of it."
    )
    return Refused(name=name, code="too-much-memory", sentence=sentence)


# --- In the capped process -------------------------------------------------------------------

Reader = Callable[[dict[str, Any], list[bytes]], tuple[str, bytes]]


def serve(read: Reader, what: str) -> None:
    """Answers one message with one message: what `read` gives, or why there is nothing."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing a library prints may mix in
    gc.disable()  # one file and then the end: looking for cycles takes a fifth of the time
    header, blobs = wire.receive(sys.stdin.buffer)
    _cap(header["memory"], header["seconds"])
    kind, answer = _guarded(read, header, blobs, what)
    wire.send(answers, {"kind": kind}, answer)


def _guarded(
    read: Reader, header: dict[str, Any], blobs: list[bytes], what: str
) -> tuple[str, bytes]:
    name = header["name"]
    try:
        return read(header, blobs)
    except MemoryError:
        refused = too_much(name, header["memory"], what)
    except Exception as error:  # a fault of ours must not be blamed on the file
        sentence = (
            f"{name} could not be read because of a fault in Goldthread ({type(error).__name__}): "
            "report it, without the file; see CONTRIBUTING.md."
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
