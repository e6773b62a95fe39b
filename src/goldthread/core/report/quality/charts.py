"""Pictures of an authority's own figures: grades over time, and the index with its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldthread.core.benchmark.show import number
from goldthread.core.report.charts_style import BLUE, GREY, ORANGE
from goldthread.core.report.quality.drawing import (
    Drawing,
    Frame,
    Shape,
    Word,
    across,
    box,
    dates,
    dot,
    joined,
    ticks,
)
from goldthread.core.report.quality.series import Point, control, index_of, said
from goldthread.core.stats import XmrChart

SHADES = ("#dfe5ea", "#9db2c6", "#4a7096", "#12436D")
"""From the lowest band to the highest: one hue, told apart by its lightness, and never red."""
MOST = {False: 24, True: 10}
"""Points in a wide and in a narrow picture; the newest are kept."""
WIDTHS = {False: 720, True: 310}
HEIGHT = 250
EDGE = "#7f8486"
GRID = "#e3e5e6"


def grades(points: Sequence[Point], labels: Sequence[str], narrow: bool = False) -> Drawing:
    """Share of each band at each point, the lowest at the foot, and how many were graded.

    `points`: of the measure “band”, at least one; `labels`: of the bands, from the lowest.
    """
    kept = points[-MOST[narrow] :]
    frame = Frame(44, WIDTHS[narrow] - 22, 24, HEIGHT - 30, 0, 100)
    shapes = [Shape(across(frame, tick), stroke=GRID) for tick in (0, 50, 100)]
    words = [Word(36, frame.y(tick) + 5, f"{tick}%", "end") for tick in (0, 50, 100)]
    wide = frame.slot(len(kept)) * 0.78
    for i, point in enumerate(kept):
        x = frame.x(i, len(kept))
        words.append(Word(x, frame.top - 7, str(point.count.n)))
        below = 0.0
        for n, shade in zip(at(point), SHADES, strict=True):
            share = 100 * n / point.count.n
            top, foot = frame.y(below + share), frame.y(below)
            if n:
                shapes.append(Shape(box(x - wide / 2, top, wide, foot - top), shade, EDGE))
            below += share
    words += dates(frame, [point.short for point in kept])
    return Drawing(WIDTHS[narrow], HEIGHT, grades_text(kept, labels), tuple(shapes), tuple(words))


def grades_text(points: Sequence[Point], labels: Sequence[str]) -> str:
    """The newest point in full, and the first for comparison."""
    last, first = points[-1], points[0]
    shares = ", ".join(
        f"{label} {number(100 * n / last.count.n, 0)}%"
        for label, n in zip(reversed(labels), reversed(at(last)), strict=True)
    )
    earlier = f" {_good(first)}" if len(points) > 1 else ""
    return f"Stacked bars of grades over time. {last.label}: {shares}. {_good(last)}{earlier}"


def _good(point: Point) -> str:
    share = number(100 * point.count.met / point.count.n, 0)
    return f"{point.label}: {share}% of {point.count.n} good or better."


def answers(points: Sequence[Point], names: Sequence[str], narrow: bool = False) -> Drawing:
    """Share of each answer to one question at each point. `names`: of the answers 0 to 3."""
    drawn = grades(points, names, narrow)
    last = points[-1]
    share = number(100 * last.count.met / last.count.n, 0)
    numbers = ", ".join(f"{n} at {place}" for place, n in enumerate(at(last)))
    alt = (
        f"Stacked bars of the answers 0 to 3 over time. {last.label}: {numbers}; {share}% of "
        f"{last.count.n} met it."
    )
    return replace(drawn, alt=alt)


def at(point: Point) -> tuple[int, int, int, int]:
    """Audits at each band, from the lowest."""
    return point.count.at0, point.count.at1, point.count.at2, point.count.at3


def index(points: Sequence[Point], narrow: bool = False) -> Drawing:
    """The mean index at each point with its usual level and limits, signals and roster changes.

    `points`: of the measure “index”, at least one.
    """
    limits = control(points)
    kept = list(points[-MOST[narrow] :])
    frame = _frame(kept, limits, narrow)
    places = [(frame.x(i, len(kept)), frame.y(index_of(p))) for i, p in enumerate(kept)]
    upright = [f"M{x:.1f} {frame.top}V{frame.foot}"
               for (x, _), point in zip(places, kept, strict=True) if point.roster]  # fmt: skip
    levels = ticks(frame.least, frame.most, 4)
    shapes = [
        *(Shape(across(frame, level), stroke=GRID) for level in levels),
        *_limits(frame, limits),
        *(Shape(path, stroke=ORANGE, width=2, dash="2 3") for path in upright),
        Shape(joined(places), stroke=BLUE, width=2.5),
        *_marks(places, limits, len(points) - len(kept)),
    ]
    words = [Word(36, frame.y(level) + 5, number(level, 0), "end") for level in levels]
    words += dates(frame, [point.short for point in kept])
    return Drawing(
        WIDTHS[narrow], HEIGHT, index_text(points, limits), tuple(shapes), tuple(words)
    )  # fmt: skip


def _frame(points: Sequence[Point], limits: XmrChart | None, narrow: bool) -> Frame:
    values = [index_of(point) for point in points]
    if limits and limits.status != "no limits":
        values += [limits.low, limits.high]
    levels = ticks(min(values) - 1, max(values) + 1, 4)
    return Frame(44, WIDTHS[narrow] - 22, 12, HEIGHT - 30, levels[0], levels[-1])


def _limits(frame: Frame, limits: XmrChart | None) -> list[Shape]:
    if limits is None or limits.status == "no limits":
        return []
    return [
        Shape(across(frame, limits.mean), stroke=GREY, width=1.5, dash="7 4"),
        Shape(across(frame, limits.low), stroke=GREY, width=1.5, dash="2 3"),
        Shape(across(frame, limits.high), stroke=GREY, width=1.5, dash="2 3"),
    ]


def _marks(
    places: Sequence[tuple[float, float]], limits: XmrChart | None, left_out: int
) -> list[Shape]:  # fmt: skip
    """Round, and square where a rule fired. `left_out`: older points that are not drawn."""
    fired = {
        place - left_out
        for signal in (limits.signals if limits else ())
        for place in range(signal.first, signal.last + 1)
    }
    return [
        Shape(box(x - 6, y - 6, 12, 12) if i in fired else dot(x, y, 4), BLUE)
        for i, (x, y) in enumerate(places)
    ]


def index_key(points: Sequence[Point]) -> str:
    """How to read the picture of the index: only what is in it."""
    limits = control(points)
    parts = ["Mean quality index, from 0 to 100."]
    if limits and limits.status != "no limits":
        parts.append("Dashed: usual level. Dotted: limits of the usual ups and downs.")
    if any(point.roster for point in points):
        parts.append("Upright line: a lead auditor began or stopped there.")
    if limits and limits.signals:
        parts.append("Square: a rule fired.")
    return " ".join(parts)


def index_text(points: Sequence[Point], limits: XmrChart | None) -> str:
    """Ends of the line, limits, what the rules say, and where the auditors changed."""
    first, last = points[0], points[-1]
    parts = [
        f"Line chart of the mean quality index. {first.label}: {number(index_of(first), 0)} from "
        f"{first.count.n} audits. {last.label}: {number(index_of(last), 0)} from {last.count.n}."
    ]
    if limits and limits.status != "no limits":
        parts.append(
            f"Usual level {number(limits.mean, 0)}, usual range {number(limits.low, 0)} to "
            f"{number(limits.high, 0)}."
        )
    parts.append(said(limits, points))
    changes = [f"{p.label}: {p.roster}" for p in points if p.roster]
    if changes:
        parts.append(f"Lead auditors changed: {'; '.join(changes)}.")
    return " ".join(parts)
