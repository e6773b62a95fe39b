"""Past audits from spreadsheets: read, mapped step by step, looked at, and only then brought in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.checking.job import File
from goldthread.checking.job import Refused as NotRead
from goldthread.checking.spreadsheets import read_book_capped
from goldthread.core.audit.book import Book, BookError
from goldthread.core.audit.listing import Refusal
from goldthread.core.audit.mapping import plain
from goldthread.core.audit.past import PastRead, read_past
from goldthread.core.audit.past_mapping import PastMapping
from goldthread.core.audit.past_table import (
    PastTable,
    fingerprint,
    table_of_rows,
    table_of_sheets,
    without_people,
)
from goldthread.core.framework.crosswalk import CLASS_WORDS
from goldthread.core.framework.framework import Framework
from goldthread.readers.audits.words import crosswalks_to, past_words
from goldthread.readers.frameworks import REFERENCE, shared_framework
from goldthread.readers.lists.aliases import load_columns
from goldthread.records.actions import past_audits as actions
from goldthread.records.actions.carried import MINUTES, carried, carry
from goldthread.records.actions.past_audits import UNDOING, Bringing, Preview
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.past_audits import (
    brought_before,
    brought_in,
    find_brought,
    find_mapping,
    past_mappings,
)
from goldthread.records.queries.settings import chosen
from goldthread.records.scope import Here, Refused
from goldthread.records.sealing import keyed_digest
from goldthread.web.work import bringing_in, past_draft
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page
from goldthread.web.work.outside import Later, outside
from goldthread.web.work.past_draft import CARRIED, Carried, Draft
from goldthread.web.work.past_pages import shown
from goldthread.web.work.views.workbooks import one_file
from goldthread.writers.csv import csv_text

WHAT = "The spreadsheet"
SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """How a file is to be read."""

    layout: str
    sheet: str
    head: int
    mapping: int


@outside
@page("import-audits")
def past(request: HttpRequest, here: Here) -> HttpResponse:
    """The form and what was brought in so far; or a spreadsheet that was read."""
    if request.method != "POST":
        return _form(request, here)
    try:
        file = one_file(request, "Choose the spreadsheet.")
        asked = _asked(request)
        if asked.mapping:
            _, saved = find_mapping(here, asked.mapping)
            asked = Asked(saved.layout, saved.sheet, saved.head, asked.mapping)
    except WrongField as wrong:
        return _form(request, here, wrong)
    except ObjectDoesNotExist:
        return _form(request, here, WrongField("mapping", "That mapping was deleted meanwhile."))
    return Later(lambda: _read(request, here.authority, file, asked))


def _asked(request: HttpRequest) -> Asked:
    head = text(request.POST, "head")
    if head and not (head.isdecimal() and 0 < int(head) <= 60):
        raise WrongField("head", "The row of the headings is a whole number from 1 to 60.")
    mapping = text(request.POST, "mapping")
    layout = "sheets" if request.POST.get("layout") == "sheets" else "rows"
    number = int(mapping) if mapping.isdecimal() and len(mapping) < 10 else 0
    return Asked(layout, text(request.POST, "sheet"), int(head or 0), number)


def _read(request: HttpRequest, code: str, file: File, asked: Asked) -> HttpResponse:
    """Outside of any transaction: reading takes a second or two."""
    book = read_book_capped(file.name, file.data)
    return _found(request, code=code, book=book, file=file.name, asked=asked)


@page("import-audits")
def _found(
    request: HttpRequest, here: Here, book: Book | NotRead, file: str, asked: Asked
) -> HttpResponse:  # fmt: skip
    if isinstance(book, NotRead):
        return _form(request, here, WrongField("file", book.sentence))
    try:
        table = table_from(here, book, asked)
        if not asked.mapping:
            draft = past_draft.begun(table, past_words())
            whole = Carried(table=table, file=file, sheet=asked.sheet, head=asked.head, draft=draft)
            return _step(request, here, whole, "columns")
        name, saved = find_mapping(here, asked.mapping)
        whole = Carried(table=table, file=file, sheet=asked.sheet, head=asked.head,
                        draft=past_draft.draft_of(saved, name))  # fmt: skip
        return _check(request, here, whole, saved)
    except (BookError, Refused) as refused:
        return _form(request, here, WrongField("file", str(refused)))


def table_from(here: Here, book: Book, asked: Asked) -> PastTable:
    """The table without people. Errors: BookError."""
    words = past_words()
    known = {*words.known_facts, *(plain(h) for k in words.personal for h in k.headers)}
    table = (
        table_of_sheets(book) if asked.layout == "sheets"
        else table_of_rows(book, asked.sheet, asked.head, known)
    )  # fmt: skip
    personal = {plain(h) for k in words.personal for h in k.headers} - set(words.known_facts)
    numbers = {plain(h) for k in words.numbers for h in k.headers}
    return without_people(
        table, personal, numbers, lambda said: keyed_digest(here.authority, said)
    )  # fmt: skip


def _form(request: HttpRequest, here: Here, wrong: WrongField | None = None) -> HttpResponse:
    context = {
        "wrong": wrong, "brought": brought_in(here), "mappings": past_mappings(here),
        "picked": request.POST.get("mapping", ""), "layout": request.POST.get("layout", "rows"),
        "sheet": request.POST.get("sheet", ""), "head": request.POST.get("head", ""),
    }  # fmt: skip
    return render(request, "work/past.html", context, status=400 if wrong else 200)


# --- Step by step ----------------------------------------------------------------------------


@page("import-audits")
def step(request: HttpRequest, here: Here) -> HttpResponse:
    """The next step of a mapping, or the same again with what is wrong."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/work/{here.authority}/audits/past/")
    try:
        whole = _carried(request, here)
    except Refused as refused:
        return _form(request, here, WrongField("file", str(refused)))
    at, to = text(request.POST, "step"), text(request.POST, "to")
    if to in ("columns", "questions", "answers"):
        return _step(request, here, whole, to)
    try:
        return _next(request, here, whole, at)
    except WrongField as wrong:
        return _step(request, here, whole, at, wrong)


