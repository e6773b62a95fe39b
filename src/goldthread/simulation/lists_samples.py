"""The invented lists in `samples/lists`: `python -m goldthread.simulation.lists_samples FOLDER`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import get_args

from goldthread.core.audit.listing import Format
from goldthread.simulation.lists import Invented, invented_list, invented_people

AUTHORITY = "001"
"""No authority has this code."""
PLANS = 12
SEED = 7
DAY = dt.date(2026, 1, 15)
HEADINGS = ("Code", "Begun", "Kind of need", "Birthday", "Where")
WORDS = {"ASD": "Thinks differently", "SEMH": "Feelings", "SLCN": "Talking"}
"""An authority's own words for three needs; the others stand as SEN2 codes."""


def sample_lists() -> dict[str, bytes]:
    """Name in `samples/lists` -> bytes: one list of twelve plans in every format, without UPNs."""
    found = {}
    for form in get_args(Format):
        for name, data in invented_list(form, AUTHORITY, PLANS, SEED, DAY, numbers=False):
            found[f"{form}/{name}" if form == "sen2-csv" else name] = data
    people = invented_people(PLANS, SEED, DAY, numbers=False)
    lines = [HEADINGS, *(_own(p) for p in people)]
    text = "".join(";".join(line) + "\r\n" for line in lines)
    return {**found, "own-words.csv": text.encode("cp1252")}


def _own(p: Invented) -> tuple[str, ...]:
    need = WORDS.get(p.need, p.need)
    return f"C{p.number}", f"{p.issued_on:%d.%m.%y}", need, f"{p.born:%d.%m.%Y}", p.setting


def main() -> None:
    """Writes them anew."""
    folder = Path(sys.argv[1])
    for name, data in sample_lists().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
