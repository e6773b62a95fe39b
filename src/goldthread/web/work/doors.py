"""Sessions and sign-in, for the pages that need them and no others."""

from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

DOORS = ("/account/", "/work/", "/demo/", "/join/", "/steward/", "/support/")
Answer = Callable[[HttpRequest], HttpResponse]


def signed_in_pages(get_response: Answer) -> Answer:
    """Middleware: a session and a person below DOORS; everything else passes by untouched."""
    inside = SessionMiddleware(AuthenticationMiddleware(get_response))

    def answer(request: HttpRequest) -> HttpResponse:
        return inside(request) if request.path.startswith(DOORS) else get_response(request)

    return answer
