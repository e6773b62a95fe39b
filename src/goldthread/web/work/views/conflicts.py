"""Conflicts of interest: one's own, and, for leads and administrators, anybody's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.actions.conflicts import (
    Declared,
    declare,
    may_declare,
    may_withdraw,
    withdraw_conflict,
)
from goldthread.records.queries.people import conflicts_of, member
from goldthread.records.scope import Here, NotAllowed, Refused
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page

NOT_YOURS = "You may declare your own conflicts of interest only."


@page("see-my-work")
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """What I have declared, and a form to declare more."""
    if here.member is None:
        raise Http404
    return _page(request, here, here.member, f"/work/{here.authority}/conflicts/")


@page("see-people")
def of_member(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """What somebody else declared."""
    if not may_declare(here, member):
        raise NotAllowed(NOT_YOURS)
    return _page(request, here, member, f"/work/{here.authority}/people/{member}/conflicts/")


def _page(request: HttpRequest, here: Here, whose: int, back: str) -> HttpResponse:
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            declare(here, whose, _declared(request))
        except Refused as refused:
            wrong = refused
        else:
            return HttpResponseRedirect(back, status=303)
    context = {
        "member": member(here, whose), "conflicts": conflicts_of(here, whose), "wrong": wrong,
        "is_mine": whose == here.member, "may_withdraw": may_withdraw(here),
        "said": _declared(request),
    }  # fmt: skip
    return render(request, "work/people_conflicts.html", context, status=400 if wrong else 200)


def _declared(request: HttpRequest) -> Declared:
    posted = request.POST
    return Declared(*(text(posted, name) for name in ("plan", "urn", "team", "reason")))


@page("see-people")
def withdrawing(request: HttpRequest, here: Here, member: int, conflict: int) -> HttpResponse:
    """Takes a conflict back."""
    if request.method == "POST":
        withdraw_conflict(here, conflict)
    return HttpResponseRedirect(f"/work/{here.authority}/people/{member}/conflicts/", status=303)
