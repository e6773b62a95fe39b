"""The fast gamma and beta draws against NumPy's own distributions."""

import numpy as np
import pytest
from scipy import stats

from goldthread.core.stats.draws import DRAWS, beta_draws, normal_noise

SHAPES = [(0.0, 3.0), (0.3, 0.3), (0.45, 40.0), (0.8, 5.0), (1.0, 1.0), (2.5, 7.0), (40.0, 60.0)]
SHAPES += [(4000.0, 9000.0), (2e4, 5.0)]


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_beta_draws_follow_the_beta_distribution(a, b):
    """48,000 draws each: a wrong acceptance rule of one in a hundred would show.

    Below 1e-6 and above 1 - 1e-4 draws are only told apart, not placed.
    """
    nothing = np.full(DRAWS, 0.2)
    draws = np.sort(beta_draws(np.full(12, a), np.full(12, b), nothing, nothing).ravel())
    distance = stats.beta(a + 0.2, b + 0.2).cdf(draws) - (np.arange(draws.size) + 0.5) / draws.size
    clear = (draws > 1e-6) & (draws < 1 - 1e-4)
    assert np.abs(distance[clear]).max() < 0.0075


def test_each_draw_has_its_own_shape():
    extra = np.linspace(0.1, 30, DRAWS)
    draws = beta_draws(np.full(8, 3.0), np.full(8, 5.0), extra, extra[::-1])
    for half in (slice(0, 400), slice(3600, 4000)):
        expected = ((3 + extra[half]) / (8 + extra[half] + extra[::-1][half])).mean()
        assert draws[:, half].mean() == pytest.approx(expected, abs=0.01)


def test_rows_are_independent():
    nothing = np.full(DRAWS, 0.2)
    draws = beta_draws(np.full(30, 4.0), np.full(30, 4.0), nothing, nothing)
    between = np.corrcoef(draws)[np.triu_indices(30, 1)]
    assert np.abs(between).max() < 0.08


def test_more_rows_do_not_change_the_first():
    assert (normal_noise(3) == normal_noise(60)[:3]).all()
    with pytest.raises(ValueError, match="read-only"):
        normal_noise(3)[0, 0] = 1
