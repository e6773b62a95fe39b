"""The form of an audit: one page a theme, the document beside it, each answer kept at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from goldthread.core.audit.sharing import ThemePage
from goldthread.core.framework.criterion import Criterion
from goldthread.readers.anchors import find_anchor
from goldthread.records.actions.answers import OPEN, save_answer
from goldthread.records.queries.audits import (
    AnswerRow,
    AuditRow,
    PartRow,
    answers_of,
    get_audit,
)
from goldthread.records.scope import Here, NotAllowed, Refused, Stale
from goldthread.web.work.asking import Form, form_of, next_page
from goldthread.web.work.given import Field, field_of, given_of
from goldthread.web.work.grading import so_far
from goldthread.web.work.guard import page
from goldthread.web.work.questions import question
from goldthread.web.work.reading import Opened, machine_box, opened, opened_anchor

BESIDE = {
    "GT": "ABEF", "P": "AEFG", "L": "", "X": "", "AR": "", "ADV": "",
}  # fmt: skip
"""Theme -> the sections open beside it; any other theme has its own."""


@dataclass(frozen=True)
class Sheet:
    """All that one theme page, or one answer of it, is about."""

    audit: AuditRow
    part: PartRow
    form: Form
    document: Opened | None

    @property
    def open(self) -> bool:
        """Whether the person who looks may answer."""
        return (
            self.part.mine
            and self.part.state in OPEN
            and self.audit.state not in ("signed", "withdrawn")
        )


def sheet_of(here: Here, reference: str, agency: str) -> Sheet:
    """The audit's part. Errors: Http404 when there is none for this person to see."""
    audit = get_audit(here, reference)
    part = audit.part(agency)
    if part is None or not (part.mine or here.can("see-audits")):
        raise Http404
    return Sheet(audit, part, form_of(audit), _document(here, audit))


def _document(here: Here, audit: AuditRow) -> Opened | None:
    if audit.anchor:
        plan = find_anchor(audit.anchor)
        return opened_anchor(plan) if plan else None
    return opened(here, audit.document, audit.document_reference)


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it."""

    criterion: Criterion
    shown: SafeString
    error: str = ""


@page("audit")
def theme(request: HttpRequest, here: Here, reference: str, agency: str, theme: str) -> Any:
    """One page of the form; without JavaScript it is sent whole, with it nothing need be sent."""
    sheet = sheet_of(here, reference, agency)
    found = sheet.form.page(agency, theme)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _posted(request, here, sheet, found)
    return _page(request, sheet, found, {}, {})


def _posted(request: HttpRequest, here: Here, sheet: Sheet, found: ThemePage) -> HttpResponse:
    """Keeps what can be kept; what cannot comes back as it was typed, with its reason."""
    before = answers_of(sheet.audit, sheet.part)
    sent = [c for c in found.criteria if f"version-{c.id}" in request.POST]
    typed = {c.id: field_of(request.POST, c.id) for c in sent}
    errors: dict[str, str] = {}
    for criterion in sent:
        try:
            with transaction.atomic():
                _keep(here, sheet, criterion, typed[criterion.id], before)
        except (Refused, Stale) as fault:
            errors[criterion.id] = str(fault)
    if errors or "stay" in request.POST:
        wrong = {c: typed[c] for c in errors}
        return _page(request, sheet, found, wrong, errors)
    after = next_page(sheet.form, sheet.part.agency, found.theme)
    base = f"/work/{here.authority}/audits/{sheet.audit.reference}/"
    leave = "leave" in request.POST or not after
    return HttpResponseRedirect(
        base if leave else f"{base}{sheet.part.agency}/{after}/", status=303
    )


def _keep(
    here: Here, sheet: Sheet, criterion: Criterion, field: Field, before: Mapping[str, AnswerRow]
) -> None:
    row = before.get(criterion.id, AnswerRow(criterion.id))
    given = given_of(field, criterion, sheet.form.framework, sheet.document, row)
    if given.value or given.comment or given.evidence or row.version:
        save_answer(here, sheet.audit, sheet.part.agency, given, row)


@page("audit")
def answer(request: HttpRequest, here: Here, reference: str, agency: str) -> JsonResponse:
    """One answer, kept as soon as it is given; what to show after it comes back as JSON."""
    if request.method != "POST":
        return JsonResponse({"said": "Send an answer with POST."}, status=405)
    sheet = sheet_of(here, reference, agency)
    criterion = sheet.form.criterion(agency, request.POST.get("criterion", ""))
    if criterion is None:
        return JsonResponse({"said": "This question is not in your part."}, status=404)
    field = Field(**{
        name: request.POST.get(name, default)
        for name, default in (("value", ""), ("reason", ""), ("comment", ""), ("version", "0"),
                              ("places", "[]"), ("seconds", "0"))
    })  # fmt: skip
    try:
        before = answers_of(sheet.audit, sheet.part)
        row = before.get(criterion.id, AnswerRow(criterion.id))
        given = given_of(field, criterion, sheet.form.framework, sheet.document, row)
        saved = save_answer(here, sheet.audit, agency, given, row)
    except Refused as refused:
        return JsonResponse({"said": str(refused)}, status=400)
    except Stale as stale:
        return JsonResponse({"said": str(stale), "stale": True}, status=409)
    except NotAllowed as no:
        return JsonResponse({"said": str(no)}, status=403)
    return JsonResponse(_acknowledged(sheet, criterion, saved, {**before, criterion.id: saved}))


def _acknowledged(
    sheet: Sheet, criterion: Criterion, saved: AnswerRow, answers: Mapping[str, AnswerRow]
) -> dict[str, Any]:
    kept = timezone.localtime(saved.at).strftime("%H:%M:%S") if saved.at else ""
    return {
        "version": saved.version,
        "kept": kept,
        "evidence": [dict(e) for e in saved.evidence],
        "machine": _machine(sheet, criterion, saved),
        "progress": _progress(sheet, answers),
        "grade": so_far(sheet.form, sheet.part.agency, answers),
    }


def _machine(sheet: Sheet, criterion: Criterion, answer: AnswerRow) -> str:
    """The machine's view: beside the question when assisted, after the first answer when blind."""
    if sheet.document is None or sheet.audit.anchor:
        return ""
    if not (sheet.audit.blank.mode == "assisted" or answer.first):
        return ""
    words = sheet.form.framework.answers
    return machine_box(sheet.document.suggested.get(criterion.id), words)


