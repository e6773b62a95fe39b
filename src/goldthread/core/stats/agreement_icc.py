"""Intraclass correlations of Shrout and Fleiss (1979), all six, from the sums of squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from .agreement_values import Coefficient, undefined
from .inputs import Floats, numbers, probability

_NO_VARIATION = "Every mark is the same, so no share of the variation can be told."
_NO_ERROR = "The raters never differ but by a constant, which leaves no error for an interval."

_NO_FLOOR = "The interval has no lower end: the targets may not differ at all."


class IntraclassCorrelations(NamedTuple):
    """Six answers to “how alike are the raters?”.

    First number: 1 each target has raters of its own; 2 the same raters, drawn from many, mark
    all (agreement); 3 these raters only (consistency). Second: of one rater, or the mean of all.
    """

    icc11: Coefficient
    icc21: Coefficient
    icc31: Coefficient
    icc1k: Coefficient
    icc2k: Coefficient
    icc3k: Coefficient


@dataclass(frozen=True)
class _Squares:
    """Mean squares between targets, within targets, between raters, of error; n x k marks."""

    targets: float
    within: float
    raters: float
    error: float
    n: int
    k: int
    tail: float


def _squares(marks: Floats, confidence: float) -> _Squares:
    n, k = marks.shape
    mean = marks.mean()
    rows, columns = marks.mean(axis=1, keepdims=True), marks.mean(axis=0)
    return _Squares(
        targets=float(k * ((rows - mean) ** 2).sum() / (n - 1)),
        within=float(((marks - rows) ** 2).sum() / (n * (k - 1))),
        raters=float(n * ((columns - mean) ** 2).sum() / (k - 1)),
        error=float(((marks - rows - columns + mean) ** 2).sum() / ((n - 1) * (k - 1))),
        n=n,
        k=k,
        tail=0.5 + probability("confidence", confidence) / 2,
    )


def _f(first: float, second: float, p: float) -> float:
    """The F quantile at p; fractional degrees of freedom are allowed."""
    return float(special.fdtri(first, second, p))


def _from_f(low: float, high: float, k: int) -> tuple[float, float]:
    """Ends for one rater from the ends of an F ratio."""
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _one_way(s: _Squares) -> tuple[float, float, float]:
    first, second = s.n - 1, s.n * (s.k - 1)
    value = (s.targets - s.within) / (s.targets + (s.k - 1) * s.within)
    f = s.targets / s.within
    return value, *_from_f(f / _f(first, second, s.tail), f * _f(second, first, s.tail), s.k)


def _fixed(s: _Squares) -> tuple[float, float, float]:
    first, second = s.n - 1, (s.n - 1) * (s.k - 1)
    value = (s.targets - s.error) / (s.targets + (s.k - 1) * s.error)
    f = s.targets / s.error
    return value, *_from_f(f / _f(first, second, s.tail), f * _f(second, first, s.tail), s.k)


def _random(s: _Squares) -> tuple[float, float, float]:
    """Two-way random raters; the interval is Shrout and Fleiss's, after Satterthwaite."""
    n, k = s.n, s.k
    value = (s.targets - s.error) / (s.targets + (k - 1) * s.error + k * (s.raters - s.error) / n)
    ratio = s.raters / s.error
    other = n * (1 + (k - 1) * value) - k * value
    freedom = (
        (k - 1) * (n - 1) * (k * value * ratio + other) ** 2
        / ((n - 1) * k**2 * value**2 * ratio**2 + other**2)
    )  # fmt: skip
    upper, lower = _f(n - 1, freedom, s.tail), _f(freedom, n - 1, s.tail)
    spread = k * s.raters + (k * n - k - n) * s.error
    low = n * (s.targets - upper * s.error) / (upper * spread + n * s.targets)
    high = n * (lower * s.targets - s.error) / (spread + n * lower * s.targets)
    return value, low, high


def _stepped_up(one: Coefficient, k: int) -> Coefficient:
    """The same for the mean of k raters (Spearman and Brown)."""

    def step(x: float | None) -> float | None:
        return None if x is None or 1 + (k - 1) * x < 1e-9 else k * x / (1 + (k - 1) * x)

    value, low, high = step(one.value), step(one.low), step(one.high)
    if value is None:
        return undefined(one.n, one.why or "The targets differ less than chance allows.")
    return Coefficient(value, low, high, one.n, one.why or ("" if low is not None else _NO_FLOOR))


def icc(matrix: ArrayLike, confidence: float = 0.95) -> IntraclassCorrelations:
    """All six intraclass correlations with F intervals.

    `matrix`: targets x raters (one row a plan), nothing missing, 2 x 2 or more.
    """
    marks = numbers("matrix", matrix)
    if marks.ndim != 2 or min(marks.shape) < 2:
        raise ValueError("matrix must have at least two rows (targets) and two columns (raters).")
    s = _squares(marks, confidence)
    scale = max(float(np.abs(marks).max()), 1.0) ** 2 * 1e-20
    if s.targets + s.within <= scale:
        nothing = undefined(s.n, _NO_VARIATION)
        return IntraclassCorrelations(*[nothing] * 6)
    if s.error <= scale:
        ones = _without_error(s, scale)
    else:
        ones = [Coefficient(*form(s), n=s.n) for form in (_one_way, _random, _fixed)]
    return IntraclassCorrelations(*ones, *[_stepped_up(one, s.k) for one in ones])


def _without_error(s: _Squares, scale: float) -> list[Coefficient]:
    """The three forms when raters differ by constants only: values without intervals."""
    if s.targets <= scale:
        return [undefined(s.n, "The targets do not differ, so raters cannot agree on them.")] * 3
    one = (s.targets - s.within) / (s.targets + (s.k - 1) * s.within)
    two = s.targets / (s.targets + s.k * s.raters / s.n)
    return [Coefficient(value, None, None, s.n, _NO_ERROR) for value in (one, two, 1.0)]
