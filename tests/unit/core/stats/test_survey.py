"""Survey means against R's survey package (its api data sets)."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from goldthread.core.stats import (
    effective_sample_size,
    effective_size_from_variance,
    survey_mean,
    wilson,
)

CLUSTERS = Path(__file__).with_name("apiclus1.csv")


def values_with(n, mean, variance):
    """n numbers of exactly that mean and variance."""
    shape = np.arange(n) ** 1.5
    return mean + (shape - shape.mean()) / shape.std(ddof=1) * math.sqrt(variance)


def apistrat():
    """School types E, H, M of apistrat: sizes, means and variances of api00."""
    parts = [(100, 674.43, 15687.419), (50, 625.82, 11947.089), (50, 636.60, 13824.857)]
    values = np.concatenate([values_with(*part) for part in parts])
    return values, np.repeat(["E", "H", "M"], [100, 50, 50])


def test_simple_random_sample():
    """svymean(~api00) on apisrs: 656.585, SE 9.24972; its variance follows from the two."""
    variance = 9.24972**2 * 200 / (1 - 200 / 6194)
    got = survey_mean(values_with(200, 656.585, variance), populations=6194)
    assert got == pytest.approx((656.585, 9.24972, 1.0), abs=1e-9)


@pytest.mark.parametrize(
    "populations",
    [
        {"E": 4421, "H": 755, "M": 1018},
        [4421, 755, 1018],
        np.repeat([4421, 755, 1018], [100, 50, 50]),
    ],
    ids=["by label", "by stratum", "by value"],
)
def test_stratified(populations):
    values, strata = apistrat()
    got = survey_mean(values, strata=strata, populations=populations)
    assert round(got.value, 3) == 662.287
    assert round(got.se, 5) == 9.40894
    assert round(got.design_effect, 5) == 1.20446


def test_clustered():
    """svymean on apiclus1 (15 of 757 districts): 644.1694, SE 23.5422, deff 9.34587.

    R counts 183 of 6194 schools in the variance it divides by, which `populations` (of clusters)
    cannot say; put back here.
    """
    with CLUSTERS.open() as file:
        rows = list(csv.DictReader(file))
    values = [float(row["api00"]) for row in rows]
    got = survey_mean(values, clusters=[row["dnum"] for row in rows], populations=757)
    assert len(rows) == 183
    assert round(got.value, 4) == 644.1694
    assert round(got.se, 4) == 23.5422
    share = (1 - 15 / 757) / (1 - 183 / 6194)
    assert round(got.design_effect * share, 5) == 9.34587


def _slow_variance(values, strata, clusters, populations):
    """Loops, as methods a.3 says it."""
    labels = sorted(set(strata))
    weights, units = (
        {},
        {h: sorted({c for c, s in zip(clusters, strata, strict=True) if s == h}) for h in labels},
    )
    for h in labels:
        weights[h] = populations[h] / len(units[h])
    total = sum(weights[h] for h in strata)
    mean = sum(weights[h] * y for h, y in zip(strata, values, strict=True)) / total
    v = 0.0
    for h in labels:
        sums = [
            sum(
                weights[h] * (y - mean) / total
                for y, s, c in zip(values, strata, clusters, strict=True)
                if s == h and c == unit
            )
            for unit in units[h]
        ]
        g, centre = len(sums), sum(sums) / len(sums)
        v += (1 - g / populations[h]) * g / (g - 1) * sum((u - centre) ** 2 for u in sums)
    return mean, math.sqrt(v)


def test_strata_and_clusters_together():
    rng = np.random.default_rng(2)
    strata = np.repeat(["new", "old"], [30, 50])
    clusters = rng.integers(0, 6, 80)
    values = rng.normal(0, 1, 80) + clusters
    populations = {"new": 40, "old": 90}
    got = survey_mean(values, strata, clusters, populations)
    assert got[:2] == pytest.approx(
        _slow_variance(values, strata.tolist(), clusters.tolist(), populations)
    )
    order = rng.permutation(80)
    again = survey_mean(values[order], strata[order], clusters[order], populations)
    assert again == pytest.approx(got)


def test_process_has_no_finite_population_correction():
    y = values_with(60, 0.65, 0.2)
    assert survey_mean(y).se == pytest.approx(math.sqrt(0.2 / 60))
    assert survey_mean(y).design_effect == pytest.approx(1)
    assert survey_mean(y, populations=60).se == 0


def test_effective_sizes_published():
    """Methods a.5: 39 of 60 met, 400 plans held."""
    assert np.round(wilson(39, 60), 6).tolist() == [0.523626, 0.758322]
    stock = effective_sample_size(60, population=400)
    assert round(stock, 4) == 70.4118
    assert np.round(wilson(0.65 * stock, stock), 6).tolist() == [0.533475, 0.751005]
    both = effective_sample_size(60, 1.3, 400)
    assert np.round(wilson(0.65 * both, both), 6).tolist() == [0.516918, 0.763214]
    assert effective_sample_size(60) == 60
    assert effective_sample_size(60, population=60) == math.inf


def test_effective_size_from_a_variance():
    p = 0.65
    assert effective_size_from_variance(p, p * (1 - p) / 50, 60, 59) == pytest.approx(50)
    few_clusters = effective_size_from_variance(p, p * (1 - p) / 50, 60, 8)
    assert few_clusters == pytest.approx(50 * (2.000995 / 2.306004) ** 2, rel=1e-5)
    assert effective_size_from_variance(1.0, 0.0, 60, 59) == pytest.approx(60 / 1.3)
    stock = effective_size_from_variance(0.0, 0.0, 60, 59, population=400)
    assert stock == pytest.approx(70.4118 / 1.3, rel=1e-5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: survey_mean([]), "values must not be empty"),
        (lambda: survey_mean([1, 2, 3], ["a", "a", "b"]), "at least two values"),
        (lambda: survey_mean([1, 2, 3], clusters=[1, 1, 1]), "at least two clusters"),
        (lambda: survey_mean([1, 2], ["a"]), "one label for each of the 2"),
        (lambda: survey_mean([1, 2], populations=1), "smaller than the sample"),
        (lambda: survey_mean([1, 2], populations={1: 9}), "does not say how many"),
        (lambda: survey_mean([1, 2, 3], populations=[9, 9]), "populations has 2 values"),
        (lambda: survey_mean([1, 2, 3], populations=[9, 9, 8]), "differ within a stratum"),
        (lambda: effective_sample_size(0), "more than 0"),
        (lambda: effective_sample_size(60, population=50), "must not be smaller than n"),
        (lambda: effective_size_from_variance(1.5, 1, 60, 59), "proportion"),
        (lambda: effective_size_from_variance(0.5, 0, 60, 59), "variance"),
        (lambda: effective_size_from_variance(0.5, 1, 60, 0), "degrees_of_freedom"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
