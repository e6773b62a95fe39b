"""Machine-assisted means: the properties of methods h.5 that need no simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from goldthread.core.stats import (
    AssistedEstimate,
    combine_strata,
    machine_assisted_mean,
    worth_further_audits,
)


def _plans(n=60, m=340, seed=1):
    rng = np.random.default_rng(seed)
    y = rng.binomial(1, 0.6, n + m).astype(float)
    f = np.clip(y + rng.normal(0.1, 0.4, n + m), 0, 1)
    return y[:n], f[:n], f[n:]


def _widening(residual):
    n = residual.size
    freedom = min(n - 1, 2 * n / (stats.kurtosis(residual, fisher=False) - 1))
    return stats.t.ppf(0.975, freedom) / stats.t.ppf(0.975, n - 1)


def test_process_by_hand():
    y, f, g = _plans()
    n, m = len(y), len(g)
    got = machine_assisted_mean(y, f, g)
    weight = np.cov(y, f)[0, 1] / ((1 + n / m) * np.var(np.concatenate([f, g]), ddof=1))
    weight = min(weight, 1)
    assert got.weight == pytest.approx(weight)
    assert got.value == pytest.approx(y.mean() + weight * (g.mean() - f.mean()))
    residual = y - weight * f
    v = residual.var(ddof=2) / n * _widening(residual) + weight**2 * g.var(ddof=1) / m
    assert got.se == pytest.approx(math.sqrt(v))
    assert got.se < y.std(ddof=1) / math.sqrt(n)


def test_stock_by_hand():
    y, f, g = _plans()
    got = machine_assisted_mean(y, f, g, finite=True)
    weight = np.cov(y, f)[0, 1] / f.var(ddof=1)
    everything = np.concatenate([f, g]).mean()
    assert got.weight == pytest.approx(min(weight, 1))
    assert got.value == pytest.approx(y.mean() + got.weight * (everything - f.mean()))
    residual = y - got.weight * f
    v = residual.var(ddof=2) / 60 * _widening(residual)
    assert got.se == pytest.approx(math.sqrt((1 - 60 / 400) * v))


def test_a_variance_that_rests_on_two_plans_is_widened():
    y = np.repeat([0.0, 1.0], 50)
    f = y.copy()
    f[[0, 99]] = [1.0, 0.0]
    got = machine_assisted_mean(y, f, np.repeat([0.0, 1.0], 450), finite=True)
    residual = y - got.weight * f
    assert _widening(residual) > 1.2
    v = residual.var(ddof=2) / 100 * _widening(residual)
    assert got.se == pytest.approx(math.sqrt(0.9 * v))


@pytest.mark.parametrize("finite", [False, True])
def test_a_constant_machine_gives_the_plain_interval(finite):
    y, _, g = _plans()
    got = machine_assisted_mean(y, np.ones(60), np.ones(g.size), finite)
    share = 1 - 60 / 400 if finite else 1
    plain = math.sqrt(share * y.var(ddof=1) / 60)
    assert got == pytest.approx((y.mean(), plain, 0.0))


@pytest.mark.parametrize("finite", [False, True])
def test_an_unrelated_machine_gets_next_to_no_weight(finite):
    rng = np.random.default_rng(3)
    y = rng.binomial(1, 0.5, 4000).astype(float)
    got = machine_assisted_mean(y, rng.random(4000), rng.random(9000), finite)
    assert got.weight < 0.1


def test_a_perfect_machine_knows_the_stock():
    y, _, _ = _plans()
    rest = np.random.default_rng(2).binomial(1, 0.7, 340)
    got = machine_assisted_mean(y, y, rest, finite=True)
    assert got.se == pytest.approx(0, abs=1e-12)
    assert got.weight == pytest.approx(1)
    assert got.value == pytest.approx(np.concatenate([y, rest]).mean())


def test_a_machine_that_answers_the_wrong_way_is_ignored():
    y, _, g = _plans()
    assert machine_assisted_mean(y, 1 - y, g).weight == 0


def test_every_plan_audited():
    y, f, _ = _plans()
    assert machine_assisted_mean(y, f, [], finite=True).se == 0
    assert machine_assisted_mean(y, f, []).weight == 0


def test_worth_further_audits():
    y, f, g = _plans()
    weight = machine_assisted_mean(y, f, g, finite=True).weight
    expected = 60 * (y.var() / (y - weight * f).var() - 1)
    assert worth_further_audits(y, f, weight) == pytest.approx(expected)
    assert worth_further_audits(y, y, 1.0) == math.inf
    assert worth_further_audits(np.ones(9), np.ones(9), 0.0) == 0


def test_strata_are_weighted_by_their_plans():
    parts = [AssistedEstimate(0.5, 0.04, 1.0), AssistedEstimate(0.7, 0.03, 0.0)]
    got = combine_strata(parts, [100, 300])
    assert got == pytest.approx((0.65, math.hypot(0.01, 0.0225), 0.25))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: machine_assisted_mean([1], [1], [1]), "at least two audited"),
        (lambda: machine_assisted_mean([1, 0], [1], [1]), "predicted_labelled has 1"),
        (lambda: machine_assisted_mean([1, 0], [1, 0], [np.nan]), "predicted_unlabelled"),
        (lambda: combine_strata([AssistedEstimate(0, 1, 0)], [1, 2]), "as many populations"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
