"""False discovery control against published decisions, statsmodels and the slow way."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from goldthread.core.stats import bayesian_fdr, benjamini_hochberg

PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0,
]  # fmt: skip


def test_benjamini_hochberg_published():
    """Benjamini and Hochberg 1995: four rejected at .05, where Bonferroni rejects three."""
    assert np.flatnonzero(benjamini_hochberg(PUBLISHED, 0.05)).tolist() == [0, 1, 2, 3]
    assert sum(p <= 0.05 / 15 for p in PUBLISHED) == 3


@pytest.mark.parametrize("seed", range(5))
def test_benjamini_hochberg_agrees_with_statsmodels(seed):
    rng = np.random.default_rng(seed)
    p = np.round(rng.beta(0.4, 1.5, 80), 3)
    expected = multipletests(p, alpha=0.1, method="fdr_bh")[0]
    assert benjamini_hochberg(p, 0.1).tolist() == expected.tolist()


def _slow_fdr(probability, q):
    lfdr = [1 - max(p, 1 - p) for p in probability]
    best = None
    for level in sorted(set(lfdr)):
        chosen = [v for v in lfdr if v <= level]
        if sum(chosen) / len(chosen) <= q + 1e-12:
            best = level
    return [best is not None and v <= best for v in lfdr]


@pytest.mark.parametrize("seed", range(5))
def test_bayesian_fdr_equals_the_slow_way(seed):
    p = np.round(np.random.default_rng(seed).beta(0.5, 0.5, 60), 2)
    assert bayesian_fdr(p, 0.1).tolist() == _slow_fdr(p.tolist(), 0.1)


def test_bayesian_fdr_keeps_the_mean_chance_of_error():
    p = np.array([0.99, 0.01, 0.95, 0.8, 0.6, 0.5])
    flags = bayesian_fdr(p, 0.1)
    assert flags.tolist() == [True, True, True, True, False, False]
    assert not bayesian_fdr([0.5, 0.6], 0.1).any()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bayesian_fdr([1.2], 0.1), "probability_above must lie between 0 and 1"),
        (lambda: benjamini_hochberg([np.nan], 0.1), "finite"),
        (lambda: benjamini_hochberg([0.5], 0), "q must lie between"),
        (lambda: bayesian_fdr([], 0.1), "must not be empty"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_nothing_rejected():
    assert not benjamini_hochberg([0.5, 0.9], 0.05).any()
