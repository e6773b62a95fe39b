"""Every plan, not only the sample: people's answers, helped by the machine's reading (methods, h).

The estimate is right however poor the machine is, because its error is measured on the plans that
people audited. Difference estimator of survey sampling; prediction-powered inference with tuned
weight (Angelopoulos and others 2023).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from .inputs import Floats, numbers, positive, vector
from .results import AssistedEstimate


def _variance(values: Floats, spent: int = 1) -> float:
    """Variance with `spent` degrees of freedom used up; 0 when none are left."""
    left = values.size - spent
    return float(((values - values.mean()) ** 2).sum() / left) if left > 0 else 0.0


def _weight(y: Floats, f: Floats, g: Floats, finite: bool) -> float:
    """How far to trust the machine: covariance over variance, held to 0-1."""
    n, m = y.size, g.size
    if n < 3 or (m == 0 and not finite):
        return 0.0
    spread = _variance(f) if finite else (1 + n / m) * _variance(np.concatenate([f, g]))
    covariance = float(((y - y.mean()) * (f - f.mean())).sum() / (n - 1))
    return min(1.0, max(0.0, covariance / spread)) if spread > 0 else 0.0


def _few_disagreements(residual: Floats) -> float:
    """What to multiply a variance by that rests on a few disagreements.

    The ratio of t quantiles at Satterthwaite's degrees of freedom of the variance, 2n/(kurtosis-1),
    and at n-1. With a nearly perfect machine two or three plans make the whole variance, and it is
    often too small. The squared ratio, for symmetric errors, would widen too much: in simulation
    these are one-sided and intervals then cover 97%, with the plain ratio 95%.
    """
    n = residual.size
    deviation = residual - residual.mean()
    square = float((deviation**2).mean())
    # Rounding can leave a spread of 1e-17 where people and machine agree throughout.
    if square <= 1e-24 * float((residual**2).mean() + 1):
        return 1.0
    kurtosis = float((deviation**4).mean()) / square**2
    freedom = min(n - 1.0, 2 * n / max(kurtosis - 1, 1e-9))
    return float(special.stdtrit(freedom, 0.975) / special.stdtrit(n - 1, 0.975))


def _standard_error(y: Floats, f: Floats, g: Floats, weight: float, finite: bool) -> float:
    n, m = y.size, g.size
    own = _variance(y) / n
    if weight:
        # A weight estimated from the same plans uses up one more degree of freedom.
        residual = y - weight * f
        own = _variance(residual, spent=2) / n * _few_disagreements(residual)
    if finite:
        return math.sqrt((1 - n / (n + m)) * own)
    return math.sqrt(own + (weight**2 * _variance(g) / m if weight else 0.0))


def machine_assisted_mean(
    labelled: ArrayLike,
    predicted_labelled: ArrayLike,
    predicted_unlabelled: ArrayLike,
    finite: bool = False,
) -> AssistedEstimate:
    """Mean over plans from people's answers on some and the machine's on all.

    `labelled` (n): people's answers; `predicted_labelled` (n): the machine's on the same plans;
    `predicted_unlabelled` (m): the machine's on the others, possibly empty. `finite=False` is the
    *process* estimand, `finite=True` the *stock* of exactly these n+m plans. Weight 0 is the plain
    sample; it is also used whenever the machine would not narrow the interval. Where people and
    machine agree on every audited plan the stock's standard error is 0: then say how many plans
    that rests on, for a disagreement in one of 3/n plans may still be there unseen.
    """
    y = vector("labelled", labelled)
    f = vector("predicted_labelled", predicted_labelled, like=y)
    empty = np.size(np.asarray(predicted_unlabelled)) == 0
    g = np.empty(0) if empty else vector("predicted_unlabelled", predicted_unlabelled)
    if y.size < 2:
        raise ValueError("labelled must hold at least two audited plans.")
    weight = _weight(y, f, g, finite)
    se = _standard_error(y, f, g, weight, finite)
    plain = _standard_error(y, f, g, 0.0, finite)
    if weight == 0 or se > plain:
        return AssistedEstimate(float(y.mean()), plain, 0.0)
    level = np.concatenate([f, g]).mean() if finite else g.mean()
    return AssistedEstimate(float(y.mean() + weight * (level - f.mean())), se, weight)


def worth_further_audits(
    labelled: ArrayLike, predicted_labelled: ArrayLike, weight: float
) -> float:
    """How many further audits the machine's reading is worth: n(var(y)/var(y - weight f) - 1).

    For the stock estimand; infinite when the machine agrees perfectly (methods, h.3).
    """
    y = vector("labelled", labelled)
    f = vector("predicted_labelled", predicted_labelled, like=y)
    left = _variance(y - weight * f)
    if left == 0:
        return math.inf if _variance(y) > 0 else 0.0
    return max(0.0, y.size * (_variance(y) / left - 1))


def combine_strata(
    estimates: Sequence[AssistedEstimate], populations: ArrayLike
) -> AssistedEstimate:
    """One estimate from strata, each weighted by its number of plans; weights are averaged too."""
    sizes = positive("populations", vector("populations", populations))
    if len(estimates) != sizes.size:
        raise ValueError(f"{len(estimates)} estimates need as many populations, not {sizes.size}.")
    share = sizes / sizes.sum()
    table = numbers("estimates", estimates)
    se = math.sqrt(float(share**2 @ table[:, 1] ** 2))
    return AssistedEstimate(float(share @ table[:, 0]), se, float(share @ table[:, 2]))
