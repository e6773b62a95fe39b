"""The quantity grammar against a table of real ways to write amounts, and a slow oracle."""

from __future__ import annotations

from string import digits

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.checks.wording.quantities import (
    Quantities,
    amount,
    quantities,
    totals_agree,
)
from goldthread.core.checks.words import plain

WEEKS = {"week": 38, "day": 190, "fortnight": 19, "half term": 6, "term": 3, "year": 1}


def read(text: str) -> Quantities:
    return quantities(plain(text))


@pytest.mark.parametrize(
    ("text", "minutes", "times"),
    [
        ("45 minutes once a week in term time (36 sessions a year)", 45, 38),
        ("3 × 45 minutes each half term", 45, 18),
        ("2x30 mins per week", 30, 76),
        ("15 min x 5 per week", 15, 190),
        ("20 minutes every school day", 20, 190),
        ("30 minutes, four days a week", 30, 152),
        ("60 minutes twice each half term", 60, 12),
        ("half an hour every Monday", 30, 38),
        ("an hour and a half weekly", 90, 38),
        ("1½ hours per fortnight", 90, 19),
        ("1.5 hrs every fortnight", 90, 19),
        ("1 hour 30 minutes a week", 90, 38),
        ("forty-five minutes, twice a week", 45, 76),
        ("a 45-minute session every two weeks", 45, 19),
        ("one hour once per term", 60, 3),
        ("12 one-hour sessions of cane training a year", 60, 12),
        ("40 minutes six-weekly", 40, 38 / 6),
        ("20 mins, 4 x per week", 20, 152),
        ("each Wednesday, 10am to 10.45am", 45, 38),
        ("every Wednesday from 6pm to 8pm", 120, 38),
        ("11.30am to 12.15pm on Tuesdays", 45, 38),
        ("36 weekly sessions of 45 minutes", 45, 36),
        ("40 minutes half termly", 40, 6),
        ("5 x 10 mins p/w", 10, 190),
        ("20 mins pw", 20, 38),
        ("2 hrs/wk", 120, 38),
        ("20 minutes, Monday to Friday", 20, 190),
        ("40 minutes on Tuesday afternoons", 40, 38),
        ("one hour on alternate weeks", 60, 19),
        ("10 minutes x2 daily", 10, 380),
        ("10 minutes every weekday", 10, 190),
        ("a group for 30 minutes weekly", 30, 38),
        ("a class of 30 minutes weekly", 30, 38),
        ("50 minutes for a term, weekly", 50, 38),
    ],
)
def test_how_long_and_how_often(text: str, minutes: float, times: float) -> None:
    found = read(text)
    assert found.durations[0].minutes == minutes
    assert found.frequencies[0].per_year == pytest.approx(times)
    assert amount(found).minutes_per_year == pytest.approx(minutes * times)


@pytest.mark.parametrize(
    ("text", "weekly"),
    [
        ("6 hours a term: four 45-minute direct sessions, 2 hours of training", 1080 / 38),
        ("ten hours of 1:1 support per week", 600),
        ("for all 32.5 hours of the school week", 1950),
        ("a total of 8 hours a week", 480),
        ("10 minutes a day, 4 days a week", 40),
        ("no less than 6 hours a term of direct therapy in 45-minute sessions", 1080 / 38),
    ],
)
def test_totals_come_before_length_times_frequency(text: str, weekly: float) -> None:
    assert amount(read(text)).minutes_per_week == pytest.approx(weekly)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("up to 10 hours a week", "ceiling"),
        ("a maximum of two hours a week", "ceiling"),
        ("no more than 30 minutes a day", "ceiling"),
        ("at least 10 hours a week", "floor"),
        ("no fewer than three hours a week", "floor"),
        ("a minimum of 2 hours a week", "floor"),
        ("approximately 10 hours a week", "about"),
        ("5 to 15 hours a week", "range"),
        ("30-45 minutes a week", ""),
        ("10 hours a week", ""),
    ],
)
def test_ceilings_floors_and_ranges(text: str, bound: str) -> None:
    found = read(text)
    assert found.durations[0].bound == bound
    assert bool(found.ceilings) == (bound in ("ceiling", "range"))


