"""Work too slow for a page's transaction: reading a file, writing a Word document.

The guarded view looks everything up and gives `Later`; its work runs once that transaction has
ended, so that no row stays locked and no connection waits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


class Later(HttpResponse):
    """Stands for the answer that `work` will give."""

    def __init__(self, work: Callable[[], HttpResponse]) -> None:
        super().__init__()
        self.work = work


def outside(view: View) -> View:
    """Around a guarded view that may give `Later`."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        response = view(request, **named)
        if not isinstance(response, Later):
            return response
        final = response.work()
        for header in ("Cache-Control", "X-Robots-Tag"):
            final[header] = response[header]
        return final

    return answer
