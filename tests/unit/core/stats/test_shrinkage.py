"""Posteriors against slow, obvious second implementations."""

import itertools
import math

import numpy as np
import pytest
from scipy import integrate, special, stats

from goldthread.core.stats import beta_binomial_posterior, normal_posterior

SCHOOLS = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
CASES = {
    "few and small": ([0, 3, 9, 5, 20], [4, 10, 9, 25, 30]),
    "baseball": (HITS, [45] * 18),
    "large": ([4100, 2300, 700, 5000], [9000, 9000, 2500, 9500]),
    "rare": ([0, 1, 0, 2, 5, 0], [40, 90, 60, 80, 200, 30]),
    "one unit": ([3], [10]),
    "all met": ([12, 30, 8], [12, 30, 8]),
}


def _slow_grid(successes, n):
    """All 3,600 cells, one after the other: mu, M, posterior mass."""
    cells = []
    for i in range(60):
        rho = stats.beta.ppf((i + 0.5) / 60, 1, 9)
        m = 1 / rho - 1
        for j in range(60):
            mu = (j + 0.5) / 60
            a, b = mu * m, (1 - mu) * m
            log_p = sum(
                special.betaln(y + a, k - y + b) - special.betaln(a, b)
                for y, k in zip(successes, n, strict=True)
            )
            cells.append((mu, m, log_p))
    mu, m, log_p = np.array(cells).T
    mass = np.exp(log_p - log_p.max())
    return mu, m, mass / mass.sum()


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    successes, n = request.param
    posterior = beta_binomial_posterior(successes, n)
    return posterior, np.array(successes), np.array(n), _slow_grid(successes, n)


def test_means_equal_the_whole_grid(case):
    posterior, y, n, (mu, m, mass) = case
    expected = [((mu * m + a) / (m + k)) @ mass for a, k in zip(y, n, strict=True)]
    assert posterior.mean == pytest.approx(expected, rel=1e-9)
    assert posterior.group_mean == pytest.approx(mu @ mass, rel=1e-9)
    assert posterior.concentration == pytest.approx(m @ mass, rel=1e-9)
    assert posterior.reliability == pytest.approx(n / (n + m @ mass), rel=1e-9)


def test_chances_equal_the_whole_grid(case):
    posterior, y, n, (mu, m, mass) = case
    for x in (0.02, 0.3, 0.71):
        expected = [
            stats.beta.cdf(x, mu * m + a, (1 - mu) * m + k - a) @ mass
            for a, k in zip(y, n, strict=True)
        ]
        assert posterior.probability_below(x) == pytest.approx(expected, abs=1e-9)


def test_interval_leaves_the_tails_it_says(case):
    posterior = case[0]
    for level in (0.5, 0.9, 0.95):
        low, high = posterior.interval(level)
        below = posterior.probability_below(low)
        assert below == pytest.approx(np.full(low.size, (1 - level) / 2), abs=1e-6)
        inside = high < 1  # a unit that met everything may have its quantile at 1 exactly
        below = posterior.probability_below(high)[inside]
        assert below == pytest.approx(np.full(below.size, (1 + level) / 2), abs=1e-6)


def test_sampled_interval_is_near_the_exact_one(case):
    posterior = case[0]
    for bound, chance in zip(posterior.sampled_interval(0.9), (0.05, 0.95), strict=True):
        clear = (bound > 1e-6) & (bound < 1 - 1e-4)
        assert np.abs(posterior.probability_below(bound) - chance)[clear].max(initial=0) < 0.02


def test_draws_have_the_exact_distribution(case):
    """Every unit's draws against its exact mixture, by Kolmogorov and Smirnov's distance.

    The outermost draws are left out: single precision cannot tell them from 0 or 1.
    """
    posterior = case[0]
    ordered = np.sort(posterior.draws.astype(float), axis=1)
    for pick in range(80, 4000, 160):
        exact = posterior.probability_below(ordered[:, pick])
        clear = (ordered[:, pick] < 1 - 1e-4) & (ordered[:, pick] > 1e-6)
        assert np.abs(exact - (pick + 0.5) / 4000)[clear].max(initial=0) < 0.03


def test_units_at_the_end_are_not_placed_by_their_row():
    """Forty units that all met everything: nobody is above the others."""
    posterior = beta_binomial_posterior([30] * 40, [30] * 40)
    best = posterior.probability_best()
    assert best.max() < 0.06
    assert best[:20].sum() == pytest.approx(0.5, abs=0.06)


def test_draws_share_their_group():
    """Joint draws: two units without much of their own to say move together."""
    draws = beta_binomial_posterior([1, 1, 2, 2], [2, 2, 3, 3]).draws
    assert np.corrcoef(draws)[0, 1] > 0.3