def _carried(request: HttpRequest, here: Here) -> Carried:
    return CARRIED.validate_json(carried(here, WHAT, text(request.POST, "sealed")))


def _next(request: HttpRequest, here: Here, whole: Carried, at: str) -> HttpResponse:
    """Errors: WrongField."""
    framework = _framework(here)
    if at == "columns":
        draft = past_draft.columns_from(request.POST, whole)
        return _step(request, here, _with(whole, draft), "questions")
    if at == "questions":
        known = [c.id for c in framework.criteria]
        draft, more = past_draft.questions_from(request.POST, whole, known)
        return _step(request, here, _with(whole, draft), "questions" if more else "answers", more=1)
    if at == "answers":
        allowed = ["0", "1", "2", "3", *framework.not_applicable]
        whole = _with(whole, past_draft.answers_from(request.POST, whole, allowed))
        return _check(request, here, whole, past_draft.mapping_of(whole, framework, _author(here)))
    return _step(request, here, whole, "columns")


def _with(whole: Carried, draft: Draft) -> Carried:
    return whole.model_copy(update={"draft": draft})


def _framework(here: Here) -> Framework:
    """The authority's own edition; past audits answer the questions of the reference."""
    own = shared_framework(chosen(here).framework)
    return own if own.role == "reference" else shared_framework(REFERENCE)


def _author(here: Here) -> str:
    return here.authority_name


