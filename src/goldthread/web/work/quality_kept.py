"""Figures as they were last drawn, kept until the authority's pulse beats again.

Every open page asks anew when an audit is signed; one of them makes the picture, the others get
the same. No words of a plan are kept here, and nobody's name: only figures. What the pulse does not
tell of (who writes which plan, how many are held, what families say) is a minute old at most.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST = 48
SECONDS = 60


class Kept:
    """Pictures by key, the ones used last. Threads may use it at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._lock = threading.Lock()
        self._clock = clock

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """What is kept under the key, else what `make` makes; an error of `make` is not kept."""
        with self._lock:
            until, found = self._kept.get(key, (0.0, ""))
            if until > self._clock():
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._kept[key] = (self._clock() + SECONDS, made)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


pictures = Kept()
