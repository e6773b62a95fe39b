"""Every page of an authority's people goes through here: who asks, for which authority, may they.

The wrong authority is answered 404, as if there were nothing; the right one without the permission
is told so. One request is one transaction: what a view did is kept whole or not at all, and nothing
but a form that was sent may write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from goldthread.records.log import record
from goldthread.records.queries.here import SignedOut, find_here
from goldthread.records.scope import Here, NotAllowed, Stale, scope
from goldthread.web.work.session import Standing, claimed

SAFE = ("GET", "HEAD")
BY_ITSELF = "X-Goldthread-By-Itself"
"""A header of what a page asks for without anybody having asked (static/live.js)."""
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Asked:
    """One request for one guarded page."""

    view: View
    permission: str
    code: str
    named: Mapping[str, Any]
    quiet: bool


def page(permission: str, *, quiet: bool = False) -> Callable[[View], View]:
    """A page for people of one authority: `view(request, here, **named)`, in one transaction.

    The address names the authority as `code`. An answer of 400 or more undoes what was written.
    `quiet`: open pages ask for it by themselves, and it shows nothing that is kept of anybody: it
    neither keeps a session from ending nor is an event when an inspector's page asks.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, code: str, **named: Any) -> HttpResponse:
            asking = claimed(request, note=not quiet and BY_ITSELF not in request.headers)
            if asking.first:
                return HttpResponseRedirect(asking.first)
            if asking.person is None:
                return _private(_sign_in(request))
            if asking.only and asking.only != code:
                raise Http404
            return _private(_answer(request, Asked(view, permission, code, named, quiet), asking))

        answer.permission, answer.quiet = permission, quiet  # type: ignore[attr-defined]
        return answer

    return guarded


def _answer(request: HttpRequest, asked: Asked, asking: Standing) -> HttpResponse:
    try:
        with scope(authority=asked.code, person=asking.person):
            return _within(request, asked, asking)
    except SignedOut:
        return _sign_in(request)
    except NotAllowed as refused:
        return render(request, "work/not_allowed.html", {"said": str(refused)}, status=403)
    except Stale as stale:
        return render(request, "work/stale.html", {"said": str(stale)}, status=409)
    except ObjectDoesNotExist as gone:
        raise Http404 from gone


def _within(request: HttpRequest, asked: Asked, asking: Standing) -> HttpResponse:
    here = find_here(asked.code, asking.person or 0, asking.via, asking.seal)
    if here is None:
        raise Http404
    request.here = here
    here.check(asked.permission)
    if here.watched:
        _watch(request, here, asked.quiet)
    if asked.quiet or not (here.watched or request.method == "POST"):
        _read_only()
    response = asked.view(request, here, **asked.named)
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response


def _watch(request: HttpRequest, here: Here, quiet: bool) -> None:
    """Inspectors and support staff read, change nothing, and leave an event at every page."""
    if request.method not in SAFE:
        raise NotAllowed("You may read here, and change nothing.")
    if not quiet:
        record(here, "page.read", subject=request.path[:80])


def _read_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")


def _sign_in(request: HttpRequest) -> HttpResponse:
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"/account/login/?{back}")


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