def _progress(sheet: Sheet, answers: Mapping[str, AnswerRow]) -> str:
    asked = sheet.form.asked(sheet.part.agency)
    done = sum(bool(answers[c].value) for c in asked if c in answers)
    return f"{done} of {len(asked)} questions of your part answered"


def _page(
    request: HttpRequest, sheet: Sheet, found: ThemePage, typed: Mapping[str, Field],
    errors: Mapping[str, str],
) -> HttpResponse:  # fmt: skip
    answers = answers_of(sheet.audit, sheet.part)
    asked = [_asked(sheet, c, answers, typed.get(c.id), errors.get(c.id, ""))
             for c in found.criteria]  # fmt: skip
    pages = sheet.form.pages[sheet.part.agency]
    context = {
        "audit": sheet.audit, "part": sheet.part, "page": found, "asked": asked,
        "framework": sheet.form.framework, "document": sheet.document, "open": sheet.open,
        "beside": _beside(sheet, found.theme), "pages": pages,
        "anchor": find_anchor(sheet.audit.anchor),
        "at": [p.theme for p in pages].index(found.theme) + 1,
        "progress": _progress(sheet, answers),
        "grade": so_far(sheet.form, sheet.part.agency, answers), "errors": errors,
        "last": not next_page(sheet.form, sheet.part.agency, found.theme),
    }  # fmt: skip
    return render(request, "work/audit_theme.html", context)


def _asked(
    sheet: Sheet, criterion: Criterion, answers: Mapping[str, AnswerRow], typed: Field | None,
    error: str,
) -> Asked:  # fmt: skip
    row = answers.get(criterion.id, AnswerRow(criterion.id))
    shown = question(
        sheet.form.framework, criterion, row, _machine(sheet, criterion, row),
        is_open=sheet.open, document=sheet.document is not None,
        typed=None if typed is None else asdict(typed), error=error,
    )  # fmt: skip
    return Asked(criterion, shown, error)


def _beside(sheet: Sheet, theme: str) -> Iterable[tuple[Any, bool]]:
    """The document's sections, and which of them stand open beside this theme."""
    if sheet.document is None:
        return []
    wanted = BESIDE.get(theme, theme)
    return [
        (shown, bool(wanted) and shown.letter[:1] in wanted) for shown in sheet.document.sections
    ]
