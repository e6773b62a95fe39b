"""Where somebody may go: straight in when there is one authority, a choice when there are more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.queries.here import places_of
from goldthread.records.scope import scope
from goldthread.web.work.session import standing


def places(request: HttpRequest) -> HttpResponse:
    """The authorities of the person who is signed in."""
    asking = standing(request)
    if asking.first:
        return HttpResponseRedirect(asking.first)
    if asking.person is None:
        return HttpResponseRedirect("/account/login/?next=/work/")
    with scope(person=asking.person):
        found = places_of(asking.person)
    open_to = tuple(p for p in found if not asking.only or p.code == asking.only)
    if len(open_to) == 1 and request.GET.get("all") is None:
        return HttpResponseRedirect(f"/work/{open_to[0].code}/")
    response = render(request, "work/places.html", {"places": open_to})
    response["Cache-Control"] = "no-store"
    return response
