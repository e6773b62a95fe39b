"""Means of drawn samples with their true uncertainty: strata, clusters, finite populations.

Taylor linearisation as in R's survey package (Lumley 2004); methods, a.3 to a.6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .inputs import Floats, vector
from .results import Estimate

Codes = NDArray[np.intp]
Populations = ArrayLike | Mapping[Any, float]
ALL_OR_NONE_PENALTY = 1.3
"""Divides n when every plan or none meets a criterion: a guess at the design effect (methods, 5);
estimate it from the first real audit cycle."""


def _labels(name: str, labels: ArrayLike | None, size: int) -> tuple[NDArray[Any], Codes]:
    array = np.zeros(size, dtype=np.int64) if labels is None else np.asarray(labels)
    if array.shape != (size,):
        raise ValueError(f"{name} must give one label for each of the {size} values.")
    names, codes = np.unique(array, return_inverse=True)
    return names, codes


def _stratum_populations(populations: Populations, names: NDArray[Any], codes: Codes) -> Floats:
    """Population of each stratum, from a mapping, one number, one a stratum, or one a value."""
    if isinstance(populations, Mapping):
        missing = [name for name in names.tolist() if name not in populations]
        if missing:
            raise ValueError(f"populations does not say how many plans stratum {missing[0]} holds.")
        return vector("populations", [populations[name] for name in names.tolist()])
    given = vector("populations", np.atleast_1d(np.asarray(populations)))
    if given.size == names.size:
        return given
    if given.size != codes.size:
        raise ValueError(
            f"populations has {given.size} values: give one a stratum ({names.size}) "
            f"or one a value ({codes.size})."
        )
    first = np.array([given[codes == h][0] for h in range(names.size)])
    if (first[codes] != given).any():
        raise ValueError("populations differ within a stratum: they must be the stratum's size.")
    return first


def _sampled_units(stratum: Codes, cluster: Codes | None) -> tuple[Codes, Codes, Floats]:
    """For each value its sampling unit; for each unit its stratum; for each stratum its units."""
    if cluster is None:
        unit = np.arange(stratum.size)
        unit_stratum = stratum
    else:
        pairs = stratum.astype(np.int64) * (cluster.max() + 1) + cluster
        _, first, unit = np.unique(pairs, return_index=True, return_inverse=True)
        unit_stratum = stratum[first]
    drawn = np.bincount(unit_stratum).astype(np.float64)
    if (drawn < 2).any():
        kind = "value" if cluster is None else "cluster"
        raise ValueError(f"each stratum needs at least two {kind}s to show its own spread.")
    return unit, unit_stratum, drawn


def _linearised_variance(
    u: Floats, unit: Codes, unit_stratum: Codes, drawn: Floats, fraction: Floats
) -> float:
    totals = np.bincount(unit, weights=u)
    means = np.bincount(unit_stratum, weights=totals) / drawn
    squares = np.bincount(unit_stratum, weights=(totals - means[unit_stratum]) ** 2)
    return float(((1 - fraction) * drawn / (drawn - 1)) @ squares)


def _simple_variance(y: Floats, w: Floats, mean: float, fraction: float) -> float:
    """Variance of the mean had the same values been a simple random sample."""
    n = y.size
    spread = float(w @ (y - mean) ** 2) / float(w.sum()) * n / (n - 1)
    return (1 - fraction) * spread / n


def survey_mean(
    values: ArrayLike,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    populations: Populations | None = None,
) -> Estimate:
    """Weighted mean with its linearised standard error and design effect.

    `values` (n): one a plan. `strata`, `clusters` (n): labels. `populations`: how many sampling
    units (clusters when given, else plans) each stratum holds: a mapping by label, one number a
    stratum in sorted order of labels, or one a value. With it weights are N_h/n_h and the finite
    population correction applies (*stock*); without it weights are equal and there is none
    (*process*). Strata of different size need `populations` to be weighted rightly.
    """
    y = vector("values", values)
    names, stratum = _labels("strata", strata, y.size)
    cluster = None if clusters is None else _labels("clusters", clusters, y.size)[1]
    unit, unit_stratum, drawn = _sampled_units(stratum, cluster)
    w, fraction = np.ones(y.size), np.zeros(names.size)
    if populations is not None:
        total = _stratum_populations(populations, names, stratum)
        if (total < drawn).any():
            raise ValueError("populations must not be smaller than the sample drawn from them.")
        w, fraction = (total / drawn)[stratum], drawn / total
    mean = float(w @ y / w.sum())
    u = w * (y - mean) / w.sum()
    variance = _linearised_variance(u, unit, unit_stratum, drawn, fraction)
    overall = y.size / float(w.sum()) if populations is not None else 0.0
    simple = _simple_variance(y, w, mean, overall)
    return Estimate(mean, math.sqrt(variance), variance / simple if simple > 0 else math.nan)


def effective_sample_size(
    n: float, design_effect: float = 1.0, population: float | None = None
) -> float:
    """The n of a simple random sample from a large population that would say as much (a.5).

    *Process* without `population`: n/deff. *Stock* with it: n (N-1)/(N-n) / deff, infinite when
    every plan was audited. Use as n in `wilson(p * n, n)`.
    """
    if not n > 0 or not design_effect > 0:
        raise ValueError("n and design_effect must be more than 0.")
    if population is None:
        return n / design_effect
    if population < n:
        raise ValueError(f"population ({population:g}) must not be smaller than n ({n:g}).")
    if population == n:
        return math.inf
    return n * (population - 1) / (population - n) / design_effect


def effective_size_from_variance(
    proportion: float,
    variance: float,
    n: float,
    degrees_of_freedom: float,
    population: float | None = None,
) -> float:
    """n** = p(1-p)/v (t_{n-1}/t_df)^2 from a linearised variance (Korn and Graubard 1998; a.5).

    `degrees_of_freedom` is clusters less strata. At a proportion of 0 or 1 no variance can be
    seen, and n/1.3 is used (*stock*: times (N-1)/(N-n)).
    """
    if not 0 <= proportion <= 1:
        raise ValueError(f"proportion must lie between 0 and 1: got {proportion:g}.")
    if proportion in (0, 1):
        return effective_sample_size(n, ALL_OR_NONE_PENALTY, population)
    if not variance > 0:
        raise ValueError(f"variance must be more than 0: got {variance:g}.")
    if degrees_of_freedom < 1 or n < 2:
        raise ValueError("degrees_of_freedom must be at least 1 and n at least 2.")
    ratio = special.stdtrit(n - 1, 0.975) / special.stdtrit(degrees_of_freedom, 0.975)
    return float(proportion * (1 - proportion) / variance * ratio**2)
