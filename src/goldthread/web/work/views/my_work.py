"""What waits for me, by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.records.queries.audits import WorkRow, about_my_work, my_parts
from goldthread.records.queries.samples import progress
from goldthread.records.roles import AGENCIES, ROLES
from goldthread.records.scope import Here
from goldthread.web.work.asking import form_for
from goldthread.web.work.guard import page
from goldthread.web.work.views.audits import band_said

SUBJECTS = {"plan": "Plan", "review": "Annual review", "advice": "Advice"}


@dataclass(frozen=True)
class Waiting:
    """One part that waits for this person."""

    row: WorkRow
    what: str
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
        "others": _others(here) if here.can("draw-samples") else None,
        "own": [(row, SUBJECTS[row.subject], band_said(row)) for row in about_my_work(here)],
    }
    return render(request, "work/my_work.html", context)


def _others(here: Here) -> tuple[int, int]:
    """Parts of audits that are not done, and how many of them are late: for who follows them."""
    chase = progress(here).chase
    return len(chase), sum(part.overdue for part in chase)


def _waiting(row: WorkRow, today: dt.date) -> Waiting:
    form = form_for(row.blank, row.agencies)
    return Waiting(
        row, SUBJECTS[row.subject], AGENCIES[row.agency], len(form.asked(row.agency)),
        row.due_on is not None and row.due_on < today,
    )  # fmt: skip
