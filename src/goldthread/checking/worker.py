"""The checking process: takes jobs from standard input until it ends, under caps of its own."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import IO, Any

from goldthread.checking import pipeline, wire
from goldthread.checking.annotating import annotate
from goldthread.checking.job import File, Files, Job, Outcome, Refused
from goldthread.core.report.check_record import CheckRecord

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space; enforced by Linux, not by macOS or Windows."""


def main() -> None:
    """Answers one message for each job; says “progress” in between when a file takes long."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing a library prints may mix in
    _cap_memory()
    with contextlib.suppress(EOFError):
        while True:
            header, blobs = wire.receive(sys.stdin.buffer)
            outcome = _guarded(header, blobs, answers)
            if isinstance(outcome, bytes):
                wire.send(answers, {"kind": "written"}, outcome)
                continue
            kind = "refused" if isinstance(outcome, Refused) else "answered"
            wire.send(answers, {"kind": kind}, outcome.model_dump_json().encode())


def _guarded(header: dict[str, Any], blobs: list[bytes], answers: IO[bytes]) -> Outcome | bytes:
    """The answer, or why there is none; never an exception."""
    name = header.get("annotate") or header["names"]["document"]
    try:
        if "annotate" in header:
            return annotate(blobs[0], CheckRecord.model_validate_json(blobs[1]))
        return _checked(header, blobs, answers)
    except MemoryError:
        gc.collect()
        return too_much_memory(name)
    except RecursionError:
        return Refused(
            name=name,
            code="too-deep",
            sentence=f"{name} is nested too deeply to read: save it anew from Word and try again.",
        )
    except Exception as error:  # a fault of ours must not be blamed on the document
        return fault(name, type(error).__name__)


def _checked(header: dict[str, Any], blobs: list[bytes], answers: IO[bytes]) -> Outcome:
    files = _files(header["names"], blobs)
    job = Job.model_validate(header["job"])
    return pipeline.check(files, job, lambda said: wire.send(answers, {"progress": said}))


def fault(name: str, kind: str) -> Refused:
    """What went wrong in us, by its kind: its words could quote the document."""
    sentence = (
        f"{name} could not be checked because of a fault in Goldthread ({kind}): report it, "
        "without the document; see CONTRIBUTING.md."
    )
    return Refused(name=name, code="fault", sentence=sentence)


def too_much_memory(name: str) -> Refused:
    return Refused(
        name=name,
        code="too-much-memory",
        sentence=f"{name} needs more than {MEMORY / 2**30:.1f} GB of memory to read, so it was "
        "refused: check what it is, or save it anew without pictures.",
    )


def _files(names: dict[str, Any], blobs: list[bytes]) -> Files:
    """`names`: document, advice (a list) and previous (or null), in the order of the blobs."""
    advice = names["advice"]
    previous = names["previous"]
    return Files(
        File(names["document"], blobs[0]),
        tuple(File(n, b) for n, b in zip(advice, blobs[1 : 1 + len(advice)], strict=True)),
        File(previous, blobs[-1]) if previous is not None else None,
    )


def _cap_memory() -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
