"""The steps towards a draw: what, how, which, how many, and the draw itself.

Nothing is kept before the last one, and no page before it says which plans would be drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.core.audit.frame import Frame
from goldthread.core.audit.sizing import RHO, margin_at, reliability_at, size
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.samples import check_asked, draw_sample, framework_of
from goldthread.records.queries.frames import (
    KEYS,
    REASONS,
    STATUSES,
    SUBJECTS,
    Choice,
    choose,
    frame_of,
    values_there,
)
from goldthread.records.queries.quotas import quota
from goldthread.records.queries.samples import MODES, allocation
from goldthread.records.queries.settings import chosen as settings_of
from goldthread.records.scope import Here, Refused
from goldthread.web.work import words
from goldthread.web.work.draw_form import (
    MARGINS,
    OWN,
    STEPS,
    Form,
    carried,
    read,
    wrong,
)
from goldthread.web.work.fields import Fault
from goldthread.web.work.guard import page

TITLES = {
    "what": "What do you want to audit?",
    "how": "How should they be chosen?",
    "which": "Which are in?",
    "size": "How many?",
    "draw": "Draw the sample",
}
MODES_SAID = {
    "random": "Everything that is in has its chance. Only this says how your plans are in general.",
    "thematic": "Some questions only, of plans that the theme is about. It says nothing of the "
    "other plans, so it is kept apart from random samples in every number.",
    "risk-led": "Plans that give reason for concern, such as old ones. They are not like your "
    "other plans, so this is kept apart from random samples in every number.",
}
RELIABLE_SAID = {  # by the words of draw_form.RELIABILITIES
    "50": "To say at all whether you are clearly above or below",
    "70": "For every comparison, with your position as a range",
    "90": "For differences that hardly move from year to year by chance",
}


@dataclass(frozen=True)
class Tick:
    """One box or button of a form."""

    value: str
    label: str
    chosen: bool
    hint: str = ""


@page("draw-samples")
def step(request: HttpRequest, here: Here, step: str) -> HttpResponse:
    """One step: shown, or gone through to the next one."""
    if step not in STEPS:
        raise Http404
    today = timezone.localdate()
    form = wrong(read(request.GET, settings_of(here).blind), check_asked)
    earlier = form.first_wrong(step)
    if earlier:
        return _to(here, earlier, form, go=True)
    if step == "draw" and request.method == "POST":
        return _draw(request, here, form, today)
    if "go" in request.GET and step != "draw":
        return _gone_through(request, here, step, form, today)
    return _show(request, here, step, form, None)


def _gone_through(
    request: HttpRequest, here: Here, step: str, form: Form, today: dt.date
) -> HttpResponse:
    fault = form.fault(step) or _fault_of_list(here, step, form, today)
    if fault:
        return _show(request, here, step, form, fault)
    return _to(here, STEPS[STEPS.index(step) + 1], form)


def _fault_of_list(here: Here, step: str, form: Form, today: dt.date) -> Fault | None:
    """What can only be told with the list at hand: nothing is in, or too few for the strata."""
    if step not in ("which", "size"):
        return None
    try:
        frame = frame_of(choose(here, form.frame, today), form.frame)
        if step == "size":
            if not form.size:
                return Fault("size", "Say how many to draw.")
            allocation(frame, form.size, form.frame.subject, form.frame.keys)
    except ValueError as error:
        return Fault("size" if step == "size" else "count", str(error))
    return None


def _to(here: Here, step: str, form: Form, go: bool = False) -> HttpResponse:
    address = f"/work/{here.authority}/samples/new/{step}/?{form.address}"
    return HttpResponseRedirect(f"{address}&go=1" if go else address)


def _draw(request: HttpRequest, here: Here, form: Form, today: dt.date) -> HttpResponse:
    try:
        reference = draw_sample(here, form.asked(request.POST.get("seen", "")), today)
    except Refused as error:
        return _show(request, here, "draw", form, Fault("draw", str(error)))
    response = HttpResponseRedirect(f"/work/{here.authority}/samples/{reference}/fair/")
    response.status_code = 303
    return response


def _show(
    request: HttpRequest, here: Here, step: str, form: Form, fault: Fault | None
) -> HttpResponse:
    at = STEPS.index(step)
    context = {
        "form": form, "step": step, "title": TITLES[step], "number": at + 1, "of": len(STEPS),
        "carried": carried(form, step), "fault": fault, "raw": request.GET,
        "before": _address(here, STEPS[at - 1], form) if at else "",
        **CONTEXTS[step](here, form, timezone.localdate()),
    }  # fmt: skip
    template = f"work/samples_{step}.html"
    return render(request, template, context, status=400 if fault else 200)


def _address(here: Here, step: str, form: Form) -> str:
    return f"/work/{here.authority}/samples/new/{step}/?{form.address}"


def _ticks(
    known: Mapping[str, str], ticked: tuple[str, ...], hints: Mapping[str, str] | None = None
) -> list[Tick]:
    said = hints or {}
    return [Tick(v, label, v in ticked, said.get(v, "")) for v, label in known.items()]


def _what(here: Here, form: Form, today: dt.date) -> dict[str, Any]:
    there = values_there(here, form.frame.subject)["profession"]
    professions = {value: words.professions().get(value, value) for value in there}
    return {
        "subjects": _ticks(SUBJECTS, (form.frame.subject,)),
        "statuses": _ticks(STATUSES, (form.frame.status,)),
        "professions": _ticks(professions, form.frame.professions),
    }


def _how(here: Here, form: Form, today: dt.date) -> dict[str, Any]:
    themes = shared_framework(framework_of(here, "plan")).themes
    return {
        "modes": _ticks(MODES, (form.mode,), MODES_SAID),
        "themes": _ticks(themes, form.themes) if form.frame.subject == "plan" else [],
        "blinds": _ticks(
            {"yes": "After the auditor's own first answer (blind)", "no": "Beside each question"},
            ("yes" if form.blind else "no",),
        ),
    }


def _which(here: Here, form: Form, today: dt.date) -> dict[str, Any]:
    asked, there = form.frame, values_there(here, form.frame.subject)
    known = {
        "need": words.needs(), "age": words.BANDS, "phase": words.PHASES, "kind": words.PLAN_KINDS,
        "team": {},
    }  # fmt: skip
    facts = {"need": "need", "age": "age_band", "phase": "phase", "kind": "plan_kind",
             "team": "team"}  # fmt: skip
    ticked = {
        "need": asked.needs, "age": asked.age_bands, "phase": asked.phases,
        "kind": asked.plan_kinds, "team": asked.teams,
    }  # fmt: skip
    groups = [
        (name, KEYS[facts[name]],
         _ticks(_in_order(known[name], there[facts[name]]), ticked[name]))
        for name in facts
    ]  # fmt: skip
    keys = {k: v for k, v in KEYS.items() if k != "profession" or asked.subject == "advice"}
    return {
        "groups": [group for group in groups if len(group[2]) > 1],
        "keys": _ticks(keys, asked.keys),
        "risky": form.mode != "random",
        **_counted(here, form, today),
    }


def _in_order(known: Mapping[str, str], there: tuple[str, ...]) -> dict[str, str]:
    """The values there are, in the vocabulary's own order (ages by age), then any others."""
    first = {value: label for value, label in known.items() if value in there}
    return {**first, **{value: value for value in there if value not in known}}


