"""Try a sentence: is it specific, is it SMART? It is judged and forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.checking.wording import KINDS, Kind, judge, rules
from goldthread.core.checks.wording.verdict import LONGEST, Wording
from goldthread.web.same_origin import own_forms
from goldthread.web.views.check import private


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool


# POST, so that no sentence stands in an address.
@own_forms
@private
def try_sentence(request: HttpRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    kind: Kind = asked["kind"] if asked.get("kind") in KINDS else "provision"
    text = request.POST.get("text", "").strip()
    context: dict[str, Any] = {"kind": kind, "kinds": KINDS, "text": text, "most": LONGEST}
    if request.method == "POST":
        if not text:
            context["error"] = "Write a sentence to try"
            return render(request, "try_sentence.html", context, status=400)
        if len(text) > LONGEST:
            context["error"] = f"Try one sentence or one row: at most {LONGEST} characters"
            return render(request, "try_sentence.html", context, status=400)
        context["answer"] = answer_of(judge(kind, text))
    return render(request, "try_sentence.html", context)


def answer_of(found: Wording) -> dict[str, Any]:
    """What a reader is told of one sentence."""
    known = rules()
    return {
        "verdict": found.verdict,
        "present": list(found.present),
        "missing": list(found.missing),
        "pieces": pieces(found),
        "rules": [(r, known[r].title) for r in found.rules if r in known],
        "unsure": list(found.unsure),
    }


def pieces(found: Wording) -> list[Piece]:
    """The sentence with the words that weaken it marked."""
    made, at = [], 0
    for mark in sorted(found.marks):
        if mark.start >= at:
            made += [Piece(found.text[at : mark.start], False)]
            made += [Piece(found.text[mark.start : mark.end], True)]
            at = mark.end
    return [p for p in [*made, Piece(found.text[at:], False)] if p.text]


@own_forms
@private
def fragment(request: HttpRequest) -> HttpResponse:
    """The answer alone, for the page that asks while one types."""
    kind: Kind = "outcome" if request.POST.get("kind") == "outcome" else "provision"
    text = request.POST.get("text", "").strip()
    if request.method != "POST" or not text or len(text) > LONGEST:
        return HttpResponse(status=204)
    context = {"answer": answer_of(judge(kind, text)), "kind": kind}
    return render(request, "parts/wording_answer.html", context)
