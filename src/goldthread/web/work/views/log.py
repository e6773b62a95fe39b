"""The event log: who did what when, in plain words, and whether it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from goldthread.content import folder
from goldthread.readers.events import read_events
from goldthread.records.queries.log import (
    Entry,
    Wanted,
    actions_and_people,
    events,
    every_event,
    verified,
)
from goldthread.records.scope import Here
from goldthread.web.work.fields import Posted, text
from goldthread.web.work.guard import page
from goldthread.writers.csv import csv_text

COLUMNS = ("number", "at", "person", "who", "via", "action", "words", "subject", "detail")


@dataclass(frozen=True)
class Line:
    """An event as a page shows it."""

    entry: Entry
    words: str
    detail: str


@lru_cache(maxsize=1)
def event_words() -> Mapping[str, str]:
    """Action -> what was done, in plain words."""
    return read_events(folder("reference") / "events.yaml")


@page("see-log")
def log(request: HttpRequest, here: Here) -> HttpResponse:
    """A page of events, narrowed by what stands in the address."""
    wanted = _wanted(request.GET)
    at = text(request.GET, "page")
    found = events(here, wanted, int(at) if at.isascii() and at.isdecimal() and len(at) < 9 else 1)
    actions, people = actions_and_people(here)
    context = {
        "found": found, "lines": [_line(entry) for entry in found.entries], "wanted": wanted,
        "query": _query(wanted), "people": people,
        "actions": sorted(((a, said_of(a)) for a in actions), key=lambda row: row[1]),
    }  # fmt: skip
    return render(request, "work/log.html", context)


@page("see-log")
def as_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """The same events, all pages of them, as a file for a spreadsheet."""
    rows = [_row(_line(entry)) for entry in every_event(here, _wanted(request.GET))]
    response = HttpResponse(csv_text(rows, COLUMNS), content_type="text/csv; charset=utf-8")
    name = f"events-{here.authority}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("see-log")
def verifying(request: HttpRequest, here: Here) -> HttpResponse:
    """Goes through every event of the log, and says whether it is whole."""
    return render(request, "work/log_verify.html", {"result": verified(here)})


def said_of(action: str) -> str:
    """The action in plain words; the code itself for one that has none."""
    return event_words().get(action, action)


def _wanted(asked: Posted) -> Wanted:
    person = text(asked, "person")
    known = person.isascii() and person.isdecimal() and len(person) < 16
    return Wanted(
        text(asked, "action")[:60], text(asked, "subject")[:80], int(person) if known else None
    )


def _query(wanted: Wanted) -> str:
    told = {"action": wanted.action, "subject": wanted.subject, "person": wanted.person}
    return urlencode({name: value for name, value in told.items() if value not in ("", None)})


def _line(entry: Entry) -> Line:
    detail = "; ".join(
        f"{name.replace('_', ' ')}: {_value(value)}" for name, value in entry.detail.items()
    )
    return Line(entry, said_of(entry.action), detail)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) if value not in ("", None) else "none"


def _row(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "number": entry.number, "at": timezone.localtime(entry.at).isoformat(timespec="seconds"),
        "person": entry.person, "who": entry.who, "via": entry.via, "action": entry.action,
        "words": line.words, "subject": entry.subject, "detail": line.detail,
    }  # fmt: skip
