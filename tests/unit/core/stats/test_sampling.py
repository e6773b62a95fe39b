"""Sample sizes and their division over strata."""

import itertools

import numpy as np
import pytest

from goldthread.core.stats import exact_sample_size, expected_next, neyman, sample_size

# Methods f: N, margin, plans, plans at a design effect of 1.3. Its 88 for N = 300 at 10 points is
# 88.4 before rounding, and by its own rule (up) 89.
TABLE = [
    (300, 0.10, 73, 89), (300, 0.05, 169, 188),
    (1500, 0.10, 91, 116), (1500, 0.05, 306, 375), (1500, 0.15, 42, 54), (6000, 0.10, 95, 123),
]  # fmt: skip


@pytest.mark.parametrize(("population", "margin", "simple", "clustered"), TABLE)
def test_table_of_sample_sizes(population, margin, simple, clustered):
    assert sample_size(population, margin) == simple
    assert sample_size(population, margin, design_effect=1.3) == clustered


@pytest.mark.parametrize(("population", "size"), [(100, 80), (500, 217), (1000, 278), (5000, 357)])
def test_krejcie_and_morgan(population, size):
    """Their table rounds to the nearest plan; ours rounds up, which differs only at 500 (217.5)."""
    assert round(exact_sample_size(population, 0.05)) == size
    assert sample_size(population, 0.05) in (size, size + 1)


def test_never_more_than_there_are():
    assert sample_size(4, 0.01) == 4
    assert sample_size(1, 0.5) == 1


def _variance(n, sizes, sds):
    share = np.array(sizes) / sum(sizes)
    return float((share**2 * np.array(sds) ** 2 / np.array(n)).sum())


def test_neyman_is_the_best_division():
    sizes, sds = [30, 50, 20], [0.5, 0.2, 0.4]
    got = neyman(15, sizes, sds)
    every = [n for n in itertools.product(range(2, 14), repeat=3) if sum(n) == 15]
    best = min(_variance(n, sizes, sds) for n in every)
    assert got.sum() == 15
    assert _variance(got, sizes, sds) <= best * 1.01


def test_neyman_keeps_floor_and_cap():
    assert neyman(40, [1000, 10, 4], [0.05, 5.0, 0.0]).tolist() == [28, 10, 2]
    assert neyman(9, [1, 8], [0.5, 0.5]).tolist() == [1, 8]
    assert neyman(10, [50, 150, 100], [0, 0, 0]).sum() == 10


def test_expected_next_year_of_a_batter():
    """Efron and Morris 1975: the top average of .400 is expected at .294, the lowest at .242."""
    hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
    average = np.array(hits) / 45
    mean = average.mean()
    assert round(mean, 6) == 0.265432
    keep = 1 - 15 * mean * (1 - mean) / 45 / ((average - mean) ** 2).sum()
    assert round(keep, 5) == 0.21165
    assert round(expected_next(0.4, keep, mean), 3) == 0.294
    assert round(expected_next(7 / 45, keep, mean), 3) == 0.242


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sample_size(0, 0.1), "population must be at least 1"),
        (lambda: sample_size(10, 0), "margin must lie between 0 and 1"),
        (lambda: sample_size(10, 0.1, design_effect=0), "design_effect"),
        (lambda: neyman(3, [10, 10], [1, 1]), "total must lie between 4"),
        (lambda: neyman(30, [10, 10], [1, 1]), "and 20"),
        (lambda: neyman(5, [10, 0], [1, 1]), "sizes must be at least 1"),
        (lambda: expected_next(1, 2, 0), "reliability"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
