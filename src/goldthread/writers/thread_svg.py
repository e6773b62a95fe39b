"""The golden thread as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from goldthread.core.report.check_record import ThreadRecord
from goldthread.core.report.thread_layout import (
    LINE,
    PAD,
    Box,
    Curve,
    ThreadPicture,
    thread_picture,
)

FILL = {"aspiration": "#fdf3d8", "need": "#e6eef5", "outcome": "#eaf3ea", "provision": "#f3ecf5"}
STROKE = "#12436d"


def thread_svg(thread: ThreadRecord, identity: str = "thread") -> str:
    """An `<svg>` element that scales to its place, with its description for screen readers."""
    picture = thread_picture(thread)
    return "".join(_parts(picture, identity))


def _parts(picture: ThreadPicture, identity: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 {picture.width + 4} '
        f'{picture.height}" role="img" aria-labelledby="{identity}-title" '
        'font-family="Arial, Helvetica, sans-serif" font-size="14">'
        f'<title id="{identity}-title">{escape(picture.sentence)}</title>'
    )
    for title, x in picture.titles:
        yield f'<text x="{x}" y="20" font-size="17" font-weight="700" fill="#0b0c0c">{title}</text>'
    yield from (_curve(curve) for curve in picture.curves)
    for box in picture.boxes:
        yield from _box(box)
    yield "</svg>"


def _curve(curve: Curve) -> str:
    """What the plan says itself is a solid line; what only words suggest is dashed."""
    dash = ' stroke-dasharray="5 5"' if curve.link.how == "words" else ""
    return f'<path d="{curve.path}" fill="none" stroke="{STROKE}" stroke-width="2"{dash}/>'


def _box(box: Box) -> Iterator[str]:
    """A box with no link one way has a thick dashed edge and a mark, not a colour alone."""
    edge = 'stroke-width="3" stroke-dasharray="2 3"' if box.loose else 'stroke-width="1"'
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="3" '
        f'fill="{FILL[box.node.kind]}" stroke="{STROKE}" {edge}/>'
    )
    if box.loose:
        x, y = box.x + box.width - 16, box.y + 19
        yield f'<text x="{x}" y="{y}" font-weight="700" fill="#0b0c0c">?</text>'
    for number, line in enumerate(box.lines):
        y = box.y + PAD + 13 + number * LINE
        yield f'<text x="{box.x + PAD}" y="{y}" fill="#0b0c0c">{escape(line)}</text>'
