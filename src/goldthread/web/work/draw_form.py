"""The steps towards a draw as one address: every step's fields stand in the query string.

So a draw can be asked for again, looked at by somebody else, or begun from last month's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.http import QueryDict
from django.utils.http import urlencode

from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.samples import DrawAsked
from goldthread.records.queries.frames import KEYS, STATUSES, SUBJECTS, FrameAsked, SubjectKind
from goldthread.web.work.fields import Fault, day, number, text

STEPS = ("what", "how", "which", "size", "draw")
OWN: dict[str, tuple[str, ...]] = {
    "what": ("subject", "status", "profession"),
    "how": ("mode", "why", "theme", "blind"),
    "which": (
        "since", "until", "kind", "need", "age", "phase", "team", "older", "unreviewed",
        "document", "fresh", "key",
    ),
    "size": ("margin", "reliability", "size"),
}  # fmt: skip
"""Which fields each step asks; the other steps' travel along unseen."""
MARGINS = {"5": 0.05, "10": 0.10, "15": 0.15}
RELIABILITIES = {"50": 0.5, "70": 0.7, "90": 0.9}
FRESH = 12
"""Months for which a plan that was drawn is left out, unless another number is given."""
LONGEST = {"older": 30, "unreviewed": 120, "fresh": 60, "size": 100_000}


@dataclass(frozen=True)
class Form:
    """What the address asks for, and what is wrong in it: field -> sentence."""

    frame: FrameAsked
    mode: str
    why: str
    themes: tuple[str, ...]
    blind: bool
    margin: float
    reliability: float
    size: int | None
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The query string of all steps."""
        return urlencode(list(pairs(self)))

    def asked(self, seen: str = "") -> DrawAsked:
        return DrawAsked(
            frame=self.frame, mode=self.mode, why=self.why, themes=self.themes,
            size=self.size or 0, blind=self.blind, seen=seen,
            address=urlencode([pair for pair in pairs(self) if pair[0] != "why"]),
        )  # fmt: skip

    def fault(self, step: str) -> Fault | None:
        """The first thing wrong in a step's own fields."""
        names = [name for name in OWN.get(step, ()) if name in self.faults]
        return Fault(names[0], self.faults[names[0]]) if names else None

    def first_wrong(self, before: str) -> str:
        """The first step before this one in which something is wrong; empty when all are right."""
        earlier = STEPS[: STEPS.index(before)]
        return next((step for step in earlier if self.fault(step)), "")


def pairs(form: Form) -> Iterable[tuple[str, str]]:
    """Field and value, as they stand in the address."""
    asked = form.frame
    lists = {
        "profession": asked.professions, "theme": form.themes, "kind": asked.plan_kinds,
        "need": asked.needs, "age": asked.age_bands, "phase": asked.phases, "team": asked.teams,
        "key": asked.keys,
    }  # fmt: skip
    ones = {
        "subject": asked.subject, "status": asked.status if asked.subject == "plan" else "",
        "mode": form.mode, "why": form.why, "blind": "yes" if form.blind else "no",
        "since": _said(asked.since), "until": _said(asked.until), "older": asked.older or "",
        "unreviewed": asked.unreviewed or "", "document": "yes" if asked.with_document else "",
        "fresh": asked.fresh, "margin": _key(MARGINS, form.margin),
        "reliability": _key(RELIABILITIES, form.reliability), "size": form.size or "",
    }  # fmt: skip
    yield from ((name, str(value)) for name, value in ones.items() if value != "")
    yield from ((name, value) for name, values in lists.items() for value in values)


def carried(form: Form, step: str) -> list[tuple[str, str]]:
    """The fields of the other steps, for hidden inputs."""
    own = OWN.get(step, ())
    return [pair for pair in pairs(form) if pair[0] not in own]


def read(query: QueryDict, blind: bool) -> Form:
    """The form as the address fills it. `blind`: how this authority audits unless it says else."""
    faults: dict[str, str] = {}
    mode = text(query, "mode") or "random"
    asked = FrameAsked(
        subject=cast(SubjectKind, _one_of(query, "subject", SUBJECTS, "plan", faults)),
        status=_one_of(query, "status", STATUSES, "issued", faults),
        professions=_many(query, "profession"),
        since=_day(query, "since", faults),
        until=_day(query, "until", faults),
        plan_kinds=_many(query, "kind"),
        needs=_many(query, "need"),
        age_bands=_many(query, "age"),
        phases=_many(query, "phase"),
        teams=_many(query, "team"),
        older=_number(query, "older", faults) or 0,
        unreviewed=_number(query, "unreviewed", faults) or 0,
        with_document=text(query, "document") == "yes",
        fresh=_fresh(query, mode, faults),
        keys=tuple(key for key in KEYS if key in query.getlist("key")),
    )
    if asked.since and asked.until and asked.since > asked.until:
        faults["until"] = "The second date must not be before the first."
    return Form(
        frame=asked, mode=mode, why=" ".join(text(query, "why").split()),
        themes=_many(query, "theme"),
        blind=text(query, "blind") != "no" if "blind" in query else blind,
        margin=MARGINS.get(text(query, "margin"), 0.10),
        reliability=RELIABILITIES.get(text(query, "reliability"), 0.7),
        size=_number(query, "size", faults), faults=faults,
    )  # fmt: skip


def wrong(form: Form, check: Callable[[DrawAsked], Any]) -> Form:
    """The form with what `check` finds wrong in it as well."""
    try:
        check(form.asked())
    except WrongField as error:
        return replace(form, faults={error.field: str(error), **form.faults})
    return form


def _fresh(query: QueryDict, mode: str, faults: dict[str, str]) -> int:
    """A random sample leaves out what was drawn lately, unless the form says otherwise."""
    if "fresh" not in query:
        return FRESH if mode == "random" else 0
    return _number(query, "fresh", faults) or 0


def _one_of(
    query: QueryDict, name: str, known: Iterable[str], default: str, faults: dict[str, str]
) -> str:
    said = text(query, name) or default
    if said in set(known):
        return said
    faults[name] = "Choose one of these."
    return default


def _many(query: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(sorted({value[:80] for value in query.getlist(name) if value}))


def _day(query: QueryDict, name: str, faults: dict[str, str]) -> dt.date | None:
    try:
        return day(query, name, "This")
    except WrongField as error:
        faults[name] = str(error)
        return None


def _number(query: QueryDict, name: str, faults: dict[str, str]) -> int | None:
    sentence = f"Give a whole number from 0 to {LONGEST[name]:,}."
    try:
        found = number(query, name, sentence)
    except WrongField:
        found = -1
    if found is not None and not 0 <= found <= LONGEST[name]:
        faults[name] = sentence
        return None
    return found


def _said(value: dt.date | None) -> str:
    return value.isoformat() if value else ""


def _key(known: dict[str, float], value: float) -> str:
    return next(key for key, share in known.items() if share == value)
