"""Sets a page's picture straight and finds the ruling lines in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from goldthread.readers.pdf.rules import Rules

Pixels = NDArray[np.uint8]
DARK = 170
"""Grey below which a pixel is ink; thin rules come out of a scanner light."""
STRIPS = 32
MOST_SKEW = 1.5
"""Degrees that are put right."""
LEAST_SKEW = 0.08
LONG, TALL = 0.4, 0.28
"""Inches without a break: longer than strokes of letters are."""
BRIDGED = 0.12
"""Inches of a rule that may be missing."""


def straightened(pixels: Pixels) -> Pixels:
    """The picture turned so that its lines lie level."""
    angle = _skew(pixels < DARK)
    if abs(angle) < LEAST_SKEW:
        return pixels
    turned = Image.fromarray(pixels).rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    return np.asarray(turned)


def _skew(ink: NDArray[np.bool_]) -> float:
    """Degrees at which lines of text stand out most from the gaps between them."""
    height, width = ink.shape
    strip = max(width // STRIPS, 1)
    sums = [ink[:, n : n + strip].sum(axis=1) for n in range(0, width - strip + 1, strip)]
    middle = len(sums) / 2
    best, angle = -1.0, 0.0
    for tried in np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.05):
        step = float(np.tan(np.radians(tried))) * strip
        total = np.zeros(height)
        for number, rows in enumerate(sums):
            total += np.roll(rows, -round((number - middle) * step))
        sharp = float(np.square(np.diff(total)).sum())
        if sharp > best:
            best, angle = sharp, float(tried)
    return angle


def rules_in(pixels: Pixels, dpi: float, height: float) -> Rules:
    """Ruling lines, in points from the lower left corner of a page `height` points high."""
    ink = pixels < DARK
    scale = 72 / dpi
    rules = Rules()
    for y, left, right in _runs(ink, int(LONG * dpi), int(BRIDGED * dpi)):
        rules.horizontals.append((height - y * scale, left * scale, right * scale))
    for x, top, bottom in _runs(ink.T, int(TALL * dpi), int(BRIDGED * dpi)):
        rules.verticals.append((x * scale, height - bottom * scale, height - top * scale))
    return rules


def _runs(ink: NDArray[np.bool_], long: int, bridged: int) -> Iterator[tuple[float, int, int]]:
    """Place, start and end of stretches of ink along the rows, with a pixel of play across."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    sums = np.cumsum(thick, axis=1, dtype=np.int32)
    full = (sums[:, long:] - sums[:, :-long]) >= int(long * 0.97)
    rows = np.flatnonzero(full.any(axis=1))
    if not len(rows):
        return
    for group in np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1):
        along = np.flatnonzero(full[group].any(axis=0))
        for part in np.split(along, np.flatnonzero(np.diff(along) > bridged) + 1):
            yield float(group.mean()), int(part[0]), int(part[-1]) + long
