"""The same two invented authorities as for the other pages of people at work."""

from tests.integration.work.conftest import _invented, _two_authorities

__all__ = ["_invented", "_two_authorities"]
