"""Samples: the list, one sample with its audits, whether it is fair, and what was replaced."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.samples import REASONS, replace_line, set_aside
from goldthread.records.queries.allotting import waiting
from goldthread.records.queries.frames import KEYS
from goldthread.records.queries.quotas import quota
from goldthread.records.queries.samples import (
    MODES,
    AuditOf,
    Chase,
    LineRow,
    PartOf,
    SampleView,
    get_sample,
    progress,
    samples,
)
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here, NotAllowed, Refused
from goldthread.web.work.fields import Fault
from goldthread.web.work.guard import page
from goldthread.web.work.words import AUDIT_STATES
from goldthread.writers.csv import csv_text

PART_STATES = {
    "allotted": "not begun", "under-way": "under way", "done": "done", "reopened": "opened again",
}  # fmt: skip
COLUMNS = ("stratum", "role", "order", "reference")


@page("see-samples")
def listed(request: HttpRequest, here: Here) -> HttpResponse:
    """All samples, each kind apart, and the month's quota."""
    rows = samples(here)
    kinds = [(title, [row for row in rows if row.mode == mode]) for mode, title in MODES.items()]
    context = {
        "kinds": [kind for kind in kinds if kind[1]],
        "quota": quota(here, timezone.localdate()),
        "may_draw": here.can("draw-samples"),
    }
    return render(request, "work/samples.html", context)


@page("see-samples")
def one(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """One sample with its lines."""
    return _one(request, here, reference, None)


def _one(request: HttpRequest, here: Here, reference: str, fault: Fault | None) -> HttpResponse:
    sample = get_sample(here, reference)
    themes = shared_framework(sample.framework).themes
    context = {
        "sample": sample, "row": sample.row, "fault": fault,
        "themes": [themes.get(theme, theme) for theme in sample.themes],
        "lines": [_shown(line) for line in sample.lines if line.state != "waiting"],
        "reserve": [line for line in sample.lines if line.state == "waiting"],
        "remarks": sample.departures(timezone.localdate()),
        "waiting": len(waiting(sample)),
        "may_draw": here.can("draw-samples"), "may_open": here.can("see-audits"),
        "shows_lines": here.via != "support",
        "words": request.POST.get("words", ""),
    }  # fmt: skip
    return render(request, "work/samples_one.html", context, status=400 if fault else 200)


@dataclass(frozen=True)
class ShownAudit:
    """An audit of a line, in words. `parts`: (part, agency, state)."""

    audit: AuditOf
    state: str
    parts: tuple[tuple[PartOf, str, str], ...]


def _shown(line: LineRow) -> tuple[LineRow, list[ShownAudit]]:
    return line, [
        ShownAudit(
            audit,
            AUDIT_STATES.get(audit.state, audit.state),
            tuple((part, AGENCIES[part.agency], PART_STATES[part.state]) for part in audit.parts),
        )
        for audit in line.audits
    ]


@page("see-samples")
def fair(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """How the draw was made, how to make it again, and whether it was kept to."""
    sample = get_sample(here, reference)
    context = {
        "sample": sample, "row": sample.row, "strata": sample.strata,
        "divided_by": [KEYS.get(key, key) for key in sample.keys],
        "differs": sample.redraw(), "remarks": sample.departures(timezone.localdate()),
        "main": len(sample.drawn.of("main")), "held": len(sample.frame.lines),
        "command": _command(sample),
        "may_download": here.via != "support",
    }  # fmt: skip
    return render(request, "work/samples_fair.html", context)


def _command(sample: SampleView) -> str:
    """What anyone types who has the two files, on one line that can be copied."""
    period, salt = shlex.quote(sample.row.period), shlex.quote(sample.drawn.salt)
    return f"goldthread redraw frame.txt --period {period} --salt {salt} --draw draw.csv"


@page("see-samples")
def frame_file(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """The list that was drawn from, byte for byte as it was hashed."""
    sample = _to_download(here, reference)
    return _file(sample.frame_text, f"{reference}-frame.txt", "text/plain; charset=utf-8")


@page("see-samples")
def draw_file(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """The draw: stratum, role, order, reference."""
    sample = _to_download(here, reference)
    rows = [{name: getattr(pick, name) for name in COLUMNS} for pick in sample.drawn.picks]
    return _file(csv_text(rows, COLUMNS), f"{reference}-draw.csv", "text/csv; charset=utf-8")


def _to_download(here: Here, reference: str) -> SampleView:
    if here.via == "support":
        raise NotAllowed("Support staff see how things are set up, and take no list away.")
    return get_sample(here, reference)


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("draw-samples")
def replace(request: HttpRequest, here: Here, reference: str, line: str) -> HttpResponse:
    """Takes out a plan that cannot be audited, with a reason."""
    fault: Fault | None = None
    if request.method == "POST":
        code, words = request.POST.get("code", ""), request.POST.get("words", "")
        try:
            replace_line(here, reference, line, code, words)
            return _see(here, f"{reference}/")
        except Refused as error:
            fault = _fault(error, "code")
    sample = get_sample(here, reference)
    found = next((each for each in sample.to_audit if each.reference == line), None)
    free = [each for each in sample.lines
            if each.state == "waiting" and found and each.stratum == found.stratum]  # fmt: skip
    context = {
        "sample": sample, "row": sample.row, "line": found, "named": line, "fault": fault,
        "next": free[0] if free else None, "reasons": REASONS.items(),
        "code": request.POST.get("code", ""), "words": request.POST.get("words", ""),
    }  # fmt: skip
    return render(request, "work/samples_replace.html", context, status=400 if fault else 200)


@page("draw-samples")
def aside(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Sets a draw aside that nobody will audit."""
    if request.method != "POST":
        return _see(here, f"{reference}/")
    try:
        set_aside(here, reference, request.POST.get("words", ""))
    except Refused as error:
        return _one(request, here, reference, _fault(error, "words"))
    return _see(here, f"{reference}/")


@page("see-samples")
def who(request: HttpRequest, here: Here) -> HttpResponse:
    """Who is waiting for whom."""
    found = progress(here)
    context = {
        "progress": found,
        "people": [(p, AGENCIES.get(p.agency, p.agency)) for p in found.people],
        "chase": [(c, AGENCIES.get(c.agency, c.agency), PART_STATES[c.state]) for c in found.chase],
        "overdue": sum(c.overdue for c in found.chase),
        "named": here.can("see-people"), "may_open": here.can("see-audits"),
        "may_draw": here.can("draw-samples"),
        "agencies": _agencies(found.chase),
    }  # fmt: skip
    return render(request, "work/samples_who.html", context)


def _agencies(chase: Sequence[Chase]) -> list[tuple[str, int, int]]:
    """For readers who may not see names: agency, parts to do, of them overdue."""
    to_do = Counter(c.agency for c in chase)
    late = Counter(c.agency for c in chase if c.overdue)
    return [(AGENCIES[a], to_do[a], late[a]) for a in AGENCIES if to_do[a]]


def _fault(error: Refused, field: str) -> Fault:
    return Fault(error.field if isinstance(error, WrongField) else field, str(error))


def _see(here: Here, path: str) -> HttpResponse:
    response = HttpResponseRedirect(f"/work/{here.authority}/samples/{path}")
    response.status_code = 303
    return response
