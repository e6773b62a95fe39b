"""Sessions and sign-in, for the pages that need them and no others."""

from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from goldthread.records.scope import scope

DOORS = ("/account/", "/work/", "/demo/", "/join/", "/steward/", "/support/")
Answer = Callable[[HttpRequest], HttpResponse]


def signed_in_pages(get_response: Answer) -> Answer:
    """Middleware: a session and a person below DOORS; everything else passes by untouched."""
    inside = SessionMiddleware(AuthenticationMiddleware(_at_sign_in(get_response)))

    def answer(request: HttpRequest) -> HttpResponse:
        return inside(request) if request.path.startswith(DOORS) else get_response(request)

    return answer


def _at_sign_in(get_response: Answer) -> Answer:
    """Below /account/, one request is one transaction at the sign-in door: elsewhere the policies
    hide every account but one's own."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/account/"):
            return get_response(request)
        with scope(door="sign-in", person=request.user.pk):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
            return response

    return answer
