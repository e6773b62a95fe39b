"""The small strip of all authorities' results."""

import re

from goldthread.web.strips import EDGE, WIDTH, strip


def places(strokes: str) -> list[float]:
    return [float(x) for x in re.findall(r"M([\d.]+) ", strokes)]


def test_the_lowest_and_highest_stand_at_the_ends():
    found = strip([10.0, 20.0, 15.0, 11.0], (10.5, 13.0, 17.0))
    assert sorted(places(found.strokes)) == [EDGE, 27.2, 120.0, WIDTH - EDGE]
    assert (found.low, found.middle, found.high) == (15.6, 73.6, 166.4)
    assert found.box == 150.8


def test_equal_results_stand_in_the_middle():
    found = strip([5.0, 5.0, 5.0, 5.0], (5.0, 5.0, 5.0))
    assert places(found.strokes) == [WIDTH / 2]
    assert found.box == 0


def test_results_that_fall_together_are_drawn_once():
    assert len(places(strip([0.0, 0.0001, 100.0], (0.0, 0.0, 50.0)).strokes)) == 2
