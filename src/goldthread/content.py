"""Finds the content folders, in a checkout and in an installed copy alike."""

from pathlib import Path

from goldthread.home import PACKAGE, PROJECT, is_checkout

FOLDERS = ("frameworks", "reference", "samples", "training")


def folder(name: str) -> Path:
    """The content folder called `name`, one of FOLDERS.

    In a checkout it stands at the root; an installed copy carries it in `goldthread/_content`.

    Errors: LookupError when the name is unknown or this copy came without the folder.
    """
    if name not in FOLDERS:
        raise LookupError(f"There is no content folder {name!r}; known: {', '.join(FOLDERS)}.")
    path = (PROJECT if is_checkout() else PACKAGE / "_content") / name
    if not path.is_dir():
        raise LookupError(f"This copy of Goldthread has no folder {name}; install it again.")
    return path
