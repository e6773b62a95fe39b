"""Who has access: everybody, one person, what roles may do; changing and ending access."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.actions.conflicts import may_declare, may_withdraw
from goldthread.records.actions.entrance import reset_link
from goldthread.records.actions.people import change_member, end_membership
from goldthread.records.queries import people as queries
from goldthread.records.scope import Here, Refused
from goldthread.web.work import words
from goldthread.web.work.guard import page
from goldthread.web.work.placing import PlaceForm, roles_explained

MISTAKE = 400


@page("see-people")
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody who has access, and who is invited."""
    everybody = queries.members(here)
    context = {
        "members": [m for m in everybody if not m.ended],
        "former": [m for m in everybody if m.ended],
        "invitations": queries.invitations(here),
        "may_manage": here.can("manage-people"),
        "may_answer": here.can("export-subject"),
    }
    return render(request, "work/people.html", context)


@page("see-people")
def roles(request: HttpRequest, here: Here) -> HttpResponse:
    """What each role may do."""
    return render(request, "work/people_roles.html", {"roles": roles_explained()})


@page("see-people")
def member(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """One person's place here."""
    return render(request, "work/people_member.html", _about(here, member))


def _about(here: Here, member: int) -> dict[str, Any]:
    found = queries.member(here, member)
    return {
        "member": found,
        "profession": words.professions().get(found.profession, found.profession),
        "conflicts": queries.conflicts_of(here, member),
        "may_declare": may_declare(here, member),
        "may_withdraw": may_withdraw(here),
        "may_manage": here.can("manage-people") and not found.ended,
        "may_answer": here.can("export-subject"),
        "is_me": member == here.member,
    }


@page("manage-people")
def change(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """What a member may do from now on."""
    found = queries.member(here, member)
    if request.method != "POST":
        return _change(request, found, PlaceForm.of(found))
    form = PlaceForm.posted(request.POST)
    try:
        change_member(here, member, form.given())
    except Refused as wrong:
        return _change(request, found, form, wrong)
    return HttpResponseRedirect(f"/work/{here.authority}/people/{member}/", status=303)


def _change(
    request: HttpRequest, member: queries.Member, form: PlaceForm, wrong: Refused | None = None
) -> HttpResponse:
    context = {"member": member, "wrong": wrong, **form.context()}
    return render(request, "work/people_change.html", context, status=MISTAKE if wrong else 200)


@page("manage-people")
def end(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """Asks once, then ends a person's access."""
    found = queries.member(here, member)
    if request.method != "POST":
        return render(request, "work/people_end.html", {"member": found})
    try:
        end_membership(here, member)
    except Refused as wrong:
        context = {"member": found, "wrong": wrong}
        return render(request, "work/people_end.html", context, status=MISTAKE)
    return HttpResponseRedirect(f"/work/{here.authority}/people/", status=303)


@page("manage-people")
def reset(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """A link for a new password, shown once to be handed over."""
    found = queries.member(here, member)
    context: dict[str, Any] = {"member": found}
    if request.method != "POST":
        return render(request, "work/people_reset.html", context)
    try:
        path = reset_link(here, member, forget_second=request.POST.get("second") == "yes")
    except Refused as wrong:
        context["wrong"] = wrong
        return render(request, "work/people_reset.html", context, status=MISTAKE)
    context["link"] = request.build_absolute_uri(path)
    return render(request, "work/people_reset.html", context)
