"""Check a plan: upload, wait, read, take away, delete."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from goldthread.checking.held import MINUTES, Busy, Check, One, held
from goldthread.checking.job import LARGEST, File, Files, Job, file_named
from goldthread.core.plan.plan import Status
from goldthread.core.report.check_record import ChangeRecord, CheckRecord
from goldthread.core.report.check_view import view_of
from goldthread.web.same_origin import own_forms
from goldthread.writers.thread_svg import thread_svg

MOST_FILES = 20
WORKERS = "GOLDTHREAD_WORKERS"
"""Set by `serve`: a check is in the memory of one process, and the next would not find it."""
MOST_UPLOAD = 160 * 1024 * 1024
STATUSES = {"": "As the plan says", "draft": "Draft", "final": "Final", "amended": "Amended"}
View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Never kept by a browser or a proxy, never found by a search engine."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        response = view(request, **named)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@own_forms
@private
def check(request: HttpRequest) -> HttpResponse:
    """The form; or a check begun, and on to its own address."""
    if os.environ.get(WORKERS, "1") != "1":
        return render(request, "check_several.html", status=503)
    if request.method != "POST":
        return _form(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_UPLOAD:
        return _form(request, f"Choose files of less than {MOST_UPLOAD >> 20} MB together.", 413)
    plans = request.FILES.getlist("plans")
    advice, previous = request.FILES.getlist("advice"), request.FILES.get("previous")
    error = _wrong(plans, advice, previous)
    if error:
        return _form(request, error, 400)
    status: Status = request.POST.get("status") or "unknown"
    if status not in ("unknown", *STATUSES):
        return _form(request, "Choose draft, final, amended, or as the plan says.", 400)
    job = Job(today=dt.date.today(), status=status, paragraphs=True)
    extra = tuple(_file(f) for f in advice), _file(previous) if previous else None
    try:
        begun = held().begin([Files(_file(f), *extra) for f in plans], job)
    except Busy:
        busy = "Many plans are being checked just now. Wait a minute and try again."
        response = _form(request, busy, 503)
        response["Retry-After"] = "60"
        return response
    return HttpResponseRedirect(f"/check/{begun.token}/", status=303)


def _wrong(
    plans: list[UploadedFile], advice: list[UploadedFile], previous: UploadedFile | None
) -> str:
    every = [*plans, *advice, *([previous] if previous else [])]
    if not plans:
        return "Choose a plan to check"
    if len(every) > MOST_FILES:
        return f"Choose at most {MOST_FILES} files at a time"
    if len(plans) > 1 and (advice or previous):
        return "Choose one plan when you add advice or an earlier version"
    large = next((f for f in every if (f.size or 0) > LARGEST), None)
    if large:
        return f"{large.name} is larger than {LARGEST >> 20} MB; save it with smaller pictures"
    return ""


def _file(upload: UploadedFile) -> File:
    return file_named(upload.name, upload.read())


def _form(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    context = {"error": error, "statuses": STATUSES.items(), "minutes": MINUTES}
    return render(request, "check.html", context, status=status)


def found(view: View) -> View:
    """Hands the view its check; 404 with what may have happened when there is none."""

    @wraps(view)
    @private
    def answer(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        check = held().find(token)
        if check is None:
            return render(request, "check_gone.html", {"minutes": MINUTES}, status=404)
        return view(request, check, **named)

    return answer


@found
def progress(request: HttpRequest, check: Check) -> HttpResponse:
    """How far it is; several plans as a list; one plan, when done, on its own page."""
    if check.finished and len(check.documents) == 1 and check.documents[0].answered:
        return HttpResponseRedirect(f"/check/{check.token}/1/")
    context = {"check": check, "rows": [_row(one) for one in check.documents], "minutes": MINUTES}
    return render(request, "check_progress.html", context)


def _row(one: One) -> dict[str, Any]:
    row: dict[str, Any] = {"name": one.name, "one": one, "said": one.said}
    if one.answered:
        states = [f.state for f in one.answered.record.findings]
        row |= {"mend": states.count("mend"), "look": states.count("look")}
        row["reason"] = one.answered.record.document.reason
        row["other"] = one.answered.record.document.recognised == "other"
    return row


@found
def state(request: HttpRequest, check: Check) -> HttpResponse:
    """For the page that waits: what is done, in numbers and words."""
    now = next((o.said for o in check.documents if o.outcome is None), "")
    return JsonResponse(
        {"done": check.done, "of": len(check.documents), "finished": check.finished, "said": now}
    )


@own_forms
@found
def delete(request: HttpRequest, check: Check) -> HttpResponse:
    if request.method == "POST":
        held().drop(check.token)
        return render(request, "check_deleted.html")
    return HttpResponseRedirect(f"/check/{check.token}/")


def one_of(check: Check, number: int) -> One | None:
    inside = 1 <= number <= len(check.documents)
    return check.documents[number - 1] if inside else None


@found
def result(request: HttpRequest, check: Check, number: int) -> HttpResponse:
    """The plan as a reader sees it, with what was found beside it."""
    one = one_of(check, number)
    if one is None or one.answered is None:
        return HttpResponseRedirect(f"/check/{check.token}/")
    record = one.answered.record
    nodes = {n.id: n for n in record.thread.nodes}
    context = {
        "check": check,
        "number": number,
        "record": record,
        "view": view_of(record),
        # Our own drawing, of escaped text.
        "thread": mark_safe(thread_svg(record.thread)) if nodes else "",  # noqa: S308
        "links": [(nodes[k.source], nodes[k.target], k) for k in record.thread.links],
        "loose": [(nodes[e.node], nodes.get(e.nearest), e) for e in record.thread.loose],
        "missing": [s for s in record.sections if not s.found],
        "changes": _changes(record),
        "minutes": MINUTES,
        "can_comment": record.document.kind in ("docx", "pdf", "scan"),
    }
    return render(request, "check_result.html", context)


def _changes(record: CheckRecord) -> list[ChangeRecord]:
    """What is not as it was, section by section; in each, what is gone comes first."""
    order = {s.letter: number for number, s in enumerate(record.sections)}
    changed = [c for c in record.changes if c.turn != "unchanged"]
    return sorted(changed, key=lambda c: (order.get(c.section, -1), c.after is not None))