def test_integrals_agree_with_the_grid():
    """The grid stands for a double integral over mu and rho."""
    y, n = np.array([2, 5, 9, 4, 7, 6]), np.array([12, 11, 14, 12, 10, 13])

    def likelihood(mu, rho, unit=None):
        m = 1 / rho - 1
        a, b = mu * m, (1 - mu) * m
        value = np.exp(np.sum(special.betaln(y + a, n - y + b) - special.betaln(a, b)) + 50)
        share = 1.0 if unit is None else (y[unit] + a) / (n[unit] + m)
        return value * share * 9 * (1 - rho) ** 8

    bounds = (1e-4, 0.999, 1e-4, 0.999)
    whole = integrate.dblquad(likelihood, *bounds, epsrel=1e-4)[0]
    posterior = beta_binomial_posterior(y, n)
    for unit in (0, 2):
        part = integrate.dblquad(likelihood, *bounds, args=(unit,), epsrel=1e-4)[0]
        assert posterior.mean[unit] == pytest.approx(part / whole, abs=5e-4)


def test_baseball_is_drawn_to_the_mean():
    """Efron and Morris 1975: .400 shrinks to about .294, .156 to about .242 (James-Stein)."""
    posterior = beta_binomial_posterior(HITS, [45] * 18)
    assert posterior.group_mean == pytest.approx(0.265432, abs=0.005)
    assert posterior.mean[0] == pytest.approx(0.294, abs=0.02)
    assert posterior.mean[-1] == pytest.approx(0.242, abs=0.02)


def test_same_input_same_draws_any_order():
    rng = np.random.default_rng(1)
    n = rng.integers(10, 90, 40) + 100 * np.arange(40)
    y = rng.binomial(n, 0.6)
    first, order = beta_binomial_posterior(y, n), rng.permutation(40)
    again = beta_binomial_posterior(y[order], n[order])
    assert (again.draws == first.draws[order]).all()
    assert (beta_binomial_posterior(y, n).draws == first.draws).all()
    assert first.draws.dtype == np.float32
    assert first.draws.shape == (40, 4000)
    assert first.draws.flags["C_CONTIGUOUS"]


def test_snapshot():
    """Deterministic: the same on every run and machine, up to rounding."""
    posterior = beta_binomial_posterior(*CASES["few and small"])
    assert posterior.mean[0] == pytest.approx(0.22386, abs=5e-6)
    best, worst = posterior.rank_interval()
    assert (best.tolist(), worst.tolist()) == ([3, 3, 1, 3, 1], [5, 5, 2, 5, 2])


def test_a_narrow_range_serves_rare_events():
    rng = np.random.default_rng(6)
    n = rng.integers(2000, 9000, 100)
    y = rng.binomial(n, rng.beta(4, 1996, 100))
    coarse, fine = (beta_binomial_posterior(y, n, r) for r in ((0, 1), (0, 0.02)))
    assert coarse.off_grid
    assert not fine.off_grid
    assert fine.group_mean == pytest.approx((y / n).mean(), rel=0.15)


def _slow_normal(means, ses):
    """Rubin's model by quadrature over tau; mu is integrated out by formula."""
    y, v = np.array(means, float), np.array(ses, float) ** 2

    def given(tau):
        w = 1 / (v + tau**2)
        mu = w @ y / w.sum()
        p = math.exp(0.5 * (np.log(w).sum() - math.log(w.sum()) - w @ (y - mu) ** 2) + 20)
        own = tau**2 / (tau**2 + v)
        centre = own * y + (1 - own) * mu
        width = np.sqrt(own * v + (1 - own) ** 2 / w.sum())
        return p, centre, width

    def integral(function):
        scale = np.sqrt(np.median(v))
        pieces = [0, scale / 2, scale, 2 * scale, 5 * scale, 20 * scale, np.inf]
        return sum(
            integrate.quad(function, a, b, epsabs=0, epsrel=1e-8, limit=200)[0]
            for a, b in itertools.pairwise(pieces)
        )

    whole = integral(lambda t: given(t)[0])
    mean = [integral(lambda t, i=i: math.prod((given(t)[0], given(t)[1][i]))) for i in range(3)]
    below = [
        integral(lambda t, i=i: given(t)[0] * stats.norm.cdf(10, given(t)[1][i], given(t)[2][i]))
        for i in range(3)
    ]
    return np.array(mean) / whole, np.array(below) / whole


