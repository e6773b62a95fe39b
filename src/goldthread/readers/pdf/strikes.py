"""Takes struck-through words out of lines, and keeps the line as it was."""

from __future__ import annotations

from bisect import bisect_left

from goldthread.readers.pdf.drafts import Line
from goldthread.readers.pdf.page import PageText, evened

MIDDLE, HALF = 0.46, 0.16
"""Of the type's full height: a line so near to the middle runs through letters, not under them."""

Rule = tuple[float, float, float]


def strike(lines: list[Line], rules: list[Rule], text: PageText) -> int:
    """Changes the lines that one of the horizontal `rules` runs through; gives how many."""
    middles = sorted((line.bottom + MIDDLE * line.size, n) for n, line in enumerate(lines))
    spans: dict[int, list[tuple[float, float]]] = {}
    reach = HALF * max((line.size for line in lines), default=0.0)
    for y, left, right in rules:
        at = bisect_left(middles, (y - reach, 0))
        while at < len(middles) and middles[at][0] <= y + reach:
            line = lines[middles[at][1]]
            if abs(y - middles[at][0]) <= HALF * line.size and _through(line, left, right):
                spans.setdefault(middles[at][1], []).append((left, right))
            at += 1
    return sum(_cut(lines[n], found, text) for n, found in spans.items())


def _through(line: Line, left: float, right: float) -> bool:
    """Whether it runs over part of the line and not far beyond it, as a table's rule does."""
    inside = left < line.right - 1 and right > line.left + 1
    return inside and right - left <= line.right - line.left + 6


def _cut(line: Line, spans: list[tuple[float, float]], text: PageText) -> int:
    kept, at = [], line.first
    for left, right in sorted(spans):
        start = text.index_at(at, line.last, left - 1)
        end = text.index_at(start, line.last, right - 1)
        kept.append(text.text[at:start])
        at = max(end, at)
    kept.append(text.text[at : line.last + 1])
    now = evened("".join(kept))
    if now.strip() == line.text.strip():
        return 0
    line.was, line.text = line.text, " ".join(now.split())
    return 1
