"""An allotted audit as a workbook: downloaded, filled in without a connection, and brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.checking.job import LARGEST, File, file_named
from goldthread.checking.job import Refused as NotRead
from goldthread.checking.spreadsheets import read_book_capped
from goldthread.core.audit.book import Book, BookError
from goldthread.core.audit.remark import counted
from goldthread.core.audit.workbook import ALL, Identity, Line, identity_of, label
from goldthread.core.audit.workbook_back import (
    Change,
    Quoted,
    Said,
    compare,
    quotes_of,
    read_back,
)
from goldthread.records.actions.answers import LONGEST_COMMENT, MOST_EVIDENCE, OPEN
from goldthread.records.actions.carried import MINUTES
from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.workbooks import Prepared, opened, sealed, take_in
from goldthread.records.queries.audits import AnswerRow, AuditRow, answers_of, get_audit
from goldthread.records.queries.workbooks import (
    check_authority,
    check_form,
    check_open,
    identity_for,
    now_of,
)
from goldthread.records.roles import AGENCIES
from goldthread.records.scope import Here, Refused
from goldthread.web.work import reading
from goldthread.web.work.asking import Form, form_of
from goldthread.web.work.guard import page
from goldthread.web.work.outside import Later, outside
from goldthread.writers.audit_xlsx import About, audit_xlsx

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "new": "New", "changed": "Changed", "cleared": "Answer taken away", "conflict": "Choose one",
    "words": "Words added", "newer": "Answered here since; it stays", "same": "Stays as it is",
}  # fmt: skip


@dataclass(frozen=True)
class Mine:
    """What of an audit one workbook is about. `parts`: the agencies."""

    audit: AuditRow
    form: Form
    agency: str
    parts: tuple[str, ...]
    lines: tuple[Line, ...]


@page("audit")
def download(request: HttpRequest, here: Here, reference: str, agency: str) -> HttpResponse:
    """The workbook of one's own part, or of all one's own parts (“all”)."""
    audit = get_audit(here, reference)
    mine = _mine(audit, agency, answers_of(audit))
    if not mine.parts or not all(_open(audit, part) for part in mine.parts):
        raise Http404
    identity = identity_for(here, audit, agency, mine.lines, mine.form.framework)
    about = About(audit.plan, _titled(mine.parts), audit.due_on)
    data = audit_xlsx(identity, mine.lines, mine.form.framework, about)
    response = HttpResponse(data, content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="audit-{reference}-{agency}.xlsx"'
    return response


def _mine(audit: AuditRow, agency: str, kept: Mapping[str, AnswerRow]) -> Mine:
    """The questions of this person's part, or parts, in the order of reading."""
    form = form_of(audit)
    own = tuple(p.agency for p in audit.parts if p.mine and agency in (p.agency, ALL))
    lines = tuple(
        _line(criterion, found.title, part, kept)
        for part in own
        for found in form.pages[part]
        for criterion in found.criteria
    )
    return Mine(audit, form, agency, own, lines)


def _line(criterion: Any, theme: str, agency: str, kept: Mapping[str, AnswerRow]) -> Line:
    row = kept.get(criterion.id, AnswerRow(criterion.id))
    has = [counted(len(row.evidence), "quote")] if row.evidence else []
    has += ["a comment"] if row.comment else []
    here = f"{' and '.join(has)} kept" if has else ""
    return Line(criterion, theme, agency, row.value, row.version, here)


def _open(audit: AuditRow, agency: str) -> bool:
    part = audit.part(agency)
    return part is not None and part.state in OPEN and audit.state not in ("signed", "withdrawn")


def _titled(parts: Sequence[str]) -> str:
    return " and ".join(AGENCIES[part] for part in parts)


# --- Bringing it back ------------------------------------------------------------------------


@outside
@page("audit")
def back(request: HttpRequest, here: Here) -> HttpResponse:
    """The form; or a workbook, read and shown before anything of it is written."""
    if request.method != "POST":
        return _form(request)
    try:
        file = one_file(request, "Choose the workbook.")
    except WrongField as wrong:
        return _form(request, wrong)
    return Later(lambda: _read(request, here.authority, file))


def one_file(request: HttpRequest, missing: str) -> File:
    """The file of a form. Errors: WrongField."""
    upload = request.FILES.get("file")
    if upload is None:
        raise WrongField("file", missing)
    if (upload.size or 0) > LARGEST:
        raise WrongField(
            "file", f"{upload.name} is larger than {LARGEST >> 20} MB; no workbook of audits is."
        )
    return file_named(upload.name, upload.read())


def _read(request: HttpRequest, code: str, file: File) -> HttpResponse:
    """Outside of any transaction: reading takes a second or two."""
    return _show(request, code=code, book=read_book_capped(file.name, file.data))


@page("audit")
def _show(request: HttpRequest, here: Here, book: Book | NotRead) -> HttpResponse:
    if isinstance(book, NotRead):
        return _form(request, WrongField("file", book.sentence))
    try:
        prepared, mine = _prepared(here, book)
    except (BookError, Refused) as refused:
        return _form(request, WrongField("file", str(refused)))
    return _preview(request, here, prepared, mine)


