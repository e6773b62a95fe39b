"""Plans a month, and what becomes of those that were not done."""

import pytest

from goldthread.core.audit.quota import monthly, schedule

NAMES = ("September", "October", "November", "December", "January")


def test_a_year_by_largest_remainder():
    assert monthly(96) == (8,) * 12
    assert monthly(91) == (8, 8, 7, 8, 7, 8, 8, 7, 8, 7, 8, 7)
    assert monthly(6) == (1, 0) * 6
    assert monthly(0) == (0,) * 12
    assert monthly(5, 3) == (2, 2, 1)


@pytest.mark.parametrize(("plans", "months"), [(-1, 12), (5, 0)])
def test_no_such_year(plans, months):
    with pytest.raises(ValueError, match="cannot be divided"):
        monthly(plans, months)


def test_backlog_is_carried_two_months_and_then_lost():
    months = schedule(NAMES, [8] * 5, [5, 6, 2, 4])
    assert [month.sentence for month in months] == [
        "8 a month. 5 plans done, 3 left.",
        "8 a month; 3 carried from September. 6 plans done, 5 left.",
        "8 a month; 5 carried from October. 2 plans done, 11 left.",
        "8 a month; 3 carried from October; 8 carried from November. 4 plans done, 15 left.",
        "8 a month; 7 carried from November; 8 carried from December.",
    ]
    assert [month.due for month in months] == [8, 11, 13, 19, 23]


def test_what_is_lost_is_said():
    months = schedule(NAMES, [8] * 5, [5, 0, 1, 0])
    assert months[2].carried == (("September", 3), ("October", 8))
    assert months[2].lapsed == (("September", 2),)
    assert months[2].sentence == (
        "8 a month; 3 carried from September; 8 carried from October. 1 plan done, 18 left. 2 "
        "plans from September were not done within 2 months after it: the sample is that much "
        "short."
    )
    assert months[3].carried == (("October", 8), ("November", 8))
    assert months[3].lapsed == (("October", 8),)
    assert months[4].carried == (("November", 8), ("December", 8))
    assert months[4].done is None


def test_work_ahead_counts_for_the_months_to_come():
    months = schedule(NAMES, [8] * 5, [19, 5])
    assert [month.ahead for month in months] == [0, 8, 8, 0, 0]
    assert [month.due for month in months] == [8, 0, 0, 8, 8]
    assert months[1].sentence == "8 a month; 8 done before. 5 plans done, 0 left."


def test_a_month_to_come_carries_nothing_further():
    months = schedule(NAMES, [8] * 5, [5])
    assert months[1].sentence == "8 a month; 3 carried from September."
    assert months[1].left == 11
    assert months[2].sentence == "8 a month."


@pytest.mark.parametrize(
    ("names", "quotas", "done", "words"),
    [
        (NAMES[:2], [8], [], "a name and a quota"),
        (NAMES[:1], [8], [1, 2], "a name and a quota"),
        (NAMES[:1], [8], [-1], "must not be negative"),
    ],
)
def test_what_is_no_year_is_refused_in_words(names, quotas, done, words):
    with pytest.raises(ValueError, match=words):
        schedule(names, quotas, done)
