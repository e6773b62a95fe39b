"""The event log as people read it: newest first, a page at a time."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from goldthread.records.log import Verified, verify
from goldthread.records.models import Chain, Event, Person
from goldthread.records.scope import Here

PAGE = 100


@dataclass(frozen=True)
class Wanted:
    """Which events: empty means any. `subject` and `action` are exact; `person` is a number."""

    action: str = ""
    subject: str = ""
    person: int | None = None


@dataclass(frozen=True)
class Entry:
    """One event. `who`: the person's name, or what is known of them."""

    number: int
    at: dt.datetime
    person: int | None
    who: str
    via: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """One page of events. `page` counts from 1; `total`: events that match."""

    entries: tuple[Entry, ...]
    page: int
    pages: int
    total: int


def events(here: Here, wanted: Wanted, page: int = 1) -> Pages:
    """A page of the log; a page beyond the last is the last. Errors: NotAllowed."""
    rows = _rows(here, wanted)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    shown = list(rows[(page - 1) * PAGE : page * PAGE])
    return Pages(tuple(_entries(shown)), page, pages, total)


def every_event(here: Here, wanted: Wanted) -> Iterator[Entry]:
    """All events that match, newest first. Errors: NotAllowed."""
    return _entries(list(_rows(here, wanted)))


def actions_and_people(here: Here) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """What the log can be narrowed to: actions in it, and people (number, name) in it."""
    rows = Event.objects.filter(authority_id=here.authority)
    actions = rows.order_by("action").values_list("action", flat=True).distinct()
    people = rows.exclude(person=None).order_by("person").values_list("person", flat=True)
    names = _names(set(people.distinct()))
    named = sorted(((pk, _who(pk, names)) for pk in names), key=lambda row: row[1].casefold())
    return tuple(actions), tuple(named)


def verified(here: Here) -> Verified:
    """Goes through the whole log: is every event whole, and none missing? Errors: NotAllowed."""
    here.check("see-log")
    rows = Event.objects.filter(authority_id=here.authority).order_by("number")
    head = Chain.objects.filter(authority_id=here.authority).first()
    return verify(here.authority, rows.iterator(), head)


def _rows(here: Here, wanted: Wanted) -> QuerySet[Event]:
    here.check("see-log")
    rows = Event.objects.filter(authority_id=here.authority).order_by("-number")
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.subject:
        rows = rows.filter(subject=wanted.subject)
    return rows if wanted.person is None else rows.filter(person=wanted.person)


def _entries(rows: list[Event]) -> Iterator[Entry]:
    names = _names({row.person for row in rows if row.person is not None})
    for row in rows:
        yield Entry(
            row.number, row.at, row.person, _who(row.person, names), row.via, row.action,
            row.subject, row.detail,
        )  # fmt: skip


def _names(people: set[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))


def _who(person: int | None, names: Mapping[int, str]) -> str:
    if person is None:
        return "The service itself"
    return names.get(person, "Somebody who is here no longer")
