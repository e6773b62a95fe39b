"""Properties that hold for any input (Hypothesis)."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from goldthread.core.stats import (
    bayesian_fdr,
    benjamini_hochberg,
    beta_binomial_posterior,
    clopper_pearson,
    five_point_trend,
    funnel_limits,
    jeffreys,
    machine_assisted_mean,
    newcombe_difference,
    neyman,
    overdispersion,
    random_effects,
    sample_size,
    survey_mean,
    wilson,
)
from goldthread.core.stats.grid import SIDE, concentrations, log_likelihood, means, posterior_cells

# No deadline: a busy machine is not a wrong answer.
CHEAP = settings(max_examples=50, deadline=None)
DEAR = settings(max_examples=12, deadline=None)

proportions = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
units = st.lists(proportions, min_size=2, max_size=30)
chances = st.lists(st.floats(0, 1), min_size=1, max_size=40)
numbers = st.floats(-1000, 1000)


@CHEAP
@given(proportions, st.floats(0.5, 0.999))
def test_intervals_hold_the_estimate_and_agree_with_statsmodels(pair, confidence):
    s, n = pair
    for function, method in ((wilson, "wilson"), (clopper_pearson, "beta"), (jeffreys, "jeffreys")):
        low, high = function(s, n, confidence)
        assert 0 <= low <= high <= 1
        if method != "jeffreys":
            assert low <= s / n + 1e-12
            assert s / n - 1e-12 <= high
        expected = proportion_confint(s, n, 1 - confidence, method)
        assert math.isclose(low, expected[0], abs_tol=1e-9)
        assert math.isclose(high, expected[1], abs_tol=1e-9)


@CHEAP
@given(proportions)
def test_met_and_not_met_mirror_each_other(pair):
    s, n = pair
    for function in (wilson, clopper_pearson, jeffreys):
        (low, high), (other_low, other_high) = function(s, n), function(n - s, n)
        assert math.isclose(low, 1 - other_high, abs_tol=1e-9)
        assert math.isclose(high, 1 - other_low, abs_tol=1e-9)


@CHEAP
@given(proportions, proportions)
def test_a_difference_turned_round(a, b):
    one, other = newcombe_difference(*a, *b), newcombe_difference(*b, *a)
    assert math.isclose(one.low, -other.high, abs_tol=1e-12)
    assert -1 <= one.low <= a[0] / a[1] - b[0] / b[1] <= one.high <= 1


@CHEAP
@given(units, st.randoms())
def test_order_of_units_does_not_matter(pairs, random):
    shuffled = pairs.copy()
    random.shuffle(shuffled)
    one, other = (
        overdispersion(*zip(*pairs, strict=True)),
        overdispersion(*zip(*shuffled, strict=True)),
    )
    assert np.allclose(one, other, rtol=1e-9, atol=1e-12)


@DEAR
@given(units)
def test_pruned_grid_equals_the_whole_grid(pairs):
    s, n = np.array(pairs, dtype=float).T
    m, mu = np.meshgrid(concentrations(), means(), indexing="ij")
    whole = log_likelihood(mu.ravel(), m.ravel(), s, n)
    mass = np.exp(whole - whole.max())
    mass /= mass.sum()
    cells = posterior_cells(s, n, (0.0, 1.0))
    assert cells.weight.size >= (mass >= 1e-11).sum()
    assert cells.weight.size <= SIDE * SIDE
    kept = np.sort(cells.weight)[::-1]
    assert np.allclose(kept, np.sort(mass)[::-1][: kept.size], atol=1e-9)
    assert math.isclose(cells.mean @ cells.weight, mu.ravel() @ mass, rel_tol=1e-8)


@DEAR
@given(units)
def test_a_unit_lies_between_its_own_rate_and_the_group(pairs):
    s, n = np.array(pairs, dtype=float).T
    posterior = beta_binomial_posterior(s, n)
    ends = np.array([s / n, np.full(s.size, 1 / 120), np.full(s.size, 119 / 120)])
    assert (posterior.mean >= ends.min(0) - 1e-9).all()
    assert (posterior.mean <= ends.max(0) + 1e-9).all()
    low, high = posterior.interval(0.9)
    assert (low <= high).all()
    assert np.isfinite(posterior.draws).all()


@CHEAP
@given(chances, st.floats(0.01, 0.5))
def test_flags_keep_their_promise(probabilities, q):
    p = np.array(probabilities)
    flags = bayesian_fdr(p, q)
    lfdr = 1 - np.maximum(p, 1 - p)
    if flags.any():
        assert lfdr[flags].mean() <= q + 1e-9
        assert lfdr[flags].max() <= np.min(lfdr[~flags], initial=1)
    assert (bayesian_fdr(p[::-1], q)[::-1] == flags).all()
    more = benjamini_hochberg(p, min(2 * q, 0.99))
    assert (more | ~benjamini_hochberg(p, q)).all()


@CHEAP
@given(st.floats(0, 1), st.integers(1, 100000), st.floats(0, 0.2))
def test_funnel_limits_nest(target, n, tau2):
    got = funnel_limits(target, n, tau2)
    assert 0 <= got.low998 <= got.low95 <= target + 1e-9
    assert target - 1e-9 <= got.high95 <= got.high998 <= 1


@CHEAP
@given(st.lists(st.tuples(numbers, st.floats(0.1, 100)), min_size=2, max_size=20))
def test_random_effects_stay_inside(rows):
    effects, ses = zip(*rows, strict=True)
    for method in ("dl", "reml", "pm"):
        got = random_effects(effects, ses, method)
        assert min(effects) - 1e-6 <= got.mean <= max(effects) + 1e-6
        assert got.tau2 >= 0
        assert got.se > 0


@CHEAP
@given(st.lists(numbers, min_size=4, max_size=40), st.integers(0, 1000))
def test_survey_mean_of_one_stratum_is_the_mean(values, extra):
    got = survey_mean(values, populations=len(values) + extra)
    assert math.isclose(got.value, np.mean(values), abs_tol=1e-9)
    plain = np.std(values, ddof=1) / math.sqrt(len(values))
    share = math.sqrt(extra / (len(values) + extra))
    assert math.isclose(got.se, plain * share, rel_tol=1e-6, abs_tol=1e-9)


@CHEAP
@given(st.lists(st.tuples(st.integers(1, 500), st.floats(0, 2)), min_size=1, max_size=8), st.data())
def test_neyman_adds_up(rows, data):
    sizes, sds = (np.array(column) for column in zip(*rows, strict=True))
    low = int(np.minimum(2, sizes).sum())
    total = data.draw(st.integers(low, int(sizes.sum())))
    got = neyman(total, sizes, sds)
    assert got.sum() == total
    assert (got <= sizes).all()
    assert (got >= np.minimum(2, sizes)).all()


def test_neyman_takes_spreads_too_small_to_divide_by():
    assert neyman(1, [1], [5e-324]).tolist() == [1]
    assert neyman(30, [100, 50], [5e-324, 0.0]).tolist() == [28, 2]
    assert neyman(30, [100, 50], [0.0, 0.0]).tolist() == [20, 10]


@CHEAP
@given(st.integers(1, 10000), st.floats(0.01, 0.3), st.floats(1, 3))
def test_sample_sizes_grow_as_they_should(population, margin, effect):
    n = sample_size(population, margin, design_effect=effect)
    assert 1 <= n <= population
    assert n <= sample_size(population + 100, margin, design_effect=effect)
    assert n <= sample_size(population, margin * 0.9, design_effect=effect)


@CHEAP
@given(st.lists(st.tuples(numbers, st.floats(0.1, 50)), min_size=5, max_size=9))
def test_a_trend_turned_upside_down(points):
    y, half = (np.array(column) for column in zip(*points, strict=True))
    up = five_point_trend(y, y - half, y + half)
    down = five_point_trend(-y, -y - half, -y + half)
    # Leave-one-out slopes of exactly 0 count as rising, as in Fingertips.
    assert {up.direction, down.direction} not in ({"rising"}, {"falling"})
    assert math.isclose(up.slope, -down.slope, rel_tol=1e-6, abs_tol=1e-9)


@CHEAP
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=30, max_size=60),
    st.lists(st.floats(0, 1), min_size=1, max_size=60),
    st.booleans(),
)
def test_the_machine_never_widens_the_interval(pairs, rest, finite):
    y, f = (np.array(column) for column in zip(*pairs, strict=True))
    got = machine_assisted_mean(y, f, rest, finite)
    share = 1 - y.size / (y.size + len(rest)) if finite else 1.0
    assert got.se <= math.sqrt(share * y.var(ddof=1) / y.size) * 1.03 + 1e-12
    assert 0 <= got.weight <= 1
