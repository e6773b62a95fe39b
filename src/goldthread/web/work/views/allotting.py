"""Allotting a sample: for whom and by when, who would get what, and one part to somebody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.allotting import allot_sample, could_take, reallot_part
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.allotting import (
    AllotAsked,
    AuditorRow,
    auditors,
    preview,
    waiting,
)
from goldthread.records.queries.samples import SampleView, get_sample
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here, Refused
from goldthread.web.work.fields import Fault, day, number, written
from goldthread.web.work.guard import page

DOUBLES = {"10": "1 in 10", "20": "1 in 5", "0": "None"}
USUAL = {
    "plan": ("education", "health", "social-care"),
    "review": ("education",),
    "advice": ("education",),
}
DAYS = 21
"""Days until the audits are due, unless another date is given."""
MOST = 500


@dataclass(frozen=True)
class Choices:
    """The form as the address fills it. `most`: what stands in each person's field."""

    agencies: tuple[str, ...]
    due_on: dt.date | None
    number: int | None
    double: str
    most: dict[int, int]
    fault: Fault | None = None

    @property
    def address(self) -> str:
        pairs = [("agency", agency) for agency in self.agencies]
        pairs += [("due", self.due_on.isoformat() if self.due_on else "")]
        pairs += [("number", str(self.number or "")), ("double", self.double)]
        pairs += [(f"most-{member}", str(most)) for member, most in self.most.items()]
        return urlencode(pairs)

    def asked(self) -> AllotAsked:
        return AllotAsked(
            agencies=self.agencies, due_on=self.due_on or dt.date.max, number=self.number or 0,
            double=int(self.double) / 100, most=self.most,
        )  # fmt: skip


@page("draw-samples")
def choices(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Which agencies, by when, how many, and how much each person may get."""
    sample = get_sample(here, reference)
    return _choices(request, here, sample, _read(request, here, sample), None)


@page("draw-samples")
def confirm(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Who would get what; sent, it becomes so."""
    sample = get_sample(here, reference)
    said = _read(request, here, sample)
    if said.fault:
        return _choices(request, here, sample, said, said.fault)
    try:
        if request.method == "POST":
            seen, framework = request.POST.get("seen", ""), shared_framework(sample.framework)
            allot_sample(here, reference, said.asked(), framework, seen)
            return _see(here, f"samples/{reference}/")
        found = preview(here, sample, said.asked())
    except Refused as error:
        return _choices(request, here, sample, said, Fault("agency", str(error)))
    context = {
        "sample": sample, "row": sample.row, "found": found, "due_on": said.due_on,
        "address": said.address, "doubles": found.doubles,
        "people": [(gets, AGENCIES[gets.auditor.agency]) for gets in found.people],
        "lines": [
            (line, [(AGENCIES[p.agency], p.auditor.name) for p in found.of(line.reference)],
             [(AGENCIES[p.agency], p.auditor.name) for p in found.of(line.reference, second=True)])
            for line in found.lines
        ],
    }  # fmt: skip
    return render(request, "work/samples_preview.html", context)


def _choices(
    request: HttpRequest, here: Here, sample: SampleView, said: Choices, fault: Fault | None
) -> HttpResponse:
    there = auditors(here)
    left = len(waiting(sample))
    context = {
        "sample": sample, "row": sample.row, "said": said, "fault": fault, "raw": request.GET,
        "due": request.GET.get("due", written(said.due_on)), "left": left,
        "doubles": [(value, label, value == said.double) for value, label in DOUBLES.items()],
        "agencies": [
            (code, title, code in said.agencies,
             [(a, f"most-{a.member}", said.most.get(a.member, 0))
              for a in there if a.agency == code],
             _room(there, said, code))
            for code, title in AGENCIES.items()
        ],
    }  # fmt: skip
    return render(request, "work/samples_allot.html", context, status=400 if fault else 200)


def _room(there: tuple[AuditorRow, ...], said: Choices, agency: str) -> int:
    return sum(said.most.get(a.member, 0) for a in there if a.agency == agency)


def _read(request: HttpRequest, here: Here, sample: SampleView) -> Choices:
    """The form; where the address says nothing, what is usual."""
    query: Any = request.GET
    there, left = auditors(here), len(waiting(sample))
    if "due" not in query:
        due = timezone.localdate() + dt.timedelta(days=DAYS)
        usual = USUAL.get(sample.row.subject, ("education",))
        return Choices(usual, due, left, "10", {a.member: a.room for a in there})
    fault: Fault | None = None
    values: dict[str, Any] = {"due": None, "number": None, "most": {}}
    try:
        values["due"] = _due(query)
        values["number"] = _between(query, "number", 1, max(left, 1))
        for person in there:
            name = f"most-{person.member}"
            values["most"][person.member] = _between(query, name, 0, MOST) if query.get(name) else 0
    except WrongField as error:
        fault = Fault(error.field, str(error))
    agencies = tuple(code for code in AGENCIES if code in query.getlist("agency"))
    if not agencies and fault is None:
        fault = Fault("agency", "Choose at least one agency.")
    double = query.get("double", "10")
    return Choices(
        agencies, values["due"], values["number"], double if double in DOUBLES else "10",
        values["most"], fault,
    )  # fmt: skip


def _due(query: Any) -> dt.date:
    found = day(query, "due", "The date by which they are due")
    if found is None:
        raise WrongField("due", "Say by when the audits are due.")
    if found < timezone.localdate():
        raise WrongField("due", "The date by which they are due has passed: give a later one.")
    return found


def _between(query: Any, name: str, least: int, most: int) -> int:
    sentence = f"Give a whole number from {least} to {most}."
    found = number(query, name, sentence)
    if found is None or not least <= found <= most:
        raise WrongField(name, sentence)
    return found


@page("draw-samples")
def reallot(request: HttpRequest, here: Here, part: int) -> HttpResponse:
    """One part that is not done goes to somebody else."""
    fault: Fault | None = None
    found = could_take(here, part)
    if request.method == "POST":
        said = request.POST.get("member", "")
        try:
            member = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
            audit = reallot_part(here, part, member)
            return _see(here, f"audits/{audit}/")
        except Refused as error:
            name = error.field if isinstance(error, WrongField) else "member"
            fault = Fault(name, str(error))
    context = {
        "found": found, "agency": AGENCIES[found.agency], "fault": fault,
        "free": [a for a in auditors(here) if found.against.get(a.member) == ""],
        "against": [said for said in found.against.values() if said],
    }  # fmt: skip
    return render(request, "work/samples_reallot.html", context, status=400 if fault else 200)


def _see(here: Here, path: str) -> HttpResponse:
    response = HttpResponseRedirect(f"/work/{here.authority}/{path}")
    response.status_code = 303
    return response
