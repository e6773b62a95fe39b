"""Start of the site, time of its pages, and memory, measured from outside over loopback.

Times are those of the whole request. The peer of every page is a small static file from the same
server in the same minute: what is over that is ours. `first` is the first request of that page
since the start, `again` the following ones. `ten new` and `ten warm` are 95th centiles with ten
readers at once who walk through the pages of twenty authorities for the first and second time.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

import psutil

PORT = 8765
SETTLE = 25
"""Seconds after the start in which the background makes what pages will ask for."""
PAGES = {
    "home": "/",
    "authority": "/authorities/{}/",
    "authority, England": "/authorities/{}/?peers=england",
    "authority, own group": "/authorities/{}/?peers=301,302,303,304",
    "measure": "/authorities/{}/measures/plans-within-20-weeks/",
    "side by side": "/compare/?a={}&a=leeds&a=derby",
    "England": "/england/",
    "measure, England": "/measures/appeal-rate/",
    "data": "/data/",
    "API comparison": "/api/v1/comparisons?authority={}",
}
TOWNS = ("kent", "devon", "essex", "bolton", "camden", "dudley", "slough", "luton",
         "bristol-city-of", "trafford", "torbay", "sutton", "solihull", "sandwell", "salford",
         "rutland", "rotherham", "reading", "portsmouth", "oldham", "norfolk")  # fmt: skip


@contextlib.contextmanager
def site(home: str) -> Iterator[float]:
    """A site of its own; yields the seconds until it answered."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "goldthread", "demo", "--no-browser", "--port", str(PORT)]
    process = subprocess.Popen(command, env={**os.environ, "GOLDTHREAD_HOME": home},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError):
                if fetch("/health")[0] == 200:
                    break
            time.sleep(0.05)
        yield time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(60)


def fetch(path: str) -> tuple[int, float]:
    """Status and milliseconds of one request on a fresh connection."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, 1000 * (time.perf_counter() - began)
    finally:
        connection.close()


def stylesheet() -> str:
    """The address of the site's own small style sheet, as the home page names it."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    connection.close()
    return re.search(r'href="(/static/goldthread[^"]+css)"', page)[1]


def memory() -> float:
    """Megabytes of all processes that serve the site."""
    found = [p for p in psutil.process_iter(["cmdline"]) if _ours(p.info["cmdline"] or [])]
    every = {c.pid: c for p in found for c in (p, *p.children(recursive=True))}
    return sum(p.memory_info().rss for p in every.values()) / 2**20


def _ours(command: list[str]) -> bool:
    return "demo" in command and str(PORT) in command


def crowd(path: str, readers: int = 10, each: int = 6) -> float:
    """95th centile in milliseconds with `readers` at once, each on pages of other authorities."""
    times: list[float] = []

    def read(reader: int) -> None:
        for i in range(each):
            times.append(fetch(path.format(TOWNS[(reader + 3 * i) % len(TOWNS)]))[1])

    threads = [threading.Thread(target=read, args=(r,)) for r in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.quantiles(times, n=20)[-1]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home:
        with site(home) as first:
            print(f"first start, parts installed, new data folder {first:5.1f} s")
        with site(home) as again:
            print(f"second start                                  {again:5.1f} s")
            time.sleep(SETTLE)
            static = statistics.median(fetch(stylesheet())[1] for _ in range(30))
            print(f"\nstatic peer {static:.1f} ms")
            print(f"{'page':22} first  again  ratio  ten new  ten warm  (ms)")
            for name, path in PAGES.items():
                own = path.format("sheffield")
                status, new = fetch(own)
                kept = statistics.median(fetch(own)[1] for _ in range(20))
                row = f"{name:22} {new:5.0f} {kept:6.1f} {kept / static:6.1f}"
                row += f" {crowd(path):8.0f} {crowd(path):9.0f}"
                print(row + ("" if status == 200 else f"  status {status}"))
            print(f"\nmemory of all serving processes {memory():.0f} MB")


if __name__ == "__main__":
    main()