def test_a_floor_beside_a_ceiling_clears_it() -> None:
    assert not read("up to 12 sessions a term, but no less than 6 hours a term").ceilings


@pytest.mark.parametrize(
    ("text", "size", "ratio"),
    [
        ("in a group of no more than three", 3, ""),
        ("groups of up to 4", 4, ""),
        ("class size of no more than eight", 8, ""),
        ("with two other pupils", 2, ""),
        ("in a pair", 2, ""),
        ("one-to-one", 1, "1:1"),
        ("at 1:1", 1, "1:1"),
        ("1-1", 1, "1:1"),
        ("taught individually", 1, "1:1"),
        ("in pairs", 2, ""),
        ("2:1", 1, "2:1"),
        ("a ratio of 1:4", 4, "1:4"),
    ],
)
def test_groups_and_ratios(text: str, size: float, ratio: str) -> None:
    (group,) = read(text).groups
    assert (group.size, group.ratio) == (size, ratio)
    assert not read(text).ceilings


@pytest.mark.parametrize(
    "text",
    [
        "Tomasz asks 8 times in 10", "send advice within five school days", "at 12:30 and 8.40",
        "Year 6", "leave five minutes early", "Level 3", "page 12", "the week ahead",
        "a day centre", "each of his teachers", "all two staff", "meet at one to one pm",
        "in a week", "alternate pupils", "on Monday",
        "a group of no more than up to a maximum",
    ],
)  # fmt: skip
def test_what_is_no_amount_of_provision(text: str) -> None:
    assert not read(text).durations
    assert not read(text).frequencies


@pytest.mark.parametrize(
    "text", ["throughout the school day", "full-time", "at all times", "all day", "for the whole "
             "of the 30-hour school week", "for all 32.5 hours of the week"],
)  # fmt: skip
def test_whole_time(text: str) -> None:
    assert read(text).whole_time


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("27 hours a year: 45 minutes × 36", True),
        ("27 hours a year (36 weekly sessions of 45 minutes)", True),
        ("50 hours a year (36 weekly sessions of 45 minutes)", False),
        ("45 minutes once a week", None),
    ],
)
def test_totals_are_reconciled(text: str, agrees: bool | None) -> None:
    assert totals_agree(read(text)) is agrees


@given(
    st.integers(2, 12),
    st.integers(5, 240),
    st.sampled_from(sorted(WEEKS)),
    st.sampled_from(["{n} × {m} minutes {p} {u}", "{m} minutes, {n} times {p} {u}",
                     "{n} {m}-minute sessions {p} {u}", "{n} sessions of {m} minutes {p} {u}"]),
    st.sampled_from(["a", "per", "each", "every"]),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_counts_times_minutes_times_periods(n: int, m: int, unit: str, form: str, per: str) -> None:
    found = amount(read(form.format(n=n, m=m, u=unit, p=per)))
    assert found.minutes_per_year == pytest.approx(n * m * WEEKS[unit])
    assert found.minutes_per_week == pytest.approx(n * m * WEEKS[unit] / 38)


@given(st.text(alphabet=digits + " ½x×:-/.aeghrmnuotwkysv()%·", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_offsets_stay_inside(text: str) -> None:
    low = plain(text)
    found = quantities(low)
    for part in (*found.durations, *found.frequencies, *found.groups):
        assert 0 <= part.start < part.end <= len(low)
    amount(found)
    totals_agree(found)


@pytest.mark.parametrize(
    "text", ["half a day each term", "two half days a week", "one day a week", "two nights a month"]
)
def test_days_and_nights_are_lengths_without_minutes(text: str) -> None:
    found = read(text)
    assert found.durations[0].minutes is None
    assert found.frequencies[0].per_year
    assert amount(found).minutes_per_week is None
