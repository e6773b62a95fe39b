"""Tells running headers and footers from the body: they stand at the edge and come again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from goldthread.readers.pdf.drafts import Line

ZONE = 0.13
"""Of the page's height, at the top and at the bottom."""
OFTEN = 0.25
"""Of the pages: what comes again on so many is running."""
NUMBER = re.compile(
    r"(?:page|p\.?)?\s*[-–|:]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–|]?(?:\s*page)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sheet:
    """The lines of a page and how high it is; `bottom` is the height of its lower edge."""

    number: int
    lines: list[Line]
    bottom: float
    height: float
    width: float


def take_margins(sheets: list[Sheet]) -> list[Line]:
    """Takes the running lines out of the sheets; gives each of them once."""
    edges = [_edges(sheet) for sheet in sheets]
    counts = Counter(key for pair in edges for key in {_key(ln) for side in pair for ln in side})
    need = len(sheets) if len(sheets) < 4 else max(3, int(OFTEN * len(sheets)))

    def running(line: Line) -> bool:
        often = len(sheets) > 1 and counts[_key(line)] >= need
        return often or NUMBER.fullmatch(line.text.strip()) is not None

    margins: dict[str, Line] = {}
    for sheet, pair in zip(sheets, edges, strict=True):
        taken = {id(ln): ln for side in pair for ln in _outer(side, running)}
        if taken:
            for line in taken.values():
                margins.setdefault(_key(line), line)
            sheet.lines = [ln for ln in sheet.lines if id(ln) not in taken]
    return list(margins.values())


def _edges(sheet: Sheet) -> tuple[list[Line], list[Line]]:
    """Lines near the upper edge, from above, and near the lower edge, from below."""
    zone = ZONE * sheet.height
    upper = [ln for ln in sheet.lines if ln.bottom > sheet.bottom + sheet.height - zone]
    lower = [ln for ln in sheet.lines if ln.bottom + ln.size < sheet.bottom + zone]
    return sorted(upper, key=lambda ln: -ln.bottom), sorted(lower, key=lambda ln: ln.bottom)


def _outer(side: list[Line], running: Callable[[Line], bool]) -> list[Line]:
    """Running lines up to the first that is none; those on its own height included."""
    found = []
    stop: float | None = None
    for line in side:
        if stop is not None and abs(line.bottom - stop) > 2:
            break
        if running(line):
            found.append(line)
        elif stop is None:
            stop = line.bottom
    return found


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.strip().lower())
