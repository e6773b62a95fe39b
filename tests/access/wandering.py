"""People of one authority who ask, at random, for what is another authority's."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpResponseBase
from django.test import Client

from goldthread.records.scope import Here
from tests.access.everything import Whole, digests
from tests.access.table import Row, in_authority
from tests.people import client_of

METHODS = ("get", "get", "head", "post", "post", "put", "patch", "delete", "options")
FIELDS = (
    "member", "writer", "advisers", "author", "plan", "reference", "document", "sample", "line",
    "criterion", "value", "comment", "reason", "words", "code", "places", "version", "typed",
    "search", "mapping", "sealed", "headings", "name", "email", "roles", "agency", "slug", "active",
    "kind", "status", "stamp", "seen", "step", "criteria", "who", "urn", "team", "contact", "page",
    "sure", "second", "q-1", "themes", "files", "state", "authority", "authority_id", "person",
)  # fmt: skip
TABLE = in_authority()


@dataclass(frozen=True)
class Asking:
    """Somebody with a browser. `first`: where a session that lacks its second factor is sent;
    `only`: the one authority that a session of a sign-in service opens."""

    client: Client
    here: Here | None = None
    signed_in: bool = True
    first: str = ""
    only: str = ""


@dataclass(frozen=True)
class Step:
    """One request. `row`: when it lies under the asker's own code."""

    who: Asking
    method: str
    path: str
    fields: Mapping[str, str]
    row: Row | None


def askers(ours: Whole, theirs: Whole) -> list[Asking]:
    """One browser of each role, and some that stand outside."""
    people = [Asking(client_of(here), here) for here in ours.people.values()]
    half = ours.people["administrator"]
    vouched = ours.people["quality-lead"]
    return [
        *people,
        Asking(Client(), signed_in=False),
        Asking(client_of(half, via="password"), half, first="/account/2fa/"),
        Asking(client_of(vouched, via="provider", only=theirs.code), vouched, only=theirs.code),
    ]


def steps(rng: random.Random, number: int, ours: Whole, theirs: Whole) -> Iterator[Step]:
    """Requests for something of theirs, none of which anybody here may have."""
    there, naming = askers(ours, theirs), [row for row in TABLE if row.names_something]
    for _ in range(number):
        who, method = rng.choice(there), rng.choice(METHODS)
        own = rng.random() < 0.4
        row = rng.choice(naming if own else TABLE)
        code = ours.code if own else rng.choice((theirs.code,) * 8 + ("999", "000", "abc", "1"))
        path = row.filled(code, _named(rng, ours, theirs, own))
        path += "" if rng.random() < 0.7 else "?" + _query(rng, theirs)
        fields = dict(_fields(rng, ours, theirs)) if method in ("post", "put", "patch") else {}
        yield Step(who, method, path, fields, row if own else None)


def _named(rng: random.Random, ours: Whole, theirs: Whole, own: bool) -> dict[str, str]:
    """Names in an address: theirs; under their code sometimes ours, or what nobody has."""
    if own or rng.random() < 0.6:
        return dict(theirs.named)
    if rng.random() < 0.5:
        return dict(ours.named)
    kinds = {"plan": "P", "document": "D", "sample": "S", "open": "A", "audit": "A", "line": "P"}
    return {
        name: f"{kinds[name]}-{rng.randrange(10**6):06}" if name in kinds
        else str(rng.randrange(10**9)) if value.isdecimal() else value
        for name, value in theirs.named.items()
    }  # fmt: skip


def _fields(rng: random.Random, ours: Whole, theirs: Whole) -> Iterator[tuple[str, str]]:
    for name in rng.sample(FIELDS, rng.randrange(8)):
        yield name, _value(rng, ours, theirs)


def _value(rng: random.Random, ours: Whole, theirs: Whole) -> str:
    kind = rng.randrange(6)
    if kind < 3:
        return rng.choice(list(theirs.named.values()))
    if kind == 3:
        return str(rng.choice(list(theirs.people.values())).member)
    if kind == 4:
        return rng.choice(list(ours.named.values()))
    return rng.choice(("", "0", "-1", "yes", "2", "x" * 40, "';--", "%", theirs.code, "{}", "[]"))


def _query(rng: random.Random, theirs: Whole) -> str:
    names = rng.sample(("page", "writer", "search", "plan", "agency", "action", "person", "go"), 2)
    return "&".join(f"{n}={quote(rng.choice(list(theirs.named.values())))}" for n in names)


def sent(step: Step) -> Any:
    """The answer."""
    if step.method == "post":
        return step.who.client.post(step.path, step.fields)
    if step.fields:
        body = "&".join(f"{k}={quote(v)}" for k, v in step.fields.items())
        return getattr(step.who.client, step.method)(
            step.path, body, content_type="application/x-www-form-urlencoded"
        )
    return getattr(step.who.client, step.method)(step.path)


def expected(step: Step) -> int:
    """The one answer there is to it."""
    who = step.who
    if not who.signed_in or who.first:
        return 302
    if who.here is None or step.row is None or who.only:
        return 404
    if who.here.watched and step.method not in ("get", "head"):
        return 403
    return step.row.to_stranger(who.here, step.method == "post")


def where_to(step: Step) -> str:
    """The beginning of the address to which one is sent on."""
    return step.who.first or "/account/login/"


def body(answer: HttpResponseBase) -> bytes:
    """What it says; of a stream that stays open, its first event."""
    if str(answer.headers.get("Content-Type", "")).startswith("text/event-stream"):
        return next(iter(answer.streaming_content))  # type: ignore[attr-defined,no-any-return]
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.content  # type: ignore[attr-defined,no-any-return]


def wander(seed: int, number: int, ours: Whole, theirs: Whole) -> None:
    """So many requests: each is answered as it must be, tells nothing and changes nothing."""
    before, mark = digests(theirs.code), theirs.mark.lower().encode()
    told: Counter[int] = Counter()
    for step in steps(random.Random(seed), number, ours, theirs):
        answer = sent(step)
        shown = (step.method, step.path, step.fields, step.who.here and step.who.here.roles)
        assert answer.status_code == expected(step), shown
        if answer.status_code == 302:
            assert answer["Location"].startswith(where_to(step)), shown
        assert mark not in body(answer).lower(), shown
        assert mark not in str(answer.headers).lower().encode(), shown
        told[answer.status_code] += 1
    assert digests(theirs.code) == before
    assert told[404] > number / 2, told
    assert told.keys() >= {302, 303, 403, 404, 405}, told
