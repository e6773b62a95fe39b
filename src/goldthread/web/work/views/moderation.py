"""Moderation: what waits, two audits side by side, and the panel's decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.core.audit.explaining import before_after, difference_sentences
from goldthread.core.audit.moderating import moderated, stamp
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.moderation import (
    Panel,
    Undecided,
    ask_moderation,
    decide,
    panel_faults,
)
from goldthread.records.queries.audits import get_audit
from goldthread.records.queries.moderation import (
    OWN,
    WHOLE,
    Bar,
    ModerationRow,
    bars,
    decided,
    get_moderation,
    sides,
    waiting,
)
from goldthread.records.queries.replies import may_reply, my_replies, of_moderation, unanswered
from goldthread.records.scope import Here, NotAllowed, Refused, Stale
from goldthread.web.work.disagreement import (
    WHY,
    Before,
    Typed,
    before_panel,
    decided_of,
    graded_said,
    outcome_of,
    questions_shown,
    typed_of,
)
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page


@page("see-my-work")
def listed(request: HttpRequest, here: Here) -> HttpResponse:
    """What waits for a panel, replies that wait for an answer, and what was decided; for writers
    and advisers, their own replies."""
    moderates = here.can("moderate")
    if not (moderates or here.can("reply")):
        here.check("moderate")
    rows = waiting(here)
    barred = bars(here, [row.id for row in rows]) if rows else {}
    context = {
        "moderates": moderates,
        "waiting": [(row, WHY[row.why], barred[row.id]) for row in rows],
        "unanswered": unanswered(here),
        "decided": [(row, WHY[row.why]) for row in decided(here)] if moderates else [],
        "rights": may_reply(here), "own": my_replies(here), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "work/moderation.html", context)


@page("moderate")
def ask(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Ask for a second look at an audit, with the reason."""
    audit = get_audit(here, reference)
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                made = ask_moderation(here, audit, text(request.POST, "reason"))
        except Refused as refused:
            wrong = refused
        else:
            return HttpResponseRedirect(f"/work/{here.authority}/moderation/{made}/", status=303)
    context = {"audit": audit, "wrong": wrong, "reason": text(request.POST, "reason")}
    return render(request, "work/moderation_ask.html", context, status=400 if wrong else 200)


@dataclass(frozen=True)
class Sent:
    """A panel's form as it was sent, and what became of it."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    whole: str = ""
    own: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    """One sentence about the whole form."""
    status: int = 200
    preview: tuple[str, ...] | None = None


@page("moderate")
def one(request: HttpRequest, here: Here, moderation: str) -> HttpResponse:
    """One moderation: both audits and the form while it waits; then what was decided."""
    row = get_moderation(here, moderation)
    if request.method == "POST":
        return _posted(request, here, row)
    return _page(request, here, row, Sent())


def _posted(request: HttpRequest, here: Here, row: ModerationRow) -> HttpResponse:
    before = _before(here, row)
    sent = Sent(
        typed_of(request.POST, before), text(request.POST, "whole"), text(request.POST, "own")
    )
    if text(request.POST, "step") == "preview" and row.state == "waiting":
        return _page(request, here, row, _previewed(here, before, sent))
    made, faults = decided_of(before, sent.typed)
    panel = Panel(made, sent.whole, sent.own, text(request.POST, "seen"))
    try:
        with transaction.atomic():
            if faults:
                # All that is missing is said at once.
                was = before.pair.first.counts
                more = panel_faults(before.framework, was, panel, before.must)
                raise Undecided({**more, **faults})
            decide(here, row.reference, panel, before.framework)
    except Undecided as undecided:
        sent = replace(sent, errors=undecided.faults, status=400)
    except (Refused, NotAllowed, Stale) as fault:
        status = {Refused: 400, NotAllowed: 403, Stale: 409}[type(fault)]
        sent = replace(sent, said=str(fault), status=status)
    else:
        return HttpResponseRedirect(
            f"/work/{here.authority}/moderation/{row.reference}/", status=303
        )
    return _page(request, here, get_moderation(here, row.reference), sent)


def _previewed(here: Here, before: Before, sent: Sent) -> Sent:
    """What these decisions would change, without keeping anything."""
    made, faults = decided_of(before, sent.typed)
    was = before.pair.first.counts
    now = moderated(before.framework, was, made, f"member {here.member}", timezone.now())
    said = difference_sentences(before.framework, before_after(was.grade, now.grade))
    return replace(sent, errors=faults, preview=said, status=400 if faults else 200)


def _before(here: Here, row: ModerationRow) -> Before:
    pair = sides(here, row)
    return before_panel(shared_framework(row.framework), row, pair, of_moderation(here, row.id))


def _page(request: HttpRequest, here: Here, row: ModerationRow, sent: Sent) -> HttpResponse:
    bar = bars(here, [row.id])[row.id]
    context = {
        "row": row, "why": WHY[row.why], "sent": sent, "bar": bar,
        "replies": of_moderation(here, row.id), "audit": get_audit(here, row.audit),
        "own": OWN, "whole": WHOLE,
    }  # fmt: skip
    if row.state == "decided":
        context |= {"outcome": outcome_of(shared_framework(row.framework), row)}
    else:
        context |= _waiting(request, here, row, sent, bar)
    return render(request, "work/moderation_one.html", context, status=sent.status)


def _waiting(
    request: HttpRequest, here: Here, row: ModerationRow, sent: Sent, bar: Bar
) -> dict[str, object]:
    """Both audits and the form; nothing of them for whoever still marks the plan blind."""
    if not bar.sees:
        return {"hidden": True}
    before = _before(here, row)
    pair, framework = before.pair, before.framework
    every = request.GET.get("all") == "yes"
    second = pair.second
    grades = [graded_said(framework, pair.first.counts.grade)]
    if second:
        grades.append(graded_said(framework, second.counts.grade))
    return {
        "before": before, "every": every, "second": second,
        "of": len(pair.first.counts.judgements),
        "grades": [(lines[0][0], [said for _, said in lines])
                   for lines in zip(*grades, strict=True)],
        "questions": questions_shown(before, sent.typed, sent.errors, every),
        "seen": stamp(pair.first.counts, second.counts if second else None),
    }  # fmt: skip
