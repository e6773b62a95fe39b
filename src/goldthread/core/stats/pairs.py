"""How alike two judges of the same plans answer a criterion, with intervals.

The pair table (first answer x second answer) is all that is needed for one criterion and is
additive: tables of months, teams or authorities may simply be summed. Where one plan brings
several pairs (a whole section), give `plans`: plans are then resampled, not answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .agreement import (
    are_whole,
    chance_table,
    kappas,
    quadratic_weights,
    resampled_tables,
    square_counts,
)
from .agreement_alpha import alphas
from .agreement_values import (
    NO_INTERVAL,
    NOTHING_PAIRED,
    Coefficient,
    coefficient,
    ratio,
    undefined,
)
from .bootstrap import DRAWS, percentiles, resample, urn_of
from .inputs import Floats, numbers, probability
from .intervals import normal_quantile, wilson
from .survey import effective_size_from_variance, survey_mean

Codes = NDArray[np.intp]
_ONE_PLAN = "All pairs are of one plan, which says nothing of other plans."


class Share(NamedTuple):
    """A share (0-1) of `n` pairs with its Wilson interval; None and `why` where there is none."""

    value: float | None
    low: float | None
    high: float | None
    hits: int
    n: int
    why: str = ""


@dataclass(frozen=True)
class PairAgreement:
    """Agreement of `n` pairs of answers from `plans` plans.

    `exact`, `adjacent`: pairs that are the same, or at most one apart. `kappa`: quadratic
    weights; `alpha`: Krippendorff's, ordinal; `ac2`: Gwet's, quadratic. `bias`: mean of second
    less first, in points of the scale. `table`: first answer (rows) by second (columns).
    """

    n: int
    plans: int
    exact: Share
    adjacent: Share
    kappa: Coefficient
    alpha: Coefficient
    ac2: Coefficient
    bias: Coefficient
    table: tuple[tuple[int, ...], ...]


def _codes(name: str, values: ArrayLike, categories: int) -> Codes:
    """Answers as whole numbers from 0; an empty row is allowed: nothing was marked twice."""
    array = np.asarray(values)
    if array.size == 0:
        return np.zeros(0, dtype=np.intp)
    given = numbers(name, array)
    whole = given.astype(np.intp)
    if given.ndim != 1 or (whole != given).any() or whole.min() < 0 or whole.max() >= categories:
        raise ValueError(f"{name} must be whole answers from 0 to {categories - 1}, one a pair.")
    return whole


def _paired(first: ArrayLike, second: ArrayLike, categories: int) -> tuple[Codes, Codes]:
    one = _codes("first", first, categories)
    two = _codes("second", second, categories)
    if one.size != two.size:
        raise ValueError(f"second has {two.size} answers where first has {one.size}.")
    return one, two


def pair_table(
    first: ArrayLike, second: ArrayLike, categories: int = 4
) -> tuple[tuple[int, ...], ...]:
    """How often each answer (row, 0 to categories-1) met each other (column); pairs by place."""
    one, two = _paired(first, second, categories)
    cells = np.bincount(one * categories + two, minlength=categories**2)
    return tuple(tuple(row) for row in cells.reshape(categories, categories).tolist())


def _statistics(tables: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Quadratic kappa, ordinal alpha, quadratic AC2 and bias of each table (... x q x q)."""
    size = tables.shape[-1]
    scale = np.arange(size, dtype=np.float64)
    alike = quadratic_weights(scale)
    both = tables + np.swapaxes(tables, -1, -2)
    pairs = tables.sum(axis=(-2, -1))
    share = both.sum(axis=-1) / (2 * pairs[..., None])
    chance = alike.sum() / (size * (size - 1)) * (share * (1 - share)).sum(axis=-1)
    ac2 = ratio(((1 - alike) * tables).sum(axis=(-2, -1)) / pairs, 1 - chance)
    bias = (np.subtract.outer(-scale, -scale) * tables).sum(axis=(-2, -1)) / pairs
    return kappas(tables, 1 - alike), alphas(both, scale, "ordinal"), ac2, np.asarray(bias)


def _coefficients(table: Floats, drawn: Floats, n: int, confidence: float) -> list[Coefficient]:
    if n == 0:
        return [undefined(0, NOTHING_PAIRED)] * 4
    values, resampled = _statistics(table), _statistics(drawn)
    three = [
        coefficient(float(value), again, n, confidence)
        for value, again in zip(values[:3], resampled[:3], strict=True)
    ]
    bias = _bias(float(values[3]), resampled[3], n, confidence)
    if float(np.trace(table)) == n:
        return _all_alike(three, bias, table.shape[0], confidence)
    return [*three, bias]


def _all_alike(
    three: list[Coefficient], bias: Coefficient, size: int, confidence: float
) -> list[Coefficient]:
    """Where every pair is alike resampling sees too little: allow for differences up to Wilson's
    limit, as far apart as answers given at random are when they differ."""
    differ = 1 - wilson(bias.n, bias.n, confidence).low
    weights = 1 - quadratic_weights(np.arange(size, dtype=np.float64))
    apart = float(weights.sum()) / (size * (size - 1))
    kappa, alpha, ac2 = three
    low = min(1.0 if ac2.low is None else ac2.low, 1 - differ * apart)
    return [kappa, alpha, ac2._replace(low=low), bias._replace(low=-differ, high=differ)]


