"""Plans: the list, one plan, and changing what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from goldthread.records.actions.plans import CHOICES, add_plan, change_plan
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.documents import documents_of
from goldthread.records.queries.experience import replies_of
from goldthread.records.queries.gate import decisions_of
from goldthread.records.queries.plans import (
    STATES,
    Facts,
    PlanDetail,
    Wanted,
    find_plan,
    list_plans,
    plan_audits,
    staff,
    teams,
    writers,
)
from goldthread.records.scope import Here, NotAllowed
from goldthread.web.work import words
from goldthread.web.work.fields import Posted, day, number, text, written
from goldthread.web.work.guard import page

STATE_WORDS = {
    "current": "In force", "not-listed": "Not in the last list", "ceased": "Ceased", "all": "All",
}  # fmt: skip
DATES = {
    "requested_on": "Assessment requested on",
    "issued_on": "First issued on",
    "amended_on": "Last amended on",
    "last_review_on": "Last reviewed on",
    "ceased_on": "Ceased on",
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "age_band": words.BANDS,
    "phase": words.PHASES,
    "plan_kind": words.PLAN_KINDS,
    "setting_kind": words.SETTINGS,
}


def check_sees_plans(here: Here) -> None:
    """Errors: NotAllowed for those who see neither all plans nor their own."""
    if not (here.can("see-plans") or here.can("see-own-plans")):
        raise NotAllowed("Your role here may not see plans.")


@page("see-my-work")
def plans(request: HttpRequest, here: Here) -> HttpResponse:
    """The list, filtered by what stands in the address."""
    check_sees_plans(here)
    wanted = _wanted(request.GET)
    at = text(request.GET, "page")
    found = list_plans(here, wanted, int(at) if at.isdecimal() and len(at) < 7 else 1)
    asked = {k: v for k, v in asdict(wanted).items() if v and (k, v) != ("state", "current")}
    context = {
        "found": found, "wanted": wanted, "query": urlencode(asked), "filtered": bool(asked),
        "selects": _selects(here, wanted), "audit_states": words.AUDIT_STATES,
        "labels": {"needs": words.needs(), "phases": words.PHASES, "kinds": words.PLAN_KINDS,
                   "bands": words.BANDS},
        "by_name": here.can("see-identity"), "own": not here.can("see-plans"),
        "can": _can(here),
    }  # fmt: skip
    return render(request, "work/plans.html", context)


def _wanted(asked: Posted) -> Wanted:
    told = {f.name: text(asked, f.name)[:80] for f in fields(Wanted)}
    state = told.pop("state")
    return Wanted(**told, state=state if state in STATES else "current")


def _selects(here: Here, wanted: Wanted) -> list[dict[str, Any]]:
    """The filters: name, label, and the options there are."""
    people = {str(member): name for member, name in writers(here).items()}
    offered: list[tuple[str, str, Mapping[str, str]]] = [
        ("need", "Need", words.needs()), ("age_band", "Age", words.BANDS),
        ("phase", "Phase", words.PHASES), ("kind", "Kind", words.PLAN_KINDS),
        ("team", "Team", {t: t for t in teams(here)}), ("writer", "Writer", people),
        ("review", "Review", {"overdue": "Overdue"}),
    ]  # fmt: skip
    made = [_select(name, label, {"": "All", **o}, wanted) for name, label, o in offered if o]
    return [*made, _select("state", "Plans", STATE_WORDS, wanted)]


def _select(name: str, label: str, options: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    return {
        "name": name, "label": label, "options": options.items(), "chosen": getattr(wanted, name),
    }  # fmt: skip


def _can(here: Here) -> dict[str, bool]:
    return {
        "edit": here.can("edit-plans"), "add": here.can("add-documents"),
        "lists": here.can("import-lists"), "drafts": here.can("issue-drafts"),
        "families": here.can("ask-families"),
    }  # fmt: skip


@page("see-my-work")
def plan(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Everything of one plan that this person may see."""
    check_sees_plans(here)
    found = find_plan(here, reference)
    context = {
        "plan": found, "facts": _facts(found), "documents": documents_of(here, found.id),
        "audits": plan_audits(here, found.id), "decisions": decisions_of(here, found.id),
        "replies": replies_of(here, found.id) if here.can("see-experience") else (),
        "kinds": words.KINDS, "statuses": words.STATUSES, "states": words.DOCUMENT_STATES,
        "audit_states": words.AUDIT_STATES, "purposes": words.PURPOSES, "gates": words.GATES,
        "professions": words.professions(), "can": _can(here),
    }  # fmt: skip
    return render(request, "work/plan.html", context)


