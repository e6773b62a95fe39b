"""Five thousand requests for another authority's things: the other half of ten thousand."""

from tests.access.everything import everything
from tests.access.wandering import wander
from tests.people import NORTH, SOUTH

SEED, NUMBER = 153, 5000


def test_nor_the_other_way_round():
    wander(SEED, NUMBER, everything(SOUTH), everything(NORTH))
