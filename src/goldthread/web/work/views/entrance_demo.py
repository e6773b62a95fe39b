"""One-click sign-in as invented people, where Goldthread runs on one's own machine alone."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.records.actions.entrance import end_oldest_sessions
from goldthread.records.queries.entrance import demo_people, is_demo_person
from goldthread.records.queries.here import find_person
from goldthread.records.scope import scope
from goldthread.web.work.own import private
from goldthread.web.work.session import begin, this_session

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
BACKEND = "goldthread.web.work.backend.People"


def demo(request: HttpRequest) -> HttpResponse:
    """The people, and signing in as one of them. The address exists in a demo only; that it is
    asked from this machine by its own name is checked here once more."""
    if not settings.DEMO or request.get_host().rsplit(":", 1)[0] not in LOOPBACK:
        raise Http404
    if request.method == "POST":
        return _enter(request, request.POST.get("person", ""))
    return private(render(request, "work/entrance_demo.html", {"people": demo_people()}))


def _enter(request: HttpRequest, said: str) -> HttpResponse:
    if not said.isdecimal() or not is_demo_person(int(said)):
        raise Http404
    with scope(door="sign-in", person=int(said)):
        login(request, find_person(int(said)), backend=BACKEND)
        begin(request, "demo")
        end_oldest_sessions(int(said), keep=this_session(request))
    response = HttpResponseRedirect("/work/")
    response.status_code = 303
    return private(response)
