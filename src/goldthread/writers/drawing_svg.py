"""A drawing as one `<svg>` element for a page, without style sheets and outside references."""

from __future__ import annotations

from html import escape

from goldthread.core.report.quality.drawing import Drawing, Shape, Word


def drawing_svg(drawing: Drawing, kind: str = "") -> str:
    """`kind`: the class of the element. Its words are in the alternative text, not read one by
    one."""
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{escape(kind)}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" role="img" '
        f'aria-label="{escape(drawing.alt)}" focusable="false" '
        'font-family="Arial, Helvetica, sans-serif" font-size="14" fill="#0b0c0c">',
        *map(_shape, drawing.shapes),
        *map(_word, drawing.words),
        "</svg>",
    ))  # fmt: skip


def _shape(shape: Shape) -> str:
    dash = f' stroke-dasharray="{escape(shape.dash)}"' if shape.dash else ""
    line = (
        f' stroke="{escape(shape.stroke)}" stroke-width="{shape.width:g}"{dash}'
        if shape.stroke else ""
    )  # fmt: skip
    return f'<path d="{shape.path}" fill="{escape(shape.fill or "none")}"{line}/>'


def _word(word: Word) -> str:
    place = f'x="{word.x:g}" y="{word.y:g}" text-anchor="{word.anchor}"'
    return f"<text {place}>{escape(word.text)}</text>"
