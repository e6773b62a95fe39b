"""Takes struck-through words out of lines, and keeps the line as it was."""

from __future__ import annotations

from goldthread.readers.pdf.drafts import Line
from goldthread.readers.pdf.page import PageText, evened

LOW, HIGH = 0.30, 0.62
"""Of the type's full height: a line between them runs through letters, not under or over them."""

Rule = tuple[float, float, float]


def strike(lines: list[Line], rules: list[Rule], text: PageText) -> int:
    """Changes the lines that one of the horizontal `rules` runs through; gives how many."""
    struck = 0
    for line in lines:
        spans = [
            (left, right)
            for y, left, right in rules
            if LOW <= (y - line.bottom) / (line.size or 1) <= HIGH
            and left < line.right - 1
            and right > line.left + 1
            and right - left <= line.right - line.left + 6
        ]
        if spans:
            struck += _cut(line, spans, text)
    return struck


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
