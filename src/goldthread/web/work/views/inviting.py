"""Inviting somebody: a form, and a link that is shown once to be handed over."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.actions.invitations import OPEN_DAYS, invite, withdraw
from goldthread.records.scope import Here, Refused
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page
from goldthread.web.work.placing import PlaceForm


@page("manage-people")
def inviting(request: HttpRequest, here: Here) -> HttpResponse:
    """The form, and the link it gives."""
    if request.method != "POST":
        return _form(request, PlaceForm())
    # How many audits a month is settled once they are here.
    form = replace(PlaceForm.posted(request.POST), capacity=PlaceForm.capacity)
    try:
        token = _invite(request, here, form)
    except Refused as wrong:
        return _form(request, form, wrong)
    link = request.build_absolute_uri(f"/join/{here.authority}/{token}/")
    context = {"link": link, "name": text(request.POST, "name"), "days": OPEN_DAYS}
    return render(request, "work/people_invited.html", context)


def _invite(request: HttpRequest, here: Here, form: PlaceForm) -> str:
    given = form.given()
    return invite(
        here, email=text(request.POST, "email"), name=text(request.POST, "name"),
        roles=list(given.roles), agency=given.agency, profession=given.profession,
        team=given.team, member_until=given.ends_at,
    )  # fmt: skip


def _form(request: HttpRequest, form: PlaceForm, wrong: Refused | None = None) -> HttpResponse:
    context = {
        "wrong": wrong, "name": request.POST.get("name", ""),
        "email": request.POST.get("email", ""), "invites": True, **form.context(),
    }  # fmt: skip
    return render(request, "work/people_invite.html", context, status=400 if wrong else 200)


@page("manage-people")
def withdrawing(request: HttpRequest, here: Here, invitation: int) -> HttpResponse:
    """Closes an invitation; one that is closed already stays so."""
    if request.method == "POST":
        try:
            withdraw(here, invitation)
        except Refused as wrong:
            context = {"said": str(wrong)}
            return render(request, "work/stale.html", context, status=409)
    return HttpResponseRedirect(f"/work/{here.authority}/people/", status=303)
