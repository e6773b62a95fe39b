"""What a server process does before and just after its first request, so that no reader waits."""

from __future__ import annotations

import contextlib
import logging
import threading

from goldthread.core.benchmark.comparators import ComparatorError
from goldthread.core.benchmark.engine import Benchmark
from goldthread.readers.shared import get_benchmark
from goldthread.web import answers
from goldthread.web.asked import default_comparator

log = logging.getLogger(__name__)


def warm() -> None:
    """Reads the figures; the comparisons of all authorities are then made in the background.

    Never fails: without figures the site still starts, and each page says what is wrong.
    """
    answers.code_version()
    try:
        benchmark = get_benchmark()
    except (OSError, ValueError, LookupError):
        log.exception("The published figures could not be read.")
        return
    threading.Thread(target=fill, args=(benchmark,), name="warm", daemon=True).start()


def fill(benchmark: Benchmark) -> None:
    """Makes every authority's comparisons with the peers it is first shown beside."""
    for authority in benchmark.library.places.current:
        with contextlib.suppress(ComparatorError):
            benchmark.compare_many(authority, default_comparator(benchmark, authority))
