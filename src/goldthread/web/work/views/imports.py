"""Lists of plans: read one, look at what it would do, take it in; and which column is which."""

from __future__ import annotations

import hashlib
import json
from typing import Any, get_args

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from goldthread.checking.headings import headings_capped
from goldthread.checking.job import LARGEST, File, file_named
from goldthread.checking.job import Refused as NotRead
from goldthread.checking.listing import read_list_capped
from goldthread.core.audit.listing import Listed
from goldthread.core.audit.mapping import (
    ColumnMapping,
    FieldName,
    identifies,
    suggest_mapping,
)
from goldthread.core.audit.written_dates import Order
from goldthread.readers.lists.aliases import load_columns
from goldthread.records.actions.imports import (
    MINUTES,
    opened,
    prepare,
    preview,
    save_mapping,
    sealed,
    take_in,
)
from goldthread.records.actions.refusing import WrongField
from goldthread.records.queries.imports import columns_of, find_import, imports, same_file
from goldthread.records.queries.settings import chosen, mappings
from goldthread.records.scope import Here, Refused
from goldthread.web.work.fields import text
from goldthread.web.work.guard import page
from goldthread.web.work.outside import Later, outside
from goldthread.writers.csv import csv_text

MOST_FILES = 20
SHOWN = 200
"""Refusals on a page; all of them are in the CSV file."""
FORMATS = {
    "sen2-xml": "SEN2 return (COLLECT XML)", "sen2-csv": "SEN2 return (CSV files)",
    "sen2-excel": "SEN2 return (Excel template)", "annex-a": "Annex A workbook",
    "csv": "Table (CSV)", "excel": "Table (Excel)",
}  # fmt: skip
ORDERS = {"day-first": "Day first, as 27/3/2026", "month-first": "Month first, as 3/27/2026"}


@outside
@page("import-lists")
def lists(request: HttpRequest, here: Here) -> HttpResponse:
    """The form and the lists taken in so far; or a list, read and shown before it is taken in."""
    if request.method != "POST":
        return _form(request, here)
    try:
        files = _files(request)
        mapping = text(request.POST, "mapping")
        columns = _mapping(here, mapping) if mapping.isdecimal() else None
    except WrongField as wrong:
        return _form(request, here, wrong)
    return Later(lambda: _read(request, here, files, columns, mapping))


def _files(request: HttpRequest) -> list[File]:
    """Errors: WrongField."""
    uploads: list[UploadedFile] = request.FILES.getlist("files")
    if not uploads:
        raise WrongField("files", "Choose the list.")
    if len(uploads) > MOST_FILES:
        raise WrongField("files", f"Choose at most {MOST_FILES} files: those of one list.")
    large = next((u for u in uploads if (u.size or 0) > LARGEST), None)
    if large:
        raise WrongField("files", f"{large.name} is larger than {LARGEST >> 20} MB; no list is.")
    return [file_named(u.name, u.read()) for u in uploads]


def _mapping(here: Here, number: str) -> ColumnMapping:
    saved = columns_of(here, int(number))
    fields = {name: saved[name] for name in get_args(FieldName) if name in saved}
    order = saved.get("date_order", "day-first")
    return ColumnMapping.model_validate({"columns": fields, "date_order": order})


def _read(
    request: HttpRequest, here: Here, files: list[File], columns: ColumnMapping | None, mapping: str
) -> HttpResponse:
    """Outside of any transaction: reading takes seconds. What follows asks anew who may."""
    pairs = [(f.name, f.data) for f in files]
    listed = read_list_capped(pairs, timezone.localdate(), here.authority, columns)
    return _show(
        request, code=here.authority, files=files, listed=listed, columns=columns, mapping=mapping
    )


@page("import-lists")
def _show(
    request: HttpRequest, here: Here, files: list[File], listed: Listed | NotRead,
    columns: ColumnMapping | None, mapping: str,
) -> HttpResponse:  # fmt: skip
    """What the list would do. Nothing is written yet."""
    if isinstance(listed, NotRead):
        return _form(request, here, WrongField("files", listed.sentence))
    digest = hashlib.sha256(b"\0".join(f.data for f in files)).hexdigest()
    prepared = prepare(
        here, listed, file=files[0].name, digest=digest,
        keeps_identity=chosen(here).keeps_identity,
        columns=tuple(columns.columns.values()) if columns else (),
        mapping=int(mapping) if columns else None,
    )  # fmt: skip
    found = preview(here, prepared)
    try:
        packed = sealed(here, prepared, found)
    except Refused as refused:
        return _form(request, here, WrongField("files", str(refused)))
    context = {
        "prepared": prepared, "found": found, "sealed": packed, "minutes": MINUTES,
        "format": FORMATS[listed.format], "same": same_file(here, digest),
        "without_plan": listed.without_plan, "files": files,
        **_refusals(prepared.refusals),
    }  # fmt: skip
    return render(request, "work/imports_preview.html", context)


