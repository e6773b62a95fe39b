"""The standard that plans are held against, readable: by section, by who answers, one question."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.core.report.standard import Entry, Standard, standard
from goldthread.readers.frameworks import shared_framework


@cache
def _standard() -> Standard:
    return standard(shared_framework())


@cache
def _entries() -> dict[str, Entry]:
    return {e.id: e for chapter in _standard().chapters for e in chapter.entries}


def by_section(request: HttpRequest) -> HttpResponse:
    return render(request, "standard.html", {"standard": _standard()})


def by_role(request: HttpRequest) -> HttpResponse:
    return render(request, "standard_roles.html", {"standard": _standard()})


def question(request: HttpRequest, criterion: str) -> HttpResponse:
    """One question with all that is said of it; 404 when there is none of that id."""
    entry = _entries().get(criterion)
    if entry is None:
        said = "The standard has no such question. All are on the page “The standard”."
        return render(request, "404.html", {"sentence": said}, status=404)
    return render(request, "standard_question.html", {"entry": entry, "standard": _standard()})
