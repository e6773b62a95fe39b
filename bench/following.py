"""A hundred open pages: what they cost, what ordinary requests take beside them, and how soon the
last of them hears of a signature.

A site of its own on this machine, which also runs those who listen. The peer is /health, the
smallest answer that asks the database.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.following import people
from tests.site import Auditor, ask, free_port, post, serving

OPEN = 100
SETTLE = 20
TURNS = 60
HEALTH, NOW, PAGE = "/health", "/work/001/live/now/", "/work/001/quality/"


class Listener:
    """One open stream; notes when it heard anything after its first line."""

    def __init__(self, port: int, who: Auditor) -> None:
        self.port, self.who = port, who
        self.ready, self.heard = threading.Event(), list[float]()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=400)
        cookie = {"Cookie": f"gt-session={self.who.session}"}
        connection.request("GET", "/work/001/live/", headers=cookie)
        answer = connection.getresponse()
        while line := answer.readline():
            if line.startswith(b"data") and self.ready.is_set():
                self.heard.append(time.perf_counter())
            elif line.startswith(b"data"):
                self.ready.set()


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def rows(port: int, who: Auditor, when: str) -> None:
    for path in (HEALTH, NOW, PAGE):
        times = sorted(
            timed(lambda p=path: ask(port, "GET", p, None, f"gt-session={who.session}"))
            for _ in range(TURNS)
        )
        print(f"| {path}, {when} | {statistics.median(times):.1f} | "
              f"{times[int(0.95 * TURNS)]:.1f} |")  # fmt: skip


def size(site: psutil.Process) -> str:
    parts = [p for p in site.children(recursive=True) if "postgres" not in p.name()]
    return (f"{sum(p.memory_info().rss for p in parts) / 1e6:.0f} MB, "
            f"{sum(p.num_threads() for p in parts)} threads")  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as folder:
        port = free_port()
        director, auditors = people(Path(folder), 1)
        with serving(Path(folder), port) as process:
            time.sleep(SETTLE)
            site = psutil.Process(process.pid)
            print(f"nobody follows: {size(site)}\n\n| | median ms | 95th ms |\n|---|---|---|")
            rows(port, director, "nobody follows")
            listeners = [Listener(port, director) for _ in range(OPEN)]
            for listener in listeners:
                threading.Thread(target=listener.run, daemon=True).start()
            opened = sum(listener.ready.wait(60) for listener in listeners)
            rows(port, director, f"{opened} follow")
            print(f"\n{opened} follow: {size(site)}")
            post(port, auditors[0], "education/finish", {})
            sent = time.perf_counter()
            status, _ = post(port, auditors[0], "sign", {})
            done = time.perf_counter()
            time.sleep(3)
            after = [1000 * (listener.heard[0] - done) for listener in listeners if listener.heard]
            print(f"signed in {1000 * (done - sent):.0f} ms ({status}); heard by {len(after)}, the "
                  f"first {min(after):.0f} and the last {max(after):.0f} ms after")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
