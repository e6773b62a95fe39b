"""What can be taken away from a check: the document with comments, and the findings."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.checking.annotating import ENDINGS
from goldthread.checking.held import Check, One, held
from goldthread.checking.job import Refused
from goldthread.core.report.check_record import CheckRecord
from goldthread.core.report.finding_rows import COLUMNS, finding_rows
from goldthread.web.views.check import found, one_of
from goldthread.writers.checked_html import checked_html
from goldthread.writers.checked_xlsx import checked_xlsx
from goldthread.writers.csv import csv_text
from goldthread.writers.thread_svg import thread_svg

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@found
def download(request: HttpRequest, check: Check, number: int, file: str) -> HttpResponse:
    """One file of one document; 404 for what is not offered."""
    one = one_of(check, number)
    if one is None or one.answered is None:
        raise Http404
    try:
        data, kind, ending = _made(one, one.answered.record, file)
    except Http404:
        raise
    except Exception as error:  # its words could quote the document, so they are not logged
        context = {"check": check, "number": number, "kind": type(error).__name__}
        return render(request, "check_not_made.html", context, status=500)
    stem = one.name.rsplit(".", 1)[0]
    name = f"{stem} checked.{ending}"
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _made(one: One, record: CheckRecord, file: str) -> tuple[bytes, str, str]:
    """Bytes, media type and ending."""
    kind = record.document.kind
    if file == "comments" and kind in ENDINGS:
        written = held().annotate(one)
        if isinstance(written, Refused):
            raise ValueError(written.code)
        ending = ENDINGS[kind]
        return written, WORD if ending == "docx" else "application/pdf", ending
    if file == "report.html":
        return checked_html(record).encode(), "text/html; charset=utf-8", "html"
    if file == "findings.xlsx":
        return checked_xlsx([record]), EXCEL, "xlsx"
    if file == "findings.csv":
        text = csv_text(list(finding_rows(record)), list(COLUMNS))
        return text.encode(), "text/csv; charset=utf-8", "csv"
    if file == "check.json":
        whole = record.model_dump_json(indent=2, exclude={"paragraphs"})
        return whole.encode(), "application/json", "json"
    if file == "thread.svg":
        return thread_svg(record.thread).encode(), "image/svg+xml", "svg"
    raise Http404
