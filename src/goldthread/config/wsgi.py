"""What each server worker loads: everything, before it answers the first request."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from goldthread.desks import desks

desks.open()
_django = get_wsgi_application()
get_resolver().check()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Works on a request at a desk. Its answer is sent off by the server's own thread, which a
    stream may keep for minutes."""
    answer: Iterable[bytes] = desks.run(_django, environ, start_response)
    return answer


# After Django is set up: the pages' modules need its settings.
from goldthread.web.warm import warm  # noqa: E402

warm()