def _counted(here: Here, form: Form, today: dt.date) -> dict[str, Any]:
    """How many are in, in which strata, and why the others are not."""
    choice = choose(here, form.frame, today)
    frame = _frame(choice, form)
    return {
        "listed": choice.listed, "count": len(choice.chosen), "frame": frame,
        "left_out": [(REASONS[code], number) for code, number in choice.left_out.items()],
        "strata": list(frame.sizes.items()) if frame else [],
    }  # fmt: skip


def _frame(choice: Choice, form: Form) -> Frame | None:
    try:
        return frame_of(choice, form.frame)
    except Refused:
        return None


def _size(here: Here, form: Form, today: dt.date) -> dict[str, Any]:
    counted = _counted(here, form, today)
    frame: Frame | None = counted["frame"]
    if frame is None:
        return {**counted, "sizing": None}
    held = len(frame.lines)
    month = quota(here, today)
    wanted = form.size or min(held, month.left or month.this.quota or 1)
    return {
        **counted, "quota": month, "wanted": wanted,
        "sizing": size(held, margin=form.margin, reliability=form.reliability),
        "margins": _ticks({k: f"{k} percentage points either way" for k in MARGINS},
                          (f"{form.margin * 100:.0f}",)),
        "reliabilities": _ticks(RELIABLE_SAID, (f"{form.reliability * 100:.0f}",)),
        **_tells(frame, form, wanted),
    }  # fmt: skip


def _tells(frame: Frame, form: Form, wanted: int) -> dict[str, Any]:
    """What so many would tell, and how they would be divided over the strata."""
    held = len(frame.lines)
    try:
        sizes = allocation(frame, wanted, form.frame.subject, form.frame.keys)
    except ValueError as error:
        return {"cannot": str(error)}
    return {
        "divided": [(name, frame.sizes[name], number) for name, number in sizes.items()],
        "margin": round(margin_at(held, wanted) * 100),
        "reliable": round(reliability_at(wanted, RHO) * 100),
    }


def _drawing(here: Here, form: Form, today: dt.date) -> dict[str, Any]:
    counted = _counted(here, form, today)
    frame: Frame | None = counted["frame"]
    tells = _tells(frame, form, form.size or 0) if frame else {}
    themes = shared_framework(framework_of(here, "plan")).themes
    return {
        **counted, **tells, "mode": MODES[form.mode], "mode_said": MODES_SAID[form.mode],
        "subject": SUBJECTS[form.frame.subject],
        "status": STATUSES[form.frame.status] if form.frame.subject == "plan" else "",
        "themes": [themes.get(theme, theme) for theme in form.themes],
        "divided_by": [KEYS[key] for key in form.frame.keys],
        "steps": [(TITLES[s], _address(here, s, form)) for s in OWN],
    }  # fmt: skip


CONTEXTS: dict[str, Callable[[Here, Form, dt.date], dict[str, Any]]] = {
    "what": _what, "how": _how, "which": _which, "size": _size, "draw": _drawing,
}  # fmt: skip