def _step(
    request: HttpRequest, here: Here, whole: Carried, at: str, wrong: WrongField | None = None,
    more: int = 0,
) -> HttpResponse:  # fmt: skip
    """One page of the mapping."""
    framework = _framework(here)
    if at == "questions" and not wrong and not more:
        walks = crosswalks_to(framework.key)
        whole = _with(whole, past_draft.with_questions(whole, walks, framework.criteria))
    if at == "answers" and not wrong:
        whole = _with(whole, past_draft.with_answers(whole, past_words()))
    at = at if at in ("questions", "answers") else "columns"
    context = {
        "wrong": wrong, "table": whole.table, "draft": whole.draft, "file": whole.file, "step": at,
        "sealed": carry(here, WHAT, CARRIED.dump_json(whole)), "minutes": MINUTES,
        **shown(at, whole, framework, request.POST if wrong else {}, extra=bool(more)),
    }  # fmt: skip
    return render(request, f"work/past_{at}.html", context, status=400 if wrong else 200)


# --- What it would do, and doing it ----------------------------------------------------------


def _check(
    request: HttpRequest, here: Here, whole: Carried, mapping: PastMapping,
    wrong: WrongField | None = None,
) -> HttpResponse:  # fmt: skip
    """Coverage, warnings, what would be written and what is refused. Nothing is written yet."""
    framework = _framework(here)
    try:
        read = _past(whole.table, mapping, framework)
    except ValueError as error:
        return _form(request, here, WrongField("mapping", str(error)))
    bringing = Bringing(read, mapping, "", whole.file, fingerprint(whole.table))
    found = actions.preview(here, bringing)
    context = {
        "wrong": wrong, "file": whole.file, "table": whole.table, "draft": whole.draft,
        "read": read, "found": found, "notes": whole.table.notes,
        "before": brought_before(here, bringing.fingerprint), "share": round(
            100 * read.coverage.share), "core": len(read.coverage.mapped),
        "of_core": len(read.coverage.mapped) + len(read.coverage.not_mapped),
        "name": text(request.POST, "name") or whole.draft.name,
        "tool": text(request.POST, "tool") or whole.draft.tool,
        "sealed": _sealed(here, whole, mapping, found), "minutes": MINUTES,
        "sealed_draft": carry(here, WHAT, CARRIED.dump_json(whole)),
        **_refusals(read.refusals),
    }  # fmt: skip
    return render(request, "work/past_check.html", context, status=400 if wrong else 200)


def _past(table: PastTable, mapping: PastMapping, framework: Framework) -> PastRead:
    codes = load_columns().codes
    return read_past(table, mapping, framework, past_words(), codes, timezone.localdate())


def _sealed(here: Here, whole: Carried, mapping: PastMapping, found: Preview) -> str:
    draft = whole.model_dump(mode="json")
    told = {"carried": draft, "mapping": mapping.model_dump(mode="json"), "seen": vars(found)}
    return carry(here, WHAT, json.dumps(told).encode())


def _refusals(said: Sequence[Refusal]) -> dict[str, Any]:
    refused = [r for r in said if r.kind == "refused"]
    warnings = [r for r in said if r.kind == "warning"]
    titles: dict[str, str] = {fact: known.title for fact, known in past_words().facts.items()}
    fields = {r.field for r in said}
    return {
        "refused": refused[:SHOWN], "refused_all": len(refused),
        "warnings": warnings[:SHOWN], "warnings_all": len(warnings), "shown": SHOWN,
        "titles": {f: titles.get(f, "Answers" if f == "answers" else f) for f in fields},
    }  # fmt: skip


@page("import-audits")
def confirm(request: HttpRequest, here: Here) -> HttpResponse:
    """Begins to bring in what was shown."""
    base = f"/work/{here.authority}/audits/past/"
    if request.method != "POST":
        return HttpResponseRedirect(base)
    try:
        told = json.loads(carried(here, WHAT, text(request.POST, "sealed")))
    except Refused as refused:
        return _form(request, here, WrongField("file", str(refused)))
    whole = CARRIED.validate_python(told["carried"])
    mapping = PastMapping.model_validate(told["mapping"])
    try:
        name = actions.check_name(text(request.POST, "name"))
        tool = text(request.POST, "tool")
        if not 0 < len(tool) <= 80:
            raise WrongField("tool", "Say what the tool is called, in at most 80 characters.")
    except WrongField as wrong:
        return _check(request, here, whole, mapping, wrong)
    renamed = mapping.crosswalk.model_copy(update={"tool": tool})
    mapping = mapping.model_copy(update={"crosswalk": renamed})
    return _begin(here, whole, mapping, name, Preview(**told["seen"]))


