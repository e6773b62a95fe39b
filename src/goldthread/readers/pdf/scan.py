"""Recognises the text of pages that are pictures, with tesseract, page by page."""

from __future__ import annotations

import ctypes
import math
import os
import shutil
import statistics
import subprocess  # runs one fixed program, found on the path, on a picture made here
import time
from dataclasses import dataclass, field

from goldthread.readers.pdf import pdfium as p
from goldthread.readers.pdf.drafts import Line

DPI = 200
MOST_PIXELS = 16_000_000
"""A4 at 200 dots an inch has 3.9 million."""
SECONDS = 18.0
"""For one page; the worker waits 20 between signs of progress."""
ALL_SECONDS = 12 * 60.0
"""For all pages of a file; what is left then is said to be left out."""
GREY = 1
"""FPDFBitmap_Gray."""


@dataclass(slots=True)
class Recognised:
    """`blocks`: lines that belong together, in reading order."""

    blocks: list[list[Line]] = field(default_factory=list)
    confidence: float = 0.0
    """Mean of its words, weighted by their letters, 0 to 1."""
    fault: str = ""
    """Why nothing was recognised: “”, missing, timeout, failed."""


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
        picture, scale = _picture(page)
        height = p.page_height(page)
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
        return lines_of_tsv(done.stdout.decode("utf-8", "replace"), number, height, scale)


def _picture(page: int) -> tuple[bytes, float]:
    """The page as a grey PGM picture, and points for one of its pixels."""
    width, height = max(p.page_width(page), 1.0), max(p.page_height(page), 1.0)
    scale = min(DPI / 72, math.sqrt(MOST_PIXELS / (width * height)))
    across, down = max(int(width * scale), 1), max(int(height * scale), 1)
    stride = (across + 3) // 4 * 4
    pixels = ctypes.create_string_buffer(stride * down)
    bitmap = p.new_bitmap(across, down, GREY, ctypes.addressof(pixels), stride)
    try:
        p.fill_bitmap(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        p.render(bitmap, page, 0, 0, across, down, 0, 0x08)  # FPDF_GRAYSCALE
    finally:
        p.close_bitmap(bitmap)
    raw = memoryview(pixels)
    body = b"".join(raw[n * stride : n * stride + across] for n in range(down))
    return b"P5 %d %d 255\n" % (across, down) + body, 1 / scale


def lines_of_tsv(tsv: str, number: int, height: float, scale: float) -> Recognised:
    """Reads tesseract's table of words. `height` in points, `scale` points for a pixel."""
    blocks: dict[str, dict[tuple[str, str], list[list[str]]]] = {}
    for row in tsv.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) == 12 and parts[0] == "5" and parts[11].strip():
            lines = blocks.setdefault(parts[2], {})
            lines.setdefault((parts[3], parts[4]), []).append(parts)
    found, weights, sure = [], 0, 0.0
    for block in blocks.values():
        lines_ = [_line(words, number, height, scale) for words in block.values()]
        size = statistics.median(line.size for line in lines_)
        for line in lines_:
            line.size = size
            weights += len(line.text)
            sure += line.confidence * len(line.text)
        found.append(lines_)
    return Recognised(found, sure / weights if weights else 0.0)


def _line(words: list[list[str]], number: int, height: float, scale: float) -> Line:
    boxes = [[int(float(n)) for n in w[6:10]] for w in words]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    box = (left * scale, height - bottom * scale, right * scale, height - top * scale)
    line = Line(" ".join(w[11].strip() for w in words), number, box, (bottom - top) * scale)
    letters = sum(len(w[11]) for w in words)
    line.confidence = sum(max(float(w[10]), 0.0) * len(w[11]) for w in words) / letters / 100
    return line
