"""A comparison as a row: words beside icons, and chance said where it may be chance."""

import pytest

from goldthread.core.benchmark.values import State
from goldthread.web.rows import ICONS, MAY_BE_CHANCE, WORDS, row_of
from tests import builders


def test_every_state_has_an_icon_and_words_of_its_own():
    assert set(ICONS) == set(WORDS) == set(State)
    assert len(set(ICONS.values())) == len(set(WORDS.values())) == len(State)


def test_a_row_says_what_the_comparison_says():
    row = row_of(builders.comparison(), "/here/")
    assert (row.value, row.likely, row.peers, row.england) == (
        "61.3%", "56.4 to 65.9", "46.0%", "45.9%",
    )  # fmt: skip
    assert (row.state, row.side, row.remark) == ("Clearly higher", "favourable", "")
    assert row.trend.startswith("Rising")


@pytest.mark.parametrize(
    ("good", "side"), [(True, "favourable"), (False, "unfavourable"), (None, "")]
)
def test_the_side_is_said_only_where_there_is_one(good, side):
    assert row_of(builders.comparison(good=good), "").side == side


def test_what_does_not_stand_among_many_may_be_chance():
    assert row_of(builders.comparison(flagged=False), "").remark == MAY_BE_CHANCE
    probably = builders.comparison(flagged=False, state=State.PROBABLY_ABOVE)
    assert row_of(probably, "").remark == ""


def test_a_missing_figure_is_a_dash_with_its_reason_and_never_nought():
    row = row_of(builders.silent(), "")
    assert (row.value, row.likely, row.counted) == ("–", "", "")
    assert row.note == "The source marks it as unavailable."
    assert row.state == "No figure"
