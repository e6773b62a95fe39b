"""A paper as a scan: pages printed, laid a little askew and photographed, with no text in them."""

from __future__ import annotations

import io
import time

import numpy as np
import pypdfium2
from PIL import Image

from goldthread.simulation.plans.blocks import Paper
from goldthread.simulation.plans.pdf import write_pdf

DPI = 200
NOISE = 4.0
"""Standard deviation of the noise, in levels of grey out of 255."""
MOST_SKEW = 0.6
"""Degrees."""
_STAMP = time.gmtime(1767258000)


def write_scan(paper: Paper, seed: int, most_pages: int | None = None) -> bytes:
    """A PDF of pictures at `DPI`; the same paper and seed give the same pages."""
    drawn = pypdfium2.PdfDocument(write_pdf(paper, tagged=False))
    rng = np.random.default_rng(seed)
    count = len(drawn) if most_pages is None else min(len(drawn), most_pages)
    pages = [_photograph(drawn[number], rng) for number in range(count)]
    drawn.close()
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=28,
                  creationDate=_STAMP, modDate=_STAMP)  # fmt: skip
    return file.getvalue()


def _photograph(page: pypdfium2.PdfPage, rng: np.random.Generator) -> Image.Image:
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    skew = float(rng.uniform(-MOST_SKEW, MOST_SKEW))
    picture = picture.rotate(skew, resample=Image.Resampling.BILINEAR, fillcolor=250)
    levels = np.asarray(picture, dtype=np.float32)
    levels += rng.normal(0, NOISE, levels.shape).astype(np.float32)
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8), "L")
