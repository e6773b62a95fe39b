"""Agreement beyond chance against published tables and the definitions written out."""

import itertools
import math

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as other_fleiss

from goldthread.core.stats import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    krippendorff_alpha,
)

NAN = math.nan
# Krippendorff 2011, table E: four observers, twelve units.
RELIABILITY = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
# Fleiss's table as Wikipedia prints it: ten subjects, fourteen raters.
SUBJECTS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
COHEN = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]
SHROUT_FLEISS = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
]  # fmt: skip


def test_cohen_1968():
    """κ .491525; weights 0 1 3/1 0 6/3 6 0 give .347826 (as in R's psych)."""
    assert round(cohen_kappa(COHEN).value, 6) == 0.491525
    weighted = cohen_kappa(COHEN, [[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert round(weighted.value, 6) == 0.347826
    assert weighted[1:4] == (None, None, 0)
    assert "counts" in weighted.why


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_cohen_is_statsmodels(weights):
    table = np.random.default_rng(3).integers(0, 20, (4, 4))
    got = cohen_kappa(table, weights)
    other = cohens_kappa(table, wt=weights)
    assert got.value == pytest.approx(other.kappa, abs=1e-12)
    assert got.n == table.sum()
    # Large-sample limits (Fleiss, Cohen and Everitt 1969) and resampled ones nearly meet.
    assert (got.low, got.high) == pytest.approx((other.kappa_low, other.kappa_upp), abs=0.03)


def test_fleiss_1971():
    got = fleiss_kappa(SUBJECTS)
    assert got.value == pytest.approx(0.209930, abs=1e-6)
    assert got.value == pytest.approx(other_fleiss(np.array(SUBJECTS)), abs=1e-12)
    assert got.low < got.value < got.high
    assert got.n == 10


@pytest.mark.parametrize(
    ("level", "alpha"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorff_2011(level, alpha):
    got = krippendorff_alpha(RELIABILITY, level)
    assert round(got.value, 6) == alpha
    assert got.n == 11
    assert got.low < alpha < got.high


def _apart(a, b, level, marks):
    if level == "nominal":
        return float(a != b)
    if level == "interval":
        return (a - b) ** 2
    if level == "ratio":
        return ((a - b) / (a + b)) ** 2
    low, high = min(a, b), max(a, b)
    between = sum(low <= m <= high for m in marks)
    return (between - sum(m == a for m in marks) / 2 - sum(m == b for m in marks) / 2) ** 2


def slow_alpha(ratings, level):
    """By the definition: mean difference within units over mean difference of any two marks."""
    units = [[r for r in column if not math.isnan(r)] for column in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    marks = [m for unit in units for m in unit]
    observed = sum(
        _apart(a, b, level, marks) / (len(unit) - 1)
        for unit in units
        for a, b in itertools.permutations(unit, 2)
        if a != b
    )
    expected = sum(
        _apart(a, b, level, marks) for a, b in itertools.permutations(marks, 2) if a != b
    )
    return 1 - observed / len(marks) / (expected / (len(marks) * (len(marks) - 1)))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_by_definition(level):
    rng = np.random.default_rng(8)
    ratings = rng.integers(1, 6, (5, 15)).astype(float)
    ratings[rng.random(ratings.shape) < 0.3] = NAN
    got = krippendorff_alpha(ratings, level, draws=10).value
    assert got == pytest.approx(slow_alpha(ratings.tolist(), level), abs=1e-12)


def test_alpha_of_many_values_has_no_interval():
    ratings = np.random.default_rng(1).normal(size=(2, 40))
    got = krippendorff_alpha(ratings, "interval")
    assert got.low is None
    assert "20" in got.why


def test_none_is_missing_too():
    ratings = [[None if math.isnan(x) else x for x in row] for row in RELIABILITY]
    assert krippendorff_alpha(ratings, "ordinal") == krippendorff_alpha(RELIABILITY, "ordinal")


def test_gwet():
    """irrCAC on the same marks: AC1 .77544, AC2 with quadratic weights .914."""
    assert round(gwet_ac(RELIABILITY).value, 5) == 0.77544
    assert round(gwet_ac(RELIABILITY, "quadratic").value, 5) == 0.91400


def slow_gwet(ratings, weight, categories):
    """Gwet 2014 written out, unit by unit."""
    units = [[r for r in column if not math.isnan(r)] for column in zip(*ratings, strict=True)]
    twice = [unit for unit in units if len(unit) > 1]
    pa = np.mean([np.mean([weight(a, b) for a, b in itertools.permutations(u, 2)]) for u in twice])
    marked = [unit for unit in units if unit]
    pi = [np.mean([unit.count(k) / len(unit) for unit in marked]) for k in categories]
    total = sum(weight(a, b) for a in categories for b in categories)
    q = len(categories)
    pe = total / (q * (q - 1)) * sum(p * (1 - p) for p in pi)
    return (pa - pe) / (1 - pe)


@pytest.mark.parametrize("weights", [None, "quadratic"])
def test_gwet_by_definition(weights):
    rng = np.random.default_rng(4)
    ratings = rng.integers(0, 3, (3, 20)).astype(float)
    ratings[rng.random(ratings.shape) < 0.3] = NAN

    def weight(a, b):
        return float(a == b) if weights is None else 1 - ((a - b) / 3) ** 2

    got = gwet_ac(ratings, weights, categories=[0, 1, 2, 3], draws=10).value
    assert got == pytest.approx(slow_gwet(ratings.tolist(), weight, [0, 1, 2, 3]), abs=1e-12)


def test_shrout_fleiss_1979():
    """Their six values; intervals as R's psych prints them."""
    got = icc(SHROUT_FLEISS)
    assert [round(c.value, 4) for c in got] == [0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093]
    ends = [(round(c.low, 2), round(c.high, 2)) for c in got]
    assert ends == [
        (-0.13, 0.72), (0.02, 0.76), (0.34, 0.95), (-0.88, 0.91), (0.07, 0.93), (0.68, 0.99),
    ]  # fmt: skip
    assert {c.n for c in got} == {6}


def test_icc_by_sums_of_squares():
    marks = np.random.default_rng(2).normal(size=(9, 3)).tolist()
    n, k = 9, 3
    everything = [x for row in marks for x in row]
    grand = sum(everything) / (n * k)
    columns = [sum(row[j] for row in marks) / n for j in range(k)]
    rows = [sum(row) / k for row in marks]
    ssb = k * sum((r - grand) ** 2 for r in rows)
    ssj = n * sum((c - grand) ** 2 for c in columns)
    sst = sum((x - grand) ** 2 for x in everything)
    msb, msw = ssb / (n - 1), (sst - ssb) / (n * (k - 1))
    msj, mse = ssj / (k - 1), (sst - ssb - ssj) / ((n - 1) * (k - 1))
    got = icc(marks)
    assert got.icc11.value == pytest.approx((msb - msw) / (msb + (k - 1) * msw))
    assert got.icc21.value == pytest.approx(
        (msb - mse) / (msb + (k - 1) * mse + k * (msj - mse) / n)
    )
    assert got.icc3k.value == pytest.approx((msb - mse) / msb)


def test_kappa_is_icc_in_the_long_run():
    """Quadratic kappa tends to ICC(2,1) (Fleiss and Cohen 1973)."""
    rng = np.random.default_rng(6)
    true = rng.normal(size=3000)
    first, second = (np.clip(np.round(true + rng.normal(0, 0.6, 3000) + 1.5), 0, 3) for _ in "ab")
    table = np.histogram2d(first, second, bins=4, range=[[-0.5, 3.5]] * 2)[0]
    got = cohen_kappa(table, "quadratic", draws=10).value
    assert got == pytest.approx(icc(np.column_stack([first, second])).icc21.value, abs=1e-3)


def test_nothing_to_tell():
    alike = [[2, 2, 2, 2], [2, 2, 2, 2]]
    undefined = [
        cohen_kappa([[0, 0], [0, 5]]),
        cohen_kappa([[0, 0], [0, 0]]),
        fleiss_kappa([[3, 0], [3, 0]]),
        krippendorff_alpha(alike, "ordinal"),
        krippendorff_alpha([[1, None], [None, 2]], "nominal"),
        gwet_ac(alike),
        gwet_ac([[1, None], [None, 2]]),
        *icc([[2, 2], [2, 2]]),
    ]
    for got in undefined:
        assert got[:3] == (None, None, None)
        assert got.why.endswith(".")


def test_all_alike_on_a_known_scale_is_not_certain():
    got = gwet_ac([[2] * 6, [2] * 6], "quadratic", categories=[0, 1, 2, 3])
    assert got.value == 1
    assert got.low < 1


def test_raters_a_constant_apart():
    got = icc([[1, 2], [2, 3], [3, 4]])
    assert got.icc31.value == 1
    assert got.icc21.value == pytest.approx(2 / (2 + 2 * 1.5 / 3))
    assert got.icc31.low is None
    assert "constant" in got.icc31.why


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: cohen_kappa([[1, 2, 3], [1, 2, 3]]), "square"),
        (lambda: cohen_kappa([[1, -2], [1, 2]]), "negative"),
        (lambda: cohen_kappa([[1, 2], [1, 2]], "cubic"), "weights"),
        (lambda: cohen_kappa([[1, 2], [1, 2]], [[1, 1], [1, 1]]), "diagonal"),
        (lambda: cohen_kappa([[1, 2], [1, 2]], np.eye(3)), "2 x 2"),
        (lambda: cohen_kappa([[1, 2], [1, 2]], confidence=95), "confidence"),
        (lambda: fleiss_kappa([[3, 0], [2, 0]]), "as many raters"),
        (lambda: fleiss_kappa([3, 0]), "table"),
        (lambda: krippendorff_alpha([[1, 2], [1, 2]], "other"), "level"),
        (lambda: krippendorff_alpha([[-1, 2], [1, 2]], "ratio"), "negative"),
        (lambda: krippendorff_alpha([["a", 2], [1, 2]], "ratio"), "numbers"),
        (lambda: krippendorff_alpha([1, 2], "nominal"), "table"),
        (lambda: krippendorff_alpha([[math.inf, 2], [1, 2]], "nominal"), "finite"),
        (lambda: gwet_ac([[1, 2], [1, 2]], "linear"), "weights"),
        (lambda: gwet_ac([[1, 9], [1, 2]], categories=[1, 2]), "9"),
        (lambda: icc([[1, 2]]), "two rows"),
        (lambda: icc([[1, NAN], [1, 2]]), "finite"),
    ],
)
def test_impossible_input(call, words):
    with pytest.raises(ValueError, match=words):
        call()
