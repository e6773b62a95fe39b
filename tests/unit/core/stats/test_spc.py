"""The XmR chart against NHSRplotthedots."""

import math

import numpy as np
import pytest

from goldthread.core.stats import Signal, seven_point_trend, two_of_three, xmr

DEVIATIONS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_limits_published():
    """NHSRplotthedots vignettes/deviations.Rmd."""
    mean, low, high, signals = xmr(DEVIATIONS)
    assert [round(v, 2) for v in (mean, low, high)] == [1.94, -0.72, 4.60]
    assert signals == (Signal("outside", 4, 4),)
    plain = xmr(DEVIATIONS, screen=False)
    assert [round(v, 2) for v in (plain.low, plain.high)] == [-3.06, 6.95]


def test_seven_point_trend_published():
    """NHSRplotthedots test-ptd_calculate_point_type.R."""
    assert seven_point_trend([2, *range(1, 8), 3]).tolist() == [0] * 7 + [1, 0]
    assert seven_point_trend([2, *range(7, 0, -1), 3]).tolist() == [0] * 7 + [-1, 0]
    assert seven_point_trend([1, 2, 3, 3, 4, 5, 6]).tolist() == [0] * 7
    assert seven_point_trend(range(1, 7)).tolist() == [0] * 6
    assert seven_point_trend([]).tolist() == []


def test_two_of_three_published():
    """NHSRplotthedots test-ptd_calculate_point_type.R."""
    far = [0, 0, 1, 0, 1, 0, 0]
    assert two_of_three(far, [1] * 7).astype(int).tolist() == [0, 0, 1, 1, 1, 0, 0]
    assert two_of_three([0, 0, 1, 1, 0, 0, 0], [1] * 7).astype(int).tolist() == [
        0,
        1,
        1,
        1,
        1,
        0,
        0,
    ]
    assert not two_of_three(far, [1, -1, 1, -1, 1, -1, 1]).any()
    assert not two_of_three([1, 0, 0, 1], [1] * 4).any()


def test_signals_say_where():
    steady = [0.0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
    run = xmr([*steady, *[0.8] * 7], baseline=12)
    assert Signal("same side", 11, 18) in run.signals
    rising = xmr([*steady, *np.arange(7) / 10], baseline=12)
    assert Signal("trend", 12, 18) in rising.signals
    far = xmr([*steady, 2.5, 2.5], baseline=12)
    assert Signal("two of three", 11, 13) in far.signals
    assert far.high > 2.5


def test_baseline_is_locked():
    steady = [0.0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
    later = xmr([*steady, 9, 9, 9], baseline=12)
    assert (later.mean, later.low, later.high) == tuple(xmr(steady))[:3]
    assert [s.first for s in later.signals if s.rule == "outside"] == [12, 13, 14]


@pytest.mark.parametrize(
    ("points", "status"),
    [(5, "no limits"), (6, "trial limits"), (11, "trial limits"), (12, "limits")],
)
def test_status_by_number_of_points(points, status):
    got = xmr(DEVIATIONS[:points])
    assert got.status == status
    assert math.isnan(got.low) == (status == "no limits")


def test_a_flat_series_has_no_signals():
    assert xmr([3.0] * 15).signals == ()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: xmr([]), "values must not be empty"),
        (lambda: xmr([1, float("nan"), 2]), "finite"),
        (lambda: xmr([1, 2, 3], baseline=2), "baseline must be at least 6"),
    ],
)
def test_impossible_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_chart_can_be_taken_apart_by_place():
    chart = xmr([1.0, 2.0] * 6)
    assert (chart[0], chart[1], chart[2], chart[3]) == tuple(chart)
