"""Calibration: invented anchor plans that everybody marks, and what was agreed about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.core.audit.anchors import AnchorPlan, blank_of
from goldthread.core.audit.audit import questions
from goldthread.core.audit.calibrating import QUARTER, chance, sentences, tally
from goldthread.readers.anchors import current_anchors, find_anchor
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.calibration import ask, begin, take_back
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.allotting import agency_for, auditors
from goldthread.records.queries.calibration import AnchorAudit, all_anchors, my_anchors
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here, Refused
from goldthread.simulation.plans.anchor_paper import anchor_docx
from goldthread.web.work.asking import form_for
from goldthread.web.work.calibrating import (
    Standing,
    compared,
    people,
    results,
    shown_themes,
    signed_on,
    standings,
    together,
)
from goldthread.web.work.fields import day, written
from goldthread.web.work.guard import page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A_MINUTE = 200
"""Words that somebody reads with care in a minute, and the seconds below, only to say how long a
plan takes; a guess that the first cycle will replace."""
PER_QUESTION = 20
WEEKS = 3
"""How far off the day is that a request proposes."""


@page("calibrate")
def calibration(request: HttpRequest, here: Here) -> HttpResponse:
    """One's own anchors: what waits, what is due again, results so far; and, for whoever may see
    how strict each auditor is, everybody's."""
    today = timezone.localdate()
    plans, own = current_anchors(today), my_anchors(here)
    mine = results(plans, own)
    lines = standings(plans, own, today)
    lead = here.can("see-strictness")
    context = {
        "lines": lines,
        "waiting": [line for line in lines if line.open],
        "due": [line for line in lines if line.due],
        "results": mine,
        "chance": chance(together(mine)) if mine else "",
        "agency": _agency(here),
        "quarter": QUARTER,
        "people": people(plans, all_anchors(here), AGENCIES, today) if lead else None,
        "lead": lead,
    }  # fmt: skip
    return render(request, "work/calibration.html", context)


def _agency(here: Here) -> str:
    return AGENCIES.get(agency_for(here.roles, here.agency), "")


@page("calibrate")
def anchor(request: HttpRequest, here: Here, anchor: str) -> HttpResponse:
    """One anchor: before marking what it is; afterwards what was agreed, question by question."""
    plan = _found(anchor)
    if request.method == "POST":
        return _begun(request, here, plan)
    return _shown(request, here, plan)


def _found(anchor: str) -> AnchorPlan:
    plan = find_anchor(anchor)
    if plan is None:
        raise Http404
    return plan


def _begun(request: HttpRequest, here: Here, plan: AnchorPlan) -> HttpResponse:
    try:
        with transaction.atomic():
            reference = begin(here, plan)
    except Refused as refused:
        return _shown(request, here, plan, str(refused))
    return HttpResponseRedirect(f"/work/{here.authority}/audits/{reference}/", status=303)


def _shown(request: HttpRequest, here: Here, plan: AnchorPlan, error: str = "") -> HttpResponse:
    own = [a for a in my_anchors(here) if a.anchor == plan.id]
    [standing] = standings([plan], own, timezone.localdate())
    context: dict[str, Any] = {
        "plan": plan, "anchor": plan.anchor, "standing": standing, "error": error,
        "agency": _agency(here), "results": results([plan], own), "words": f"{plan.words:,}",
    }  # fmt: skip
    seen = None if standing.open else _chosen(request, standing)
    if seen is None:
        return _answered(request, "before", context | _before(here, plan), error)
    return _answered(request, "after", context | _after(plan, seen), error)


def _answered(
    request: HttpRequest, which: str, context: dict[str, Any], error: str
) -> HttpResponse:
    name = f"work/calibration_{which}.html"
    return render(request, name, context, status=400 if error else 200)


def _chosen(request: HttpRequest, standing: Standing) -> AnchorAudit | None:
    """The signed marking to show: the newest, unless an earlier one is named."""
    signed = [a for a in (standing.last, *standing.earlier) if a is not None]
    named = request.GET.get("marking", "")
    if not signed:
        return None
    return next((a for a in signed if a.reference == named), signed[0])


