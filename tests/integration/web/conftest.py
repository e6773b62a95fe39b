"""A client of the site on the real figures. No page here may need a database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from goldthread.core.benchmark.engine import Benchmark
from goldthread.readers.shared import get_benchmark


@pytest.fixture(scope="session")
def benchmark() -> Benchmark:
    return get_benchmark()


@pytest.fixture
def client(benchmark) -> Client:
    # WhiteNoise warns of a missing folder, and here nobody has collected static files.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Client()
