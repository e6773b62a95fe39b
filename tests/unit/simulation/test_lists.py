"""Invented lists: numbers that look right, dates that can be, nobody's."""

import datetime as dt

from goldthread.core.privacy.identifiers import is_upn
from goldthread.simulation.lists import NEEDS, invented_people, upn

DAY = dt.date(2026, 1, 15)


def test_upns_have_their_check_letter_and_are_all_different():
    numbers = {upn(n) for n in range(1, 3000)}
    assert len(numbers) == 2999
    assert all(map(is_upn, numbers))


def test_dates_come_in_their_order():
    for p in invented_people(800, 3, DAY):
        days = [p.born, p.requested_on, p.issued_on, p.last_review_on, p.amended_on]
        days = [day for day in days if day]
        assert days == sorted(days)
        assert days[-1] <= (p.ceased_on or DAY) <= DAY


def test_needs_come_in_their_shares():
    people = invented_people(4000, 1, DAY)
    share = sum(p.need == "ASD" for p in people) / 4000
    assert abs(share - NEEDS["ASD"] / sum(NEEDS.values())) < 0.04
