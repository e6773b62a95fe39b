"""Where this installation keeps what it makes: database, static files, keys."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent.parent


def is_checkout() -> bool:
    """True when the package runs from the project's own folder, not from an installed copy."""
    return (PROJECT / "run.py").is_file() and (PROJECT / "pyproject.toml").is_file()


def data_folder() -> Path:
    """The folder for everything made at run time; made when absent.

    GOLDTHREAD_HOME when set, else `.goldthread` in the project, else the user's own data folder.
    """
    named = os.environ.get("GOLDTHREAD_HOME")
    if named:
        folder = Path(named).expanduser().absolute()
    elif is_checkout():
        folder = PROJECT / ".goldthread"
    else:
        folder = _user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _user_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~\\AppData\\Local")).expanduser() / "Goldthread"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/Goldthread").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "goldthread"
