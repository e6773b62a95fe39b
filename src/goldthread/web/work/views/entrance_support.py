"""Support visits, and the national steward's page: work for the service, not for an authority."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.support import enter, leave
from goldthread.records.queries.entrance import myself, visits_of
from goldthread.records.scope import NotAllowed, Refused
from goldthread.web.work.own import not_here, owned_page
from goldthread.web.work.session import Standing

NOT_SUPPORT = "Only support staff may open this page."
NOT_STEWARD = "Only the national steward may open this page."


class Field(NamedTuple):
    """One field of the form."""

    name: str
    label: str
    hint: str
    value: str
    width: str
    numeric: bool = False


@owned_page
def support(request: HttpRequest, asking: Standing) -> HttpResponse:
    """Open visits, and a form for a new one."""
    person = asking.person or 0
    if not myself(person).is_support:
        return _not_yours(request, NOT_SUPPORT)
    if request.method != "POST":
        return _show(request, person)
    code, minutes = request.POST.get("code", "").strip(), request.POST.get("minutes", "").strip()
    try:
        enter(person, code, request.POST.get("reason", ""), _number(minutes))
    except WrongField as wrong:
        return _show(request, person, str(wrong), wrong.field)
    except Refused as refused:
        return _show(request, person, str(refused), "code")
    return _see(f"/work/{code}/")


@owned_page
def end_visit(request: HttpRequest, asking: Standing, code: str) -> HttpResponse:
    """Ends a visit early."""
    if request.method != "POST":
        return _see("/support/")
    try:
        leave(asking.person or 0, code)
    except NotAllowed as refused:
        return _not_yours(request, str(refused))
    except Refused:
        pass  # it ended by itself meanwhile, which is what was wanted
    return _see("/support/")


@owned_page
def steward(request: HttpRequest, asking: Standing) -> HttpResponse:
    """What the national steward will find here; never a plan."""
    if not myself(asking.person or 0).is_steward:
        return _not_yours(request, NOT_STEWARD)
    return render(request, "work/entrance_steward.html")


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 4 else 0


def _show(request: HttpRequest, person: int, error: str = "", target: str = "") -> HttpResponse:
    said = request.POST
    fields = (
        Field("code", "Code of the authority", "Three digits", said.get("code", ""),
              "govuk-input--width-3", True),
        Field("reason", "Reason", "At least 15 characters; the authority reads it",
              said.get("reason", ""), ""),
        Field("minutes", "Minutes", "At most 60", said.get("minutes", "30"),
              "govuk-input--width-3", True),
    )  # fmt: skip
    named = {"visits": visits_of(person), "fields": fields, "error": error, "target": target}
    return render(request, "work/entrance_support.html", named, status=400 if error else 200)


def _not_yours(request: HttpRequest, said: str) -> HttpResponse:
    return not_here(request, "You may not do this", said, 403)


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response
