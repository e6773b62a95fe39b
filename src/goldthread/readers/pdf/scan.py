"""Recognises the text of pages that are pictures, with tesseract, page by page."""

from __future__ import annotations

import ctypes
import itertools
import math
import os
import shutil
import statistics
import subprocess  # runs one fixed program, found on the path, on a picture made here
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.drafts import Line
from goldthread.readers.pdf.grids import Grid, grids_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DPI = 200
MOST_PIXELS = 16_000_000
"""A4 at 200 dots an inch has 3.9 million."""
SECONDS = 18.0
"""For one page; the worker waits 20 between signs of progress."""
ALL_SECONDS = 12 * 60.0
"""For all pages of a file; what is left then is said to be left out."""
STRAY = frozenset(" |[]_~=")
"""Signs that ruling lines are taken for; no word is made of them alone."""
GREY = 1
"""FPDFBitmap_Gray."""


@dataclass(slots=True)
class Recognised:
    """`lines` in reading order, parted where a ruling line stands between their words."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    confidence: float = 0.0
    """Mean of its words, weighted by their letters, 0 to 1."""
    fault: str = ""
    """Why nothing was recognised: “”, missing, late, timeout, failed."""


class Recogniser:
    """Knows whether tesseract is there and how long it has been at it."""

    def __init__(self) -> None:
        self._program = shutil.which("tesseract")
        self._begun = time.monotonic()

    @property
    def fault(self) -> str:
        if self._program is None:
            return "missing"
        return "late" if time.monotonic() - self._begun > ALL_SECONDS else ""

    def recognise(self, page: int, number: int) -> Recognised:
        """The text of `page`, PDFium's handle."""
        if self.fault or self._program is None:
            return Recognised(fault=self.fault)
        from goldthread.readers.pdf.picture import rules_in, straightened

        height, width = p.page_height(page), p.page_width(page)
        pixels, dpi = _pixels(page)
        pixels = straightened(pixels)
        picture = b"P5 %d %d 255\n" % pixels.shape[::-1] + pixels.tobytes()
        try:
            done = subprocess.run(  # noqa: S603
                [self._program, "stdin", "stdout", "--psm", "3", "--dpi", str(DPI), "tsv"],
                input=picture,
                capture_output=True,
                timeout=SECONDS,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Recognised(fault="timeout")
        except OSError:
            return Recognised(fault="failed")
        if done.returncode != 0:
            return Recognised(fault="failed")
        grids = grids_of(rules_in(pixels, dpi, height), width, height)
        return read_tsv(done.stdout.decode("utf-8", "replace"), number, height, 72 / dpi, grids)


def _pixels(page: int) -> tuple[NDArray[np.uint8], float]:
    """The page in grey, and its dots an inch."""
    import numpy as np

    width, height = max(p.page_width(page), 1.0), max(p.page_height(page), 1.0)
    scale = min(DPI / 72, math.sqrt(MOST_PIXELS / (width * height)))
    across, down = max(int(width * scale), 1), max(int(height * scale), 1)
    stride = (across + 3) // 4 * 4
    room = ctypes.create_string_buffer(stride * down)
    bitmap = p.new_bitmap(across, down, GREY, ctypes.addressof(room), stride)
    try:
        p.fill_bitmap(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        p.render(bitmap, page, 0, 0, across, down, 0, 0x08)  # FPDF_GRAYSCALE
    finally:
        p.close_bitmap(bitmap)
    pixels = np.frombuffer(memoryview(room), np.uint8).reshape(down, stride)[:, :across]
    return np.ascontiguousarray(pixels), 72 * scale


def read_tsv(tsv: str, number: int, height: float, scale: float, grids: list[Grid]) -> Recognised:
    """Reads tesseract's table of words. `height` in points, `scale` points for a pixel.

    Words in cells go into the cells of `grids`.
    """
    rows: dict[tuple[str, ...], list[Line]] = {}
    for row in tsv.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) == 12 and parts[0] == "5" and not set(parts[11]) <= STRAY:
            rows.setdefault(tuple(parts[2:5]), []).append(_word(parts, number, height, scale))
    found = Recognised(grids=grids)
    words = [word for row_ in rows.values() for word in row_]
    letters = sum(len(word.text) for word in words)
    if letters:
        found.confidence = sum(w.confidence * len(w.text) for w in words) / letters
    tall = {key: max(w.size for w in row_) for key, row_ in rows.items()}
    usual = statistics.median(tall.values()) if tall else 0.0
    for key, row_ in rows.items():
        size = (
            usual if tall[key] < 1.35 * usual else tall[key]
        )  # small: a line without tall letters
        for line in _parted(row_, grids, size):
            if not any(grid.put(line, None) for grid in grids):
                found.lines.append(line)
    return found


def _word(parts: list[str], number: int, height: float, scale: float) -> Line:
    left, top, wide, high = (float(n) * scale for n in parts[6:10])
    box = (left, height - top - high, left + wide, height - top)
    word = Line(parts[11].strip(" |"), number, box, high)
    word.confidence = max(float(parts[10]), 0.0) / 100
    return word


def _parted(words: list[Line], grids: list[Grid], size: float) -> Iterator[Line]:
    """The words of a line as lines, one for each cell that they stand in."""
    for _, group in itertools.groupby(words, key=lambda word: _cell(word, grids)):
        run = list(group)
        letters = sum(len(w.text) for w in run)
        low = statistics.median(w.bottom for w in run)
        box = (run[0].left, low, run[-1].right, low + size)
        line = Line(" ".join(w.text for w in run), run[0].page, box, size)
        line.confidence = sum(w.confidence * len(w.text) for w in run) / letters
        yield line


def _cell(word: Line, grids: list[Grid]) -> int:
    return next((id(cell) for grid in grids if (cell := grid.cell_of(word))), 0)
