"""Data protection: what is due to go, and answering requests for a copy or for erasure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.records.actions import erasure, exporting
from goldthread.records.actions.retention import due, months_before
from goldthread.records.queries.people import member as find_member
from goldthread.records.queries.people import members
from goldthread.records.queries.settings import chosen
from goldthread.records.queries.subject import Everything, Holding, holding, with_plan
from goldthread.records.scope import Here, Refused
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page
from goldthread.web.work.subject_zip import zip_of


@page("export-subject")
def privacy(request: HttpRequest, here: Here) -> HttpResponse:
    """What goes now and within a month, and whom a request is about."""
    today = timezone.localdate()
    next_month = months_before(today, -1)
    sought = text(request.POST, "search")  # not in the address: addresses are logged
    context = {
        "now": due(here, today), "soon": due(here, next_month), "until": next_month,
        "settings": chosen(here), "sought": sought, "found": with_plan(here, sought),
        "members": members(here),
    }  # fmt: skip
    return render(request, "work/privacy.html", context)


@page("export-subject")
def plan(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """What is kept about the child of a plan, in numbers, and what can be done."""
    return render(request, "work/privacy_plan.html", {"holding": holding(here, reference)})


@page("export-subject")
def export_plan(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Everything, as one file; asked for with a button, because it is written to the log."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/work/{here.authority}/privacy/{reference}/", status=303)
    return _file(request, exporting.export_plan(here, reference))


@page("export-subject")
def export_person(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """Everything about one of the authority's people, as one file."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/work/{here.authority}/people/{member}/", status=303)
    return _file(request, exporting.export_person(here, member))


def _file(request: HttpRequest, found: Everything) -> HttpResponse:
    response = HttpResponse(zip_of(found), content_type="application/zip")
    name = f"{found.who}-{timezone.localdate().isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("erase")
def erase_plan(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Erases a plan's child once the reference was typed."""
    about: Holding = holding(here, reference)
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            done = erasure.erase_plan(here, reference, text(request.POST, "typed"))
        except Refused as refused:
            wrong = refused
        else:
            context = {"reference": reference, "done": done}
            return render(request, "work/privacy_erased.html", context)
    context = {"holding": about, "wrong": wrong}
    return render(request, "work/privacy_erase_plan.html", context, status=400 if wrong else 200)


@page("erase")
def erase_person(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """Takes a person's name off everything once it was typed."""
    found = find_member(here, member)
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            erasure.erase_person(here, member, text(request.POST, "typed"))
        except Refused as refused:
            wrong = refused
        else:
            return HttpResponseRedirect(f"/work/{here.authority}/people/", status=303)
    context = {"member": found, "wrong": wrong}
    return render(request, "work/privacy_erase_person.html", context, status=400 if wrong else 200)
