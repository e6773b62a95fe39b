"""Five thousand requests for another authority's things: the first half of ten thousand."""

from tests.access.everything import everything
from tests.access.wandering import wander
from tests.people import NORTH, SOUTH

SEED, NUMBER = 20261124, 5000


def test_nobody_reaches_another_authoritys_anything():
    wander(SEED, NUMBER, everything(NORTH), everything(SOUTH))
