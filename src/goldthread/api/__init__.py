"""The public, read-only API, mounted at /api/v1."""

import os

# Importing django-ninja reads Django's settings; `python -m goldthread.api.openapi` has set none.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")

from goldthread.api.app import api

__all__ = ["api"]
