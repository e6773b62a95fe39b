"""A server prepares its pages in the background, unless told not to."""

import threading

import pytest

from goldthread.web import warm


@pytest.mark.parametrize("cold", [False, True])
def test_comparisons_are_made_beforehand_unless_it_starts_cold(settings, monkeypatch, cold):
    settings.COLD = cold
    filled = threading.Event()
    monkeypatch.setattr(warm, "get_benchmark", object)
    monkeypatch.setattr(warm, "fill", lambda benchmark: filled.set())
    warm.warm()
    assert filled.wait(0.2 if cold else 60) is not cold