def _refusals(refusals: Any) -> dict[str, Any]:
    refused = [r for r in refusals if r.kind == "refused"]
    warnings = [r for r in refusals if r.kind == "warning"]
    return {
        "refused": refused[:SHOWN], "refused_all": len(refused),
        "warnings": warnings[:SHOWN], "warnings_all": len(warnings), "shown": SHOWN,
        "titles": {name: field.title for name, field in load_columns().fields.items()},
    }  # fmt: skip


@page("import-lists")
def confirm(request: HttpRequest, here: Here) -> HttpResponse:
    """Takes in the list that was shown."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/work/{here.authority}/imports/")
    try:
        prepared, seen = opened(here, text(request.POST, "sealed"))
        if seen.many_gone and not request.POST.get("sure"):
            raise Refused(
                f"The list lacks {seen.gone:,} of {seen.before:,} plans in force: read it again, "
                "and tick that it is the whole list."
            )
        number = take_in(here, prepared, seen)
    except Refused as refused:
        return _form(request, here, WrongField("files", str(refused)))
    return HttpResponseRedirect(f"/work/{here.authority}/imports/{number}/", status=303)


@page("import-lists")
def taken(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """One list that was taken in."""
    found = find_import(here, number)
    context = {"taken": found, "format": FORMATS[found.format], **_refusals(found.refusals)}
    return render(request, "work/imports_taken.html", context)


@page("import-lists")
def refusals(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """What was refused or doubtful, by row, as CSV: no name and no value of the list is in it."""
    found = find_import(here, number)
    rows = [
        {"row": r.row, "field": r.field, "kind": r.kind, "code": r.code, "sentence": r.sentence}
        for r in found.refusals
    ]
    said = csv_text(rows, ["row", "field", "kind", "code", "sentence"])
    response = HttpResponse("\ufeff" + said, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{number}.csv"'
    return response


def _form(request: HttpRequest, here: Here, wrong: WrongField | None = None) -> HttpResponse:
    saved = mappings(here)
    picked = request.POST.get("mapping", request.GET.get("mapping", ""))
    context = {
        "wrong": wrong, "mappings": [(str(m.id), m.name) for m in saved], "picked": picked,
        "taken": imports(here), "formats": FORMATS,
    }  # fmt: skip
    return render(request, "work/imports.html", context, status=400 if wrong else 200)


@outside
@page("import-lists")
def columns(request: HttpRequest, here: Here) -> HttpResponse:
    """Which column of somebody's own table is which: from a file, then to be kept under a name."""
    if request.method != "POST":
        return render(request, "work/imports_columns.html", {})
    if "headings" in request.POST:
        return _save(request, here)
    try:
        file = _files(request)[0]
    except WrongField as wrong:
        return render(request, "work/imports_columns.html", {"wrong": wrong}, status=400)
    return Later(lambda: _headings(request, here, file))


def _headings(request: HttpRequest, here: Here, file: File) -> HttpResponse:
    return _choose(request, code=here.authority, found=headings_capped(file.name, file.data))


@page("import-lists")
def _choose(request: HttpRequest, here: Here, found: tuple[str, ...] | NotRead) -> HttpResponse:
    if isinstance(found, NotRead):
        wrong = WrongField("files", found.sentence)
        return render(request, "work/imports_columns.html", {"wrong": wrong}, status=400)
    suggested = suggest_mapping(found, load_columns()).columns
    return _fields(request, found, dict(suggested))


def _fields(
    request: HttpRequest, headings: tuple[str, ...], picked: dict[Any, str],
    wrong: WrongField | None = None,
) -> HttpResponse:  # fmt: skip
    told = load_columns().fields
    context = {
        "fields": [(name, told[name].title, picked.get(name, "")) for name in told],
        "headings": headings, "packed": json.dumps(headings), "orders": ORDERS.items(),
        "order": request.POST.get("date_order", "day-first"), "wrong": wrong,
        "called": request.POST.get("name", ""),
    }  # fmt: skip
    return render(request, "work/imports_columns.html", context, status=400 if wrong else 200)


def _save(request: HttpRequest, here: Here) -> HttpResponse:
    headings = _unpacked(request.POST["headings"])
    said = {n: text(request.POST, f"column-{n}") for n in get_args(FieldName)}
    picked = {name: heading for name, heading in said.items() if heading in headings}
    try:
        if not identifies(picked):
            raise WrongField(
                "column-local_id",
                "Choose the column that says who each plan is for: a reference, UPN or ULN, or "
                "name and date of birth.",
            )
        order = request.POST.get("date_order")
        more = {"date_order": order} if order in get_args(Order)[1:] else {}
        number = save_mapping(here, text(request.POST, "name"), {**picked, **more})
    except WrongField as wrong:
        return _fields(request, headings, picked, wrong)
    return HttpResponseRedirect(f"/work/{here.authority}/imports/?mapping={number}", status=303)


def _unpacked(packed: str) -> tuple[str, ...]:
    try:
        found = json.loads(packed)
    except ValueError:
        return ()
    return tuple(str(h)[:200] for h in found[:500]) if isinstance(found, list) else ()
