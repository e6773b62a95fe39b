"""Auditors at work: what a page, an answer and a signature take, alone and with 150 at once.

Everything goes over loopback to a site of its own on this machine, which also runs the people:
what they cost is in the figures. Peers in the same minute: a small static file of the same server,
and a bare row written by the same database (`commit`), which is what keeping an answer must cost.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from goldthread.readers.frameworks import shared_framework
from tests.site import Auditor, answer, ask, fill, free_port, get, post, serving

PEOPLE = 150
SECONDS = 45
PAUSES = (15.0, 4.0)
"""Mean seconds between two answers of one person, who reads in between: four whole plans an hour,
and a pace that nobody keeps up."""
SETTLE = 30
"""Seconds after a start in which the background makes what pages will ask for."""
WORKERS = (1, 2)
"""Server processes."""
PAGES = ("A", "B", "E", "F", "GT")


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def centile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def row(name: str, times: list[float], peer: float) -> None:
    middle = statistics.median(times)
    print(f"| {name} | {middle:.1f} | {centile(times, 0.95):.1f} | {middle / peer:.1f} |")


def alone(port: int, auditor: Auditor, asked: list[str]) -> None:
    """One person: the form's pages, every answer of an audit, and the signature."""
    file = statistics.median([timed(lambda: ask(port, "GET", "/health")) for _ in range(50)])
    print(f"peer: GET /health {file:.1f} ms\n\n| | median ms | 95th ms | x peer |")
    print("|---|---|---|---|")
    for page in PAGES:
        path = f"education/{page}/"
        get(port, auditor, path)
        row(f"page {page}", [timed(lambda p=path: get(port, auditor, p)) for _ in range(40)], file)
    keep = [timed(lambda c=c: answer(port, auditor, c, "2")) for c in asked]
    row("keep an answer", keep, file)
    row("my part is done", [timed(lambda: post(port, auditor, "education/finish", {}))], file)
    row(f"sign {len(asked)} answers", [timed(lambda: post(port, auditor, "sign", {}))], file)
    row("a signed audit", [timed(lambda: get(port, auditor, "")) for _ in range(20)], file)


def together(port: int, people: list[Auditor], asked: list[str], pause: float, who: str) -> None:
    """Everybody at once, each with so many seconds from answer to answer."""
    kept: list[float] = []
    seen: list[float] = []
    refused: list[str] = []
    until = time.monotonic() + SECONDS

    def work(auditor: Auditor) -> None:
        chance = random.Random(auditor.audit)
        time.sleep(chance.random() * pause)
        left = [criterion for criterion in asked if criterion not in auditor.versions]
        for number, criterion in enumerate(left):
            if time.monotonic() > until:
                return
            if number % 10 == 0:
                page = f"education/{chance.choice(PAGES)}/"
                seen.append(timed(lambda p=page: get(port, auditor, p)))
            began = time.perf_counter()
            if not answer(port, auditor, criterion, "2"):
                refused.append(criterion)
            kept.append(1000 * (time.perf_counter() - began))
            time.sleep(chance.expovariate(1 / pause))

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, times in (("keep an answer", kept), ("page", seen)):
        asked_and_not = f"{len(times)} asked, {len(refused)} refused"
        print(f"| {who}, every {pause:g} s: {name} | {statistics.median(times):.1f} | "
              f"{centile(times, 0.95):.1f} | {asked_and_not} |")  # fmt: skip
    lost = sum(_lost(port, person) for person in people)
    print(f"\nacknowledged answers that are not there afterwards: {lost}")


def _lost(port: int, person: Auditor) -> int:
    """Sending the same answer again changes nothing when it is there: its version stays."""
    lost = 0
    for criterion, version in list(person.versions.items()):
        answer(port, person, criterion, "2")
        lost += person.versions[criterion] != version
    return lost


def main() -> int:
    asked = [c.id for c in shared_framework("ehc-ref@2026.1").criteria
             if c.id not in ("P1-y9", "P2-four")]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as folder:
        home, port = Path(folder), free_port()
        people = fill(home, PEOPLE + 1)
        with serving(home, port):
            time.sleep(SETTLE)
            alone(port, people[0], asked)
        for workers in WORKERS:
            with serving(home, port, workers):
                time.sleep(SETTLE * workers)
                for pause in PAUSES:
                    who = f"{PEOPLE} people, {workers} server process{'es' * (workers > 1)}"
                    together(port, people[1:], asked, pause, who)
    return 0


if __name__ == "__main__":
    sys.exit(main())
