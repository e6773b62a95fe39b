"""Open pages follow the figures: a stream that says that there is news, and the same to be asked.

Neither carries a figure, only how often the figures have changed and when last; a page that hears
of news is asked for again like any page. A stream waits without a connection to the database. At
every heartbeat it looks whether its session still holds and its person may still see figures, and
ends when not. It ends by itself after some minutes too; the browser then opens the next.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    StreamingHttpResponse,
)

from goldthread.desks import STREAMS, Seats, desks
from goldthread.records.cells import Beat
from goldthread.records.listening import ear
from goldthread.records.queries.counts import pulse
from goldthread.records.queries.here import SignedOut, find_here
from goldthread.records.scope import Here, NotAllowed, scope
from goldthread.web.work.guard import page
from goldthread.web.work.session import claimed

SEES = "see-figures"
HEARTBEAT = 15.0
"""Seconds, give or take a fifth: pages that were opened together do not stay together."""
LONGEST = 300.0
"""Seconds after which a stream ends."""
RETRY = 2000
"""Milliseconds after which a browser opens the next stream."""

seats = Seats(STREAMS)


@page(SEES, quiet=True)
def live(request: HttpRequest, here: Here) -> HttpResponse:
    """The stream of one open page. Without a free seat: 204, on which a browser does not try
    again, and the page asks `now` instead."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    if not seats.take():
        return HttpResponse(status=204)
    stream = Stream(events(here.authority, pulse(here), lambda: _look(request, here.authority)))
    response = StreamingHttpResponse(stream, content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"  # a proxy hands on each line at once
    response["Content-Encoding"] = "identity"  # packing would keep lines back
    return response


@page(SEES, quiet=True)
def now(request: HttpRequest, here: Here) -> HttpResponse:
    """What a stream would say now, for pages that have none."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return JsonResponse(_record(pulse(here)))


class Stream:
    """The lines of one open page; its seat is free again once it is closed, however that comes."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._seated = True

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def close(self) -> None:
        if self._seated:
            self._seated = False
            seats.leave()

    __del__ = close


def events(authority: str, first: Beat, look: Callable[[], Beat | None]) -> Iterator[str]:
    """Lines of an event stream. `look`: the pulse as it stands, None for who may not see it."""
    yield f"retry: {RETRY}\n{_event(first)}"
    number, ends, due = first.number, time.monotonic() + LONGEST, _next_heartbeat()
    while time.monotonic() < ends:
        heard = ear.wait(authority, number, due - time.monotonic())
        if heard is None:
            try:
                heard = desks.run(look)
            except (DatabaseError, InterfaceError):
                return  # the page asks again, and is told when the database is back
            if heard is None:
                return
            due = _next_heartbeat()
        yield ": still here\n\n" if heard.number == number else _event(heard)
        number = heard.number


def _next_heartbeat() -> float:
    return time.monotonic() + HEARTBEAT * random.uniform(0.8, 1.2)  # noqa: S311 (no secret)


def _event(beat: Beat) -> str:
    return f"id: {beat.number}\ndata: {json.dumps(_record(beat))}\n\n"


def _record(beat: Beat) -> dict[str, int | str]:
    return {"number": beat.number, "at": beat.at.isoformat() if beat.at else ""}


def _look(request: HttpRequest, authority: str) -> Beat | None:
    """The pulse, for whoever still may see it by what session, account and roles are now."""
    close_old_connections()
    request.session = type(request.session)(request.session.session_key)
    asking = claimed(request, note=False)
    if asking.person is None or asking.first or asking.only not in ("", authority):
        return None
    try:
        with scope(authority=authority, person=asking.person):
            here = find_here(authority, asking.person, asking.via, asking.seal)
            return pulse(here) if here else None
    except (SignedOut, NotAllowed):
        return None
