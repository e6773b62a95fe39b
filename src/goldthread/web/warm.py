"""What a server process does before and just after its first request, so that no reader waits."""

from __future__ import annotations

import gc
import logging
import threading

from django.conf import settings

from goldthread.core.benchmark.engine import Benchmark
from goldthread.readers.frameworks import shared_framework
from goldthread.readers.shared import get_benchmark
from goldthread.web import answers

OFFERED = ("dfe", "england", "ons", "region", "dfe-2021")

log = logging.getLogger(__name__)


def warm() -> None:
    """Reads the figures; the comparisons of all authorities are then made in the background,
    unless the settings say that the processor has better to do.

    Never fails: without figures the site still starts, and each page says what is wrong.
    """
    answers.code_version()
    try:
        benchmark = get_benchmark()
    except (OSError, ValueError, LookupError):
        log.exception("The published figures could not be read.")
        return
    if settings.COLD:
        return
    threading.Thread(target=fill, args=(benchmark,), name="warm", daemon=True).start()


def fill(benchmark: Benchmark) -> None:
    """Places every authority beside the peers that its page offers, the first shown first.

    What stands then stays to the end, so the collector need not look through it again: a search
    of millions of values takes a tenth of a second, in the middle of somebody's request.
    """
    shared_framework()
    for spec in OFFERED:
        if spec not in ("region", "england") and spec not in benchmark.library.models:
            continue
        benchmark.prepare(spec)
    gc.collect()
    gc.freeze()
