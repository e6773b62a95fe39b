"""What is said, and what is not."""

import datetime as dt

import pytest

from goldthread.core.report.quality import sentences
from goldthread.core.report.quality.asked import Asked
from goldthread.core.report.quality.figures import Auditors, Figure, change, rate

YEAR = Asked(dt.date(2025, 12, 1), dt.date(2026, 11, 1))


def said(now, before):
    return sentences.changed(change(now, before), rate(*before), YEAR)


def test_a_change_is_said_only_when_it_is_clear():
    assert said((80, 100), (50, 100)).startswith("That is clearly more than before: it was 50% of")
    assert said((50, 100), (80, 100)).startswith("That is clearly fewer than before")
    unsure = said((60, 100), (50, 100))
    assert unsure.startswith("We cannot tell whether that has changed")
    assert "more audits would settle it" in unsure
    assert "Not even 2,000 more audits" in said((501, 1000), (500, 1000))
    assert said((3, 100), (2, 4)).startswith("Fewer than 5 were graded in the 12 months before")


def test_few_audits_have_no_figure():
    assert sentences.good(Figure(3)) == "Fewer than 5 of them have a grade, so no figure is shown."
    assert sentences.good(Figure(0)) == "None of them has a grade."
    assert sentences.percent(Figure(3)) == "too few"
    assert sentences.likely(Figure(3)) == ""


def test_a_figure_has_its_number_and_its_range():
    text = sentences.good(rate(39, 60), without=2)
    assert text == (
        "39 of 60 are good or better: 65% (likely 52% to 76%). 2 could not be graded."
    )  # fmt: skip


@pytest.mark.parametrize("draw", ["thematic", "risk-led", "draft", "imported"])
def test_what_was_chosen_otherwise_says_so(draw):
    text = sentences.counted(Asked(YEAR.since, YEAR.until, draw=draw), 7)
    assert text.startswith("7 plans were ")
    assert text.count(".") == 2


def test_periods_in_words():
    month = dt.date(2026, 11, 1)
    assert sentences.period(YEAR) == "in the 12 months to November 2026"
    assert sentences.period(Asked(month, month)) == "in November 2026"
    chosen = Asked(dt.date(2026, 1, 1), month, usual=False)
    assert sentences.period(chosen) == "from January 2026 to November 2026"


def test_more_auditors_are_asked_for_only_where_they_limit():
    few, many = Auditors({1: 200}), Auditors({who: 10 for who in range(20)})
    limited = rate(100, 200, few)
    assert (
        sentences.sharpen([limited], few) == f"{sentences.MORE_AUDITORS} 1 person led these audits."
    )
    uneven = Auditors({1: 180, 2: 10, 3: 10})
    assert "3 people led these audits, as good as 1.2 equally busy" in sentences.sharpen(
        [rate(100, 200, uneven)], uneven
    )
    assert sentences.sharpen([rate(100, 200, many)], many) == ""
    assert sentences.sharpen([limited], Auditors()) == ""


def test_stock_without_a_number_of_plans_says_that_it_is_process():
    stock = Asked(YEAR.since, YEAR.until, figure="stock")
    assert "about how this authority writes plans" in sentences.about(stock, None, 60)
    assert "the 400 plans held now, of which 60" in sentences.about(stock, 400, 60)
