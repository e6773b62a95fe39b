"""One's own account: what allauth shows, by whom it may be used, sessions, and a new password."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.records.actions.entrance import end_sessions, find_by_link, set_password
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.entrance import (
    has_second_factor,
    myself,
    open_services,
    sessions_of,
)
from goldthread.web.work.own import NOT_OWNED, not_here, not_owned, own_page, to_sign_in
from goldthread.web.work.session import Standing, standing, this_session

View = Callable[..., HttpResponse]
NONE_TO_CHANGE = (
    "You sign in with a passkey or through a service. For a password as well, ask an administrator "
    "of your authority for a link."
)
TO_SIGN_IN = ("/account/login/", "To the sign-in page")


def public(view: View) -> View:
    """A page of allauth's for everybody. A form that was not right answers 400."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        return _said(request, view(request, **named))

    return answer


def managed(view: View) -> View:
    """A page of allauth's that changes how an account signs in: for its owner alone.

    Afterwards the session knows whether there is a second factor now: one that was set up in it
    counts, and none is left when the last was removed.
    """

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        asking = standing(request)
        if asking.person is None:
            return to_sign_in(request)
        if not asking.owns_account:
            return not_owned(request)
        response = _said(request, view(request, **named))
        if request.method == "POST" and response.status_code < 400:
            request.session["second"] = has_second_factor(asking.person)
        return response

    return answer


def with_password(view: View) -> View:
    """A page of allauth's that changes a password: there must be one to change."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return not_here(request, "This account has no password", NONE_TO_CHANGE, 403)
        return view(request, **named)

    return answer


def _said(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 400
    return response


@own_page
def account(request: HttpRequest, asking: Standing) -> HttpResponse:
    """Who I am, how I sign in, and where I am signed in."""
    person = asking.person or 0
    named = {
        "me": myself(person), "owns": asking.owns_account, "not_owned": NOT_OWNED,
        "sessions": sessions_of(person, this_session(request)),
    }  # fmt: skip
    return render(request, "work/entrance_account.html", named)


@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends every other session of the person."""
    asking = standing(request)
    if asking.person is None:
        return to_sign_in(request)
    if not asking.owns_account:
        return not_owned(request)
    end_sessions(asking.person, keep=this_session(request))
    return _see("/account/")


def services(request: HttpRequest) -> HttpResponse:
    """The sign-in services that authorities have connected."""
    named = {"services": open_services(), "next": request.GET.get("next", "")}
    return render(request, "work/entrance_services.html", named)


@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """A new password, by a link that an administrator made."""
    error = ""
    try:
        email = find_by_link(uid, token).email
        if request.method == "POST":
            set_password(uid, token, request.POST.get("password", ""))
            request.session.flush()
            return _see("/account/login/")
    except LookupError as gone:
        return not_here(request, "This link does not open", str(gone), 410, TO_SIGN_IN)
    except WrongField as wrong:
        error = str(wrong)
    named = {"email": email, "error": error}
    return render(request, "work/entrance_reset.html", named, status=400 if error else 200)


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response
