"""Family experience: links for families, what they said together, and the page they answer on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from goldthread.core.audit.experience import (
    ExperienceForm,
    Respondent,
    together,
)
from goldthread.core.audit.experience import (
    asked as questions_asked,
)
from goldthread.readers.experience import UnknownForm, shared_form
from goldthread.records.actions.experience import DAYS, ask_family, take_answers, withdraw_link
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.experience import WHO, Link, asked, find_link, said
from goldthread.records.queries.plans import find_plan
from goldthread.records.scope import Here, Refused, scope
from goldthread.web.same_origin import own_forms
from goldthread.web.views.check import private
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page

STATES = {"open": "Not answered yet", "answered": "Answered", "expired": "Ran out",
          "withdrawn": "Withdrawn"}  # fmt: skip
YOUNG: Respondent = "young-person"


@page("see-experience")
def families(request: HttpRequest, here: Here) -> HttpResponse:
    """What families said, counted together: a dial of its own, and no figure below five."""
    form = shared_form()
    replies = said(here, form.key)
    found = together(form, [r.answers for r in replies])
    enough = found.replies is not None
    reads = here.can("read-documents")
    context = {
        "form": form, "found": found, "least": form.least_replies,
        "overall": _bar(found.overall), "lines": [_bar(q) for q in found.questions],
        "comments": [r.comment for r in replies if r.comment] if reads and enough else [],
        "reads": reads, "asked": asked(here) if here.can("ask-families") else (),
        "states": STATES, "who": WHO,
    }  # fmt: skip
    return render(request, "work/families.html", context)


def _bar(result: Any) -> dict[str, Any]:
    """A result with its interval in whole percent, for a bar 100 wide."""
    if result.share is None:
        return {"result": result}
    low, high = round(100 * result.interval.low), round(100 * result.interval.high)
    return {
        "result": result, "share": round(100 * result.share), "low": low, "high": high,
        "width": high - low,
    }  # fmt: skip


@page("ask-families")
def ask(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Makes a link for the family of one plan, and shows it this once."""
    plan = find_plan(here, reference)
    context: dict[str, Any] = {"plan": plan, "who": WHO.items(), "days": DAYS}
    if request.method != "POST":
        return render(request, "work/families_ask.html", context)
    try:
        token = ask_family(here, reference, text(request.POST, "who"), shared_form().key)
    except WrongField as wrong:
        return render(request, "work/families_ask.html", {**context, "wrong": wrong}, status=400)
    context["link"] = request.build_absolute_uri(f"/say/{here.authority}/{token}/")
    return render(request, "work/families_link.html", context)


@page("ask-families")
def withdraw(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Closes a link that nobody has answered."""
    if request.method == "POST":
        try:
            withdraw_link(here, number)
        except Refused as refused:
            context = {"said": str(refused)}
            return render(request, "work/families_refused.html", context, status=400)
    return HttpResponseRedirect(f"/work/{here.authority}/families/", status=303)


@own_forms
@private
def say(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The page of a family: no sign-in, no cookie, no name. One answer a link."""
    with scope(authority=code):
        link = find_link(code, token) if _likely(code, token) else None
        form = _form_of(link)
        if link is None or form is None:
            return render(request, "say_closed.html", status=404)
        if request.method != "POST":
            return _asking(request, form, link)
        answers = {q.id: text(request.POST, f"q-{q.id}") for q in form.questions}
        given = {question: answer for question, answer in answers.items() if answer}
        try:
            taken = take_answers(code, token, form, given, text(request.POST, "comment"))
        except WrongField as wrong:
            return _asking(request, form, link, wrong)
    if not taken:
        return render(request, "say_closed.html", status=404)
    return HttpResponseRedirect(f"/say/thanks/?{urlencode({'young': int(_young(request, link))})}",
                                status=303)  # fmt: skip


@private
def thanks(request: HttpRequest) -> HttpResponse:
    """After answering; the same for everybody."""
    return render(request, "say_thanks.html", {"young": request.GET.get("young") == "1"})


def _likely(code: str, token: str) -> bool:
    return len(code) == 3 and code.isdecimal() and len(token) < 60


def _form_of(link: Link | None) -> ExperienceForm | None:
    """The edition that the link was made for."""
    if link is None:
        return None
    try:
        return shared_form(link.form.rsplit("@", 1)[-1])
    except UnknownForm:
        return None


def _young(request: HttpRequest, link: Link) -> bool:
    """The wording: as chosen on the page, else as the link was made."""
    chosen = request.POST.get("wording") or request.GET.get("wording") or link.who
    return chosen == YOUNG


def _asking(
    request: HttpRequest, form: ExperienceForm, link: Link, wrong: WrongField | None = None
) -> HttpResponse:
    young = _young(request, link)
    who: Respondent = YOUNG if young else "parent-carer"
    context = {
        "form": form, "young": young, "wording": who, "wrong": wrong,
        "questions": [
            (question, words, request.POST.get(f"q-{question}", ""))
            for question, words in questions_asked(form, who)
        ],
        "comment": request.POST.get("comment", ""),
    }  # fmt: skip
    return render(request, "say.html", context, status=400 if wrong else 200)
