import pytest

from goldthread.core.benchmark.cells import Cell
from goldthread.core.benchmark.trends import trend
from goldthread.core.measures.definition import Break
from goldthread.core.places import ENGLAND
from tests import builders
from tests.unit.core.benchmark.invented import measure

WORDING = builders.wording()


def years(values, first=2015, area="300", width=2.0):
    def cell(v):
        if v is None:
            return Cell("", None, None, None, None, "unavailable", None, "", None, None)
        return Cell("", v, 100.0, v, None, "ok", None, "", v - width, v + width)

    return {
        first + i: {area: cell(v), ENGLAND: cell(50.0), "301": cell(40.0), "302": cell(50.0),
                    "303": cell(60.0)}
        for i, v in enumerate(values)
    }  # fmt: skip


def told(values, measure_=None, **kwargs):
    return trend(measure_ or measure(), years(values, **kwargs), "300",
                 ("301", "302", "303"), WORDING)  # fmt: skip


def test_a_steady_rise_is_more_than_chance():
    assert told([40, 45, 50, 55, 60]).direction == "rising"
    assert told([60, 55, 50, 45, 40]).direction == "falling"


def test_a_rise_that_rests_on_one_year_is_not_a_trend():
    assert told([50, 51, 50, 49, 62]).direction == "no clear trend"


def test_four_years_are_too_few():
    found = told([40, 45, 50, 55])
    assert found.direction == "cannot tell"
    assert found.sentence == (
        "Too few comparable years to call a trend: 4 of the five that are needed."
    )


def test_years_before_a_break_do_not_count():
    broken = measure(breaks=(Break(year=2018, text="Counted anew from 2018."),))
    found = told([10, 20, 30, 40, 45, 50, 55], broken)
    assert found.direction == "cannot tell"
    assert found.starts == 2018
    assert found.breaks == ("Counted anew from 2018.",)
    assert len(found.points) == 7  # shown all the same


def test_a_missing_year_is_a_gap_not_a_nought():
    found = told([40, None, 45, 50, 55, 60])
    assert [p.value for p in found.points] == [40, None, 45, 50, 55, 60]
    assert found.direction == "rising"


def test_peers_band_is_quartiles_and_england_its_own_line():
    found = told([40, 45, 50, 55, 60])
    assert {(p.low, p.value, p.high) for p in found.peers} == {(45.0, 50.0, 55.0)}
    assert {p.value for p in found.england} == {50.0}


@pytest.mark.parametrize(
    ("values", "direction"),
    [([50, 51, 49, 50, 51, 49, 50, 70], "rising"), ([50, 51, 49, 50, 51, 49, 50, 20], "falling"),
     ([50, 51, 49, 50, 51, 49, 50, 51], "no clear trend"), ([50, 51, 49], "cannot tell")],
)  # fmt: skip
def test_without_counts_the_series_is_judged_by_its_own_range(values, direction):
    plain = measure(kind="value", denominator=None, interval="none", interval_note="No counts.")
    assert told(values, plain).direction == direction
