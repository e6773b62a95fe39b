"""Months joined into points, and what the chart says of them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.measures.counting import Count
from goldthread.core.report.quality import charts, series
from goldthread.core.report.quality.asked import plus
from goldthread.core.stats import xmr

START = dt.date(2024, 1, 1)
BANDS = ["Inadequate", "Requires improvement", "Good", "Outstanding"]


def index_months(sizes, value=700):
    return {
        plus(START, i): Count("index", n, 0, n * value, n * value**2) for i, n in enumerate(sizes)
    }


@given(st.lists(st.integers(0, 9), max_size=40))
def test_no_point_has_fewer_than_five_and_no_audit_is_lost(sizes):
    found = series.points(index_months(sizes))
    assert all(point.count.n >= 5 for point in found)
    total = sum(sizes)
    assert sum(point.count.n for point in found) == (total if total >= 5 and found else 0)
    assert (not found) == (total < 5)
    ends = [month for point in found for month in (point.first, point.last)]
    assert ends == sorted(ends)


def test_a_month_of_few_joins_the_next_and_the_rest_joins_the_last():
    found = series.points(index_months([3, 4, 6, 0, 2]))
    assert [(p.label, p.count.n) for p in found] == [
        ("January to February 2024", 7), ("March to May 2024", 8),
    ]  # fmt: skip


def test_a_point_over_the_new_year_names_both_years():
    point = series.Point(dt.date(2025, 12, 1), dt.date(2026, 1, 1), Count("index", 5))
    assert point.label == "December 2025 to January 2026"


def test_who_began_and_who_stopped_is_counted():
    months = index_months([5] * 5)
    by = {plus(START, i): people for i, people in enumerate(([1], [1, 2], [2], [2], [2, 3]))}
    found = series.with_roster(series.points(months), by)
    assert [(p.joined, p.left) for p in found] == [(0, 0), (1, 0), (0, 1), (0, 0), (1, 0)]
    assert found[2].roster == "1 lead auditor stopped"


def test_limits_are_those_of_the_first_twelve_points():
    values = [600 + 10 * (i % 2) for i in range(12)] + [800] * 3
    months = {plus(START, i): Count("index", 5, 0, 5 * v, 5 * v * v) for i, v in enumerate(values)}
    found = series.points(months)
    chart = series.control(found)
    expected = xmr([v / 10 for v in values], baseline=12)
    assert tuple(chart)[:3] == tuple(expected)[:3]
    assert series.said(chart, found) == "It has moved: March 2025 lies outside the usual range."


@pytest.mark.parametrize(
    ("points", "said"), [(1, "5 more"), (5, "1 more"), (6, "Trial limits"), (12, "No more than")]
)
def test_few_points_are_said_to_be_few(points, said):
    found = series.points(index_months([5] * points))
    assert said in series.said(series.control(found), found)


def test_without_a_point_nothing_is_said():
    assert "too few" in series.said(series.control([]), [])


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 4), min_size=1, max_size=30))
def test_bars_fill_the_plot_and_the_words_have_every_number(shares):
    months = {
        plus(START, i): Count("band", sum(at), at[2] + at[3], 0, 0, *at)
        for i, at in enumerate(shares)
    }
    found = series.points(months)
    for narrow in (False, True) if found else ():
        drawn = charts.grades(found, BANDS, narrow)
        kept = found[-charts.MOST[narrow] :]
        shown = [word.text for word in drawn.words]
        assert [str(p.count.n) for p in kept] == shown[3 : 3 + len(kept)]
        assert all(0 <= word.x <= drawn.width for word in drawn.words)
        assert kept[-1].label in drawn.alt


def test_the_picture_of_the_index_says_what_it_shows():
    months = index_months([5] * 14)
    by = {month: [1] if i < 7 else [2] for i, month in enumerate(months)}
    found = series.with_roster(series.points(months), by)
    drawn = charts.index(found)
    assert "70 from 5 audits" in drawn.alt
    assert "August 2024: 1 lead auditor began, 1 lead auditor stopped" in drawn.alt
    assert "Upright line" in charts.index_key(found)
    assert "Square" not in charts.index_key(found)
