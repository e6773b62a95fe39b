"""Figures from counts, against the same reckoned from single audits, slowly."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldthread.core.measures.counting import Count
from goldthread.core.report.quality.figures import (
    MOST_MORE,
    Auditors,
    change,
    mean,
    rate,
    rounded_up,
)

Z = 1.959963984540054


def solved_wilson(p, n):
    """Wilson's limits as the roots of (p - x)² = z² x(1 - x) / n, found by halving."""

    def root(outside, inside):
        for _ in range(200):
            middle = (outside + inside) / 2
            if (p - middle) ** 2 > Z**2 * middle * (1 - middle) / n:
                outside = middle
            else:
                inside = middle
        return inside

    return root(0.0, p), root(1.0, p)


def slow_rate(answers, auditors, spread, population=None):
    """From each audit's yes or no and who led it: 95% limits as shares."""
    n, p = len(answers), sum(answers) / len(answers)
    left = 1 if population is None else (population - n) / (population - 1)
    chance = p * (1 - p) / n * left
    floor = spread**2 * sum((auditors.count(a) / n) ** 2 for a in set(auditors))
    return solved_wilson(p, p * (1 - p) / (chance + floor))


audits = st.lists(st.tuples(st.booleans(), st.integers(1, 4)), min_size=5, max_size=60)


def led(people, spread=0.05):
    return Auditors({who: people.count(who) for who in set(people)}, spread)


@given(audits, st.sampled_from((0.0, 0.05, 0.2)), st.sampled_from((None, 100)))
def test_a_rate_is_that_of_the_single_audits(rows, spread, population):
    answers, people = [met for met, _ in rows], [who for _, who in rows]
    found = rate(sum(answers), len(answers), led(people, spread), population)
    assert found.n == len(rows)
    assert found.value == pytest.approx(100 * statistics.mean(answers))
    assert 0 <= found.low <= found.value <= found.high <= 100
    if 0 < sum(answers) < len(answers):
        low, high = slow_rate(answers, people, spread, population)
        assert (found.low, found.high) == pytest.approx((100 * low, 100 * high), abs=1e-6)


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=60), st.integers(1, 5))
def test_a_mean_is_that_of_the_single_audits(tenths, people):
    by = [i % people for i in range(len(tenths))]
    count = Count("index", len(tenths), 0, sum(tenths), sum(t * t for t in tenths))
    found = mean(count, led(by))
    values = [t / 10 for t in tenths]
    floor = 5**2 * sum((by.count(a) / len(by)) ** 2 for a in set(by))
    se = math.sqrt(statistics.variance(values) / len(values) + floor)
    half = stats.t.ppf(0.975, len(values) - 1) * se
    middle = statistics.mean(values)
    assert found.value == pytest.approx(middle)
    assert found.low == pytest.approx(max(middle - half, 0), abs=1e-6)
    assert found.high == pytest.approx(min(middle + half, 100), abs=1e-6)
    assert found.auditors_limit == (floor > statistics.variance(values) / len(values))


def test_published_limits():
    """Oracle 47 of the methods: 39 of 60 as process, and as stock of 400 plans."""
    process = rate(39, 60)
    assert (process.low, process.high) == pytest.approx((52.3626, 75.8322), abs=1e-4)
    stock = rate(39, 60, population=400)
    assert (stock.low, stock.high) == pytest.approx((53.3475, 75.1005), abs=1e-3)


@pytest.mark.parametrize("n", range(5))
def test_too_few_audits_give_no_figure(n):
    assert not rate(n, n).known
    assert not mean(Count("index", n)).known
    assert change((n, n), (9, 20)) is None


def test_where_all_met_it_the_interval_is_still_wide():
    found = rate(20, 20)
    assert found.high == 100
    assert found.low < 100 * 20 / (20 + Z**2)  # Wilson's own, without the penalty


def test_when_every_plan_was_audited_only_the_auditors_are_unsure():
    assert rate(30, 50, population=50).low == 60
    known = rate(30, 50, Auditors({1: 50}), population=50)
    assert known.low < 60 < known.high
    assert known.auditors_limit


def test_effective_auditors():
    assert Auditors({1: 10, 2: 10, 3: 10}).effective == pytest.approx(3)
    assert Auditors({1: 28, 2: 1, 3: 1}).effective == pytest.approx(900 / 786)
    assert Auditors().effective == Auditors().variance == 0


def test_the_same_auditors_are_as_strict_in_both_years():
    both = Auditors({1: 50, 2: 50}, spread=0.3)
    found = change((70, 100), (45, 100), both, both)
    assert found.clear
    assert not change((70, 100), (45, 100), both, Auditors({3: 100}, spread=0.3)).clear


@given(st.integers(5, 80), st.integers(5, 80), st.data())
def test_what_would_settle_a_change_settles_it_and_one_less_does_not(n, m, data):
    now, before = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    found = change((now, n), (before, m))
    assert found.points == pytest.approx(100 * (now / n - before / m))
    if found.clear:
        assert found.more is None
    elif found.more is not None:
        assert 0 < found.more <= MOST_MORE
        for more, settled in ((found.more, True), (found.more - 1, False)):
            size = n + more
            low, high = newcombe(now / n * size, size, before, m)
            assert (low > 0 or high < 0) == settled


def newcombe(a, n, b, m):
    (l1, u1), (l2, u2) = solved_wilson(a / n, n), solved_wilson(b / m, m)
    d = a / n - b / m
    return (d - math.hypot(a / n - l1, u2 - b / m), d + math.hypot(u1 - a / n, b / m - l2))


def test_a_number_of_audits_as_one_would_say_it():
    assert [rounded_up(n) for n in (1, 7, 10, 11, 40, 221)] == [1, 7, 10, 20, 40, 230]
