"""Accepting an invitation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.actions.invitations import Closed, Invited, SignInFirst, accept, look
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.entrance import Myself, myself
from goldthread.records.roles import ROLES
from goldthread.records.scope import Refused, scope
from goldthread.web.work.own import not_here, private, to_sign_in
from goldthread.web.work.session import Standing, standing

HEADING = "This invitation does not open"


def join(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What the invitation offers, and a form to accept it."""
    asking = standing(request)
    try:
        with scope(authority=code, door="sign-in", person=asking.person):
            invited = look(code, token)
            if request.method == "POST":
                return _accept(request, code, token, asking)
            return _show(request, invited, asking)
    except LookupError as unknown:
        return not_here(request, HEADING, str(unknown), 404)
    except Closed as closed:
        return not_here(request, HEADING, str(closed), 410)
    except SignInFirst:
        return to_sign_in(request)
    except WrongField as wrong:
        return _show(request, invited, asking, str(wrong))
    except Refused as refused:
        back = ("/account/logout/", "Sign out")
        return not_here(request, HEADING, str(refused), 403, back)


def _accept(request: HttpRequest, code: str, token: str, asking: Standing) -> HttpResponse:
    """Whoever has just made an account signs in with it next, and sets up a second factor."""
    if asking.person is not None:
        accept(code, token, person=asking.person, via=asking.via)
        path = f"/work/{code}/"
    else:
        accept(code, token, password=request.POST.get("password", ""))
        path = f"/account/login/?next=/work/{code}/"
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return private(response)


def _show(
    request: HttpRequest, invited: Invited, asking: Standing, error: str = ""
) -> HttpResponse:
    me: Myself | None = myself(asking.person) if asking.person is not None else None
    named = {
        "invited": invited, "me": me, "error": error, "target": "password",
        "titles": [ROLES[role].title for role in invited.roles if role in ROLES],
    }  # fmt: skip
    status = 400 if error else 200
    return private(render(request, "work/entrance_join.html", named, status=status))
