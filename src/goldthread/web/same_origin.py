"""Forms are taken from this site's own pages only, without a cookie.

Django's own guard needs a cookie, and these pages promise none. Browsers name the page that sends
a form: `Sec-Fetch-Site` (all since 2023), before that `Origin`. What names neither is no browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
SAID = "This was sent from a page of another site, so nothing was done. Use the form of this site."


def own_forms(view: View) -> View:
    """Answers 403 to a form that another site's page sends."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method == "POST" and is_from_elsewhere(request):
            return render(request, "400.html", {"sentence": SAID}, status=403)
        return view(request, **named)

    return csrf_exempt(answer)


def is_from_elsewhere(request: HttpRequest) -> bool:
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()
