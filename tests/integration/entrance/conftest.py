"""Two invented authorities, people with passwords, and codes as an app would show them."""

import pytest

from tests.integration.work.conftest import _invented, _two_authorities  # noqa: F401


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """The slow hash is Django's; these tests sign in a hundred times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
