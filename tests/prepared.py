"""A data folder whose database is migrated: made once for all test processes, then copied.

Migrating takes ten seconds of the processor. How it goes is tested elsewhere, from an empty folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from goldthread.locks import locked

SHARED = "GOLDTHREAD_TESTS_SHARED"
"""Names a folder of this run of the tests."""


def prepared(home: Path) -> None:
    """What `goldthread migrate` would put into this empty data folder."""
    shared = Path(os.environ[SHARED])
    with locked(shared / "lock"):
        if not (shared / "whole").is_dir():
            _make(shared / "draft")
            (shared / "draft").rename(shared / "whole")
    shutil.copytree(shared / "whole", home, dirs_exist_ok=True)
    if hasattr(os, "chown"):  # as root, the database belongs to a user of its own
        for path in (shared / "whole").rglob("*"):
            owner = path.stat()
            os.chown(home / path.relative_to(shared / "whole"), owner.st_uid, owner.st_gid)


def _make(home: Path) -> None:
    from tests.site import ROOT, environment

    subprocess.run(
        [sys.executable, "-m", "goldthread", "migrate"],
        env=environment(home), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=True,
    )  # fmt: skip
