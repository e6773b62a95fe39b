"""Pages of one's own, outside any authority: who may open them, and by which way in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from goldthread.web.work.session import Standing, standing

View = Callable[..., HttpResponse]
NOT_OWNED = (
    "You signed in through your authority’s own service, or for a demonstration. To change how "
    "this account signs in, or to enter anything but that authority, sign in with a password or a "
    "passkey."
)


def own_page(view: View) -> View:
    """A page for anybody who is signed in, with their second factor: `view(request, asking, …)`."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        asking = standing(request)
        if asking.first:
            return HttpResponseRedirect(asking.first)
        if asking.person is None:
            return to_sign_in(request)
        return private(view(request, asking, **named))

    return answer


def owned_page(view: View) -> View:
    """As `own_page`, for those alone who showed that the account itself is theirs."""

    @own_page
    @wraps(view)
    def answer(request: HttpRequest, asking: Standing, **named: Any) -> HttpResponse:
        if not asking.owns_account:
            return not_owned(request)
        return view(request, asking, **named)

    return answer


def to_sign_in(request: HttpRequest) -> HttpResponse:
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"/account/login/?{back}")


def not_owned(request: HttpRequest) -> HttpResponse:
    return not_here(request, "Sign in with your password first", NOT_OWNED, 403)


def not_here(
    request: HttpRequest, heading: str, said: str, status: int, back: tuple[str, str] = ("", "")
) -> HttpResponse:
    """A page that says in a sentence why something is not to be had."""
    named = {"heading": heading, "said": said, "back": back[0], "back_words": back[1]}
    return private(render(request, "work/entrance_not_here.html", named, status=status))


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
