"""Refuses a PDF that unpacks to far more than a plan holds, before anything parses it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from goldthread.core.plan.document import ReadingError

MOST_EACH = 20 * 1024 * 1024
"""Bytes of one stream, unpacked."""
MOST_TOGETHER = 100 * 1024 * 1024
RATIO = 1032
"""Deflate packs no better than this."""
SMALL = MOST_EACH // RATIO
"""Bytes: a stream no larger cannot unpack to too much by itself."""
DICTIONARY = 1200
"""Bytes before a stream in which its dictionary is looked for."""
PIECE = 256 * 1024


def weigh(data: bytes, name: str) -> None:
    """Errors: ReadingError when a stream, or all together, unpack to too much.

    Pictures and fonts are passed over: reading text does not unpack the former, and the latter
    are capped by PDFium.
    """
    found = list(_streams(data))
    small = [each for each in found if each[2] == 1 and each[1] - each[0] <= SMALL]
    light = sum(end - start for start, end, _ in small) * RATIO <= MOST_TOGETHER
    total = 0
    for start, end, times in found:
        if light and times == 1 and end - start <= SMALL:
            continue
        unpacked = _unpacked(data[start:end], times)
        total += unpacked
        if unpacked > MOST_EACH or total > MOST_TOGETHER:
            raise ReadingError(
                "too-much-content",
                f"{name} unpacks to far more content than a plan holds, so it was refused: "
                "check what it is, or print it anew to a PDF.",
            )


def _streams(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Start, end and how many times it is packed, of each stream that reading may unpack."""
    place = data.find(b"stream")
    while place >= 0:
        after = place + 6
        if data[place - 3 : place] != b"end":
            end = data.find(b"endstream", after)
            end = len(data) if end < 0 else end
            times = _packed(data[max(0, place - DICTIONARY) : place])
            if times:
                while data[after : after + 1] in (b"\r", b"\n"):
                    after += 1
                yield after, end, times
            after = end
        place = data.find(b"stream", after)


def _packed(before: bytes) -> int:
    """How many times, by the dictionary; 0 for pictures, fonts and what is not deflated."""
    about = before[max(before.rfind(b" obj"), 0) :]
    if b"/Image" in about or b"/Length1" in about or b"/FontFile" in about:
        return 0
    return about.count(b"/FlateDecode") + about.count(b"/Fl ")


def _unpacked(content: bytes, times: int) -> int:
    """Bytes after unpacking `times` times, counted no further than just above the cap."""
    for turn in range(min(times, 4)):
        last = turn == min(times, 4) - 1
        size, pieces = 0, []
        machine = zlib.decompressobj()
        rest = content
        try:
            while rest and size <= MOST_EACH and not machine.eof:
                piece = machine.decompress(rest, PIECE)
                if not piece and not machine.unconsumed_tail:
                    break
                size += len(piece)
                rest = machine.unconsumed_tail
                if not last:
                    pieces.append(piece)
        except zlib.error:
            return size
        if size > MOST_EACH or last:
            return size
        content = b"".join(pieces)
    return len(content)