def test_eight_schools_by_quadrature():
    posterior = normal_posterior(*SCHOOLS)
    mean, below = _slow_normal(*SCHOOLS)
    assert posterior.mean[:3] == pytest.approx(mean, abs=0.02)
    assert posterior.probability_below(10)[:3] == pytest.approx(below, abs=0.001)


def test_eight_schools_published():
    """Bayesian Data Analysis, table 5.3: school A -2, 7, 10, 16, 31 at 2.5 to 97.5 per cent."""
    posterior = normal_posterior(*SCHOOLS)
    low, high = posterior.interval(0.95)
    assert low[0] == pytest.approx(-2, abs=1.5)
    assert high[0] == pytest.approx(31, abs=1.5)
    low, high = posterior.interval(0.5)
    assert (low[0], high[0]) == pytest.approx((7, 16), abs=1.2)


def test_normal_draws_and_intervals_fit_the_exact_chances():
    posterior = normal_posterior(*SCHOOLS)
    low, high = posterior.interval(0.9)
    assert posterior.probability_below(low) == pytest.approx(np.full(8, 0.05), abs=1e-9)
    assert (posterior.draws < high[:, None]).mean(1) == pytest.approx(np.full(8, 0.95), abs=0.012)
    assert posterior.draws.mean(1) == pytest.approx(posterior.mean, abs=0.35)
    assert ((posterior.reliability > 0) & (posterior.reliability < 1)).all()


def test_normal_is_free_of_units():
    one = normal_posterior(*SCHOOLS)
    other = normal_posterior(np.array(SCHOOLS[0]) * 1e4 + 5e5, np.array(SCHOOLS[1]) * 1e4)
    assert other.mean == pytest.approx(one.mean * 1e4 + 5e5)
    assert other.spread == pytest.approx(one.spread * 1e4)
    assert other.probability_best() == pytest.approx(one.probability_best())


def test_normal_order_does_not_matter():
    order = np.array([3, 1, 7, 0, 2, 6, 5, 4])
    first = normal_posterior(*SCHOOLS)
    again = normal_posterior(np.array(SCHOOLS[0])[order], np.array(SCHOOLS[1])[order])
    assert again.draws == pytest.approx(first.draws[order], abs=1e-4)


def test_precise_units_keep_their_values():
    rng = np.random.default_rng(3)
    y = rng.normal(50, 10, 150)
    posterior = normal_posterior(y, np.full(150, 0.5))
    assert posterior.mean == pytest.approx(y, abs=0.15)
    assert posterior.spread == pytest.approx(y.std(), rel=0.02)
    assert posterior.reliability.min() > 0.99


def _slow_ranks(draws):
    units = draws.shape[0]
    return np.array([[1 + (d > d[i]).sum() for d in draws.T] for i in range(units)])


def test_ranks_and_best_equal_the_slow_way():
    posterior = beta_binomial_posterior([5, 9, 14, 20, 33], [20, 22, 24, 50, 60])
    ranks = _slow_ranks(posterior.draws)
    low, high = posterior.rank_interval(0.9)
    assert low.tolist() == np.quantile(ranks, 0.05, axis=1, method="inverted_cdf").tolist()
    assert high.tolist() == np.quantile(ranks, 0.95, axis=1, method="inverted_cdf").tolist()
    assert posterior.probability_best() == pytest.approx((ranks == 1).mean(1))
    assert posterior.probability_best().sum() == pytest.approx(1)


def test_ranks_of_negative_values():
    posterior = normal_posterior([-9, -3, 4, 8], [2, 2, 2, 2])
    ranks = _slow_ranks(posterior.draws)
    assert (
        posterior.rank_interval()[0].tolist()
        == np.quantile(ranks, 0.05, axis=1, method="inverted_cdf").tolist()
    )


def test_reliability_of_methods_b5():
    """Plans for R = .5, .7, .9 at rho .06: 16, 37, 141."""
    m = 1 / 0.06 - 1
    assert [round(r / (1 - r) * m) for r in (0.5, 0.7, 0.9)] == [16, 37, 141]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: beta_binomial_posterior([1, 0], [2, 0]), "n must be more than 0"),
        (lambda: beta_binomial_posterior([], []), "must not be empty"),
        (lambda: beta_binomial_posterior([1], [2], (0.5, 0.5)), "mean_range must rise"),
        (lambda: beta_binomial_posterior([1], [2]).interval(95), "level must lie"),
        (lambda: beta_binomial_posterior([1], [2]).rank_interval(0), "level must lie"),
        (lambda: normal_posterior([1, 2], [1, 1]), "at least three units"),
        (lambda: normal_posterior([1, 2, 3], [1, 1, 0]), "ses must be more than 0"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
