import os
import threading

import pytest

from goldthread.readers import shared


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOME", str(tmp_path))
    monkeypatch.setattr(shared, "_kept", None)
    return tmp_path


@pytest.fixture
def made(monkeypatch):
    """Every benchmark made, in order."""
    found = []

    def make(releases):
        found.append(object())
        return found[-1]

    monkeypatch.setattr(shared, "_make", make)
    return found


def test_it_is_made_once(made):
    assert shared.get_benchmark() is shared.get_benchmark()
    assert len(made) == 1


def test_it_is_made_anew_when_the_current_figures_change(home, made):
    first = shared.get_benchmark()
    (home / "figures").mkdir()
    current = home / "figures" / "current"
    current.write_text("a", encoding="utf-8")
    second = shared.get_benchmark()
    os.utime(current, ns=(1, 1))
    third = shared.get_benchmark()
    assert first is not second is not third
    assert len(made) == 3


def test_threads_that_ask_at_once_get_the_same_one(made):
    found, gate = [], threading.Barrier(8)

    def ask():
        gate.wait()
        found.append(shared.get_benchmark())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == len(made) == 1


def test_a_failure_is_not_kept(monkeypatch, made):
    good = shared._make

    def fail(releases):
        raise ValueError("The figures cannot be read.")

    monkeypatch.setattr(shared, "_make", fail)
    with pytest.raises(ValueError):
        shared.get_benchmark()
    monkeypatch.setattr(shared, "_make", good)
    assert shared.get_benchmark() is made[0]