def _prepared(here: Here, book: Book) -> tuple[Prepared, Mine]:
    """Errors: BookError, Refused."""
    identity = identity_of(book)
    check_authority(here, identity)
    audit = _audit(here, identity)
    own = [p.agency for p in audit.parts if p.mine] if identity.agency == ALL else []
    check_open(audit, own or [identity.agency])
    kept = answers_of(audit)
    mine = _mine(audit, identity.agency, kept)
    check_form(identity, audit, mine.lines, mine.form.framework)
    found = read_back(book, identity, mine.lines, mine.form.framework)
    document = reading.opened(here, audit.document, audit.document_reference)
    changes, faults = [], list(found.faults)
    for said in found.said:
        change = _change(said, identity, kept, document)
        if sentence := _too_much(change, kept):
            faults.append(sentence)
        else:
            changes.append(change)
    prepared = Prepared(
        audit.reference, identity.agency, tuple(changes), tuple(faults), found.notes
    )
    return prepared, mine


def _audit(here: Here, identity: Identity) -> AuditRow:
    try:
        return get_audit(here, identity.audit)
    except ObjectDoesNotExist as error:
        raise Refused(
            f"Audit {identity.audit} is not among yours by now: ask the quality lead whether it "
            "was given to somebody else; nothing was taken from the workbook."
        ) from error


def _change(
    said: Said, identity: Identity, kept: Mapping[str, AnswerRow],
    document: reading.Opened | None,
) -> Change:  # fmt: skip
    quoted = (
        quotes_of(said.words, document.reference, document.paragraphs)
        if document
        else _not_here(said.words)
    )
    base = identity.answers.get(said.criterion, (0, ""))
    return compare(said, base, now_of(kept.get(said.criterion)), quoted)


def _not_here(words: str) -> Quoted:
    return Quoted((), tuple((line.strip(), 0) for line in words.splitlines() if line.strip()))


def _too_much(change: Change, kept: Mapping[str, AnswerRow]) -> str:
    row = kept.get(change.criterion, AnswerRow(change.criterion))
    if len(change.comment) > LONGEST_COMMENT:
        return (
            f"{change.where}: the comment on {change.criterion} would have "
            f"{len(change.comment):,} characters; keep it below {LONGEST_COMMENT:,}."
        )
    if len(row.evidence) + len(change.places) > MOST_EVIDENCE:
        return f"{change.where}: keep at most {MOST_EVIDENCE} quotes for {change.criterion}."
    return ""


# --- Looking at it, and taking it in ---------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """One line of the preview."""

    change: Change
    question: str
    kind: str
    before: str
    after: str
    chosen: str = ""
    error: str = ""


def _preview(
    request: HttpRequest, here: Here, prepared: Prepared, mine: Mine, wrong: str = ""
) -> HttpResponse:  # fmt: skip
    """What the workbook would change. Nothing is written yet."""
    shown = [_shown(request, change, mine, wrong) for change in prepared.changes]
    context = {
        "prepared": prepared, "audit": mine.audit, "agency": _titled(mine.parts),
        "doing": [s for s in shown if s.change.does and s.change.kind != "conflict"],
        "conflicts": [s for s in shown if s.change.kind == "conflict"],
        "newer": [s for s in shown if s.change.kind == "newer"],
        "same": sum(s.change.kind == "same" for s in shown),
        "sealed": sealed(here, prepared), "minutes": MINUTES, "wrong": wrong,
    }  # fmt: skip
    return render(request, "work/workbook_preview.html", context, status=400 if wrong else 200)


def _shown(request: HttpRequest, change: Change, mine: Mine, wrong: str) -> Shown:
    line = next(line for line in mine.lines if line.criterion.id == change.criterion)
    said = {v: label(v, line.criterion, mine.form.framework) or "No answer"
            for v in (change.before, change.after)}  # fmt: skip
    chosen = str(request.POST.get(f"choose-{change.criterion}", "")) if wrong else ""
    open_ = bool(wrong) and change.kind == "conflict" and not chosen
    return Shown(
        change, line.criterion.question, KINDS[change.kind], said[change.before],
        said[change.after], chosen, "Choose which answer counts." if open_ else "",
    )  # fmt: skip


@page("audit")
def confirm(request: HttpRequest, here: Here) -> HttpResponse:
    """Takes in the workbook that was shown."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/work/{here.authority}/audits/workbook/")
    try:
        prepared = opened(here, str(request.POST.get("sealed", "")))
        audit = _audit(here, Identity(prepared.audit, "", "", "", "", "", {}))
        kept = answers_of(audit)
        mine = _mine(audit, prepared.agency, kept)
        check_open(audit, mine.parts or (prepared.agency,))
    except Refused as refused:
        return _form(request, WrongField("file", str(refused)))
    chosen = {c.criterion: str(request.POST.get(f"choose-{c.criterion}", ""))
              for c in prepared.conflicts}  # fmt: skip
    try:
        take_in(here, audit, prepared, kept, mine.form.shared, chosen, _machine(here, audit))
    except Refused as refused:
        return _preview(request, here, prepared, mine, str(refused))
    return HttpResponseRedirect(f"/work/{here.authority}/audits/{audit.reference}/", status=303)


def _machine(here: Here, audit: AuditRow) -> Mapping[str, Mapping[str, Any]]:
    """Of a blind audit, for it is shown after the first answer; beside an assisted one nobody saw
    it in the workbook."""
    document = reading.opened(here, audit.document, audit.document_reference)
    if document is None or audit.blank.mode != "blind":
        return {}
    return {
        c: {"value": found.answer.answer, "state": found.answer.state}
        for c, found in document.suggested.items()
    }


def _form(request: HttpRequest, wrong: WrongField | None = None) -> HttpResponse:
    return render(request, "work/workbook.html", {"wrong": wrong}, status=400 if wrong else 200)
