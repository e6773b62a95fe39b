"""Bradley-Terry strengths from paired comparisons."""

import itertools
import math

import numpy as np
import pytest
from scipy import optimize

from goldthread.core.stats import bradley_terry


def test_rasch_pair():
    """Two raters, 24 to 12: ln 2 (conditional likelihood, as eRm gives it), SE √(1/24+1/12)."""
    value, se = bradley_terry([[0, 24], [12, 0]]).difference(0, 1)
    assert value == pytest.approx(math.log(2), abs=1e-12)
    assert se == pytest.approx(math.sqrt(1 / 24 + 1 / 12), abs=1e-12)


def minus_log_likelihood(strengths, wins):
    size = len(strengths)
    return sum(
        wins[i][j] * math.log1p(math.exp(strengths[j] - strengths[i]))
        for i, j in itertools.permutations(range(size), 2)
    )


def test_against_a_plain_search():
    wins = np.random.default_rng(4).integers(1, 9, (4, 4)) * (1 - np.eye(4, dtype=int))
    got = bradley_terry(wins)
    found = optimize.minimize(
        lambda free: minus_log_likelihood([*free, -sum(free)], wins), [0.0] * 3, tol=1e-12
    )
    assert got.strengths[:3] == pytest.approx(found.x, abs=1e-5)
    assert sum(got.strengths) == pytest.approx(0)
    assert got.n == wins.sum()
    for low, value, high in zip(got.lows, got.strengths, got.highs, strict=True):
        assert low < value < high


def test_minorise_and_maximise_agrees():
    """Hunter's (2004) iteration, written out."""
    wins = np.array([[0, 3, 1, 0], [2, 0, 4, 1], [2, 1, 0, 5], [1, 2, 2, 0]], dtype=float)
    p = np.ones(4)
    for _ in range(5000):
        p = np.array([
            wins[i].sum()
            / sum((wins[i, j] + wins[j, i]) / (p[i] + p[j]) for j in range(4) if j != i)
            for i in range(4)
        ])  # fmt: skip
        p /= np.exp(np.log(p).mean())
    assert bradley_terry(wins).strengths == pytest.approx(np.log(p), abs=1e-8)


def test_undefeated():
    got = bradley_terry([[0, 3, 2], [0, 0, 1], [0, 2, 0]])
    assert got.strengths is None
    assert got.difference(0, 1) is None
    assert got.why.startswith("Number 1 never lost")
    held = bradley_terry([[0, 3, 2], [0, 0, 1], [0, 2, 0]], ridge=0.5)
    assert held.strengths[0] > max(held.strengths[1:])
    assert sum(held.strengths) == pytest.approx(0)


def test_separate_groups():
    wins = np.zeros((4, 4))
    wins[0, 1] = wins[1, 0] = wins[2, 3] = wins[3, 2] = 2
    assert "2 groups" in bradley_terry(wins).why
    assert "2 groups" in bradley_terry(wins, ridge=1).why


@pytest.mark.parametrize(
    ("wins", "ridge", "words"),
    [
        ([[0, 1]], 0, "square"),
        ([[0, -1], [1, 0]], 0, "negative"),
        ([[1, 1], [1, 0]], 0, "itself"),
        ([[0, 1], [1, 0]], -1, "ridge"),
    ],
)
def test_impossible_input(wins, ridge, words):
    with pytest.raises(ValueError, match=words):
        bradley_terry(wins, ridge)
