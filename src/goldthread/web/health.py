"""Says whether this copy works: the database answers, and which version runs."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from goldthread import __version__

log = logging.getLogger(__name__)


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when not. Never cached."""
    reachable = _database_answers()
    return JsonResponse(
        {"status": "ok" if reachable else "database unreachable", "version": __version__},
        status=200 if reachable else 503,
        headers={"Cache-Control": "no-store"},
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("The database does not answer.")
        return False
    return True
