"""Random effects against metafor's published fits."""

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from goldthread.core.stats import random_effects

# dat.bcg (metafor): tuberculosis and none, vaccinated then not, 13 trials.
BCG = np.array(
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
        (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619),
        (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
        (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ]
)  # fmt: skip
SCHOOLS = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])


def _bcg():
    a, b, c, d = BCG.T
    effect = np.log(a / (a + b)) - np.log(c / (c + d))
    return effect, np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def test_bcg_dersimonian_laird():
    got = random_effects(*_bcg(), method="dl")
    assert got == pytest.approx((-0.714117, 0.178742, 0.308760, 152.2330), abs=5e-5)
    assert np.round(got[:3], 6).tolist() == [-0.714117, 0.178742, 0.308760]


def test_bcg_restricted_likelihood():
    assert round(random_effects(*_bcg(), method="reml").tau2, 6) == 0.313243


def test_bcg_paule_mandel():
    """metafor prints .318094, found to within its tolerance of 1.2e-4; at the exact root, which
    statsmodels finds too, Q is 12."""
    y, se = _bcg()
    got = random_effects(y, se, method="pm").tau2
    assert got == pytest.approx(0.318094, abs=1.2e-4)
    assert got == pytest.approx(combine_effects(y, se**2, method_re="iterated").tau2, abs=1e-9)
    w = 1 / (se**2 + got)
    assert w @ (y - w @ y / w.sum()) ** 2 == pytest.approx(12, abs=1e-9)


@pytest.mark.parametrize("method", ["dl", "reml", "pm"])
def test_eight_schools(method):
    got = random_effects(*SCHOOLS, method=method)
    assert np.round(got, 6).tolist() == [7.685617, 4.071919, 0.0, 4.707079]


@pytest.mark.parametrize("method", ["dl", "reml", "pm"])
def test_scale_and_order_do_not_matter(method):
    y, se = _bcg()
    one = random_effects(y, se, method)
    other = random_effects(1000 * y[::-1], 1000 * se[::-1], method)
    assert other.tau2 == pytest.approx(1e6 * one.tau2)
    assert other.mean == pytest.approx(1000 * one.mean)


def test_reml_is_the_top_of_its_likelihood():
    y, se = _bcg()
    best = random_effects(y, se, "reml").tau2

    def restricted(tau2):
        w = 1 / (se**2 + tau2)
        mean = w @ y / w.sum()
        return 0.5 * (np.log(w).sum() - np.log(w.sum()) - w @ (y - mean) ** 2)

    assert restricted(best) > max(restricted(best - 1e-3), restricted(best + 1e-3))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: random_effects([1], [1]), "at least two units"),
        (lambda: random_effects([1, 2], [1, 0]), "ses must be more than 0"),
        (lambda: random_effects([1, 2], [1, 1, 1]), "ses has 3 values where 2"),
        (lambda: random_effects([1, 2], [1, 1], "mle"), "one of dl, reml, pm"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