def _begin(
    here: Here, whole: Carried, mapping: PastMapping, name: str, seen: Preview
) -> HttpResponse:  # fmt: skip
    framework = _framework(here)
    read = _past(whole.table, mapping, framework)
    bringing = Bringing(read, mapping, name, whole.file, fingerprint(whole.table))
    if mapping.crosswalk.tool != whole.draft.tool:
        seen = actions.preview(here, bringing)  # the tool's name is part of what is known again
    bringing_in.begin(
        here, seen.added + seen.replaced,
        lambda progress: actions.bring_in(here, bringing, seen, framework, progress),
    )  # fmt: skip
    return HttpResponseRedirect(f"/work/{here.authority}/audits/past/working/", status=303)


@page("import-audits")
def working(request: HttpRequest, here: Here) -> HttpResponse:
    """How far bringing in is; once done, what came of it."""
    base = f"/work/{here.authority}/audits/past/"
    newest = bringing_in.newest(here)
    if newest is None:
        return HttpResponseRedirect(base)
    if newest.number:
        bringing_in.forget(here)
        return HttpResponseRedirect(f"{base}{newest.number}/", status=303)
    if newest.wrong:
        bringing_in.forget(here)
        return _form(request, here, WrongField("file", newest.wrong))
    return render(request, "work/past_working.html", {"bringing": newest})


@page("import-audits")
def working_state(request: HttpRequest, here: Here) -> HttpResponse:
    """For the page that waits."""
    newest = bringing_in.newest(here)
    if newest is None:
        return JsonResponse({"done": 1, "of": 1, "finished": True, "said": ""})
    return JsonResponse(
        {"done": newest.done, "of": newest.of, "finished": newest.finished, "said": ""}
    )


@page("import-audits")
def one(request: HttpRequest, here: Here, past: int) -> HttpResponse:
    """One spreadsheet that was brought in; or it is taken back."""
    found = find_brought(here, past)
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            actions.undo(here, past, text(request.POST, "reason"), shared_framework)
            return HttpResponseRedirect(f"/work/{here.authority}/audits/past/{past}/", status=303)
        except Refused as refused:
            wrong = refused
    context = {
        "found": found, "wrong": wrong, "reasons": UNDOING.items(),
        "coverage": CLASS_WORDS.get(found.graded, ""),  # type: ignore[call-overload]
        **_refusals(found.refusals),
    }  # fmt: skip
    return render(request, "work/past_import.html", context, status=400 if wrong else 200)


@page("import-audits")
def refusals(request: HttpRequest, here: Here, past: int) -> HttpResponse:
    """What was refused or doubtful, by cell, as CSV: no value of a cell is in it."""
    found = find_brought(here, past)
    rows = [{"where": r.row, "what": r.field, "kind": r.kind, "sentence": r.sentence}
            for r in found.refusals]  # fmt: skip
    said = csv_text(rows, ["where", "what", "kind", "sentence"])
    response = HttpResponse("\ufeff" + said, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="past-audits-refused-{past}.csv"'
    return response


@page("import-audits")
def mappings(request: HttpRequest, here: Here) -> HttpResponse:
    """Deletes a saved mapping."""
    number = text(request.POST, "mapping")
    if request.method == "POST" and number.isdecimal() and len(number) < 10:
        actions.delete_mapping(here, int(number))
    return HttpResponseRedirect(f"/work/{here.authority}/audits/past/", status=303)
