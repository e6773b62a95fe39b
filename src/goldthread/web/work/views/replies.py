"""The right of reply: the writer's page, and the answer's."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.records.actions.replies import answer_reply, give_reply
from goldthread.records.queries.audits import AuditRow, get_audit, visible
from goldthread.records.queries.moderation import history
from goldthread.records.queries.replies import ReplyRow, get_reply, right_of
from goldthread.records.scope import Here, Refused, Stale
from goldthread.web.work.after_signing import as_counts
from goldthread.web.work.asking import form_of
from goldthread.web.work.disagreement import graded_said, numbered, outcome_of
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page

OUTCOMES = {
    "kept": "The audit stays as it is, and I say why",
    "noted": "Noted: nothing in the audit was asked to change",
    "moderated": "A panel looks at it again; what it decides will be the answer",
}
BECAME = {
    "kept": "The audit stays as it is.",
    "noted": "Your reply was noted.",
    "moderated": "A panel looked at the audit again.",
}


@page("reply")
def give(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """A writer's or adviser's reply to a signed audit of their work."""
    audit = get_audit(here, reference)
    wrong: Refused | None = None
    words, criteria = text(request.POST, "words"), request.POST.getlist("criteria")
    if request.method == "POST":
        asked = [criterion.id for criterion in form_of(audit).questions.criteria]
        try:
            with transaction.atomic():
                made = give_reply(here, audit, words, criteria, asked)
        except Refused as refused:
            wrong = refused
        else:
            address = f"/work/{here.authority}/moderation/replies/{made}/"
            return HttpResponseRedirect(address, status=303)
    right = right_of(here, audit.id)
    context = {
        "audit": audit, "right": right, "wrong": wrong, "words": words, "criteria": criteria,
        "open": right is not None and right.open_on(timezone.localdate()),
        "lines": _lines(audit) if audit.state == "signed" else [],
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "work/reply_give.html", context, status=400 if wrong else 200)


def _lines(audit: AuditRow) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Theme -> its questions, each with the answer that counts."""
    form, counts = form_of(audit), as_counts(audit)
    answers = {j.criterion: j.value for j in counts.judgements}
    themes: dict[str, list[tuple[str, str, str]]] = {}
    for c in form.questions.criteria:
        if c.id in answers:
            title = form.framework.themes.get(c.section, c.section)
            line = c.id, c.question, numbered(form.framework, answers[c.id])
            themes.setdefault(title, []).append(line)
    return list(themes.items())


@page("see-my-work")
def one(request: HttpRequest, here: Here, reply: str) -> HttpResponse:
    """One reply: the writer reads what became of it, a moderator answers."""
    if not here.can("moderate"):
        here.check("reply")
    row = get_reply(here, reply)
    if request.method != "POST":
        return _page(request, here, row, None)
    here.check("moderate")
    try:
        with transaction.atomic():
            made = answer_reply(
                here, reply, text(request.POST, "outcome"), text(request.POST, "answer")
            )
    except (Refused, Stale) as fault:
        return _page(request, here, get_reply(here, reply), fault)
    base = f"/work/{here.authority}/moderation/"
    return HttpResponseRedirect(f"{base}{made or f'replies/{reply}'}/", status=303)


def _page(request: HttpRequest, here: Here, row: ReplyRow, wrong: Exception | None) -> HttpResponse:
    audit = _audit(here, row)
    context: dict[str, object] = {
        "row": row, "audit": audit, "wrong": wrong, "outcomes": OUTCOMES, "became": BECAME,
        "outcome": text(request.POST, "outcome"), "answer": text(request.POST, "answer"),
        "may_answer": here.can("moderate") and not row.mine, "lines": [], "found": None,
    }  # fmt: skip
    if audit is not None:
        context |= _about(here, row, audit)
    status = 200 if wrong is None else 409 if isinstance(wrong, Stale) else 400
    return render(request, "work/reply_one.html", context, status=status)


def _audit(here: Here, row: ReplyRow) -> AuditRow | None:
    """The audit, unless this person may not see it any more: its plan was erased."""
    if not visible(here).filter(reference=row.audit).exists():
        return None
    return get_audit(here, row.audit)


def _about(here: Here, row: ReplyRow, audit: AuditRow) -> dict[str, object]:
    """The questions that the reply names, the grade, and what a panel decided on it."""
    framework = form_of(audit).framework
    counts = as_counts(audit)
    answers = {j.criterion: j.value for j in counts.judgements}
    questions = {c.id: c.question for c in framework.criteria}
    panels = [m for m in history(here, audit.id) if m.reference == row.moderation]
    return {
        "lines": [(c, questions[c], numbered(framework, answers[c]))
                  for c in row.criteria if c in questions and c in answers],
        "grade": graded_said(framework, counts.grade),
        "found": next((outcome_of(framework, m) for m in panels if m.state == "decided"), None),
    }  # fmt: skip
