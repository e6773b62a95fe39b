"""How the authority works: the standard, what is kept and for how long, and signing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.content import folder
from goldthread.readers.editions import editions
from goldthread.readers.frameworks import load_framework
from goldthread.records.actions.providers import add_provider, switch_provider
from goldthread.records.actions.settings import change_settings, check_chosen, would_go
from goldthread.records.actions.settings import delete_mapping as delete
from goldthread.records.queries import settings as queries
from goldthread.records.queries.settings import MONTHS, Chosen, Kept
from goldthread.records.scope import Here, Refused
from goldthread.web.work.fields import Posted, number, text
from goldthread.web.work.guard import page

WHOLE_MONTHS = "Months must be a whole number from 1 to 300."
WHOLE_DAYS = "Days for a reply must be a whole number from 0 to 365."
WHOLE_YEAR = "Audits a year must be a whole number from 1 to 100,000."
TICKS = ("blind", "keeps_identity", "keeps_documents", "local_sign_in")
SERVICE = ("slug", "name", "issuer", "client_id", "secret")


@lru_cache(maxsize=1)
def plan_editions() -> Mapping[str, str]:
    """Key -> title of every framework that plans can be audited by."""
    found = (load_framework(key) for key in editions(folder("frameworks")))
    return {f.key: f.title for f in found if f.subject == "plan"}


@page("manage-settings")
def settings(request: HttpRequest, here: Here) -> HttpResponse:
    """One form; what would remove something is asked once more."""
    if request.method != "POST":
        return _form(request, here, asdict(queries.chosen(here)))
    try:
        chosen = _chosen(request.POST)
        check_chosen(chosen, plan_editions())
        going = would_go(here, chosen)
        confirmed = _confirmed(request.POST)
        if going != Kept(0, 0) and confirmed is None:
            return _confirm(request, chosen, going)
        change_settings(here, chosen, plan_editions(), confirmed)
    except Refused as wrong:
        return _form(request, here, _as_posted(request.POST), wrong)
    return HttpResponseRedirect(f"/work/{here.authority}/settings/?saved=yes", status=303)


def _chosen(posted: Posted) -> Chosen:
    told: dict[str, Any] = {name: number(posted, name, WHOLE_MONTHS) or 0 for name in MONTHS}
    told |= {name: text(posted, name) == "yes" for name in TICKS}
    told |= {name: text(posted, name) for name in ("framework", "contact")}
    told["yearly_target"] = number(posted, "yearly_target", WHOLE_YEAR) or 0
    days = number(posted, "reply_days", WHOLE_DAYS)
    told["reply_days"] = -1 if days is None else days  # a blank field is not “without an end”
    return Chosen(**told)


def _confirmed(posted: Posted) -> Kept | None:
    """What the page of confirmation said would go."""
    told = [text(posted, f"confirmed_{name}") for name in ("identities", "files")]
    if not all(said.isdecimal() and len(said) < 10 for said in told):
        return None
    return Kept(*map(int, told))


def _confirm(request: HttpRequest, chosen: Chosen, going: Kept) -> HttpResponse:
    """The posted fields go along, so that nothing is chosen twice."""
    fields = [
        (name, ("yes" if value else "no") if isinstance(value, bool) else value)
        for name, value in asdict(chosen).items()
    ]
    return render(request, "work/settings_confirm.html", {"fields": fields, "going": going})


def _as_posted(posted: Posted) -> dict[str, Any]:
    told = {name: text(posted, name) for name in Chosen.__dataclass_fields__}
    return {**told, **{name: told[name] == "yes" for name in TICKS}}


def _form(
    request: HttpRequest, here: Here, values: Mapping[str, Any], wrong: Refused | None = None
) -> HttpResponse:
    context = {
        "values": values, "wrong": wrong, "editions": plan_editions().items(),
        "saved": request.GET.get("saved") == "yes", "services": queries.services(here),
        "mappings": queries.mappings(here),
    }  # fmt: skip
    return render(request, "work/settings.html", context, status=400 if wrong else 200)


@page("manage-settings")
def sign_in(request: HttpRequest, here: Here) -> HttpResponse:
    """The authority's own sign-in services, and a form to add one."""
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            add_provider(here, **{name: text(request.POST, name) for name in SERVICE})
        except Refused as refused:
            wrong = refused
        else:
            return HttpResponseRedirect(f"/work/{here.authority}/settings/sign-in/", status=303)
    callback = request.build_absolute_uri("/account/oidc/")
    context = {
        "services": queries.services(here), "wrong": wrong, "callback": callback,
        "values": {name: text(request.POST, name) for name in SERVICE if name != "secret"},
    }  # fmt: skip
    return render(request, "work/settings_sign_in.html", context, status=400 if wrong else 200)


@page("manage-settings")
def switch(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Switches a sign-in service on or off."""
    if request.method == "POST":
        try:
            switch_provider(here, slug, request.POST.get("active") == "yes")
        except Refused as wrong:
            return render(request, "work/stale.html", {"said": str(wrong)}, status=409)
    return HttpResponseRedirect(f"/work/{here.authority}/settings/sign-in/", status=303)


@page("manage-settings")
def mappings(request: HttpRequest, here: Here) -> HttpResponse:
    """Saved column mappings."""
    return render(request, "work/settings_mappings.html", {"mappings": queries.mappings(here)})


@page("manage-settings")
def delete_mapping(request: HttpRequest, here: Here, mapping: int) -> HttpResponse:
    """Deletes one of them."""
    if request.method == "POST":
        delete(here, mapping)
    return HttpResponseRedirect(f"/work/{here.authority}/settings/mappings/", status=303)
