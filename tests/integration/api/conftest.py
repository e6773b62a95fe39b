from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from goldthread.core.benchmark.engine import Benchmark
from goldthread.readers import shared
from tests.builders import library


@pytest.fixture(scope="session")
def invented() -> Benchmark:
    return Benchmark(library())


@pytest.fixture
def client(invented: Benchmark, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client of the API on the invented library; it never reaches a database."""
    # WhiteNoise warns of a missing folder, and here nobody has collected static files.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(shared, "_kept", None)
    monkeypatch.setattr(shared, "_make", lambda releases: invented)
    return Client()
