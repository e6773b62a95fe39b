"""Is this draft ready to issue? What blocks it, and letting it pass nevertheless."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.checking.annotating import ENDINGS
from goldthread.core.audit.gate import SHORTEST_REASON, Block, blocks, unchecked
from goldthread.core.audit.judgement import Value, parse_value
from goldthread.core.audit.signed import Subject
from goldthread.core.framework.applicability import Setting
from goldthread.core.framework.framework import Framework
from goldthread.core.report.check_record import CheckRecord, QuoteRecord
from goldthread.readers.frameworks import UnknownFramework, shared_framework
from goldthread.records.actions.gate import ask_manager, decide, may_override, override
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.documents import (
    DocumentRow,
    drafts,
    find_document,
    hidden_from,
    record_of,
)
from goldthread.records.queries.gate import decisions_about, last_decisions, people_of
from goldthread.records.queries.plans import find_plan
from goldthread.records.queries.settings import chosen
from goldthread.records.scope import Here, NotAllowed, Refused
from goldthread.web.work import words
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page

MOST_QUOTES = 3
SPECIAL = frozenset({"special-school"})
ELSEWHERE = frozenset({"unknown", "", "other", "not-in-education", "arranged-by-authority",
                       "arranged-by-parent", "home-educated"})  # fmt: skip


@page("issue-drafts")
def drafts_list(request: HttpRequest, here: Here) -> HttpResponse:
    """Newest versions of drafts, those that wait for a manager first."""
    rows = drafts(here)
    last = last_decisions(here, tuple(d.id for d in rows))
    lines = [(d, last.get(d.id, "")) for d in rows]
    lines.sort(key=lambda line: line[1] != "asked")
    context = {"lines": lines, "gates": words.GATES, "can_override": here.can("override-gate")}
    return render(request, "work/gate_list.html", context)


@page("issue-drafts")
def gate(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """What blocks this version, and what can be done about it."""
    draft = find_document(here, reference)
    if hidden_from(here, draft.id):
        raise NotAllowed(
            "You audit this document blind, so its findings are shown once you have answered."
        )
    read = _plan_read(here, draft)
    found, open_questions = _blocks(here, draft, read) if read else ((), ())
    if request.method == "POST":
        try:
            if read is None:
                raise Refused("Nothing was found that reads like a plan, so nobody can say.")
            _act(request, here, draft, found)
        except Refused as wrong:
            return _page(request, here, draft, read, found, open_questions, wrong)
        return HttpResponseRedirect(request.path, status=303)
    return _page(request, here, draft, read, found, open_questions)


def _plan_read(here: Here, draft: DocumentRow) -> CheckRecord | None:
    """What was found in it; None while it is not read, and when it does not read like a plan: of
    that, no question would be answered, and nothing would block it."""
    read = record_of(here, draft.id) if draft.state == "read" else None
    return read if read is not None and read.document.recognised == "plan" else None


def _act(request: HttpRequest, here: Here, draft: DocumentRow, found: tuple[Block, ...]) -> None:
    """Errors: Refused."""
    step, reason = text(request.POST, "step"), text(request.POST, "reason")
    if step == "decide":
        decide(here, draft.reference, found)
    elif step == "ask":
        ask_manager(here, draft.reference, found, reason)
    elif step == "override":
        override(here, draft.reference, found, request.POST.getlist("criteria"), reason)
    else:
        raise WrongField("", "Choose one of the buttons of the page.")


def _blocks(
    here: Here, draft: DocumentRow, read: CheckRecord
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """What blocks, and the critical questions that nobody could answer."""
    framework = _framework(here, read)
    machine = {a.criterion: a for a in read.answers}
    people = _people(here, draft, framework)
    subject = _subject(here, draft, read)
    return (
        blocks(framework, machine, people, subject),
        unchecked(framework, machine, people, subject),
    )


def _framework(here: Here, read: CheckRecord) -> Framework:
    """The edition it was checked against; the authority's own where that is gone."""
    try:
        return shared_framework(read.document.framework)
    except UnknownFramework:
        return shared_framework(chosen(here).framework)


def _people(here: Here, draft: DocumentRow, framework: Framework) -> dict[str, Value]:
    criteria = {c.id: c for c in framework.criteria}
    return {
        criterion: parse_value(said, criteria[criterion], framework)
        for criterion, said in people_of(here, draft.id).items()
        if criterion in criteria
    }


def _subject(here: Here, draft: DocumentRow, read: CheckRecord) -> Subject:
    plan = find_plan(here, draft.plan)
    year = read.document.year if read.document.year is not None else plan.facts.year
    return Subject(
        "plan",
        draft.status,  # type: ignore[arg-type]  # one of the four, held by the action
        year=year,
        age=read.document.age,
        setting=_setting(plan.facts.setting_kind),
    )


def _setting(kind: str) -> Setting:
    if kind in SPECIAL:
        return "special"
    return "" if kind in ELSEWHERE else "mainstream"


def _page(
    request: HttpRequest, here: Here, draft: DocumentRow, read: CheckRecord | None,
    found: tuple[Block, ...], open_questions: tuple[str, ...], wrong: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    decisions = decisions_about(here, draft.id)
    passed = {criterion for d in decisions for criterion in d.overrides}
    asked = {c.id: c for c in _framework(here, read).criteria} if read else {}
    context: dict[str, Any] = {
        "document": draft, "wrong": wrong, "read": read is not None,
        "blocks": [_line(b, read, asked, b.criterion in passed) for b in found],
        "left": [b.criterion for b in found if b.criterion not in passed],
        "open_questions": [asked[c] for c in open_questions if c in asked],
        "decisions": decisions, "gates": words.GATES,
        "may_override": may_override(here, draft), "least": SHORTEST_REASON,
        "comments": read is not None and draft.kept and read.document.kind in ENDINGS,
        "reason": text(request.POST, "reason"),
    }  # fmt: skip
    return render(request, "work/gate.html", context, status=400 if wrong else 200)


def _line(block: Block, read: CheckRecord | None, asked: Any, passed: bool) -> dict[str, Any]:
    """One block as shown: the question, why, the words it rests on, and what is asked for."""
    criterion = asked[block.criterion]
    return {
        "criterion": criterion.id, "question": criterion.question, "why": block.why,
        "source": block.source, "wanted": criterion.descriptors["2"], "passed": passed,
        "quotes": _quotes(block, read), "steps": _steps(block, read),
    }  # fmt: skip


def _quotes(block: Block, read: CheckRecord | None) -> list[QuoteRecord]:
    if block.source != "machine" or read is None:
        return []
    found = [f for f in read.findings if f.criterion == block.criterion and f.state == "mend"]
    return [q for f in found for q in f.quotes if not q.document][:MOST_QUOTES]


def _steps(block: Block, read: CheckRecord | None) -> list[str]:
    if block.source != "machine" or read is None:
        return []
    found = [f for f in read.findings if f.criterion == block.criterion and f.state == "mend"]
    return list(dict.fromkeys(f.next_step for f in found if f.next_step))[:MOST_QUOTES]
