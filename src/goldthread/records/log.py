"""The event log: every write is one event, each sealed by the one before it.

An event's digest covers its own fields and the digest before it, so that a change or a gap
anywhere shows from there on. The head of each chain is a row of its own, locked for the last
moment of a transaction: two writers of one authority queue there and nowhere else.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from goldthread.records.models import Chain, Event
from goldthread.records.scope import Here

START = "0" * 64


def record(here: Here, action: str, subject: str = "", **detail: Any) -> None:
    """Adds one event in the caller's transaction; call it last, because it holds the chain.

    `detail`: references, numbers and reason codes only; never a name or words somebody wrote.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event belongs to the transaction of what it records")
    head = _head(here.authority)
    event = Event(
        authority_id=here.authority, number=head.number + 1, at=timezone.now(), person=here.person,
        via=here.via, action=action, subject=subject, detail=detail, before=head.digest,
    )  # fmt: skip
    event.digest = digest_of(event)
    event.save(force_insert=True)
    Chain.objects.filter(pk=head.pk).update(number=event.number, digest=event.digest)


def _head(authority: str) -> Chain:
    """The head of the chain, locked to the end of the transaction; made when it is the first."""
    locked = Chain.objects.select_for_update()
    found = locked.filter(authority_id=authority).first()
    if found is None:
        Chain.objects.get_or_create(authority_id=authority)
        found = locked.get(authority_id=authority)
    return found


def digest_of(event: Event) -> str:
    """64 hex digits: SHA-256 of the event as canonical JSON."""
    said: Mapping[str, Any] = {
        "authority": event.authority_id, "number": event.number, "person": event.person,
        "at": event.at.astimezone(dt.UTC).isoformat(), "via": event.via, "action": event.action,
        "subject": event.subject, "detail": event.detail, "before": event.before,
    }  # fmt: skip
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verified:
    """`fault` is empty when every event is whole and none is missing."""

    authority: str
    events: int
    head: str
    fault: str = ""


def verify(authority: str, events: Iterable[Event], head: Chain | None) -> Verified:
    """Goes through one authority's events in order, and compares the last with the head."""
    before, number = START, 0
    for event in events:
        number += 1
        if event.number != number:
            said = f"Event {number} is missing: the next one there is number {event.number}."
            return Verified(authority, number - 1, before, said)
        if event.before != before or event.digest != digest_of(event):
            said = f"Event {number} ({event.action}) is not as it was written."
            return Verified(authority, number, before, said)
        before = event.digest
    expected = (head.number, head.digest) if head else (0, START)
    fault = "" if expected == (number, before) else _tail(expected[0], number)
    return Verified(authority, number, before, fault)


def _tail(expected: int, found: int) -> str:
    if expected > found:
        return f"The last {expected - found} events are missing: there are {found} of {expected}."
    return "The head of the chain is not that of its last event."
