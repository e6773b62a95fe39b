"""Documents: adding them, waiting for them, reading them with what was found, taking them away."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from goldthread.checking.annotating import ENDINGS
from goldthread.checking.held import One, held
from goldthread.checking.job import LARGEST, Answered, File, Files, Refused, file_named
from goldthread.core.report.check_record import CheckRecord
from goldthread.core.report.check_view import view_of
from goldthread.records.actions.documents import Added, Described, add_document, note_advice
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.documents import (
    DocumentRow,
    StoredFile,
    called,
    file_of,
    find_document,
    hidden_from,
    name_of,
    paragraphs_of,
    recent_documents,
    record_of,
)
from goldthread.records.queries.plans import PlanDetail, find_plan, staff
from goldthread.records.queries.settings import chosen
from goldthread.records.scope import Here
from goldthread.web.work import taking_in, words
from goldthread.web.work.fields import day, number, text
from goldthread.web.work.guard import page
from goldthread.web.work.outside import Later, outside

MOST_FILES = 20
REFERENCE = re.compile(r"P-[BCDFGHJKMNPQRTVWXY2346789]{6}(?![A-Za-z0-9])", re.IGNORECASE)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {".docx": WORD, ".docm": WORD, ".pdf": "application/pdf", ".txt": "text/plain"}


class TooMuch(WrongField):
    """Answered 413: too large; or 503: too many at once."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__("files", sentence)
        self.status = status


@page("see-my-work")
def documents(request: HttpRequest, here: Here) -> HttpResponse:
    """Those added lately, of those this person may read."""
    context = {
        "documents": recent_documents(here), "kinds": words.KINDS,
        "states": words.DOCUMENT_STATES, "professions": words.professions(),
        "can_add": here.can("add-documents"),
    }  # fmt: skip
    return render(request, "work/documents.html", context)


@page("add-documents")
def add(request: HttpRequest, here: Here, reference: str = "") -> HttpResponse:
    """Adds files to one plan, or to the plans that their names say."""
    plan = find_plan(here, reference) if reference else None
    if request.method != "POST":
        return _form(request, here, plan)
    try:
        return _add(request, here, plan)
    except TooMuch as much:
        return _form(request, here, plan, much, much.status)
    except WrongField as wrong:
        return _form(request, here, plan, wrong, 400)


def _add(request: HttpRequest, here: Here, plan: PlanDetail | None) -> HttpResponse:
    """Errors: WrongField."""
    described = _described(request.POST)
    uploads = request.FILES.getlist("files")
    if not uploads and plan is not None and described.kind == "advice":
        note_advice(here, plan.reference, described)
        return _to(here, f"plans/{plan.reference}/")
    _check_uploads(uploads)
    tasks, left = [], []
    for upload in uploads:
        file = file_named(upload.name, upload.read())
        wanted = plan.reference if plan else _named(file.name)
        try:
            tasks.append(_task(here, wanted, described, file))
        except ObjectDoesNotExist:
            left.append((file.name, _why_left(wanted)))
        except WrongField as wrong:
            if len(uploads) == 1:
                raise
            left.append((file.name, str(wrong)))
    transaction.on_commit(lambda: taking_in.begin(tasks))
    if left:
        context = {"added": tasks, "left": left, "plan": plan}
        return render(request, "work/documents_left.html", context)
    return _to(here, f"documents/{tasks[0].reference}/" if len(tasks) == 1 else "documents/")


def _check_uploads(uploads: list[UploadedFile]) -> None:
    """Errors: WrongField."""
    if not uploads:
        raise WrongField("files", "Choose a file.")
    if len(uploads) > MOST_FILES:
        raise WrongField("files", f"Choose at most {MOST_FILES} files at a time.")
    large = next((f for f in uploads if (f.size or 0) > LARGEST), None)
    if large:
        said = f"{large.name} is larger than {LARGEST >> 20} MB; save it with smaller pictures."
        raise TooMuch(said, 413)
    if not taking_in.room(len(uploads)):
        raise TooMuch("Many documents are being read just now. Wait a minute and try again.", 503)


def _task(here: Here, plan: str, described: Described, file: File) -> taking_in.Task:
    """The row of one document, and what is to be read. Errors: WrongField; ObjectDoesNotExist."""
    with transaction.atomic():
        digest = hashlib.sha256(file.data).hexdigest()
        added: Added = add_document(here, plan, described, digest)
    return taking_in.Task(
        here, added.id, added.reference, described.kind,
        described.status,  # type: ignore[arg-type]  # checked by the action
        file.name, file.data, chosen(here).framework,
    )  # fmt: skip


def _named(name: str) -> str:
    """The plan's reference in a file's name; empty when there is none, or more than one."""
    found = {match.upper() for match in REFERENCE.findall(name)}
    return found.pop() if len(found) == 1 else ""


