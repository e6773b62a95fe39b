import pytest

from goldthread.core.benchmark.show import chances, count, number, rounded, shown


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.5, 0, "−1"), (1234.56, 1, "1,234.6"),
     (-0.04, 1, "0.0"), (0.285, 2, "0.29"), (2.675, 2, "2.68")],
)  # fmt: skip
def test_half_goes_away_from_nought_and_nought_has_no_sign(value, decimals, text):
    assert number(value, decimals) == text


def test_rounding_does_not_invent_half():
    assert rounded(0.4949, 0) == 0


@pytest.mark.parametrize(
    ("value", "unit", "short", "text"),
    [(61.2, "%", False, "61%"), (61.2, "%", True, "61%"), (1234.0, "£ per head", False,
     "£1,234 per head"), (-12.0, "£ per head", True, "−£12"), (36.0, "per 1,000 people", False,
     "36 per 1,000 people"), (36.0, "per 1,000 people", True, "36"), (None, "%", False,
     "no figure")],
)  # fmt: skip
def test_units(value, unit, short, text):
    assert shown(value, unit, 0, short) == text


def test_counts_are_whole_unless_the_source_is_not():
    assert (count(1234.0), count(2.5), count(None)) == ("1,234", "2.5", "no figure")


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.9, "9 chances in 10"), (0.95, "9 chances in 10"), (0.999, "9 chances in 10"),
     (0.5, "5 chances in 10")],
)  # fmt: skip
def test_chances_never_promise_ten_in_ten(p, text):
    assert chances(p) == text