def _facts(found: PlanDetail) -> list[tuple[str, Any]]:
    facts, needs = found.facts, words.needs()
    shown: list[tuple[str, Any]] = [
        ("Need", needs.get(facts.need, facts.need)),
        ("Second need", needs.get(facts.second_need, facts.second_need)),
        ("Age", words.BANDS.get(facts.age_band, facts.age_band)),
        ("School year", "" if facts.year is None else facts.year),
        ("Phase", words.PHASES.get(facts.phase, facts.phase)),
        ("Kind of plan", words.PLAN_KINDS.get(facts.plan_kind, facts.plan_kind)),
        ("Setting", words.SETTINGS.get(facts.setting_kind, facts.setting_kind)),
        ("School’s number (URN)", facts.urn),
        ("Team", facts.team),
        ("Plan writer", found.writer_name),
        *((label, getattr(facts, name)) for name, label in DATES.items()),
    ]
    return [(label, value) for label, value in shown if value != "" and value is not None]


@page("edit-plans")
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """One plan that no list holds."""
    if request.method != "POST":
        return _form(request, here, _shown(Facts()), set())
    try:
        reference = add_plan(here, _posted(request.POST), _members(request.POST))
    except WrongField as wrong:
        return _again(request, here, wrong)
    return HttpResponseRedirect(f"/work/{here.authority}/plans/{reference}/", status=303)


@page("edit-plans")
def change(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """What is recorded of one plan."""
    found = find_plan(here, reference)
    if request.method != "POST":
        chosen = {a.member for a in found.advisers}
        return _form(request, here, _shown(found.facts), chosen, plan=found, stamp=found.stamp)
    try:
        facts, stamp = _posted(request.POST), text(request.POST, "stamp")
        change_plan(here, reference, facts, _members(request.POST), stamp)
    except WrongField as wrong:
        return _again(request, here, wrong, plan=found, stamp=text(request.POST, "stamp"))
    return HttpResponseRedirect(f"/work/{here.authority}/plans/{reference}/", status=303)


def _posted(posted: Posted) -> Facts:
    """Errors: WrongField."""
    plain = ("need", "second_need", "age_band", "phase", "plan_kind", "setting_kind", "urn", "team")
    told: dict[str, Any] = {name: text(posted, name) for name in plain}
    told |= {name: day(posted, name, label) for name, label in DATES.items()}
    told["year"] = number(posted, "year", "The school year is a number: -1 nursery, 0 reception.")
    told["writer"] = number(posted, "writer", "Choose the plan writer from the list.")
    return Facts(**told)


def _members(posted: Any) -> tuple[int, ...]:
    return tuple(int(m) for m in posted.getlist("advisers") if m.isdecimal() and len(m) < 18)


def _shown(facts: Facts) -> dict[str, Any]:
    """Facts as the form's fields hold them."""
    shown = {name: getattr(facts, name) for name in asdict(facts)}
    return {**shown, **{name: written(shown[name]) for name in DATES}}


def _again(request: HttpRequest, here: Here, wrong: WrongField, **more: Any) -> HttpResponse:
    shown = {f.name: text(request.POST, f.name) for f in fields(Facts)}
    return _form(request, here, shown, set(_members(request.POST)), wrong=wrong, **more)


def _form(
    request: HttpRequest, here: Here, shown: Mapping[str, Any], chosen: Iterable[int],
    wrong: WrongField | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    people = {str(p.member): _named(p.name, p.team) for p in staff(here, "plan-writer")}
    if shown["writer"] and str(shown["writer"]) not in people:
        people[str(shown["writer"])] = "Whoever writes it now"
    needs = {"": "Not known", **words.needs()}
    selects = [
        ("need", "Need", needs), ("second_need", "Second need", {**needs, "": "None"}),
        *((name, label, _offered(name)) for name, label in (
            ("age_band", "Age"), ("phase", "Phase"), ("plan_kind", "Kind of plan"),
            ("setting_kind", "Setting"),
        )),
        ("writer", "Plan writer", {"": "Nobody yet", **people}),
    ]  # fmt: skip
    context = {
        "selects": [(n, label, o.items(), str(shown[n] or "")) for n, label, o in selects],
        "texts": [
            ("year", "School year", "-1 for nursery, 0 for reception", _plain(shown["year"])),
            ("urn", "School’s number (URN)", "Six digits", shown["urn"]),
            ("team", "Team", "", shown["team"]),
            *((n, label, "For example 27/3/2026", shown[n]) for n, label in DATES.items()),
        ],
        "advisers": staff(here, "adviser"), "chosen": set(chosen), "wrong": wrong, **more,
    }  # fmt: skip
    return render(request, "work/plan_form.html", context, status=400 if wrong else 200)


def _offered(name: str) -> dict[str, str]:
    return {code: LABELS[name].get(code, "Not known") for code in CHOICES[name]}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _named(name: str, team: str) -> str:
    return f"{name}, {team}" if team else name
