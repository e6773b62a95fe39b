import pytest

from goldthread.core.benchmark.states import more_needed, state_of
from goldthread.core.benchmark.values import State

CASES = [
    # n, reliability, above, similar, state
    (9, 0.99, 1.0, 0.0, State.OWN_DATA_ONLY),
    (10, 0.49, 1.0, 0.0, State.CANNOT_TELL),
    (10, 0.50, 0.975, 0.0, State.CLEARLY_ABOVE),
    (10, 0.50, 0.974, 0.0, State.NO_CLEAR_DIFFERENCE),
    (10, 0.69, 0.025, 0.0, State.CLEARLY_BELOW),
    (10, 0.69, 0.95, 0.0, State.NO_CLEAR_DIFFERENCE),
    (10, 0.70, 0.95, 0.0, State.PROBABLY_ABOVE),
    (10, 0.70, 0.90, 0.0, State.PROBABLY_ABOVE),
    (10, 0.70, 0.899, 0.0, State.NO_CLEAR_DIFFERENCE),
    (10, 0.70, 0.10, 0.0, State.PROBABLY_BELOW),
    (10, 0.70, 0.5, 0.81, State.ABOUT_THE_SAME),
    (10, 0.70, 0.5, 0.80, State.NO_CLEAR_DIFFERENCE),
    (5000, 0.99, 1.0, 0.95, State.ABOUT_THE_SAME),  # sure, and too small to act on
    (5000, 0.60, 1.0, 0.95, State.NO_CLEAR_DIFFERENCE),  # not reliable enough to say alike
]


@pytest.mark.parametrize(("n", "reliability", "above", "similar", "expected"), CASES)
def test_gates(n, reliability, above, similar, expected):
    assert state_of(n, reliability, above, similar) is expected


@pytest.mark.parametrize(("rho", "half", "good"), [(0.03, 33, 76), (0.06, 16, 37), (0.10, 9, 21)])
def test_more_needed_agrees_with_the_published_table(rho, half, good):
    """methods b.5: plans for reliability .5 and .7 at three correlations."""
    concentration = 1 / rho - 1
    n = round(concentration)  # reliability one half
    assert abs(n - half) <= 1
    assert abs(n + more_needed(n, n / (n + concentration)) - good) <= 1
