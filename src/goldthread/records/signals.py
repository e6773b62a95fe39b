"""Steps that must not be cut in half: a wish to stop waits until the step is done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STOPS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]


@contextmanager
def whole_step() -> Iterator[None]:
    """Hold back signals to stop inside this block and let them act at its end.

    Only the main thread receives signals; elsewhere this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {number: signal.getsignal(number) for number in STOPS}
    for number in STOPS:
        signal.signal(number, lambda number, _frame: held.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
    for number in held[:1]:
        signal.raise_signal(number)
