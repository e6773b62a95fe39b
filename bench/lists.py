"""Lists of 20,000 plans in every format, beside a plain read by well-known libraries in one run.

The peers only bring the file into memory as rows (ElementTree, pandas, openpyxl): no joining, no
dates checked, no codes, no doubles. All times are of one core (processor time), best of turns.
"""

from __future__ import annotations

import datetime as dt
import io
import resource
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable

import openpyxl
import pandas

from goldthread.core.audit.listing import Format
from goldthread.readers.lists import read_list
from goldthread.simulation.lists import invented_list

PLANS = 20_000
MANY = 200_000
DAY = dt.date(2026, 1, 15)
TURNS = 3
Files = list[tuple[str, bytes]]


def main() -> None:
    print(f"{PLANS:,} plans{'':<6}{'MB':>7}{'read':>9}{'plain read by':>24}{'ratio':>8}")
    for form, (who, other) in PEERS.items():
        files = invented_list(form, "301", PLANS, 1, DAY)
        size = sum(len(data) for _, data in files) / 1e6
        mine = best(lambda f=files: read_list(f, DAY, authority="301"), TURNS)
        theirs = best(lambda f=files, o=other: o(f), 1)
        print(f"{form:<18}{size:>7.1f}{mine:>8.2f}s{who:>15}{theirs:>8.2f}s{mine / theirs:>8.2f}")
    files = invented_list("csv", "301", MANY, 1, DAY)
    taken = best(lambda: read_list(files, DAY, authority="301"), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"csv of {MANY:,} plans: {taken:.1f}s; largest memory of this process {peak:.0f} MB")


def best(work: Callable[[], object], turns: int) -> float:
    """Seconds."""
    taken = []
    for _ in range(turns):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def element_tree(files: Files) -> object:
    root = ET.fromstring(files[0][1])
    return [[(e.tag, e.text) for e in person.iter()] for person in root.iter("Person")]


def pandas_csv(files: Files) -> object:
    return [pandas.read_csv(io.BytesIO(data), dtype=str).to_dict("records") for _, data in files]


def open_pyxl(files: Files) -> object:
    book = openpyxl.load_workbook(io.BytesIO(files[0][1]), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


PEERS: dict[Format, tuple[str, Callable[[Files], object]]] = {
    "sen2-xml": ("ElementTree", element_tree),
    "sen2-csv": ("pandas", pandas_csv),
    "sen2-excel": ("openpyxl", open_pyxl),
    "annex-a": ("openpyxl", open_pyxl),
    "csv": ("pandas", pandas_csv),
    "excel": ("openpyxl", open_pyxl),
}


if __name__ == "__main__":
    main()
