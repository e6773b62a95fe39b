"""Advice in time."""

import datetime as dt

from goldthread.core.report.quality.advice import Piece, timed, whole
from goldthread.core.report.quality.floor import Group

TODAY = dt.date(2026, 11, 24)


def asked(days_ago, took, profession="health", author=None):
    day = TODAY - dt.timedelta(days=days_ago)
    return Piece(profession, day, None if took is None else day + dt.timedelta(days=took), author)


def test_what_is_overdue_is_late_and_what_has_days_left_counts_nowhere():
    pieces = [
        *[asked(100, 42)] * 3, *[asked(100, 43)] * 2, asked(43, None), asked(42, None),
        Piece("health", None, TODAY), asked(100, -1),
    ]  # fmt: skip
    rows, held = timed(pieces, TODAY)
    found = rows["health"]
    assert (found.in_time.met, found.in_time.n) == (3, 6)
    assert (found.late, found.overdue, found.waiting, found.not_known) == (2, 1, 1, 2)
    assert not held.few
    assert whole(pieces, TODAY).in_time == found.in_time


def test_few_requests_and_one_persons_work_are_held_back_with_another():
    pieces = [
        *[asked(100, 40, "health", i) for i in range(9)],
        *[asked(100, 40, "school", i) for i in range(6)],
        *[asked(100, 40, "sensory", 7) for _ in range(8)],
    ]
    _, held = timed(pieces, TODAY)
    assert held.few == {Group("profession", "sensory")}
    assert held.beside == {Group("profession", "school")}


def test_an_unknown_author_may_be_another_person():
    pieces = [asked(100, 40, "sensory", 7 if i else None) for i in range(8)]
    assert not timed(pieces, TODAY)[1].few