def _bias(value: float, drawn: Floats, n: int, confidence: float) -> Coefficient:
    ends = percentiles(drawn, confidence)
    if ends is None:
        return Coefficient(value, None, None, n, NO_INTERVAL)
    return Coefficient(value, min(ends[0], value), max(ends[1], value), n)


def _share(hits: NDArray[np.bool_], plans: Codes, confidence: float) -> Share:
    """A share of pairs; its interval allows for pairs of one plan being alike."""
    n, count = hits.size, int(hits.sum())
    kinds = int(plans.max()) + 1
    if kinds < 2:
        return Share(count / n, None, None, count, n, _ONE_PLAN)
    value, se, _ = survey_mean(hits.astype(np.float64), clusters=plans)
    if value in (0, 1):
        size = float(kinds)
    elif se < 1e-9:
        size = float(n)
    else:
        size = min(float(n), effective_size_from_variance(value, se**2, n, kinds - 1))
    low, high = wilson(value * size, size, confidence)
    return Share(value, low, high, count, n)


def _simple_share(count: int, n: int, confidence: float) -> Share:
    if n == 0:
        return Share(None, None, None, 0, 0, NOTHING_PAIRED)
    return Share(count / n, *wilson(count, n, confidence), count, n)


def table_agreement(
    table: ArrayLike, confidence: float = 0.95, draws: int = DRAWS
) -> PairAgreement:
    """Agreement from a pair table (first answer x second answer, whole counts), one pair a plan.

    ValueError for a table that is not square, or counts that are negative or not whole.
    """
    counted = square_counts(table)
    if not are_whole(counted):
        raise ValueError("table must hold whole counts.")
    counted = np.round(counted)
    n = int(counted.sum())
    drawn = resampled_tables(counted, draws) if n else counted
    apart = np.abs(np.subtract.outer(np.arange(len(counted)), np.arange(len(counted))))
    exact, near = (int(counted[apart <= limit].sum()) for limit in (0, 1))
    kappa, alpha, ac2, bias = _coefficients(counted, drawn, n, confidence)
    return PairAgreement(
        n=n,
        plans=n,
        exact=_simple_share(exact, n, confidence),
        adjacent=_simple_share(near, n, confidence),
        kappa=kappa,
        alpha=alpha,
        ac2=ac2,
        bias=bias,
        table=tuple(tuple(row) for row in counted.astype(int).tolist()),
    )


def pair_agreement(
    first: ArrayLike,
    second: ArrayLike,
    categories: int = 4,
    plans: ArrayLike | None = None,
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> PairAgreement:
    """Agreement of pairs of answers, 0 to categories-1, the same place being the same question.

    `plans`: the plan of each pair, needed where a plan brings several pairs. Leave pairs out in
    which either answer is not applicable or not decided. No pairs: every value is None, with why.
    """
    one, two = _paired(first, second, categories)
    probability("confidence", confidence)
    whole = table_agreement(pair_table(one, two, categories), confidence, draws)
    if plans is None or one.size == 0:
        return whole
    labels = np.unique(np.asarray(plans), return_inverse=True)[1].ravel()
    if labels.size != one.size:
        raise ValueError(f"plans has {labels.size} values where first has {one.size}.")
    kinds = int(labels.max()) + 1
    return whole if kinds == one.size else _by_plan(whole, one, two, labels, confidence, draws)


def _by_plan(
    whole: PairAgreement, one: Codes, two: Codes, plans: Codes, confidence: float, draws: int
) -> PairAgreement:
    """The same values with intervals from whole plans."""
    size, kinds = len(whole.table), int(plans.max()) + 1
    table = np.array(whole.table, dtype=np.float64)
    tables = np.zeros((kinds, size * size))
    np.add.at(tables, (plans, one * size + two), 1.0)
    urn = urn_of(tables, np.eye(size * size), chance_table(table).ravel())
    drawn = resample(urn, kinds, draws).reshape(-1, size, size)
    found = _coefficients(table, drawn, whole.n, confidence)
    kappa, alpha, ac2 = (_widened(c, kinds, confidence, 1.0) for c in found[:3])
    bias = _widened(found[3], kinds, confidence, size - 1.0)
    apart = np.abs(one - two)
    return PairAgreement(
        n=whole.n,
        plans=kinds,
        exact=_share(apart == 0, plans, confidence),
        adjacent=_share(apart <= 1, plans, confidence),
        kappa=kappa,
        alpha=alpha,
        ac2=ac2,
        bias=bias,
        table=whole.table,
    )


def _widened(found: Coefficient, plans: int, confidence: float, most: float) -> Coefficient:
    """Few plans, each with many pairs, spread too little when resampled: t for z, and n-1 for n."""
    if found.value is None or found.low is None or found.high is None:
        return found
    if plans < 2:
        return found._replace(low=None, high=None, why=_ONE_PLAN)
    t = float(special.stdtrit(plans - 1, 0.5 + confidence / 2))
    wider = t / normal_quantile(confidence) * (plans / (plans - 1)) ** 0.5
    low = found.value - wider * (found.value - found.low)
    high = found.value + wider * (found.high - found.value)
    return found._replace(low=max(low, -most), high=min(high, most))
