"""Editions of the standards as folders: which there are, their digests, and which are published.

An edition is published by a line in `frameworks/published.lock`: key, digest, date. Nothing inside
the folder says so, so publishing changes no digest. A published edition is frozen: change a file,
and its digest no longer is the one in the lock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldthread.readers.content import ContentError

LOCK = "published.lock"
HEADER = (
    "# Published editions: key, digest, date. Written by `goldthread frameworks publish KEY`.\n"
    "# A line here freezes the edition's folder; a change is a new edition.\n"
)


@dataclass(frozen=True, slots=True)
class Published:
    """One line of the lock. `digest`: “sha256:” and 64 hex digits."""

    key: str
    digest: str
    date: dt.date


def digest(home: Path) -> str:
    """“sha256:…” over every file of the edition: its path, its length and its bytes, in the order
    of paths, with line ends as “\\n”. Hidden files do not count."""
    total = hashlib.sha256()
    for path in sorted(_files(home), key=lambda p: p.relative_to(home).as_posix()):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.relative_to(home).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return f"sha256:{total.hexdigest()}"


def _files(home: Path) -> Iterator[Path]:
    for path in home.rglob("*"):
        named = path.relative_to(home).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in named):
            yield path


def editions(root: Path) -> dict[str, Path]:
    """Key -> folder of every edition below `root`, in the order of keys."""
    found = sorted(root.glob("*/*/framework.yaml"))
    return {f"{p.parent.parent.name}@{p.parent.name}": p.parent for p in found}


def read_lock(root: Path) -> dict[str, Published]:
    """Published editions by key. Errors: ContentError, one sentence, for a line that is not one."""
    path = root / LOCK
    if not path.is_file():
        return {}
    found: dict[str, Published] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            entry = _entry(line, number)
            if entry.key in found:
                raise ContentError(f"{LOCK}, line {number}: {entry.key} stands there twice.")
            found[entry.key] = entry
    return found


def _entry(line: str, number: int) -> Published:
    parts = line.split()
    try:
        key, told, date = parts
        if not told.startswith("sha256:") or len(told) != 71:
            raise ValueError(told)
        return Published(key, told, dt.date.fromisoformat(date))
    except ValueError as error:
        raise ContentError(
            f"{LOCK}, line {number}: “{line}” is not key, digest and date; restore it from history."
        ) from error


def write_lock(root: Path, entries: Mapping[str, Published]) -> None:
    """The whole lock, in the order of keys."""
    lines = (f"{e.key} {e.digest} {e.date.isoformat()}\n" for _, e in sorted(entries.items()))
    (root / LOCK).write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
