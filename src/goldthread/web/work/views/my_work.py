"""What waits for me, by when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.records.scope import Here
from goldthread.web.work.guard import page


@page("see-my-work")
def my_work(request: HttpRequest, here: Here) -> HttpResponse:
    """The first page after signing in."""
    return render(request, "work/my_work.html", {})
