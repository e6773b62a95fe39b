"""Funnel limits and overdispersion against published figures and plain formulas."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats as scipy_stats

from goldthread.core.stats import beta_binomial_limits, funnel_limits, funnel_z, overdispersion

PCT_TARGET = 0.80642448
PCTS = Path(__file__).with_name("pct_2005.csv")


@pytest.mark.parametrize(
    ("n", "low95", "low998"),
    [(1, 3.204264, 0.0), (3, 35.933491, 10.150815), (10, 56.154344, 42.03259)],
)
def test_limits_without_overdispersion(n, low95, low998):
    """PHEindicatormethods testdata_funnel_prop_outputs.csv, in per cent."""
    got = funnel_limits(PCT_TARGET, n)
    assert 100 * got.low95 == pytest.approx(low95, abs=2e-5)
    assert 100 * got.low998 == pytest.approx(low998, abs=2e-5)


def test_significance_of_primary_care_trusts():
    """PHEindicatormethods testdata_funnel_prop_inputs.csv: all 43 borderline trusts of the 303 (10
    High .025, 1 Low .025, 32 not significant) and some of those far out."""
    with PCTS.open() as file:
        rows = list(csv.DictReader(file))
    seen = []
    for row in rows:
        n = float(row["denominator"])
        p, limits = float(row["numerator"]) / n, funnel_limits(PCT_TARGET, n)
        side = "High" if p > PCT_TARGET else "Low"
        outside = not limits.low95 <= p <= limits.high95
        far = not limits.low998 <= p <= limits.high998
        seen.append(f"{side} ({0.001 if far else 0.025})" if outside else "Not significant")
    assert seen == [row["significance"] for row in rows]
    assert (seen.count("High (0.025)"), seen.count("Low (0.025)")) == (10, 1)


def test_ratios_by_the_shmi_rule():
    """FunnelPlotR test-classes_methods.R."""
    got = overdispersion([100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220])
    assert round(got.phi, 6) == 2.948033
    assert round(got.tau2, 7) == 0.0194775
    assert got.target == 1


def test_ratios_leave_out_the_outermost_by_rank():
    rng = np.random.default_rng(5)
    expected = rng.uniform(80, 200, 40)
    observed = rng.poisson(expected * rng.lognormal(0, 0.3, 40)).astype(float)
    z = np.sqrt(expected) * np.log(observed / expected)
    group = np.floor(scipy_stats.rankdata(z) * 10 / 41)
    kept = (group > 0) & (group < 9)
    got = overdispersion(observed, expected, kind="ratio")
    assert got.phi == pytest.approx(np.mean(z[kept] ** 2))


def _slow_overdispersion(y, n):
    """One unit after the other, as methods b.4 says it."""
    target = sum(y) / sum(n)
    z = [
        (math.asin(math.sqrt(a / b)) - math.asin(math.sqrt(target))) * 2 * math.sqrt(b)
        for a, b in zip(y, n, strict=True)
    ]
    low, high = np.percentile(z, 10), np.percentile(z, 90)
    phi = sum(min(max(v, low), high) ** 2 for v in z) / len(z)
    w = [4 * b for b in n]
    k = len(z)
    tau2 = max(0, (k * phi - (k - 1)) / (sum(w) - sum(v * v for v in w) / sum(w)))
    return target, phi, tau2


@pytest.mark.parametrize("rho", [0.0, 0.05])
def test_overdispersion_equals_the_slow_way(rho):
    rng = np.random.default_rng(8)
    n = rng.integers(20, 90, 60)
    p = rng.beta(14 / 20 / rho, 6 / 20 / rho, 60) if rho else 0.7
    y = rng.binomial(n, p)
    assert overdispersion(y, n) == pytest.approx(_slow_overdispersion(y.tolist(), n.tolist()))


def test_overdispersed_limits_follow_the_arcsine_formula_and_narrow_with_n():
    n = np.array([1, 2, 5, 20, 100, 1000, 1e6])
    got = funnel_limits(0.9, n, tau2=0.004)
    for i, size in enumerate(n):
        half = 3.090232 * math.sqrt(1 / (4 * size) + 0.004)
        angle = max(math.asin(math.sqrt(0.9)) - half, 0)
        assert got.low998[i] == pytest.approx(math.sin(angle) ** 2)
    assert (np.diff(got.low95) >= 0).all()
    assert (np.diff(got.high998) <= 0).all()
    assert got.high998.max() <= 1
    assert (got.low95 < funnel_limits(0.9, n, tau2=0.001).low95 + 1e-15).all()


def test_z_is_one_at_one_standard_error():
    angle = math.asin(math.sqrt(0.6)) + 1 / (2 * math.sqrt(50))
    assert funnel_z(50 * math.sin(angle) ** 2, 50, 0.6) == pytest.approx(1)


@pytest.mark.parametrize("rho", [0.0, 0.05])
def test_beta_binomial_limits_equal_scipy(rho):
    n = [3, 8, 40, 8]
    m = 1 / rho - 1 if rho else None
    model = scipy_stats.betabinom(n, 0.9 * m, 0.1 * m) if m else scipy_stats.binom(n, 0.9)
    got = beta_binomial_limits(0.9, n, rho)
    tails = scipy_stats.norm.cdf([-1.959964, 1.959964, -3.090232, 3.090232])
    for limits, tail in zip((got.low95, got.high95, got.low998, got.high998), tails, strict=True):
        # Half-way quantiles keep both sides clear of rounding at exact steps.
        assert limits == pytest.approx(model.ppf(tail) / n)
    assert isinstance(beta_binomial_limits(0.9, 8, rho).low95, float)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: funnel_limits(1.2, 10), "target must lie between 0 and 1: got 1.2"),
        (lambda: funnel_limits(0.5, 0), "n must be more than 0"),
        (lambda: funnel_limits(0.5, 10, -1), "tau2 must not be negative"),
        (lambda: overdispersion([3], [4]), "at least two units"),
        (lambda: overdispersion([3, 4], [4]), "denominators has 1 values where 2"),
        (lambda: overdispersion([3, 4], [4, 0]), "denominators must be more than 0"),
        (lambda: overdispersion([0, 9], [4, 3]), "more than 0 for ratios"),
        (lambda: overdispersion([3, 4], [5, 5], winsorise=0.5), "winsorise"),
        (lambda: overdispersion([3, 9], [5, 5], winsorise=0.4), "leaves no units"),
        (lambda: beta_binomial_limits(0.5, 2.5, 0.1), "whole numbers"),
        (lambda: beta_binomial_limits(0.5, 2, 1), "rho must be"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
