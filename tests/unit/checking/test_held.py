"""What the site holds of checks: for a time, within bounds, and never after that."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest

from goldthread.checking import held as holding
from goldthread.checking.held import Busy, Held
from goldthread.checking.job import File, Files, Job, Outcome, Refused

JOB = Job(today=dt.date(2026, 11, 24))


class FakePool:
    """Answers when the gate is open; breaks on a file called broken."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()

    def check(self, files: Files, job: Job, progress: object = None) -> Outcome:
        self.gate.wait(10)
        if files.document.name == "broken":
            raise OSError("the text of a plan")
        return Refused(name=files.document.name, code="empty", sentence="It is empty.")

    def close(self) -> None:
        self.gate.set()


@pytest.fixture
def held():
    made = Held()
    made._pool = FakePool()  # type: ignore[assignment]
    yield made
    made.close()


def files(name: str = "plan.txt", size: int = 10) -> Files:
    return Files(File(name, b"x" * size))


def finish(check: holding.Check) -> None:
    for _ in range(500):
        if check.finished:
            return
        time.sleep(0.01)
    raise AssertionError("it does not end")


def test_addresses_cannot_be_guessed(held):
    tokens = {held.begin([files()], JOB).token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(t) >= 32 for t in tokens)  # base64: 6 bits each, so 192 bits


def test_it_goes_by_itself_though_nobody_comes_back(held, monkeypatch):
    monkeypatch.setattr(holding, "SWEEP", 0.02)
    monkeypatch.setattr(holding, "MINUTES", 0.002)
    finish(held.begin([files()], JOB))
    for _ in range(500):
        if not held._checks:  # asked of no method that drops on the way
            return
        time.sleep(0.01)
    raise AssertionError("it is still there")


def test_the_oldest_finished_make_way_for_new_ones(held, monkeypatch):
    monkeypatch.setattr(holding, "MOST_BYTES", 100)
    first, second = held.begin([files(size=60)], JOB), None
    finish(first)
    second = held.begin([files(size=60)], JOB)
    assert held.find(first.token) is None
    assert held.find(second.token) is second


def test_many_small_ones_are_bounded_too(held, monkeypatch):
    monkeypatch.setattr(holding, "MOST_DOCUMENTS", 5)
    for _ in range(9):
        finish(held.begin([files()], JOB))
    assert len(held._checks) == 5


@pytest.mark.parametrize(
    ("bound", "value", "each", "size"), [("MOST_WAITING", 3, 2, 1), ("MOST_BYTES", 100, 1, 60)]
)
def test_more_than_can_be_held_while_waiting_is_refused(
    held, monkeypatch, bound, value, each, size
):
    monkeypatch.setattr(holding, bound, value)
    held._pool.gate.clear()
    first = held.begin([files(size=size)] * each, JOB)
    with pytest.raises(Busy):
        held.begin([files(size=size)] * each, JOB)
    assert held.find(first.token) is first
    held._pool.gate.set()
    finish(first)
    held.begin([files(size=size)] * each, JOB)


def test_a_fault_ends_the_waiting_and_its_words_are_not_kept(held):
    check = held.begin([files("broken"), files()], JOB)
    finish(check)
    assert check.documents[0].refused.code == "fault"
    assert "the text of a plan" not in check.documents[0].refused.sentence
    assert check.documents[1].refused.code == "empty"


def test_deleting_while_it_is_checked_leaves_nothing(held):
    held._pool.gate.clear()
    check = held.begin([files()], JOB)
    held.drop(check.token)
    held._pool.gate.set()
    finish(check)
    assert not held._checks
