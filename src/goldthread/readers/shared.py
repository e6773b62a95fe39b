"""The one Benchmark of a process: site, API and command line all ask for it here."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.home import data_folder

if TYPE_CHECKING:
    from goldthread.core.benchmark.engine import Benchmark

_lock = threading.Lock()


@dataclass(frozen=True)
class _Kept:
    stamp: tuple[str, int | None]
    benchmark: Benchmark


_kept: _Kept | None = None


def get_benchmark() -> Benchmark:
    """The Benchmark on the figures of this installation, made once and kept.

    It is made anew when `figures/current` in the data folder has changed since, so an import shows
    without a restart. Thread-safe: while one thread makes it, the others wait.

    Errors: whatever `load_library` raises, unchanged; nothing is kept then.
    """
    global _kept
    stamp = _stamp(releases_folder())
    kept = _kept
    if kept is not None and kept.stamp == stamp:
        return kept.benchmark
    with _lock:
        if _kept is None or _kept.stamp != stamp:
            _kept = _Kept(stamp, _make(releases_folder()))
        return _kept.benchmark


def releases_folder() -> Path:
    """Where imported releases are kept; it need not exist."""
    return data_folder() / "figures"


def _stamp(releases: Path) -> tuple[str, int | None]:
    current = releases / "current"
    try:
        return str(releases), current.stat().st_mtime_ns
    except FileNotFoundError:
        return str(releases), None


def _make(releases: Path) -> Benchmark:
    # Both are heavy to import, and most commands need neither.
    from goldthread.core.benchmark.engine import Benchmark
    from goldthread.readers.library import load_library

    return Benchmark(load_library(releases=releases if releases.is_dir() else None))
