"""Files that are either whole or not there."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


class CannotWrite(OSError):
    """The file could not be written; the message is one sentence that says what to do."""


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` beside `path` and puts it in its place in one step.

    Errors: CannotWrite; an earlier file of that name is then untouched.
    """
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder: name a file in it.")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise CannotWrite(f"Cannot write {path}: {_reason(error, path)}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise CannotWrite(f"Cannot write {path}: {_reason(error, path)}") from error


def _mode(path: Path) -> int:
    """The mode of the file it replaces, else what the user's mask gives a new file."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return f"the folder {path.parent} does not exist. Make it first, or choose another."
    if isinstance(error, PermissionError):
        return f"you may not write in {path.parent}. Choose another folder."
    return f"{(error.strerror or str(error)).lower()}. Choose another place."
