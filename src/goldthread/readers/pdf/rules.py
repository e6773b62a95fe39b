"""Takes ruling lines and pictures off a page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

from goldthread.readers.pdf import pdfium as p

THIN = 3.0
"""Points: a path no thicker is a line."""
SHORT = 6.0
"""Points: shorter lines are corners, bullets or parts of drawings."""
DOT = (1.2, 7.0)
"""Points: how wide drawn bullets are."""
DEEPEST = 6
"""Forms within forms."""
MOST = 20_000
"""Objects of one page that are looked at; maps and drawings have more."""
MOST_SEGMENTS = 400

Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Rules:
    """In points; of a horizontal (y, from x, to x), of a vertical (x, from y, to y)."""

    horizontals: list[tuple[float, float, float]] = field(default_factory=list)
    verticals: list[tuple[float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    """Right edge and middle of small round or square shapes: bullets that are drawn."""
    pictures: float = 0.0
    """Area of the pictures in square points."""

    def add(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Adds the box when it is a line."""
        if top - bottom <= THIN:
            if right - left >= SHORT:
                self.horizontals.append(((top + bottom) / 2, left, right))
                return True
            return self._dot(left, bottom, right, top)
        if right - left <= THIN:
            if top - bottom >= SHORT:
                self.verticals.append(((left + right) / 2, bottom, top))
            return True
        return right - left <= DOT[1] and self._dot(left, bottom, right, top)

    def _dot(self, left: float, bottom: float, right: float, top: float) -> bool:
        wide, high = right - left, top - bottom
        if DOT[0] <= wide <= DOT[1] and 0.7 * high <= wide <= 1.4 * high:
            self.dots.append((right, (bottom + top) / 2))
        return True


class _Collector:
    def __init__(self) -> None:
        self.rules = Rules()
        self._four = (ctypes.c_float * 4)()
        start = ctypes.addressof(self._four)
        self._bounds = (start, start + 4, start + 8, start + 12)
        self._left = MOST

    def page(self, handle: int) -> None:
        get, kind = p.get_object, p.object_type
        for index in range(min(p.count_objects(handle), self._left)):
            item = get(handle, index)
            what = kind(item)
            if what != p.TEXT:
                self._take(item, what, None, 0)

    def _take(self, item: int, kind: int, matrix: Matrix | None, depth: int) -> None:
        if kind == p.FORM:
            self._form(item, matrix, depth)
        elif kind in (p.PATH, p.IMAGE):
            p.object_bounds(item, *self._bounds)
            left, bottom, right, top = _moved(tuple(self._four), matrix)
            if kind == p.IMAGE:
                self.rules.pictures += (right - left) * (top - bottom)
            elif not self.rules.add(left, bottom, right, top):
                self._path(item, matrix)

    def _form(self, item: int, matrix: Matrix | None, depth: int) -> None:
        if depth >= DEEPEST:
            return
        six = (ctypes.c_float * 6)()
        p.object_matrix(item, six)
        inner = _product(tuple(six), matrix)
        for index in range(p.form_count(item)):
            self._left -= 1
            if self._left < 0:
                return
            child = p.form_object(item, index)
            self._take(child, p.object_type(child), inner, depth + 1)

    def _path(self, item: int, matrix: Matrix | None) -> None:
        """Boxes give their four sides; grids drawn in one go give their lines."""
        count = p.path_count(item)
        if count > MOST_SEGMENTS:
            return
        six = (ctypes.c_float * 6)()
        p.object_matrix(item, six)
        matrix = _product(tuple(six), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        before: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for index in range(count):
            segment = p.path_segment(item, index)
            p.segment_point(segment, ctypes.byref(x), ctypes.byref(y))
            point = _point(x.value, y.value, matrix)
            kind = p.segment_type(segment)
            if kind == 1:  # a curve
                before = point
                continue
            if kind == 0 and before is not None:
                self._side(before, point)
            elif kind == 2:
                self._side(before, first)
                first = point
            before = point
        self._side(before, first)

    def _side(self, a: tuple[float, float] | None, b: tuple[float, float] | None) -> None:
        if a is None or b is None or a == b:
            return
        dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
        if dx <= 0.5 or dy <= 0.5:
            self.rules.add(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def rules_of(handle: int) -> Rules:
    """Of the page `handle`, which is open."""
    collector = _Collector()
    collector.page(handle)
    return collector.rules


def _point(x: float, y: float, matrix: Matrix | None) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: tuple[float, ...], matrix: Matrix | None) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    if matrix is None:
        return left, bottom, right, top
    corners = [_point(x, y, matrix) for x in (left, right) for y in (bottom, top)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _product(inner: tuple[float, ...], outer: Matrix | None) -> Matrix:
    a, b, c, d, e, f = inner
    if outer is None:
        return a, b, c, d, e, f
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip
