"""What waits for me, by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.readers.anchors import find_anchor
from goldthread.records.queries.audits import WorkRow, about_my_work, my_parts
from goldthread.records.queries.documents import DocumentRow, drafts
from goldthread.records.queries.gate import last_decisions
from goldthread.records.queries.moderation import ModerationRow, bars
from goldthread.records.queries.moderation import waiting as waiting_for_a_panel
from goldthread.records.queries.replies import may_reply, my_replies, unanswered
from goldthread.records.queries.samples import progress
from goldthread.records.roles import AGENCIES, ROLES
from goldthread.records.scope import Here
from goldthread.web.work.asking import form_for
from goldthread.web.work.disagreement import WHY
from goldthread.web.work.guard import page
from goldthread.web.work.views.audits import PURPOSES, band_said

DRAFTS = {"asked": "Decide", "blocked": "Held back", "": "Ready to issue?"}
SUBJECTS = {"plan": "Plan", "review": "Annual review", "advice": "Advice"}


@dataclass(frozen=True)
class Waiting:
    """One part that waits for this person."""

    row: WorkRow
    title: str
    agency: str
    of: int
    late: bool

    @property
    def left(self) -> int:
        return self.of - self.row.answered


@page("see-my-work")
def my_work(request: HttpRequest, here: Here) -> HttpResponse:
    """The first page after signing in: what to do next comes first."""
    today = timezone.localdate()
    waiting = [_waiting(row, today) for row in my_parts(here)]
    context = {
        "to_do": [w for w in waiting if w.row.state != "done" or w.row.to_sign],
        "with_others": [w for w in waiting if w.row.state == "done" and not w.row.to_sign],
        "roles": [ROLES[r] for r in sorted(here.roles) if r in ROLES],
        "today": today,
        "may_audit": here.can("audit"),
        "drafts": _drafts(here),
        "others": _others(here) if _follows(here) else None,
        "panels": _panels(here), "unanswered": sum(not r.moderation for r in unanswered(here)),
        "rights": may_reply(here), "replies": my_replies(here),
        "own": [(row, SUBJECTS[row.subject], PURPOSES.get(row.purpose, ""), band_said(row))
                for row in about_my_work(here)],
    }  # fmt: skip
    return render(request, "work/my_work.html", context)


def _panels(here: Here) -> list[tuple[ModerationRow, str]]:
    """Moderations that wait and that this person may decide, with why."""
    rows = waiting_for_a_panel(here)
    barred = bars(here, [row.id for row in rows]) if rows else {}
    return [(row, WHY[row.why]) for row in rows if barred[row.id].free]


def _drafts(here: Here) -> list[tuple[DocumentRow, str]]:
    """Drafts that wait for this person, and what about them: a manager's word, where one was asked
    for; else the writer's, where a draft is held back or nobody has asked yet."""
    if here.can("override-gate"):
        wanted = {"asked"}
    elif here.can("see-own-plans") and here.can("issue-drafts"):
        wanted = {"", "blocked"}
    else:
        return []
    rows = drafts(here)
    last = last_decisions(here, tuple(d.id for d in rows))
    return [(d, DRAFTS[last.get(d.id, "")]) for d in rows if last.get(d.id, "") in wanted]


def _follows(here: Here) -> bool:
    """Whoever draws samples or decides about drafts follows the audits of others."""
    return here.can("draw-samples") or here.can("override-gate")


def _others(here: Here) -> tuple[int, int]:
    """Parts of audits that are not done, and how many of them are late: for who follows them."""
    chase = progress(here).chase
    return len(chase), sum(part.overdue for part in chase)


def _title(row: WorkRow) -> str:
    if row.anchor:
        plan = find_anchor(row.anchor)
        return f"Anchor plan: {plan.anchor.title if plan else row.anchor}"
    return f"{SUBJECTS[row.subject]} {row.plan or '(erased)'}: audit {row.audit}"


def _waiting(row: WorkRow, today: dt.date) -> Waiting:
    form = form_for(row.blank, row.agencies)
    return Waiting(
        row, _title(row), AGENCIES[row.agency], len(form.asked(row.agency)),
        row.due_on is not None and row.due_on < today,
    )  # fmt: skip
