"""Do intervals cover what they say, and is nobody flagged when all are equal? Fixed seeds."""

import numpy as np
import pytest
from scipy import stats

from goldthread.core.stats import (
    bayesian_fdr,
    beta_binomial_posterior,
    compare_with_peers,
    effective_size_from_variance,
    machine_assisted_mean,
    normal_posterior,
    survey_mean,
    wilson,
    wilson_array,
)

AUTHORITIES = 100


def _nations(rho, repeats, seed):
    """Invented nations: true rates, counts, plans audited (30 to 60 an authority)."""
    rng = np.random.default_rng(seed)
    for _ in range(repeats):
        n = rng.integers(30, 61, AUTHORITIES)
        m = 1 / rho - 1 if rho else 0
        truth = rng.beta(0.7 * m, 0.3 * m, AUTHORITIES) if rho else np.full(AUTHORITIES, 0.7)
        peers = np.array(
            [
                rng.choice(np.delete(np.arange(AUTHORITIES), i), 10, replace=False)
                for i in range(AUTHORITIES)
            ]
        )
        yield truth, rng.binomial(n, truth), n, peers


def test_wilson_covers():
    rng = np.random.default_rng(1)
    n = rng.integers(20, 400, 200_000)
    p = rng.uniform(0.05, 0.95, n.size)
    low, high = wilson_array(rng.binomial(n, p), n)
    assert ((low <= p) & (p <= high)).mean() == pytest.approx(0.95, abs=0.005)


@pytest.mark.parametrize("rho", [0.03, 0.06])
def test_posterior_covers_and_flags_rightly(rho):
    """Intervals 94-96%, rank intervals at least 90%, about 1% of clear flags on the wrong side.

    (Over 250 nations each: 1.2% of 2,010 clear flags at rho .03, .7% of 5,448 at rho .06.)
    """
    inside, ranked, wrong, clear = [], [], 0, 0
    for truth, y, n, peers in _nations(rho, 25, seed=11):
        posterior = beta_binomial_posterior(y, n)
        low, high = posterior.sampled_interval(0.95)
        inside.append((low <= truth) & (truth <= high))
        rank = 1 + (truth[:, None] < truth).sum(1)
        best, worst = posterior.rank_interval(0.9)
        ranked.append((best <= rank) & (rank <= worst))
        above = compare_with_peers(posterior.draws, peers).probability_above
        centre = np.median(truth[peers], axis=1)
        wrong += int(((above >= 0.975) & (truth < centre)).sum())
        wrong += int(((above <= 0.025) & (truth > centre)).sum())
        clear += int(((above >= 0.975) | (above <= 0.025)).sum())
    assert np.mean(inside) == pytest.approx(0.95, abs=0.01)
    assert 0.895 <= np.mean(ranked) <= 0.935
    assert wrong <= 0.015 * clear
    assert clear > 50


def test_exact_intervals_cover():
    inside = []
    for truth, y, n, _ in _nations(0.05, 8, seed=3):
        low, high = beta_binomial_posterior(y, n).interval(0.95)
        inside.append((low <= truth) & (truth <= high))
    assert np.mean(inside) == pytest.approx(0.95, abs=0.017)


def test_normal_posterior_covers():
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(60):
        truth = rng.normal(20, 3, 80)
        ses = rng.uniform(1, 6, 80)
        low, high = normal_posterior(rng.normal(truth, ses), ses).interval(0.95)
        inside.append((low <= truth) & (truth <= high))
    assert np.mean(inside) == pytest.approx(0.95, abs=0.01)


def test_when_all_are_equal_nobody_is_flagged():
    flagged, clear = [], 0
    for _, y, n, peers in _nations(0, 15, seed=21):
        above = compare_with_peers(beta_binomial_posterior(y, n).draws, peers).probability_above
        clear += int(((above >= 0.975) | (above <= 0.025)).sum())
        flagged.append(bayesian_fdr(above, 0.1).mean())
    assert clear == 0
    assert np.mean(flagged) <= 0.10


def test_stratified_wilson_covers():
    """A process rate from three unequal strata, by way of its effective size."""
    rng = np.random.default_rng(8)
    sizes, drawn = np.array([900, 400, 200]), np.array([40, 30, 20])
    strata = np.repeat([0, 1, 2], drawn)
    inside = []
    for _ in range(1500):
        rates = rng.uniform(0.3, 0.9, 3)
        y = rng.binomial(1, rates[strata]).astype(float)
        got = survey_mean(y, strata, populations=sizes * 1000)
        n = effective_size_from_variance(got.value, got.se**2, y.size, y.size - 3)
        low, high = wilson(got.value * n, n)
        inside.append(low <= sizes @ rates / sizes.sum() <= high)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.015)


MACHINES = {
    "useless": lambda rng, y: rng.random(y.size),
    "biased": lambda rng, y: np.clip(0.4 * y + 0.5 + rng.normal(0, 0.1, y.size), 0, 1),
    "middling": lambda rng, y: np.where(rng.random(y.size) < 0.75, y, 1 - y),
    "good and too kind": lambda rng, y: np.where(rng.random(y.size) < 0.15, 1.0, y),
    "nearly perfect": lambda rng, y: np.where(rng.random(y.size) < 0.97, y, 1 - y),
}


@pytest.mark.parametrize("finite", [False, True], ids=["process", "stock"])
@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES.keys())
def test_assisted_intervals_cover(machine, finite):
    """94-96% whatever the machine, and it helps when it is good."""
    rng = np.random.default_rng(17)
    n, m, inside, widths = 150, 900, [], []
    t = stats.t.ppf(0.975, n - 1)
    for _ in range(2500):
        y = rng.binomial(1, 0.6, n + m).astype(float)
        f = machine(rng, y)
        got = machine_assisted_mean(y[:n], f[:n], f[n:], finite)
        truth = y.mean() if finite else 0.6
        inside.append(abs(got.value - truth) <= t * got.se)
        share = 1 - n / (n + m) if finite else 1.0
        widths.append(got.se / np.sqrt(share * y[:n].var(ddof=1) / n))
    assert np.mean(inside) == pytest.approx(0.95, abs=0.0125)
    assert np.max(widths) <= 1.03
    if machine is MACHINES["nearly perfect"]:
        assert np.mean(widths) < 0.6
