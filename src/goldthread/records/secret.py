"""Random secrets that this copy makes for itself and keeps in its data folder."""

import contextlib
import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in `path`; made, readable by its owner only, when absent or empty."""
    if kept := _read(path):
        return kept
    path.unlink(missing_ok=True)
    # Written beside its place and linked there, so that two first starts at once agree on one
    # secret and a start that was cut off leaves none half-written.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    except OSError:  # a file system without links
        draft.replace(path)
    draft.unlink(missing_ok=True)
    return _read(path)


def _read(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    return ""