def _why_left(wanted: str) -> str:
    if not wanted:
        return "its name holds no plan’s reference, such as P-7KQ2XD, or more than one"
    return f"there is no plan {wanted} that you may add to"


def _described(posted: Any) -> Described:
    """Errors: WrongField."""
    return Described(
        kind=text(posted, "kind") or "plan",
        status=text(posted, "status") or "unknown",
        profession=text(posted, "profession"),
        author=number(posted, "author", "Choose the adviser from the list."),
        requested_on=day(posted, "requested_on", "The day of the request"),
        dated_on=day(posted, "dated_on", "The day on which it came"),
    )


def _form(
    request: HttpRequest, here: Here, plan: PlanDetail | None, wrong: WrongField | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    posted = request.POST
    context = {
        "plan": plan, "wrong": wrong, "kinds": words.KINDS.items(),
        "statuses": words.STATUSES.items(), "professions": words.professions().items(),
        "advisers": [(str(a.member), a.name) for a in staff(here, "adviser")],
        "most": MOST_FILES,
        "said": {
            "kind": posted.get("kind", "plan"), "status": posted.get("status", "unknown"),
            "profession": posted.get("profession", ""), "author": posted.get("author", ""),
            "requested_on": posted.get("requested_on", ""), "dated_on": posted.get("dated_on", ""),
        },
    }  # fmt: skip
    return render(request, "work/documents_add.html", context, status=status)


def _to(here: Here, path: str) -> HttpResponse:
    return HttpResponseRedirect(f"/work/{here.authority}/{path}", status=303)


@page("see-my-work")
def document(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """The document as a reader sees it, with what was found beside it; or how far reading is."""
    row = find_document(here, reference)
    read = record_of(here, row.id) if row.state == "read" else None
    context: dict[str, Any] = {
        "document": row, "kinds": words.KINDS, "statuses": words.STATUSES,
        "states": words.DOCUMENT_STATES, "professions": words.professions(),
        "name": name_of(here, row.id), "can": _can(here, row, read),
    }  # fmt: skip
    if read is not None:
        whole = read.model_copy(update={"paragraphs": paragraphs_of(here, row.id)})
        hidden = hidden_from(here, row.id)
        bare = {"findings": (), "answers": (), "grade_preview": None}
        context["hidden"] = hidden
        context["record"] = whole.model_copy(update=bare) if hidden else whole
        context["view"] = view_of(context["record"])
    return render(request, "work/document.html", context)


def _can(here: Here, row: DocumentRow, read: CheckRecord | None) -> dict[str, bool]:
    kept = read is not None and file_of(here, row.id) is not None
    noted = read is not None and row.kind == "plan" and read.document.kind in ENDINGS
    return {
        "file": kept,
        "comments": kept and noted and not hidden_from(here, row.id),
        "gate": row.kind == "plan" and row.status == "draft" and here.can("issue-drafts"),
        "add": here.can("add-documents"),
    }


@page("see-my-work")
def state(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """For the page that waits."""
    row = find_document(here, reference)
    done = row.state != "reading"
    return JsonResponse({"done": int(done), "of": 1, "finished": done, "said": ""})


@page("see-my-work")
def file(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """The file as it came."""
    row = find_document(here, reference)
    return _download(_kept(here, row), row.reference)


@outside
@page("see-my-work")
def comments(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """The Word file or PDF with what was found in its margin."""
    row = find_document(here, reference)
    kept, read = _kept(here, row), record_of(here, row.id)
    if read is None or read.document.kind not in ENDINGS or hidden_from(here, row.id):
        raise Http404
    return Later(lambda: _commented(request, row, kept, read))


def _commented(
    request: HttpRequest, row: DocumentRow, kept: StoredFile, read: CheckRecord
) -> HttpResponse:
    source = Files(File(called(row.reference, kept.name), kept.data))
    written = held().annotate(One(source, Answered(record=read, seconds=0.0)))
    if isinstance(written, Refused):
        return render(request, "work/document_not_made.html", {"document": row}, status=500)
    stem = kept.name.rsplit(".", 1)[0]
    ending = ENDINGS[read.document.kind]
    return _download(StoredFile(f"{stem} checked.{ending}", written), row.reference)


def _kept(here: Here, row: DocumentRow) -> StoredFile:
    """Errors: Http404 when the file is not kept."""
    kept = file_of(here, row.id)
    if kept is None:
        raise Http404
    return kept


def _download(kept: StoredFile, reference: str) -> HttpResponse:
    """Never shown in the browser: what is in the file is somebody else's."""
    ending = called("", kept.name)
    response = HttpResponse(kept.data, content_type=TYPES.get(ending, "application/octet-stream"))
    name = quote(kept.name or reference)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