def _before(here: Here, plan: AnchorPlan) -> dict[str, Any]:
    agency = agency_for(here.roles, here.agency)
    if not agency:
        return {"count": 0, "minutes": 0}
    framework = shared_framework(plan.anchor.framework)
    count = len(questions(framework, blank_of(plan.anchor, agency)).criteria)  # type: ignore[arg-type]
    minutes = plan.words / A_MINUTE + count * PER_QUESTION / 60
    return {"count": count, "minutes": 5 * max(1, round(minutes / 5))}


def _after(plan: AnchorPlan, audit: AnchorAudit) -> dict[str, Any]:
    framework = shared_framework(plan.anchor.framework)
    lines = compared(plan, audit)
    found = tally(lines)
    return {
        "seen": audit, "on": signed_on(audit), "sentences": sentences(framework, lines),
        "chance": chance(found), "tally": found, "themes": shown_themes(framework, lines),
        "changed": audit.digest != plan.digest,
        "first": _first_page(audit),
        "grade": framework.band_label(plan.anchor.grade.capped),
        "dial": framework.grading.compliance[plan.anchor.grade.compliance]
        if framework.grading else "",
        "bar": {"after": found.same + found.adjacent, "rest": found.different - found.adjacent},
    }  # fmt: skip


def _first_page(audit: AnchorAudit) -> str:
    """Where this marking's own form begins."""
    pages = form_for(audit.blank, (audit.agency,)).pages[audit.agency]
    return f"audits/{audit.reference}/{audit.agency}/{pages[0].theme}/"


@page("calibrate")
def word(request: HttpRequest, here: Here, anchor: str) -> HttpResponse:
    """The plan alone as a Word file, to read on paper; nothing of what was agreed."""
    plan = _found(anchor)
    response = HttpResponse(anchor_docx(plan.text), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="anchor-{plan.id}.docx"'
    return response


@page("see-strictness")
def asking(request: HttpRequest, here: Here) -> HttpResponse:
    """The quality lead asks people to mark anchor plans by a day."""
    if request.method != "POST":
        return _ask_form(request, here, None)
    try:
        with transaction.atomic():
            return _asked(request, here)
    except WrongField as wrong:
        return _ask_form(request, here, (wrong.field, str(wrong)))
    except Refused as refused:
        return _ask_form(request, here, ("anchors", str(refused)))


def _asked(request: HttpRequest, here: Here) -> HttpResponse:
    due = day(request.POST, "due", "The day")
    if due is None:
        raise WrongField("due", "Say by when, for example 18/12/2026.")
    chosen = request.POST.getlist("anchor")
    plans = [p for p in current_anchors(timezone.localdate()) if p.id in chosen]
    if not plans:
        raise WrongField("anchors", "Choose at least one anchor plan.")
    members = [int(m) for m in request.POST.getlist("member") if m.isdecimal() and len(m) < 10]
    if not members:
        raise WrongField("members", "Choose at least one person.")
    made = ask(here, plans, members, due)
    address = f"/work/{here.authority}/calibration/?made={made.made}&already={made.already}"
    return HttpResponseRedirect(f"{address}#people", status=303)


def _ask_form(request: HttpRequest, here: Here, fault: tuple[str, str] | None) -> HttpResponse:
    today = timezone.localdate()
    chosen = set(request.POST.getlist("anchor")), set(request.POST.getlist("member"))
    field, sentence = fault or ("", "")
    context = {
        "plans": [(p.anchor, p.id in chosen[0]) for p in current_anchors(today)],
        "people": [(a, AGENCIES[a.agency], str(a.member) in chosen[1]) for a in auditors(here)],
        "due": request.POST.get("due", written(today + dt.timedelta(weeks=WEEKS))),
        "error": sentence, "target": field, "quarter": QUARTER,
    }  # fmt: skip
    return render(request, "work/calibration_ask.html", context, status=400 if fault else 200)


@page("see-strictness")
def taking_back(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """A request that was made by mistake; what was answered of it is never shown or counted."""
    if request.method == "POST":
        take_back(here, reference)
    return HttpResponseRedirect(f"/work/{here.authority}/calibration/#people", status=303)
