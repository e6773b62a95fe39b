"""Units against the median of their peers: three fast ways, one slow one."""

import numpy as np
import pytest

from goldthread.core.stats import beta_binomial_posterior, compare_with_peers
from goldthread.core.stats.networks import median_network, median_of_rows

UNITS = 90


@pytest.fixture(scope="module")
def draws():
    rng = np.random.default_rng(12)
    n = rng.integers(20, 400, UNITS)
    return beta_binomial_posterior(rng.binomial(n, rng.beta(12, 6, UNITS)), n).draws


def _others(unit):
    return [j for j in range(UNITS) if j != unit]


def _slow(draws, unit, peers, margin):
    values = draws[peers].astype(np.float64)
    median = np.median(values, axis=0)
    own = draws[unit].astype(np.float64)
    ranks = 1 + (values > own).sum(axis=0)
    low, high = np.quantile(ranks, [0.05, 0.95], method="inverted_cdf")
    return (own > median).mean(), (np.abs(own - median) < margin).mean(), low, high


def _agrees(draws, peers, units):
    got = compare_with_peers(draws, peers, margin=0.05)
    for unit in units:
        chosen = [j for j in peers[unit] if j >= 0]
        above, close, low, high = _slow(draws, unit, chosen, 0.05)
        assert got.probability_above[unit] == pytest.approx(above, abs=6e-4)
        assert got.probability_close[unit] == pytest.approx(close, abs=6e-4)
        assert (got.rank_low[unit], got.rank_high[unit]) == (low, high)
        assert got.rank_of[unit] == len(chosen) + 1


@pytest.mark.parametrize("k", [3, 4, 7, 10, 15, 20, 23, 70])
def test_sets_of_their_own(draws, k):
    """By network up to 64 peers, and by a plain median above."""
    rng = np.random.default_rng(k)
    peers = np.array([rng.choice(_others(i), k, replace=False) for i in range(UNITS)])
    _agrees(draws, peers, range(0, UNITS, 9))


def test_sets_of_different_size(draws):
    rng = np.random.default_rng(0)
    peers = np.full((UNITS, 25), -1)
    for i in range(UNITS):
        k = rng.integers(3, 26)
        peers[i, rng.permutation(25)[:k]] = rng.choice(_others(i), k, replace=False)
    _agrees(draws, peers, range(UNITS))


@pytest.mark.parametrize("size", [UNITS, UNITS - 1])
def test_everyone_against_all_others(draws, size):
    """England, with an even and an odd number; a unit left out has no ranks."""
    peers = np.full((UNITS, UNITS - 1), -1)
    for i in range(size):
        peers[i, : size - 1] = [j for j in range(size) if j != i]
    _agrees(draws, peers, range(0, size, 7))
    if size < UNITS:
        got = compare_with_peers(draws, peers)
        assert np.isnan(got.probability_above[-1])
        assert (got.rank_low[-1], got.rank_high[-1], got.rank_of[-1]) == (0, 0, 0)
        assert got.probability_close is None


def test_regions_and_a_unit_outside(draws):
    """Two closed groups, one above and one below the limit, and a unit against a whole group."""
    peers = np.full((UNITS, 60), -1)
    for group in (range(30), range(30, 90)):
        for i in group:
            others = [j for j in group if j != i]
            peers[i, : len(others)] = others
    peers[89, :30] = range(30)
    peers[89, 30:] = -1
    for i in range(30, 89):
        peers[i, :59] = [*(j for j in range(30, 89) if j != i), -1]
    _agrees(draws, peers, range(0, UNITS, 6))
    _agrees(draws, peers, [89])


def test_order_of_peers_and_units_does_not_matter(draws):
    rng = np.random.default_rng(3)
    peers = np.array([rng.choice(_others(i), 10, replace=False) for i in range(UNITS)])
    one = compare_with_peers(draws, peers)
    assert compare_with_peers(draws, peers[:, ::-1]).rank_low.tolist() == one.rank_low.tolist()
    order = rng.permutation(UNITS)
    place = np.argsort(order)
    again = compare_with_peers(draws[order], place[peers][order])
    assert again.probability_above == pytest.approx(one.probability_above[order])


@pytest.mark.parametrize("size", range(1, 41))
def test_networks_find_the_median(size):
    rows = np.random.default_rng(size).random((size, 300)).astype(np.float32)
    got = median_of_rows(list(rows.copy()), np.empty(300, dtype=np.float32))
    assert got == pytest.approx(np.median(rows, axis=0), abs=1e-7)


def test_networks_are_small():
    """Ten peers: 50 minima and maxima; a full sort of ten takes 62."""
    network = median_network(10)
    assert sum(step.keep_low + step.keep_high for step in network) <= 50


@pytest.mark.parametrize(
    ("peers", "words"),
    [
        ([[1, 2, 0], [0, 2, 3], [0, 1, 3], [0, 1, 2]], "must not hold the unit itself"),
        ([[1, 2, 2], [0, 2, 3], [0, 1, 3], [0, 1, 2]], "the same unit twice"),
        ([[1, 2, 4], [0, 2, 3], [0, 1, 3], [0, 1, 2]], "row numbers from 0 to 3"),
        ([[1, 2, -1], [0, 2, 3], [0, 1, 3], [0, 1, 2]], "3 to 255 others"),
        ([[1, 2, 3]], "one row a unit"),
    ],
)
def test_impossible_peers_are_refused_in_words(draws, peers, words):
    with pytest.raises(ValueError, match=words):
        compare_with_peers(draws[:4], peers)


def test_missing_draws_are_refused(draws):
    broken = draws[:4].copy()
    broken[2, 7] = np.nan
    with pytest.raises(ValueError, match="draws must be finite"):
        compare_with_peers(broken, [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]])
